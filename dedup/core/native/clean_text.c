/* A text as it was written -> the same without its addresses, and with the groups of each number as one. The twin
   of clean_text.py, which says what both are. */

#include "read_text.h"

#include <string.h>

#define DELETED 0xAD /* the fold leaves nothing of it */

typedef struct {
    const uint16_t *raw; /* what is true of each unit */
    const uint16_t *units;
    size_t count;
} Written;

static inline int is(const Written *text, size_t at, int flags)
{
    return at < text->count && text->raw[text->units[at]] & flags;
}

static inline int is_unit(const Written *text, size_t at, uint16_t unit)
{
    return at < text->count && text->units[at] == unit;
}

/* A letter, a digit, a low line or a hyphen. */
static inline int is_label(const Written *text, size_t at)
{
    return is(text, at, RAW_WORD) || is_unit(text, at, '-');
}

/* The end of these ASCII letters at `at`, whatever their case; 0 if they are not there. */
static size_t spelt_end(const Written *text, size_t at, const char *letters)
{
    for (; *letters; letters++, at++) {
        if (at >= text->count)
            return 0;
        uint16_t unit = text->units[at];
        if ((unit >= 'A' && unit <= 'Z' ? unit | 0x20 : unit) != (uint16_t)*letters)
            return 0;
    }
    return at;
}

static size_t address_end(const Written *text, size_t at)
{
    while (at < text->count && !is(text, at, RAW_ADDRESS_END))
        at++;
    return at;
}

/* The end of what http:// or www. begins at `at`, else 0. */
static size_t web_end(const Written *text, size_t at)
{
    size_t rest = spelt_end(text, at, "https://");
    if (!rest)
        rest = spelt_end(text, at, "http://");
    if (!rest && !(at && is(text, at - 1, RAW_WORD)))
        rest = spelt_end(text, at, "www.");
    size_t end = rest ? address_end(text, rest) : 0;
    return end > rest ? end : 0;
}

static size_t label_end(const Written *text, size_t at)
{
    while (is_label(text, at))
        at++;
    return at;
}

/* The end of an e-mail address at `at`, or of the name of an account, else 0. */
static size_t mail_end(const Written *text, size_t at)
{
    size_t sign = at;
    if (at && is(text, at - 1, RAW_ADDRESS))
        return 0;
    while (is(text, sign, RAW_ADDRESS))
        sign++;
    if (!is_unit(text, sign, '@'))
        return 0;
    size_t end = sign + 1;
    if (sign == at) {
        while (is(text, end, RAW_WORD))
            end++;
        return end > sign + 2 ? end : 0;
    }
    size_t first = end = label_end(text, end);
    if (end == sign + 1)
        return 0;
    while (is_unit(text, end, '.') && is_label(text, end + 1))
        end = label_end(text, end + 1);
    return end > first ? end : 0;
}

/* The end of a known last part of an address at `at`, else 0. */
static size_t ending_end(const Written *text, size_t at)
{
    static const char *const endings[] = {"com", "org", "net", "info", "edu", "gov", "ir", "tr",   "fr",     "uk",
                                          "ru",  "cn",  "jp",  "me",   "tv",  "io",  "news", "example"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t end = spelt_end(text, at, endings[i]);
        int goes_on = (is_unit(text, end, '-') || is_unit(text, end, '.')) && is(text, end + 1, RAW_WORD);
        if (end && !is(text, end, RAW_WORD) && !goes_on)
            return end;
    }
    return 0;
}

/* The end of a web address without a scheme that begins at `at`, else 0. */
static size_t domain_end(const Written *text, size_t at)
{
    size_t end = 0, label = at;
    if (at && (is_label(text, at - 1) || (at > 1 && is_unit(text, at - 1, '.') && is_label(text, at - 2))))
        return 0;
    while (is_label(text, label)) {
        label = label_end(text, label);
        if (!is_unit(text, label, '.'))
            break;
        size_t found = ending_end(text, ++label);
        end = found ? found : end;
    }
    return is_unit(text, end, '/') && end ? address_end(text, end) : end;
}

