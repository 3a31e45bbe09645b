/* The words of many texts as numbers. */

#include "vocabulary.h"

#include "run_index.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

void vocabulary_begin(Vocabulary *vocabulary, uint64_t seed)
{
    *vocabulary = (Vocabulary){.seed = seed};
    vocabulary->base = (seed >> 4) + 0x200000; /* below the prime, above all letters */
    vocabulary->powers[0] = 1;
    for (int i = 1; i < POWERS; i++)
        vocabulary->powers[i] = multiply_61(vocabulary->powers[i - 1], vocabulary->base);
}

void vocabulary_clear(Vocabulary *vocabulary)
{
    free(vocabulary->entries);
    free(vocabulary->letters);
    free(vocabulary->units);
    free(vocabulary->joined);
    free(vocabulary->found);
    free(vocabulary->slots);
    *vocabulary = (Vocabulary){0};
}

/* At least a third of the slots stay empty. */
static int slots_reserve(Vocabulary *vocabulary, size_t words)
{
    size_t slots = 1024;
    if (vocabulary->slots && words + words / 2 <= vocabulary->mask)
        return 0;
    while (slots < 2 * words + words / 2)
        slots *= 2;
    uint64_t *fresh = calloc(slots, sizeof *fresh);
    if (!fresh)
        return -1;
    free(vocabulary->slots);
    vocabulary->slots = fresh;
    vocabulary->mask = slots - 1;
    for (size_t i = 0; i < vocabulary->count; i++) {
        const Entry *entry = vocabulary->entries + i;
        uint64_t hash = unit_hash(vocabulary->seed, vocabulary->units + entry->unit_start, entry->unit_count);
        size_t at = (size_t)hash & vocabulary->mask;
        while (fresh[at])
            at = (at + 1) & vocabulary->mask;
        fresh[at] = slot_of(hash, i);
    }
    return 0;
}

