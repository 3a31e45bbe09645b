/* Which words of one folded text another lacks; a word that lost or gained a blank is no new word. */

#include "compiled.h"

#include <stdlib.h>
#include <string.h>

/* A polynomial, so that the hash of two neighbours written together comes from those of the two. */
#define BASE 0x9E3779B97F4A7C15u

static inline uint64_t extended(uint64_t hash, uint16_t unit)
{
    return hash * BASE + unit + 1;
}

static inline uint64_t finished(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static uint64_t base_to(size_t power)
{
    uint64_t product = 1;
    for (uint64_t base = BASE; power; power >>= 1, base *= base)
        product *= power & 1 ? base : 1;
    return product;
}

static uint64_t word_hash(const uint16_t *units, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++)
        hash = extended(hash, units[i]);
    return finished(hash);
}

void words_clear(TextWords *words)
{
    free(words->words); /* one block with all that follows */
    free(words->joined_slots);
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

/* The same of joined neighbours. */
static inline size_t joined_slot_of(const TextWords *words, uint64_t hash)
{
    size_t at = (size_t)hash & words->mask;
    while (words->joined_slots[at] && words->joined[words->joined_slots[at] - 1] != hash)
        at = (at + 1) & words->mask;
    return at;
}

/* Whether two neighbours of the text, written together, have this hash. */
static int holds_joined(const TextWords *words, uint64_t hash)
{
    if (!marked(words->joined_marks, hash))
        return 0;
    if (words->joined_slots)
        return words->joined_slots[joined_slot_of(words, hash)] != 0;
    for (size_t i = 0; i + 1 < words->length; i++)
        if (words->joined[i] == hash)
            return 1;
    return 0;
}

static inline int is_digit(uint16_t unit)
{
    return unit >= '0' && unit <= '9';
}

/* Room for `count` words in one block; the slots are empty. */
static int words_reserve(TextWords *words, size_t count)
{
    size_t slots = 16;
    if (count > UINT32_MAX / 4)
        return -1;
    while (slots < 2 * count)
        slots *= 2;
    char *block = malloc((count + 1) * (sizeof(Word) + sizeof(uint64_t) + sizeof(uint32_t)) +
                         slots * sizeof(uint32_t));
    if (!block)
        return -1;
    words->words = (Word *)block;
    words->joined = (uint64_t *)(words->words + count + 1);
    words->sequence = (uint32_t *)(words->joined + count + 1);
    words->slots = words->sequence + count + 1;
    words->mask = slots - 1;
    memset(words->slots, 0, slots * sizeof *words->slots);
    if (count > FEW_WORDS && !(words->joined_slots = calloc(slots, sizeof *words->joined_slots)))
        return -1;
    return 0;
}

/* How many words there are at most: one more than changes between digits, spaces and the rest. */
static size_t words_in(const uint16_t *units, size_t count)
{
    size_t words = 1;
    for (size_t i = 1; i < count; i++)
        words += (units[i] == SPACE) | (is_digit(units[i]) ^ is_digit(units[i - 1]));
    return words;
}

static int is_numeral(const Numerals *numerals, uint64_t hash)
{
    if (marked(numerals->marks, hash))
        for (size_t i = 0; i < numerals->count; i++)
            if (numerals->hashes[i] == hash)
                return 1;
    return 0;
}

void numerals_add(Numerals *numerals, const uint16_t *units, size_t count)
{
    uint64_t hash = word_hash(units, count);
    numerals->hashes[numerals->count++] = hash;
    mark(numerals->marks, hash);
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

int words_list(TextWords *words, const uint16_t *units, size_t count, const Numerals *numerals)
{
    uint64_t before = 0; /* of the word before */
    if (words_reserve(words, words_in(units, count)))
        return -1;
    for (size_t at = 0, end; at < count; at = end + (end < count && units[end] == SPACE)) {
        int digits = is_digit(units[at]);
        uint64_t own = 0;
        for (end = at; end < count && units[end] != SPACE && is_digit(units[end]) == digits; end++)
            own = extended(own, units[end]);
        uint64_t hash = finished(own);
        size_t slot = slot_of(words, hash);
        if (!words->slots[slot]) {
            Word *word = words->words + words->distinct;
            *word = (Word){.hash = hash};
            word->number = digits || is_numeral(numerals, hash);
            if (word->number && words_spell(words, word, units + at, end - at))
                return -1;
            words->slots[slot] = (uint32_t)++words->distinct;
            mark(words->word_marks, hash);
        }
        if (words->length) {
            uint64_t joined = finished(before * base_to(end - at) + own);
            words->joined[words->length - 1] = joined;
            mark(words->joined_marks, joined);
            if (words->joined_slots)
                words->joined_slots[joined_slot_of(words, joined)] = (uint32_t)words->length;
        }
        words->sequence[words->length++] = words->slots[slot] - 1;
        before = own;
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