static size_t any_end(const Written *text, size_t at)
{
    size_t end = web_end(text, at);
    if (!end)
        end = mail_end(text, at);
    return end ? end : domain_end(text, at);
}

/* Find the first address that begins at `from` or later, up to the sign at `sign`; returns its end or 0. */
static size_t find_address(const Written *text, size_t from, size_t sign, size_t *first)
{
    size_t end = 0;
    *first = sign;
    while (*first > from && is(text, *first - 1, RAW_ADDRESS))
        (*first)--;
    for (; !(end = any_end(text, *first)) && *first < sign; (*first)++) {
    }
    return end;
}

/* Blank the addresses of a text; `grouped` tells whether a number may have groups. */
static int clean_addresses(const Written *text, uint16_t *cleaned, int *grouped)
{
    const uint16_t *raw = text->raw, *units = text->units;
    const size_t count = text->count;
    int found = 0;
    size_t from = 0, first;
    for (size_t at = 0; at < count; at++) {
        int flags = raw[units[at]];
        if (!(flags & (RAW_ADDRESS_SIGN | RAW_GROUP_SIGN)))
            continue;
        if (flags & RAW_GROUP_SIGN && at && is(text, at - 1, RAW_DIGIT) && is(text, at + 1, RAW_DIGIT))
            *grouped = 1;
        if (!(flags & RAW_ADDRESS_SIGN) || at + 1 == count || is(text, at + 1, RAW_ADDRESS_END))
            continue;
        size_t end = find_address(text, from, at, &first);
        from = at + 1;
        if (!end)
            continue;
        if (!found)
            memcpy(cleaned, units, count * sizeof *cleaned);
        for (size_t i = first; i < end; i++)
            cleaned[i] = SPACE;
        found = 1;
        from = end;
        at = end - 1;
    }
    return found;
}

/* The end of the groups of a number that follow the sign at `sign`, else 0. `from` is where the last number
   ended. */
static size_t groups_end(const Written *text, size_t sign, size_t from)
{
    uint16_t unit = text->units[sign];
    size_t first = sign;
    while (first > from && is(text, first - 1, RAW_DIGIT))
        first--;
    if (first == sign || sign - first > 3 || is(text, first, RAW_ZERO))
        return 0;
    if (first && is(text, first - 1, RAW_DIGIT | RAW_LATIN))
        return 0;
    if (first > 1 && is(text, first - 1, RAW_GROUP_SIGN) && is(text, first - 2, RAW_DIGIT))
        return 0;
    size_t end = sign;
    while (is_unit(text, end, unit) && is(text, end + 1, RAW_DIGIT)) {
        for (size_t i = 1; i <= 3; i++)
            if (!is(text, end + i, RAW_DIGIT))
                return 0;
        end += 4;
        if (is(text, end, RAW_DIGIT))
            return 0;
    }
    return end > sign ? end : 0;
}

/* Delete what separates the groups of numbers. */
static int clean_numbers(const Written *text, uint16_t *cleaned, int copied)
{
    size_t from = 0;
    for (size_t at = 0; at < text->count; at++) {
        if (!is(text, at, RAW_GROUP_SIGN))
            continue;
        size_t end = groups_end(text, at, from);
        if (!end)
            continue;
        if (!copied)
            memcpy(cleaned, text->units, text->count * sizeof *cleaned);
        copied = 1;
        for (; at < end; at += 4)
            cleaned[at] = DELETED;
        from = end;
        at = end - 1;
    }
    return copied;
}

int clean_units(const FoldTable *table, const uint16_t *units, size_t count, uint16_t *cleaned)
{
    Written text = {table->raw, units, count};
    int grouped = 0, found = clean_addresses(&text, cleaned, &grouped);
    text.units = found ? cleaned : units;
    return grouped ? clean_numbers(&text, cleaned, found) : found;
}
