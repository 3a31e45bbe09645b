/* What the words of texts weigh, and how far two texts overlap in them.

   Weights are whole numbers and their sums exact, so that no order of summing shows. */

#include "terms.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    FRACTION = 24,     /* bits after the point of rarities, repeats and weights */
    LONGEST_TERM = 40, /* letters; anything longer is not a readable word */
    MOST_BITS = 20,
};

/* What is known of words, and by the upper bits of a hash: where such hashes begin. */
typedef struct {
    const TermWeights *known;
    uint32_t *begins;
    unsigned shift;
} TermTable;

static int index_terms(TermTable *table)
{
    const TermWeights *known = table->known;
    unsigned bits = 1;
    while (bits < MOST_BITS && (size_t)1 << bits < known->count)
        bits++;
    if (known->count > UINT32_MAX)
        return -1;
    size_t buckets = (size_t)1 << bits, at = 0;
    table->shift = 64 - bits;
    table->begins = malloc((buckets + 1) * sizeof *table->begins);
    if (!table->begins)
        return -1;
    for (size_t bucket = 0; bucket < buckets; bucket++) {
        while (at < known->count && known->hashes[at] >> table->shift < bucket)
            at++;
        table->begins[bucket] = (uint32_t)at;
    }
    table->begins[buckets] = (uint32_t)known->count;
    return 0;
}

/* The place of a word in the table, or the number of words in it. */
static inline size_t look_up(const TermTable *table, uint64_t hash)
{
    size_t bucket = (size_t)(hash >> table->shift), end = table->begins[bucket + 1];
    for (size_t at = table->begins[bucket]; at < end; at++)
        if (table->known->hashes[at] == hash)
            return at;
    return table->known->count;
}

/* A single letter, or a word that is too long. */
static int is_no_term(const Entry *entry)
{
    return entry->length > LONGEST_TERM || (entry->length == 1 && !(entry->kinds & IN_DIGITS));
}

static int know_words(WeighedTexts *weighed, const TermWeights *known)
{
    const Vocabulary *vocabulary = &weighed->vocabulary;
    TermTable table = {.known = known};
    int fault = index_terms(&table);
    for (size_t word = 0; !fault && word < vocabulary->count; word++) {
        const Entry *entry = vocabulary->entries + word;
        size_t at = look_up(&table, term_hash(vocabulary->seed, vocabulary->units + entry->unit_start, entry->unit_count));
        int kind = at < known->count ? known->kinds[at] : 0;
        if (is_no_term(entry) || entry->kinds & IN_DIGITS)
            kind = (kind & ~HIDDEN) | (is_no_term(entry) ? HIDDEN : 0);
        weighed->kinds[word] = (uint8_t)kind;
        weighed->rarity[word] = at < known->count ? known->rarity[at] : known->unknown;
    }
    free(table.begins);
    return fault;
}

/* A sum of 64-bit products in 128 bits. */
typedef struct {
    uint64_t low, high;
} Sum;

static inline void add(Sum *sum, uint64_t product)
{
    sum->low += product;
    sum->high += sum->low < product;
}

static double rounded(Sum sum)
{
    return (double)sum.high * 18446744073709551616.0 + (double)sum.low;
}

static int weigh_text(WeighedTexts *weighed, WeighedText *text, const TermWeights *known)
{
    const WordSequence *sequence = &text->sequence;
    Sum square = {0, 0};
    text->weights = malloc((sequence->distinct_count + 1) * sizeof *text->weights);
    if (!text->weights)
        return -1;
    for (size_t i = 0; i < sequence->count; i++)
        weighed->times[sequence->words[i]]++;
    for (size_t i = 0; i < sequence->distinct_count; i++) {
        uint32_t word = sequence->distinct[i], times = weighed->times[word];
        size_t repeat = times < known->repeat_count ? times : known->repeat_count - 1;
        text->telling += weighed->kinds[word] & TELLS ? times : 0;
        text->weights[i] = (uint32_t)((uint64_t)known->repeats[repeat] * weighed->rarity[word] >> FRACTION);
        add(&square, (uint64_t)text->weights[i] * text->weights[i]);
        weighed->times[word] = 0;
    }
    text->square = rounded(square);
    text->length = (int64_t)sequence->count;
    return 0;
}

int weigh_texts(WeighedTexts *weighed, const TermWeights *known)
{
    size_t words = weighed->vocabulary.count + 1;
    weighed->rarity = malloc(words * sizeof *weighed->rarity);
    weighed->kinds = malloc(words);
    weighed->weight_of = malloc(words * sizeof *weighed->weight_of);
    weighed->times = calloc(words, sizeof *weighed->times);
    if (!weighed->rarity || !weighed->kinds || !weighed->weight_of || !weighed->times ||
        shared_words_fit(&weighed->noted, &weighed->vocabulary) ||
        shared_words_fit(&weighed->shared, &weighed->vocabulary) || know_words(weighed, known))
        return -1;
    for (size_t i = 0; i < weighed->count; i++)
        if (weigh_text(weighed, weighed->texts + i, known))
            return -1;
    return 0;
}

void weighed_note(WeighedTexts *weighed, const WeighedText *other)
{
    if (other == weighed->noted_text)
        return;
    weighed->noted_text = other;
    note_theirs(&weighed->noted, &other->sequence);
    for (size_t i = 0; i < other->sequence.distinct_count; i++)
        weighed->weight_of[other->sequence.distinct[i]] = other->weights[i];
}

double weighed_product(const WeighedTexts *weighed, const WeighedText *text)
{
    Sum sum = {0, 0};
    for (size_t i = 0; i < text->sequence.distinct_count; i++) {
        uint32_t word = text->sequence.distinct[i];
        if (is_whole(&weighed->noted, word))
            add(&sum, (uint64_t)text->weights[i] * weighed->weight_of[word]);
    }
    return rounded(sum);
}
