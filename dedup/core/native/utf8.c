/* UTF-8 into UTF-16 units. A byte that belongs to no character becomes U+FFFD, halves of pairs included. */

#include "fold.h"

#include <string.h>

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

static inline int is_little_endian(void)
{
    const uint16_t probe = 1;
    return *(const uint8_t *)&probe;
}

/* Four characters of two bytes each, most of a text in Arabic script, at once; 0 if the next eight bytes are
   anything else. A lead byte below C2 is invalid. */
static inline int put_four(const uint8_t *bytes, uint16_t *to)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    if ((eight & 0xC0E0C0E0C0E0C0E0u) != 0x80C080C080C080C0u)
        return 0;
    if ((((eight & 0x001E001E001E001Eu) + 0x007E007E007E007Eu) & 0x0080008000800080u) != 0x0080008000800080u)
        return 0;
    eight = (eight & 0x001F001F001F001Fu) << 6 | (eight >> 8 & 0x003F003F003F003Fu);
    memcpy(to, &eight, sizeof eight);
    return 1;
}

size_t utf8_to_units(const uint8_t *bytes, size_t count, uint16_t *units)
{
    uint16_t *to = units;
    const int little = is_little_endian();
    for (size_t at = 0, used; at < count; at += used) {
        used = 1;
        if (little && bytes[at] >= 0x80 && count - at >= 8 && put_four(bytes + at, to)) {
            used = 8;
            to += 4;
            continue;
        }
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
