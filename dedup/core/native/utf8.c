/* UTF-8 into UTF-16 units. A byte that belongs to no character becomes U+FFFD, halves of pairs included. */

#include "fold.h"

enum { REPLACEMENT = 0xFFFD };

static inline int follows(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The character of two bytes or more at `at`, and how many bytes it takes; a wrong byte is taken alone. */
static inline uint32_t long_character(const uint8_t *bytes, size_t left, size_t *used)
{
    uint32_t first = bytes[0], code;
    if (first < 0xE0 && left > 1 && follows(bytes[1])) {
        *used = 2;
        code = (first & 0x1F) << 6 | (bytes[1] & 0x3F);
        if (first >= 0xC2)
            return code;
    } else if (first >= 0xE0 && first < 0xF0 && left > 2 && follows(bytes[1]) && follows(bytes[2])) {
        *used = 3;
        code = (first & 0xF) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF))
            return code;
    } else if (first >= 0xF0 && left > 3 && follows(bytes[1]) && follows(bytes[2]) && follows(bytes[3])) {
        *used = 4;
        code = (first & 0x7) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 | (uint32_t)(bytes[2] & 0x3F) << 6 |
               (bytes[3] & 0x3F);
        if (first < 0xF5 && code >= 0x10000 && code <= 0x10FFFF)
            return code;
    }
    *used = 1;
    return REPLACEMENT;
}

size_t utf8_to_units(const uint8_t *bytes, size_t count, uint16_t *units)
{
    uint16_t *to = units;
    for (size_t at = 0, used; at < count; at += used) {
        used = 1;
        if (bytes[at] < 0x80) {
            *to++ = bytes[at];
            continue;
        }
        uint32_t code = long_character(bytes + at, count - at, &used);
        if (code > 0xFFFF) {
            *to++ = (uint16_t)(0xD800 | (code - 0x10000) >> 10);
            code = 0xDC00 | (code & 0x3FF);
        }
        *to++ = (uint16_t)code;
    }
    return (size_t)(to - units);
}
