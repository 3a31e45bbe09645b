/* JSON lines: where the wanted fields of each line are.

   A line is taken only where nothing about it is unusual; whoever calls reads the refused ones strictly, line
   by line. So everything here may refuse, and must not take what the strict reader would read otherwise:
   the whole line is checked, UTF-8 and escapes included (RFC 8259, RFC 3629). */

#include "json_string.h"

#include <string.h>

enum {
    DEEPEST = 64,        /* of nested values */
    LONGEST_NUMBER = 64, /* bytes */
    MOST_DIGITS = 18,    /* of a whole number that fits 64 bits for certain */
    MOST_NAMES = 64,
};

typedef enum { ABSENT, EMPTY, STRING, WHOLE_NUMBER, UNUSUAL } Kind;

typedef struct {
    Kind kind;
    const uint8_t *start, *end; /* between the quotes */
} Value;

static inline const uint8_t *skip_blanks(const uint8_t *at, const uint8_t *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
        at++;
    return at;
}

static const uint8_t *skip_digits(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

static const uint8_t *skip_number(const uint8_t *start, const uint8_t *end, Value *value)
{
    const uint8_t *at = start + (*start == '-'), *whole = at;
    at = skip_digits(at, end);
    if (at == whole || (*whole == '0' && at - whole > 1))
        return NULL;
    int minus_zero = *start == '-' && *whole == '0';
    value->kind = minus_zero || at - whole > MOST_DIGITS ? UNUSUAL : WHOLE_NUMBER;
    if (at < end && *at == '.') {
        const uint8_t *fraction = at + 1;
        at = skip_digits(fraction, end);
        value->kind = UNUSUAL;
        if (at == fraction)
            return NULL;
    }
    if (at < end && (*at | 0x20) == 'e') {
        const uint8_t *power = at + 1;
        power += power < end && (*power == '+' || *power == '-');
        at = skip_digits(power, end);
        value->kind = UNUSUAL;
        if (at == power)
            return NULL;
    }
    value->start = start;
    value->end = at;
    return at - start > LONGEST_NUMBER ? NULL : at;
}

static const uint8_t *skip_word(const uint8_t *at, const uint8_t *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && !memcmp(at, word, length) ? at + length : NULL;
}

static const uint8_t *skip_value(const uint8_t *at, const uint8_t *end, int depth, Value *value);

/* The place after an object or a list that begins at `at`. */
static const uint8_t *skip_nested(const uint8_t *at, const uint8_t *end, int depth)
{
    const int is_object = *at == '{';
    const uint8_t close = is_object ? '}' : ']';
    Value ignored;
    at = skip_blanks(at + 1, end);
    if (at < end && *at == close)
        return at + 1;
    while (at < end && depth < DEEPEST) {
        if (is_object) {
            if (*at != '"' || !(at = skip_string(at, end)))
                return NULL;
            at = skip_blanks(at, end);
            if (at >= end || *at != ':')
                return NULL;
            at = skip_blanks(at + 1, end);
        }
        if (!(at = skip_value(at, end, depth + 1, &ignored)))
            return NULL;
        at = skip_blanks(at, end);
        if (at >= end || (*at != ',' && *at != close))
            return NULL;
        if (*at == close)
            return at + 1;
        at = skip_blanks(at + 1, end);
    }
    return NULL;
}

static const uint8_t *skip_value(const uint8_t *at, const uint8_t *end, int depth, Value *value)
{
    value->kind = ABSENT;
    if (at >= end)
        return NULL;
    switch (*at) {
    case '"':
        value->start = at + 1;
        if (!(at = skip_string(at, end)))
            return NULL;
        value->end = at - 1;
        value->kind = value->start == value->end ? EMPTY : STRING;
        return at;
    case '{':
    case '[':
        return skip_nested(at, end, depth);
    case 'n':
        return skip_word(at, end, "null");
    case 't':
        return skip_word(at, end, "true");
    case 'f':
        return skip_word(at, end, "false");
    default:
        return *at == '-' || (*at >= '0' && *at <= '9') ? skip_number(at, end, value) : NULL;
    }
}

/* Keep the value of a key under each name that is the key; -1 if it has one already. */
static int keep(const JsonNames *names, const uint8_t *key, size_t length, const Value *value, Value *values,
                uint64_t *seen)
{
    for (size_t i = 0; i < names->count; i++) {
        const int64_t *bounds = names->bounds + i;
        if ((size_t)(bounds[1] - bounds[0]) != length || memcmp(names->letters + bounds[0], key, length))
            continue;
        if (*seen >> i & 1)
            return -1;
        *seen |= (uint64_t)1 << i;
        values[i] = *value;
    }
    return 0;
}

/* Read the object of one line into the values of the names; -1 if anything is unusual. */
static int read_object(const uint8_t *at, const uint8_t *end, const JsonNames *names, Value *values)
{
    uint64_t seen = 0;
    at = skip_blanks(at, end);
    if (at >= end || *at != '{')
        return -1;
    at = skip_blanks(at + 1, end);
    while (at < end && *at == '"') {
        const uint8_t *key = at + 1;
        Value value;
        if (!(at = skip_string(at, end)))
            return -1;
        size_t length = (size_t)(at - 1 - key);
        if (memchr(key, '\\', length))
            return -1;
        at = skip_blanks(at, end);
        if (at >= end || *at != ':')
            return -1;
        if (!(at = skip_value(skip_blanks(at + 1, end), end, 1, &value)))
            return -1;
        if (keep(names, key, length, &value, values, &seen))
            return -1;
        at = skip_blanks(at, end);
        if (at >= end || (*at != ',' && *at != '}'))
            return -1;
        if (*at == '}')
            return skip_blanks(at + 1, end) == end ? 0 : -1;
        at = skip_blanks(at + 1, end);
    }
    return -1;
}

static int is_no_date(const Value *value)
{
    static const char *const words[] = {"None", "NaT", "nan", "null"};
    size_t length = (size_t)(value->end - value->start);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length == strlen(words[i]) && !memcmp(value->start, words[i], length))
            return 1;
    return memchr(value->start, '\\', length) != NULL;
}

