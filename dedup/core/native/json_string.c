/* Strings of JSON: checked, UTF-8 and escapes included (RFC 8259, RFC 3629), written without escapes, and put
   together from pieces. */

#include "json_string.h"

#include <string.h>

static inline int follows(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The place after one character of two bytes or more; NULL if it is not UTF-8, such as half of a pair. */
static const uint8_t *skip_long_character(const uint8_t *at, const uint8_t *end)
{
    uint8_t first = at[0];
    if (first < 0xC2 || first > 0xF4 || end - at < 2 || !follows(at[1]))
        return NULL;
    if (first < 0xE0)
        return at + 2;
    if (end - at < 3 || !follows(at[2]))
        return NULL;
    if (first < 0xF0) {
        int overlong = first == 0xE0 && at[1] < 0xA0, half = first == 0xED && at[1] > 0x9F;
        return overlong || half ? NULL : at + 3;
    }
    if (end - at < 4 || !follows(at[3]))
        return NULL;
    int overlong = first == 0xF0 && at[1] < 0x90, beyond = first == 0xF4 && at[1] > 0x8F;
    return overlong || beyond ? NULL : at + 4;
}

static inline int digit_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The number after a backslash and u; -1 where there are no four digits. */
static int32_t escaped_unit(const uint8_t *at, const uint8_t *end)
{
    int32_t unit = 0;
    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int value = digit_value(at[i]);
        if (value < 0)
            return -1;
        unit = unit << 4 | value;
    }
    return unit;
}

/* The place after an escape, from its backslash; NULL if JSON does not know it, and for half of a pair. */
static const uint8_t *skip_escape(const uint8_t *at, const uint8_t *end)
{
    if (end - at < 2)
        return NULL;
    if (at[1] != 'u')
        return at[1] && strchr("\"\\/bfnrt", at[1]) ? at + 2 : NULL;
    int32_t unit = escaped_unit(at + 2, end);
    if (unit < 0 || unit >> 10 == 0x37)
        return NULL;
    if (unit >> 10 != 0x36)
        return at + 6;
    if (end - at < 12 || at[6] != '\\' || at[7] != 'u')
        return NULL;
    int32_t second = escaped_unit(at + 8, end);
    return second >= 0 && second >> 10 == 0x37 ? at + 12 : NULL;
}

/* How many of the next eight bytes need no further check: 8 or 7 where they are ASCII and characters of two
   bytes without a control, a quote or a backslash, most of a text in Latin or Arabic script; else 0. A
   character that the eighth byte begins is left to the next check. Little-endian machines only. */
static inline size_t plain_bytes(const uint8_t *at)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t high = eight & tops, second = eight << 1 & tops; /* the two upper bits of each byte */
    uint64_t lead = high & second, follower = high & ~second;
    uint64_t quote = eight ^ ones * '"', slash = eight ^ ones * '\\';
    uint64_t special = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((eight - ones * 0x20) & ~eight);
    uint64_t longer = lead & (eight << 2), overlong = lead & ~((eight & ones * 0x1E) + ones * 0x7E);
    uint64_t astray = lead << 8 ^ follower;
    if (((special | longer | overlong | astray) & tops) != 0)
        return 0;
    return 8 - (size_t)(lead >> 63);
}

static int is_little_endian(void)
{
    const uint16_t probe = 1;
    return *(const uint8_t *)&probe;
}

const uint8_t *skip_string(const uint8_t *at, const uint8_t *end)
{
    const int little = is_little_endian();
    const uint8_t *look = ++at; /* where it pays to look at eight bytes again */
    while (at < end) {
        if (little && at >= look && end - at >= 8) {
            size_t plain = plain_bytes(at);
            at += plain;
            look = plain ? at : at + 8;
            if (plain)
                continue;
        }
        uint8_t byte = *at;
        if (byte == '"')
            return at + 1;
        if (byte >= 0x80)
            at = skip_long_character(at, end);
        else if (byte == '\\')
            at = skip_escape(at, end);
        else
            at = byte < 0x20 ? NULL : at + 1;
        if (!at)
            return NULL;
    }
    return NULL;
}

static uint8_t *put_character(uint8_t *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (uint8_t)code;
    } else if (code < 0x800) {
        *to++ = (uint8_t)(0xC0 | code >> 6);
        *to++ = (uint8_t)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (uint8_t)(0xE0 | code >> 12);
        *to++ = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (code & 0x3F));
    } else {
        *to++ = (uint8_t)(0xF0 | code >> 18);
        *to++ = (uint8_t)(0x80 | (code >> 12 & 0x3F));
        *to++ = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (code & 0x3F));
    }
    return to;
}

/* Write what an escape stands for, which `skip_escape` has checked, and go past it. */
static uint8_t *put_escape(uint8_t *to, const uint8_t **from, const uint8_t *end)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const uint8_t *at = *from + 1;
    if (*at != 'u') {
        const char *letter = strchr(letters, *at);
        *to++ = letter ? (uint8_t)meanings[letter - letters] : *at;
        *from = at + 1;
        return to;
    }
    uint32_t code = (uint32_t)escaped_unit(at + 1, end);
    *from = at + 5;
    if (code >> 10 == 0x36) {
        code = 0x10000 + ((code & 0x3FF) << 10 | ((uint32_t)escaped_unit(at + 7, end) & 0x3FF));
        *from = at + 11;
    }
    return put_character(to, code);
}

void json_unescape(const uint8_t *data, const int64_t *starts, const int64_t *ends, size_t count,
                   uint8_t *letters, int64_t *bounds)
{
    uint8_t *to = letters;
    bounds[0] = 0;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *from = data + starts[i], *end = data + ends[i];
        while (from < end) {
            const uint8_t *slash = memchr(from, '\\', (size_t)(end - from));
            size_t plain = (size_t)((slash ? slash : end) - from);
            memcpy(to, from, plain);
            to += plain;
            from += plain;
            if (slash)
                to = put_escape(to, &from, end);
        }
        bounds[i + 1] = to - letters;
    }
}

void gather_bytes(const uint8_t *data, const int64_t *starts, const int64_t *ends, size_t count, uint8_t *to)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = (size_t)(ends[i] - starts[i]);
        memcpy(to, data + starts[i], size);
        to += size;
    }
}
