/* Which words of one folded text another lacks; a word that lost or gained a blank is no new word. */

#include "compiled.h"

#include <stdlib.h>
#include <string.h>

static inline uint64_t stirred(uint64_t hash, uint16_t unit)
{
    hash = (hash ^ unit) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static inline uint64_t finished(uint64_t hash)
{
    return (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
}

uint64_t word_hash(const uint16_t *units, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++)
        hash = stirred(hash, units[i]);
    return finished(hash);
}

void words_clear(TextWords *words)
{
    free(words->words);
    free(words->slots);
    free(words->sequence);
    free(words->joined);
    free(words->units);
    *words = (TextWords){0};
}

/* The slot of a hash, or the empty one it would get; one is always empty. */
static inline size_t slot_of(const TextWords *words, uint64_t hash)
{
    size_t at = (size_t)hash & words->mask;
    while (words->slots[at] && words->words[words->slots[at] - 1].hash != hash)
        at = (at + 1) & words->mask;
    return at;
}

static inline int marked(const uint64_t *marks, uint64_t hash)
{
    return marks[hash >> 6 & (MARKS - 1)] >> (hash & 63) & 1;
}

static inline void mark(uint64_t *marks, uint64_t hash)
{
    marks[hash >> 6 & (MARKS - 1)] |= (uint64_t)1 << (hash & 63);
}

static inline int holds_word(const TextWords *words, uint64_t hash)
{
    return marked(words->word_marks, hash) && words->slots[slot_of(words, hash)];
}

/* Whether two neighbours of the text, written together, have this hash. */
static int holds_joined(const TextWords *words, uint64_t hash)
{
    if (!marked(words->joined_marks, hash))
        return 0;
    for (size_t i = 0; i + 1 < words->length; i++)
        if (words->joined[i] == hash)
            return 1;
    return 0;
}

static inline int is_digit(uint16_t unit)
{
    return unit >= '0' && unit <= '9';
}

/* The end of the word or number that begins at `start`. */
static inline size_t word_end(const uint16_t *units, size_t count, size_t start)
{
    int digits = is_digit(units[start]);
    size_t at = start + 1;
    while (at < count && units[at] != SPACE && is_digit(units[at]) == digits)
        at++;
    return at;
}

static size_t words_in(const uint16_t *units, size_t count)
{
    size_t words = 0;
    for (size_t at = 0; at < count; words++) {
        at = word_end(units, count, at);
        at += at < count && units[at] == SPACE;
    }
    return words;
}

static int words_reserve(TextWords *words, size_t count)
{
    size_t slots = 16;
    if (count > UINT32_MAX / 4)
        return -1;
    while (slots < 2 * count)
        slots *= 2;
    words->words = malloc((count + 1) * sizeof *words->words);
    words->slots = calloc(slots, sizeof *words->slots);
    words->sequence = malloc((count + 1) * sizeof *words->sequence);
    words->joined = malloc((count + 1) * sizeof *words->joined);
    words->mask = slots - 1;
    return words->words && words->slots && words->sequence && words->joined ? 0 : -1;
}

static int is_numeral(const uint64_t *numerals, size_t numeral_count, uint64_t hash)
{
    for (size_t i = 0; i < numeral_count; i++)
        if (numerals[i] == hash)
            return 1;
    return 0;
}

/* Keep how a number is written, and its length before it. */
static int words_spell(TextWords *words, Word *word, const uint16_t *units, size_t count)
{
    size_t wanted = words->unit_count + count + 2;
    if (count > UINT32_MAX || wanted > UINT32_MAX)
        return -1;
    if (wanted > words->unit_room) {
        size_t room = 2 * wanted + 16;
        uint16_t *larger = realloc(words->units, room * sizeof *larger);
        if (!larger)
            return -1;
        words->units = larger;
        words->unit_room = room;
    }
    uint16_t *to = words->units + words->unit_count;
    to[0] = (uint16_t)count;
    to[1] = (uint16_t)(count >> 16);
    memcpy(to + 2, units, count * sizeof *units);
    word->spelt = (uint32_t)words->unit_count;
    words->unit_count = wanted;
    return 0;
}

const uint16_t *word_units(const TextWords *words, size_t word, size_t *count)
{
    const uint16_t *from = words->units + words->words[word].spelt;
    *count = from[0] | (size_t)from[1] << 16;
    return from + 2;
}

int words_list(TextWords *words, const uint16_t *units, size_t count, const uint64_t *numerals,
               size_t numeral_count)
{
    uint64_t before = 0; /* of the word before, unfinished, to be joined to this one */
    if (words_reserve(words, words_in(units, count)))
        return -1;
    for (size_t at = 0; at < count;) {
        size_t end = word_end(units, count, at);
        uint64_t hash = 0, joined = before;
        for (size_t i = at; i < end; i++) {
            hash = stirred(hash, units[i]);
            joined = stirred(joined, units[i]);
        }
        before = hash;
        hash = finished(hash);
        joined = finished(joined);
        size_t slot = slot_of(words, hash);
        if (!words->slots[slot]) {
            Word *word = words->words + words->distinct;
            *word = (Word){.hash = hash};
            word->number = is_digit(units[at]) || is_numeral(numerals, numeral_count, hash);
            if (word->number && words_spell(words, word, units + at, end - at))
                return -1;
            words->slots[slot] = (uint32_t)++words->distinct;
            mark(words->word_marks, hash);
        }
        if (words->length) {
            words->joined[words->length - 1] = joined;
            mark(words->joined_marks, joined);
        }
        words->sequence[words->length++] = words->slots[slot] - 1;
        at = end + (end < count && units[end] == SPACE);
    }
    return 0;
}

/* Mark each of our words with whether the other text holds it, whole, parted or glued to a neighbour. */
static void mark_held(TextWords *ours, const TextWords *theirs)
{
    for (size_t i = 0; i < ours->distinct; i++) {
        Word *word = ours->words + i;
        word->held = holds_word(theirs, word->hash) ? WHOLE : holds_joined(theirs, word->hash) ? PARTED : 0;
    }
    for (size_t i = 0; i + 1 < ours->length; i++) {
        Word *word = ours->words + ours->sequence[i], *next = ours->words + ours->sequence[i + 1];
        if ((!word->held || !next->held) && holds_word(theirs, ours->joined[i])) {
            word->held = word->held ? word->held : PARTED;
            next->held = next->held ? next->held : PARTED;
        }
    }
}

static int add_number(Numbers *numbers, uint32_t word)
{
    if (numbers->count == numbers->room) {
        size_t room = 2 * numbers->room + 64;
        uint32_t *larger = realloc(numbers->words, room * sizeof *larger);
        if (!larger)
            return -1;
        numbers->words = larger;
        numbers->room = room;
    }
    numbers->words[numbers->count++] = word;
    return 0;
}

int words_missing(TextWords *ours, const TextWords *theirs, int64_t *new_words, int64_t *shared_numbers,
                  Numbers *numbers)
{
    *new_words = *shared_numbers = 0;
    mark_held(ours, theirs);
    for (size_t i = 0; i < ours->distinct; i++) {
        const Word *word = ours->words + i;
        *new_words += !word->number && !word->held;
        *shared_numbers += word->number && word->held == WHOLE;
        if (word->number && word->held != WHOLE && add_number(numbers, (uint32_t)i))
            return -1;
    }
    return 0;
}
