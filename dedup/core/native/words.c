/* The words of one folded text, by first appearance, and which of them another text has. */

#include "tokenizer.h"
#include "words.h"

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

ptrdiff_t words_find(const TextWords *words, uint64_t hash)
{
    return marked(words->word_marks, hash) ? (ptrdiff_t)words->slots[slot_of(words, hash)] - 1 : -1;
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

const uint16_t *word_units(const TextWords *words, size_t word, size_t *count)
{
    *count = words->words[word].length;
    return words->units + words->words[word].spelt;
}

/* Where one word ends, and the next one or a space begins. */
typedef struct {
    size_t end, next;
} WordEnd;

/* The end of the word at `at`; two neighbouring letters of a script without spaces are one here. */
static inline WordEnd term_end(const uint16_t *units, size_t count, size_t at, const uint8_t *unspaced)
{
    size_t first = word_end(units, count, at, unspaced);
    if (!is_unspaced(unspaced, units[at]) || first == count || !is_unspaced(unspaced, units[first]))
        return (WordEnd){first, first};
    size_t second = word_end(units, count, first, unspaced);
    return (WordEnd){second, second < count && is_unspaced(unspaced, units[second]) ? first : second};
}

static int list_words(TextWords *words, const uint16_t *units, size_t count, const uint8_t *unspaced)
{
    uint64_t before = 0; /* of the word before */
    WordEnd to;
    if (count > UINT32_MAX || words_reserve(words, most_words(units, count, unspaced)))
        return -1;
    for (size_t at = 0; at < count; at = next_word(units, count, to.next)) {
        uint64_t own = 0;
        to = term_end(units, count, at, unspaced);
        for (size_t i = at; i < to.end; i++)
            own = extended(own, units[i]);
        uint64_t hash = finished(own);
        size_t slot = slot_of(words, hash);
        if (!words->slots[slot]) {
            Word *word = words->words + words->distinct;
            *word = (Word){.hash = hash, .spelt = (uint32_t)at, .length = (uint32_t)(to.end - at)};
            word->number = is_digit(units[at]);
            words->slots[slot] = (uint32_t)++words->distinct;
            mark(words->word_marks, hash);
        }
        if (words->length) {
            uint64_t joined = finished(before * base_to(to.end - at) + own);
            words->joined[words->length - 1] = joined;
            mark(words->joined_marks, joined);
            if (words->joined_slots)
                words->joined_slots[joined_slot_of(words, joined)] = (uint32_t)words->length;
        }
        words->sequence[words->length++] = words->slots[slot] - 1;
        words->words[words->slots[slot] - 1].count++;
        before = own;
    }
    return 0;
}

int words_list_all(TextWords *words, const uint16_t *units, size_t count, const uint8_t *unspaced)
{
    words->units = malloc(count * sizeof *units + 1);
    if (!words->units)
        return -1;
    if (count)
        memcpy(words->units, units, count * sizeof *units);
    return list_words(words, words->units, count, unspaced);
}

void words_mark_held(TextWords *ours, const TextWords *theirs)
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
