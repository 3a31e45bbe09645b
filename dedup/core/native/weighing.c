/* Many texts weighed word by word, and the terms of clusters of them. */

#include "fold.h"
#include "terms.h"

#include <stdlib.h>

struct WeighedTexts {
    WeighedText *texts;
    size_t count;
};

int distinct_words(const FoldTable *table, const TextColumn *texts, List64 *hashes, int64_t *bounds)
{
    Scratch scratch = {0};
    FoldedText folded;
    int fault = 0;
    bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        TextWords words = {0};
        fault = folded_row(&scratch, table, texts, row, &folded) ||
                words_list_all(&words, folded.units, folded.count, table->unspaced);
        for (size_t i = 0; !fault && i < words.distinct; i++)
            fault = list64_add(hashes, &words.words[i].hash, 1);
        bounds[row + 1] = (int64_t)hashes->count;
        words_clear(&words);
    }
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

static int weigh_all(WeighedTexts *weighed, const FoldTable *table, const TextColumn *texts, const TermTable *terms)
{
    Scratch scratch = {0};
    FoldedText folded;
    int fault = 0;
    for (size_t row = 0; !fault && row < texts->count; row++)
        fault = folded_row(&scratch, table, texts, row, &folded) ||
                weigh_text(weighed->texts + row, folded.units, folded.count, table->unspaced, terms);
    scratch_clear(&scratch);
    return fault;
}

WeighedTexts *weighed_new(const FoldTable *table, const TextColumn *texts, const TermWeights *weights,
                          double *squares, int64_t *lengths)
{
    TermTable terms = {.known = weights};
    WeighedTexts *weighed = calloc(1, sizeof *weighed);
    if (!weighed)
        return NULL;
    weighed->count = texts->count;
    weighed->texts = calloc(texts->count + 1, sizeof *weighed->texts);
    int fault = !weighed->texts || term_table_index(&terms) || weigh_all(weighed, table, texts, &terms);
    free(terms.begins);
    if (fault) {
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
    for (size_t i = 0; weighed->texts && i < weighed->count; i++)
        weighed_clear(weighed->texts + i);
    free(weighed->texts);
    free(weighed);
}

void weighed_products(const WeighedTexts *weighed, const int64_t *left, const int64_t *right, size_t pairs,
                      double *products)
{
    for (size_t i = 0; i < pairs; i++)
        products[i] = weighed_product(weighed->texts + left[i], weighed->texts + right[i]);
}

/* The words from `from` to `to`, a space between them. */
static int spell_phrase(List16 *spelling, const TextWords *words, size_t from, size_t to)
{
    const uint16_t space = SPACE;
    size_t count;
    for (size_t i = from; i <= to; i++) {
        const uint16_t *units = word_units(words, words->sequence[i], &count);
        if ((i > from && list16_add(spelling, &space, 1)) || list16_add(spelling, units, count))
            return -1;
    }
    return 0;
}

static int spell_term(List16 *spelling, List64 *bounds, const TextWords *words, const Term *term)
{
    size_t count;
    const uint16_t *units = word_units(words, term->word, &count);
    if (list16_add(spelling, units, count))
        return -1;
    uint64_t ends[2] = {spelling->count};
    if (spell_phrase(spelling, words, term->from, term->to))
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
        fault = cluster_terms(&terms, weighed->texts, documents + cluster_bounds[i], size, most, ends);
        ends += size + 1;
    }
    for (size_t i = 0; !fault && i < terms.count; i++)
        fault = spell_term(spelling, bounds, &weighed->texts[terms.terms[i].text].words, terms.terms + i);
    free(terms.terms);
    return fault ? -1 : 0;
}