/* Room for so many more words, of so many units together. */
static int vocabulary_reserve(Vocabulary *vocabulary, size_t words, size_t units)
{
    if (words > UINT32_MAX / 4 - vocabulary->count || units > UINT32_MAX / 2 - vocabulary->unit_count)
        return -1;
    Entry *entries = more_room(vocabulary->entries, &vocabulary->room, vocabulary->count + words, sizeof *entries);
    if (!entries)
        return -1;
    vocabulary->entries = entries;
    uint32_t *letters = more_room(vocabulary->letters, &vocabulary->letter_room, vocabulary->letter_count + units,
                                  sizeof *letters);
    if (!letters)
        return -1;
    vocabulary->letters = letters;
    uint16_t *all = more_room(vocabulary->units, &vocabulary->unit_room, vocabulary->unit_count + units, sizeof *all);
    if (!all)
        return -1;
    vocabulary->units = all;
    return slots_reserve(vocabulary, vocabulary->count + words);
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

static void add_word(Vocabulary *vocabulary, const uint16_t *units, size_t count)
{
    uint32_t *letters = vocabulary->letters + vocabulary->letter_count;
    size_t length = put_letters(letters, units, count);
    Entry entry = {
        .unit_start = (uint32_t)vocabulary->unit_count,
        .unit_count = (uint32_t)count,
        .start = (uint32_t)vocabulary->letter_count,
        .length = (uint32_t)length,
        .kinds = length && is_digit(letters[0]) && is_digit(letters[length > 1]) ? IN_DIGITS : 0,
    };
    for (size_t i = 0; i < length; i++) {
        entry.hash = extended_61(entry.hash, vocabulary->base, letters[i]);
        entry.marks |= (uint64_t)1 << (letters[i] & 63);
    }
    entry.hash = reduced_61(entry.hash);
    if (count)
        memcpy(vocabulary->units + vocabulary->unit_count, units, count * sizeof *units);
    vocabulary->letter_count += length;
    vocabulary->unit_count += count;
    vocabulary->longest = count > vocabulary->longest ? count : vocabulary->longest;
    vocabulary->entries[vocabulary->count++] = entry;
}

/* The slot of a word, or the empty one that it would get. */
static inline size_t find_slot(const Vocabulary *vocabulary, uint64_t hash, const uint16_t *units, size_t count)
{
    size_t at = (size_t)hash & vocabulary->mask;
    for (; vocabulary->slots[at]; at = (at + 1) & vocabulary->mask) {
        if (!may_be(vocabulary->slots[at], hash))
            continue;
        const Entry *known = vocabulary->entries + number_in(vocabulary->slots[at]);
        if (known->unit_count == count &&
            !memcmp(vocabulary->units + known->unit_start, units, count * sizeof *units))
            break;
    }
    return at;
}

uint32_t vocabulary_find(const Vocabulary *vocabulary, const uint16_t *units, size_t count)
{
    uint64_t hash = unit_hash(vocabulary->seed, units, count);
    uint64_t slot = vocabulary->slots[find_slot(vocabulary, hash, units, count)];
    return slot ? number_in(slot) : NO_WORD;
}

/* The number of a word; the vocabulary has room for it. */
static inline uint32_t number_of(Vocabulary *vocabulary, uint64_t hash, const uint16_t *units, size_t count)
{
    size_t at = find_slot(vocabulary, hash, units, count);
    if (!vocabulary->slots[at]) {
        vocabulary->slots[at] = slot_of(hash, vocabulary->count);
        add_word(vocabulary, units, count);
    }
    return number_in(vocabulary->slots[at]);
}

int vocabulary_mark(Vocabulary *vocabulary, const uint16_t *units, size_t count, int kind)
{
    if (!count)
        return 0; /* no text has an empty word */
    if (vocabulary_reserve(vocabulary, 1, count))
        return -1;
    uint32_t word = number_of(vocabulary, unit_hash(vocabulary->seed, units, count), units, count);
    vocabulary->entries[word].kinds |= (uint8_t)kind;
    return 0;
}

void sequence_clear(WordSequence *sequence)
{
    free(sequence->glued);
    run_index_free(sequence->indexes[0]);
    run_index_free(sequence->indexes[1]);
    free(sequence->words); /* one block with the distinct ones and the flags */
    *sequence = (WordSequence){0};
}

/* Room for so many words. */
static int sequence_reserve(WordSequence *sequence, size_t words)
{
    sequence->words = malloc((2 * words + 1) * sizeof *sequence->words + words);
    if (!sequence->words)
        return -1;
    sequence->distinct = sequence->words + words;
    sequence->flags = (uint8_t *)(sequence->distinct + words + 1);
    memset(sequence->flags, 0, words);
    return 0;
}

/* Append a word to those of the text. */
static inline void add_to_sequence(WordSequence *sequence, Vocabulary *vocabulary, uint32_t word)
{
    Entry *entry = vocabulary->entries + word;
    sequence->words[sequence->count++] = word;
    if (entry->last_text == vocabulary->texts)
        return;
    entry->last_text = vocabulary->texts;
    entry->cases = 0;
    sequence->distinct[sequence->distinct_count++] = word;
    uint64_t spread = spread_61(entry->hash);
    sequence->marks[mark_of(spread)] |= (uint64_t)1 << (spread & 63);
}

/* Find the words of a text; there is room for them. Tables of many texts are larger than the nearest memory,
   so that it is asked ahead for what each word will look at. */
static size_t find_words(Vocabulary *vocabulary, const uint16_t *units, size_t count, const uint8_t *unspaced,
                         int for_ranking)
{
    FoundWord *found = vocabulary->found;
    size_t words = 0;
    for (size_t at = 0, end, next; at < count; at = next_word(units, count, next)) {
        next = end = word_end(units, count, at, unspaced);
        if (for_ranking)
            end = term_end(units, count, at, unspaced, &next);
        uint64_t hash = unit_hash(vocabulary->seed, units + at, end - at);
        PREFETCH(vocabulary->slots + (hash & vocabulary->mask));
        found[words++] = (FoundWord){hash, at, end - at};
    }
    for (size_t i = 0; i < words; i++) {
        uint64_t slot = vocabulary->slots[found[i].hash & vocabulary->mask];
        PREFETCH(vocabulary->entries + (slot ? number_in(slot) : 0));
    }
    return words;
}

static int fill(WordSequence *sequence, Vocabulary *vocabulary, FoldedText text, const uint8_t *unspaced,
                int for_ranking)
{
    const uint16_t *units = text.units;
    size_t count = text.count, words = most_words(units, count, unspaced);
    if (vocabulary->texts == UINT32_MAX || vocabulary_reserve(vocabulary, words, 2 * count) ||
        sequence_reserve(sequence, words))
        return -1;
    FoundWord *found = more_room(vocabulary->found, &vocabulary->found_room, words, sizeof *found);
    if (!found)
        return -1;
    vocabulary->found = found;
    vocabulary->texts++;
    words = find_words(vocabulary, units, count, unspaced, for_ranking);
    for (size_t i = 0; i < words; i++)
        add_to_sequence(sequence, vocabulary,
                        number_of(vocabulary, found[i].hash, units + found[i].start, found[i].count));
    uint16_t *joined = more_room(vocabulary->joined, &vocabulary->joined_room, 2 * vocabulary->longest, sizeof *joined);
    if (!joined)
        return -1;
    vocabulary->joined = joined;
    return 0;
}

int sequence_fill(WordSequence *sequence, Vocabulary *vocabulary, FoldedText text, const uint8_t *unspaced)
{
    return fill(sequence, vocabulary, text, unspaced, 0) || sequence_glue(sequence, vocabulary) ? -1 : 0;
}

int sequence_fill_terms(WordSequence *sequence, Vocabulary *vocabulary, FoldedText text, const uint8_t *unspaced)
{
    return fill(sequence, vocabulary, text, unspaced, 1);
}

int letters_order(const Vocabulary *vocabulary, uint32_t one, uint32_t other)
{
    const Entry *ours = vocabulary->entries + one, *theirs = vocabulary->entries + other;
    const uint32_t *a = vocabulary->letters + ours->start, *b = vocabulary->letters + theirs->start;
    for (size_t i = 0; i < ours->length && i < theirs->length; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return ours->length < theirs->length ? -1 : ours->length > theirs->length;
}
