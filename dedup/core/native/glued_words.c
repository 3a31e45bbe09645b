/* Two words written together: a space that was lost or added does not make another word. */

#include "vocabulary.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

/* Where the search of a table for two words written together begins. */
static uint64_t glued_spread(const Vocabulary *vocabulary, const uint32_t *two)
{
    const Entry *one = vocabulary->entries + two[0], *other = vocabulary->entries + two[1];
    uint64_t power = other->length < POWERS ? vocabulary->powers[other->length]
                                            : power_61(vocabulary->base, other->length);
    return spread_61(reduced_61(multiply_61(one->hash, power) + other->hash));
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

uint32_t glued_word(const Vocabulary *vocabulary, const uint64_t *marks, const uint32_t *two)
{
    uint64_t spread = glued_spread(vocabulary, two);
    if (!(marks[mark_of(spread)] >> (spread & 63) & 1))
        return NO_WORD;
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        const Entry *entry = vocabulary->entries + two[i];
        memcpy(vocabulary->joined + count, vocabulary->units + entry->unit_start,
               entry->unit_count * sizeof(uint16_t));
        count += entry->unit_count;
    }
    return vocabulary_find(vocabulary, vocabulary->joined, count);
}

/* If several pairs are equal, the last one. */
int sequence_glue(WordSequence *sequence, const Vocabulary *vocabulary)
{
    size_t slots = 16;
    while (slots < 2 * sequence->count)
        slots *= 2;
    sequence->mask = slots - 1;
    sequence->glued = calloc(slots, sizeof *sequence->glued);
    if (!sequence->glued)
        return -1;
    for (size_t i = 0; i + 1 < sequence->count; i++) {
        const uint32_t *two = sequence->words + i;
        uint64_t spread = glued_spread(vocabulary, two);
        size_t at = (size_t)spread & sequence->mask;
        sequence->glued_marks[mark_of(spread)] |= (uint64_t)1 << (spread & 63);
        for (; sequence->glued[at]; at = (at + 1) & sequence->mask) {
            const uint32_t *known = sequence->words + number_in(sequence->glued[at]);
            if (may_be(sequence->glued[at], spread) && spelt_alike(vocabulary, known, 2, two, 2))
                break;
        }
        sequence->glued[at] = slot_of(spread, i);
    }
    return 0;
}

const uint32_t *sequence_parts(const WordSequence *sequence, const Vocabulary *vocabulary, uint32_t word)
{
    uint64_t spread = spread_61(vocabulary->entries[word].hash);
    if (!(sequence->glued_marks[mark_of(spread)] >> (spread & 63) & 1))
        return NULL;
    for (size_t at = (size_t)spread & sequence->mask; sequence->glued[at]; at = (at + 1) & sequence->mask) {
        const uint32_t *two = sequence->words + number_in(sequence->glued[at]);
        if (may_be(sequence->glued[at], spread) && spelt_alike(vocabulary, two, 2, &word, 1))
            return two;
    }
    return NULL;
}
