/* Where words end in a folded text: the one rule for comparing, aligning and ranking. The twin of tokenizer.py.

   A word is a run of digits, one letter of a script without spaces with its marks, or a run of any other letters.
   Digits behind a Latin letter, and one zero before it, belong to its word. */

#ifndef DEDUP_TOKENIZER_H
#define DEDUP_TOKENIZER_H

#include "fold.h"

static inline int is_digit(uint32_t letter)
{
    return letter >= '0' && letter <= '9';
}

enum { FIRST_UNSPACED = 0x0E01 };

/* Whether a letter that begins with this unit is of a script without spaces. */
static inline int is_unspaced(const uint8_t *unspaced, uint16_t unit)
{
    return unit >= FIRST_UNSPACED && unspaced[unit] & SCRIPT_LETTER;
}

/* Whether a folded letter is Latin. */
static inline int is_latin(uint32_t letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 0xC0 && letter <= 0x24F);
}

/* The end of the run of digits, or of letters other than digits, at `at`; `at` itself if there is no such run. */
static inline size_t run_end(const uint16_t *units, size_t count, size_t at, const uint8_t *unspaced, int digits)
{
    while (at < count && units[at] != SPACE && is_digit(units[at]) == digits && !is_unspaced(unspaced, units[at]))
        at++;
    return at;
}

/* The end of the word that begins at `at`. */
static inline size_t word_end(const uint16_t *units, size_t count, size_t at, const uint8_t *unspaced)
{
    if (UNLIKELY(is_unspaced(unspaced, units[at]))) {
        at += (units[at] & 0xFC00) == 0xD800 ? 2 : 1; /* the fold leaves no half letters */
        while (at < count && unspaced[units[at]] & SCRIPT_MARK)
            at++;
        return at;
    }
    if (is_digit(units[at])) {
        size_t end = run_end(units, count, at, unspaced, 1);
        if (end != at + 1 || units[at] != '0' || end == count || !is_latin(units[end]))
            return end;
        at = end;
    }
    for (;;) {
        at = run_end(units, count, at, unspaced, 0);
        if (at == count || !is_digit(units[at]) || !is_latin(units[at - 1]))
            return at;
        at = run_end(units, count, at, unspaced, 1);
        if (at == count || !is_latin(units[at]))
            return at;
    }
}

/* The end of the word at `at` for ranking, where two neighbouring letters of a script without spaces are one
   word; `next` is where the next begins, or the space before it. */
static inline size_t term_end(const uint16_t *units, size_t count, size_t at, const uint8_t *unspaced, size_t *next)
{
    size_t first = word_end(units, count, at, unspaced);
    *next = first;
    if (!is_unspaced(unspaced, units[at]) || first == count || !is_unspaced(unspaced, units[first]))
        return first;
    size_t second = word_end(units, count, first, unspaced);
    if (second == count || !is_unspaced(unspaced, units[second]))
        *next = second;
    return second;
}

/* Where the word after the one that ends at `end` begins. */
static inline size_t next_word(const uint16_t *units, size_t count, size_t end)
{
    return end + (end < count && units[end] == SPACE);
}

/* How many words there are at most: no more than one more than changes between digits, spaces, unspaced letters and the
   rest. The second half of a letter makes good for the change that follows it. */
static inline size_t most_words(const uint16_t *units, size_t count, const uint8_t *unspaced)
{
    size_t words = count > 0;
    for (size_t i = 1; i < count; i++) {
        words += (size_t)(units[i] == SPACE) | (size_t)(is_digit(units[i]) ^ is_digit(units[i - 1]));
        words += (size_t)(is_unspaced(unspaced, units[i]) | is_unspaced(unspaced, units[i - 1]));
    }
    return words;
}

#endif
