/* The words of many texts as numbers. */

#include "fold.h"
#include "hash61.h"
#include "vocabulary.h"

#include <stdlib.h>
#include <string.h>

void vocabulary_clear(Vocabulary *vocabulary)
{
    free(vocabulary->entries);
    free(vocabulary->letters);
    free(vocabulary->slots);
    *vocabulary = (Vocabulary){0};
}

/* A slot holds one more than a number, under the upper half of its hash: most others are told by that. */
static inline uint64_t slot_of(uint64_t hash, size_t number)
{
    return hash >> 32 << 32 | (number + 1);
}

static inline int may_be(uint64_t slot, uint64_t hash)
{
    return slot >> 32 == hash >> 32;
}

static inline uint32_t number_in(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

static size_t first_slot(const Vocabulary *vocabulary, uint64_t spread)
{
    return (size_t)spread & vocabulary->mask;
}

/* Twice as many slots as before, or more: half of them stay empty. */
static int slots_reserve(Vocabulary *vocabulary, size_t words)
{
    size_t slots = 1024;
    if (vocabulary->slots && 2 * words <= vocabulary->mask)
        return 0;
    while (slots < 4 * words)
        slots *= 2;
    uint64_t *fresh = calloc(slots, sizeof *fresh);
    if (!fresh)
        return -1;
    free(vocabulary->slots);
    vocabulary->slots = fresh;
    vocabulary->mask = slots - 1;
    for (size_t i = 0; i < vocabulary->count; i++) {
        uint64_t spread = spread_61(vocabulary->entries[i].hash);
        size_t at = first_slot(vocabulary, spread);
        while (fresh[at])
            at = (at + 1) & vocabulary->mask;
        fresh[at] = slot_of(spread, i);
    }
    return 0;
}

/* Room for so many more words and letters. */
static int vocabulary_reserve(Vocabulary *vocabulary, size_t words, size_t letters)
{
    if (words > UINT32_MAX / 4 - vocabulary->count || letters > SIZE_MAX / 8 - vocabulary->letter_count)
        return -1;
    size_t all = vocabulary->count + words;
    Entry *entries = more_room(vocabulary->entries, &vocabulary->room, all, sizeof *entries);
    if (!entries)
        return -1;
    vocabulary->entries = entries;
    uint32_t *more = more_room(vocabulary->letters, &vocabulary->letter_room, vocabulary->letter_count + letters,
                               sizeof *more);
    if (!more)
        return -1;
    vocabulary->letters = more;
    return slots_reserve(vocabulary, all);
}

static inline int is_digit(uint32_t letter)
{
    return letter >= '0' && letter <= '9';
}

/* Write the code points of UTF-16 units, as folding leaves them: no half of a pair without the other. */
static size_t put_letters(uint32_t *to, const uint16_t *units, size_t count)
{
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = units[i];
        if (UNLIKELY(letter >> 10 == 0x36 && i + 1 < count)) {
            i++;
            letter = 0x10000 + ((letter & 0x3FF) << 10 | (uint32_t)(units[i] & 0x3FF));
        }
        to[letters++] = letter;
    }
    return letters;
}

/* Add a word whose letters lie behind those of the others. */
static uint32_t add_word(Vocabulary *vocabulary, uint64_t hash, size_t length, size_t slot)
{
    const uint32_t *letters = vocabulary->letters + vocabulary->letter_count;
    Entry entry = {.start = vocabulary->letter_count, .length = length, .hash = hash};
    entry.power = power_61(vocabulary->base, length);
    entry.kinds = length && is_digit(letters[0]) ? IN_DIGITS : 0;
    for (size_t i = 0; i < length; i++)
        entry.marks |= (uint64_t)1 << (letters[i] & 63);
    vocabulary->entries[vocabulary->count] = entry;
    vocabulary->letter_count += length;
    vocabulary->slots[slot] = slot_of(spread_61(hash), vocabulary->count);
    return (uint32_t)vocabulary->count++;
}

/* The number of a word; the vocabulary has room for it. */
static uint32_t number_of(Vocabulary *vocabulary, const uint16_t *units, size_t count)
{
    uint32_t *letters = vocabulary->letters + vocabulary->letter_count;
    size_t length = put_letters(letters, units, count);
    uint64_t hash = 0, base = vocabulary->base;
    for (size_t i = 0; i < length; i++)
        hash = extended_61(hash, base, letters[i]);
    hash = reduced_61(hash);
    uint64_t spread = spread_61(hash);
    size_t at = first_slot(vocabulary, spread);
    for (; vocabulary->slots[at]; at = (at + 1) & vocabulary->mask) {
        if (!may_be(vocabulary->slots[at], spread))
            continue;
        const Entry *known = vocabulary->entries + number_in(vocabulary->slots[at]);
        if (known->length == length &&
            !memcmp(vocabulary->letters + known->start, letters, length * sizeof *letters))
            return number_in(vocabulary->slots[at]);
    }
    return add_word(vocabulary, hash, length, at);
}

int vocabulary_mark(Vocabulary *vocabulary, const uint16_t *units, size_t count, int kind)
{
    if (vocabulary_reserve(vocabulary, 1, count))
        return -1;
    uint32_t word = number_of(vocabulary, units, count);
    vocabulary->entries[word].kinds |= (uint8_t)kind;
    return 0;
}

