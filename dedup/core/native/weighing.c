/* Many texts weighed word by word, and the terms of clusters of them. */

#include "terms.h"
#include "tokenizer.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

/* The hashes of one text, to tell which were there before. */
typedef struct {
    uint64_t *slots; /* 0 for none */
    size_t room;
} SeenHashes;

/* Append the hashes of the words of a text to those of the texts before, each once. */
static int add_hashes(List64 *hashes, SeenHashes *seen, FoldedText text, const uint8_t *unspaced, uint64_t seed)
{
    size_t words = most_words(text.units, text.count, unspaced), slots = 16;
    while (slots < 2 * words)
        slots *= 2;
    uint64_t *table = more_room(seen->slots, &seen->room, slots, sizeof *table);
    if (!table)
        return -1;
    seen->slots = table;
    memset(table, 0, slots * sizeof *table);
    uint64_t *values = more_room(hashes->values, &hashes->room, hashes->count + words, sizeof *values);
    if (!values)
        return -1;
    hashes->values = values;
    for (size_t at = 0, next; at < text.count; at = next_word(text.units, text.count, next)) {
        size_t end = term_end(text.units, text.count, at, unspaced, &next);
        uint64_t hash = term_hash(seed, text.units + at, end - at);
        size_t slot = (size_t)hash & (slots - 1);
        while (table[slot] && table[slot] != hash)
            slot = (slot + 1) & (slots - 1);
        if (!table[slot])
            values[hashes->count++] = table[slot] = hash;
    }
    return 0;
}

int distinct_words(const FoldTable *table, const TextColumn *texts, uint64_t seed, List64 *hashes, int64_t *bounds)
{
    Scratch scratch = {0};
    SeenHashes seen = {0};
    FoldedText folded;
    int fault = 0;
    bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        fault = folded_row(&scratch, table, texts, row, &folded) ||
                add_hashes(hashes, &seen, folded, table->unspaced, seed);
        bounds[row + 1] = (int64_t)hashes->count;
    }
    free(seen.slots);
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

static int weigh_all(WeighedTexts *weighed, const FoldTable *table, const TextColumn *texts,
                     const TermWeights *weights)
{
    Scratch scratch = {0};
    FoldedText folded;
    int fault = 0;
    for (size_t row = 0; !fault && row < texts->count; row++)
        fault = folded_row(&scratch, table, texts, row, &folded) ||
                sequence_fill_terms(&weighed->texts[row].sequence, &weighed->vocabulary, folded, table->unspaced);
    scratch_clear(&scratch);
    for (size_t row = 0; !fault && row < texts->count; row++)
        fault = sequence_glue(&weighed->texts[row].sequence, &weighed->vocabulary);
    return fault || weigh_texts(weighed, weights);
}

WeighedTexts *weighed_new(const FoldTable *table, const TextColumn *texts, const TermWeights *weights, uint64_t seed,
                          double *squares, int64_t *lengths)
{
    WeighedTexts *weighed = calloc(1, sizeof *weighed);
    if (!weighed)
        return NULL;
    vocabulary_begin(&weighed->vocabulary, seed);
    weighed->count = texts->count;
    weighed->texts = calloc(texts->count + 1, sizeof *weighed->texts);
    if (!weighed->texts || weigh_all(weighed, table, texts, weights)) {
        weighed_free(weighed);
        return NULL;
    }
    for (size_t i = 0; i < weighed->count; i++) {
        squares[i] = weighed->texts[i].square;
        lengths[2 * i] = weighed->texts[i].length;
        lengths[2 * i + 1] = weighed->texts[i].telling;
    }
    return weighed;
}

void weighed_free(WeighedTexts *weighed)
{
    if (!weighed)
        return;
    for (size_t i = 0; weighed->texts && i < weighed->count; i++) {
        sequence_clear(&weighed->texts[i].sequence);
        free(weighed->texts[i].weights);
    }
    free(weighed->texts);
    free(weighed->rarity);
    free(weighed->kinds);
    free(weighed->weight_of);
    free(weighed->times);
    free(weighed->noted.notes);
    free(weighed->shared.notes);
    vocabulary_clear(&weighed->vocabulary);
    free(weighed);
}

void weighed_products(WeighedTexts *weighed, const int64_t *left, const int64_t *right, size_t pairs,
                      double *products)
{
    for (size_t i = 0; i < pairs; i++) {
        const WeighedText *longer = weighed->texts + left[i], *shorter = weighed->texts + right[i];
        if (longer->sequence.distinct_count < shorter->sequence.distinct_count) {
            const WeighedText *swapped = longer;
            longer = shorter;
            shorter = swapped;
        }
        weighed_note(weighed, longer);
        products[i] = weighed_product(weighed, shorter);
    }
}

static int spell_word(List16 *spelling, const Vocabulary *vocabulary, uint32_t word)
{
    const Entry *entry = vocabulary->entries + word;
    return list16_add(spelling, vocabulary->units + entry->unit_start, entry->unit_count);
}

/* A term, and the words that it is read with, a space between them. */
static int spell_term(List16 *spelling, List64 *bounds, const WeighedTexts *weighed, const Term *term)
{
    const uint16_t space = SPACE;
    const uint32_t *words = weighed->texts[term->text].sequence.words;
    if (spell_word(spelling, &weighed->vocabulary, term->word))
        return -1;
    uint64_t ends[2] = {spelling->count};
    for (size_t i = term->from; i <= term->to; i++)
        if ((i > term->from && list16_add(spelling, &space, 1)) ||
            spell_word(spelling, &weighed->vocabulary, words[i]))
            return -1;
    ends[1] = spelling->count;
    return list64_add(bounds, ends, 2);
}

int weighed_terms(WeighedTexts *weighed, const int64_t *documents, const int64_t *cluster_bounds, size_t clusters,
                  size_t most, int64_t *ends, List16 *spelling, List64 *bounds)
{
    Terms terms = {0};
    int fault = 0;
    for (size_t i = 0; !fault && i < clusters; i++) {
        size_t size = (size_t)(cluster_bounds[i + 1] - cluster_bounds[i]);
        fault = cluster_terms(&terms, weighed, documents + cluster_bounds[i], size, most, ends);
        ends += size + 1;
    }
    for (size_t i = 0; !fault && i < terms.count; i++)
        fault = spell_term(spelling, bounds, weighed, terms.terms + i);
    free(terms.terms);
    return fault ? -1 : 0;
}