/* Choose the value of a part: the first that is filled; for the text, an empty string will do. */
static int choose(const JsonNames *names, const Value *values, size_t part, Value *chosen)
{
    chosen->kind = ABSENT;
    for (size_t i = 0; i < names->count; i++) {
        if (names->parts[i] != part)
            continue;
        const Value *value = values + i;
        if (value->kind == UNUSUAL || (part == JSON_TEXT && value->kind == WHOLE_NUMBER))
            return -1;
        if (value->kind == STRING || value->kind == WHOLE_NUMBER) {
            *chosen = *value;
            return part == JSON_DATE && is_no_date(value) ? -1 : 0;
        }
        if (value->kind == EMPTY)
            chosen->kind = EMPTY;
    }
    return part == JSON_TEXT && chosen->kind == ABSENT ? -1 : 0;
}

static int read_line(const uint8_t *data, int64_t start, int64_t end, const JsonNames *names, size_t line,
                     const JsonLines *lines)
{
    Value values[MOST_NAMES] = {{ABSENT, NULL, NULL}}, chosen;
    if (names->count > MOST_NAMES || read_object(data + start, data + end, names, values))
        return JSON_REFUSED;
    for (size_t part = 0; part < names->part_count; part++) {
        size_t at = part * lines->count + line;
        if (choose(names, values, part, &chosen))
            return JSON_REFUSED;
        int filled = chosen.kind == STRING || chosen.kind == WHOLE_NUMBER;
        lines->starts[at] = filled ? chosen.start - data : 0;
        lines->ends[at] = filled ? chosen.end - data : 0;
    }
    return JSON_TAKEN;
}

static int is_blank(const uint8_t *at, const uint8_t *end)
{
    while (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
        at++;
    return at == end;
}

void json_lines(const uint8_t *data, size_t size, const JsonNames *names, const JsonLines *lines)
{
    int64_t start = 0;
    lines->bounds[0] = 0;
    for (size_t line = 0; line < lines->count; line++) {
        const uint8_t *feed = start < (int64_t)size ? memchr(data + start, '\n', size - (size_t)start) : NULL;
        int64_t end = feed ? feed - data : (int64_t)size;
        int status = is_blank(data + start, data + end) ? JSON_BLANK
                                                        : read_line(data, start, end, names, line, lines);
        for (size_t part = 0; status != JSON_TAKEN && part < names->part_count; part++)
            lines->starts[part * lines->count + line] = lines->ends[part * lines->count + line] = 0;
        lines->status[line] = (uint8_t)status;
        start = feed ? end + 1 : end;
        lines->bounds[line + 1] = start;
    }
}