/* Where a table begins to look for two words written together. */
static uint64_t glued_spread(const Vocabulary *vocabulary, const uint32_t *two)
{
    const Entry *one = vocabulary->entries + two[0], *other = vocabulary->entries + two[1];
    return spread_61(reduced_61(multiply_61(one->hash, other->power) + other->hash));
}

static const uint32_t *spelt(const Vocabulary *vocabulary, const Entry *entry)
{
    return vocabulary->letters + entry->start;
}

int spelt_alike(const Vocabulary *vocabulary, const uint32_t *ours, size_t our_count, const uint32_t *theirs,
                size_t their_count)
{
    size_t letters = 0, their_letters = 0;
    for (size_t i = 0; i < our_count; i++)
        letters += vocabulary->entries[ours[i]].length;
    for (size_t i = 0; i < their_count; i++)
        their_letters += vocabulary->entries[theirs[i]].length;
    if (letters != their_letters)
        return 0;
    for (size_t at = 0, other_at = 0; letters; letters--) {
        const Entry *one = vocabulary->entries + *ours, *other = vocabulary->entries + *theirs;
        if (spelt(vocabulary, one)[at++] != spelt(vocabulary, other)[other_at++])
            return 0;
        if (at == one->length)
            at = 0, ours++;
        if (other_at == other->length)
            other_at = 0, theirs++;
    }
    return 1;
}

uint32_t glued_word(const Vocabulary *vocabulary, const uint32_t *two)
{
    uint64_t spread = glued_spread(vocabulary, two);
    size_t at = first_slot(vocabulary, spread);
    for (; vocabulary->slots[at]; at = (at + 1) & vocabulary->mask) {
        uint32_t word = number_in(vocabulary->slots[at]);
        if (may_be(vocabulary->slots[at], spread) && spelt_alike(vocabulary, two, 2, &word, 1))
            return word;
    }
    return NO_WORD;
}

void sequence_clear(WordSequence *sequence)
{
    free(sequence->glued); /* one block with the words */
    *sequence = (WordSequence){0};
}

/* Slot each two neighbours by what they give written together; of equals the last pair that is aligned. */
static void sequence_glue(WordSequence *sequence, const Vocabulary *vocabulary)
{
    for (size_t i = 0; i + 1 < sequence->count; i++) {
        const uint32_t *two = sequence->words + i;
        uint64_t spread = glued_spread(vocabulary, two);
        size_t at = (size_t)spread & sequence->mask;
        for (; sequence->glued[at]; at = (at + 1) & sequence->mask) {
            const uint32_t *known = sequence->words + number_in(sequence->glued[at]);
            if (may_be(sequence->glued[at], spread) && spelt_alike(vocabulary, known, 2, two, 2))
                break;
        }
        if (!sequence->glued[at] || i + 1 < sequence->aligned)
            sequence->glued[at] = slot_of(spread, i);
    }
}

const uint32_t *sequence_parts(const WordSequence *sequence, const Vocabulary *vocabulary, uint32_t word)
{
    uint64_t spread = spread_61(vocabulary->entries[word].hash);
    for (size_t at = (size_t)spread & sequence->mask; sequence->glued[at]; at = (at + 1) & sequence->mask) {
        const uint32_t *two = sequence->words + number_in(sequence->glued[at]);
        if (may_be(sequence->glued[at], spread) && spelt_alike(vocabulary, two, 2, &word, 1))
            return two;
    }
    return NULL;
}

/* Where the word at `at` ends. */
static size_t word_end(const uint16_t *units, size_t count, size_t at)
{
    int digits = is_digit(units[at]);
    while (at < count && units[at] != SPACE && is_digit(units[at]) == digits)
        at++;
    return at;
}

/* Where the word after the one that ends at `end` begins. */
static inline size_t next_word(const uint16_t *units, size_t count, size_t end)
{
    return end + (end < count && units[end] == SPACE);
}

/* Room for so many words, all in one block. */
static int sequence_reserve(WordSequence *sequence, size_t words)
{
    size_t slots = 16;
    while (slots < 2 * words)
        slots *= 2;
    sequence->glued = calloc(slots + words + 1, sizeof *sequence->glued);
    if (!sequence->glued)
        return -1;
    sequence->words = (uint32_t *)(sequence->glued + slots);
    sequence->distinct = sequence->words + words;
    sequence->mask = slots - 1;
    return 0;
}

int sequence_fill(WordSequence *sequence, Vocabulary *vocabulary, const uint16_t *units, size_t count, size_t most)
{
    size_t words = 0;
    for (size_t at = 0; at < count; at = next_word(units, count, word_end(units, count, at)))
        words++;
    if (vocabulary->texts == UINT32_MAX || vocabulary_reserve(vocabulary, words, count) ||
        sequence_reserve(sequence, words))
        return -1;
    uint32_t text = ++vocabulary->texts;
    for (size_t at = 0, end; at < count; at = next_word(units, count, end)) {
        end = word_end(units, count, at);
        uint32_t word = number_of(vocabulary, units + at, end - at);
        sequence->words[sequence->count++] = word;
        if (vocabulary->entries[word].last_text != text)
            sequence->distinct[sequence->distinct_count++] = word;
        vocabulary->entries[word].last_text = text;
    }
    sequence->aligned = words < most ? words : most;
    sequence_glue(sequence, vocabulary);
    return 0;
}
