/* Words that mix scripts -> the same in one script. The twin of mixed_words.py. */

#include "mixed_words.h"

enum { SCRIPTS = LOOK_ALIKE_SCRIPTS, LEAST = 3, GREEK_LAST = 0x03C9, CYRILLIC_FIRST = 0x0430 };

/* Whether any word may mix scripts, or have a zero between letters; without branches, as most texts have neither. */
static int may_mix(const uint16_t *units, size_t count)
{
    uint16_t mixed = 0, before_zero = 0, behind_zero = 0;
    for (size_t i = 1; i < count; i++) {
        uint16_t one = units[i - 1], other = units[i];
        mixed |= (uint16_t)((is_latin_base(one) & is_foreign(other)) | (is_foreign(one) & is_latin_base(other)));
        before_zero |= (uint16_t)(is_latin_base(one) & (other == '0'));
        behind_zero |= (uint16_t)(is_latin_base(other) & (one == '0'));
    }
    return mixed || (before_zero && behind_zero);
}

static int is_letter(uint16_t unit)
{
    return is_latin_base(unit) || (unit >= GREEK_FIRST && unit <= GREEK_LAST) ||
           (unit >= CYRILLIC_FIRST && unit <= LOOK_ALIKE_LAST);
}

/* The rows of the scripts, that of the most letters of the text first. */
static void order_scripts(const uint16_t *units, size_t count, const uint16_t *look_alikes, const uint16_t **rows)
{
    size_t own[SCRIPTS] = {0};
    for (size_t script = 0; script < SCRIPTS; script++) {
        const uint16_t *row = look_alikes + script * (LOOK_ALIKE_LAST + 1);
        size_t place = script;
        for (size_t at = 0; at < count; at++)
            own[script] += units[at] <= LOOK_ALIKE_LAST && row[units[at]] == units[at];
        size_t letters = own[script];
        for (; place && own[place - 1] < letters; place--) {
            own[place] = own[place - 1];
            rows[place] = rows[place - 1];
        }
        own[place] = letters;
        rows[place] = row;
    }
}

/* Write a word in the first of the scripts that can write all of it and has a letter in it, if there is one. */
static void write_in_one(uint16_t *word, size_t count, const uint16_t **rows)
{
    for (size_t script = 0; script < SCRIPTS; script++) {
        size_t own = 0, at = 0;
        for (; at < count && rows[script][word[at]]; at++)
            own += rows[script][word[at]] == word[at];
        if (at < count || !own)
            continue;
        for (at = 0; at < count; at++)
            word[at] = rows[script][word[at]];
        return;
    }
}

/* Write the zeros between the first and the last letter of a Latin word without other digits as letters. */
static void write_zeros(uint16_t *word, size_t count)
{
    size_t first = 0, last = count;
    for (size_t at = 0; at < count; at++)
        if (word[at] > '0' && word[at] <= '9')
            return;
    while (first < count && word[first] == '0')
        first++;
    while (last > first && word[last - 1] == '0')
        last--;
    for (; first < last; first++)
        if (word[first] == '0')
            word[first] = 'o';
}

static int is_latin_or_digit(uint16_t unit)
{
    return is_latin_base(unit) || (unit >= '0' && unit <= '9');
}

int write_in_one_script(uint16_t *units, size_t count, const uint16_t *look_alikes)
{
    const uint16_t *rows[SCRIPTS];
    if (!may_mix(units, count))
        return 0;
    order_scripts(units, count, look_alikes, rows);
    for (size_t at = 0, end; at < count; at = end + 1) {
        for (end = at; end < count && is_letter(units[end]); end++)
            ;
        if (end >= at + LEAST)
            write_in_one(units + at, end - at, rows);
    }
    for (size_t at = 0, end; at < count; at = end + 1) {
        for (end = at; end < count && is_latin_or_digit(units[end]); end++)
            ;
        /* Beside a letter of another script, the word would mix scripts once its zeros are letters. */
        int is_apart = !(at && is_letter(units[at - 1])) && !(end < count && is_letter(units[end]));
        if (end >= at + LEAST && is_apart)
            write_zeros(units + at, end - at);
    }
    return 1;
}
