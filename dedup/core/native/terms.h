/* What the words of a text weigh, and which tell a cluster's texts apart. */

#ifndef DEDUP_TERMS_H
#define DEDUP_TERMS_H

#include "words.h"

enum { HIDDEN = 1, OPENS = 2, TELLS = 4 }; /* kinds of words; terms.py says what each means */

/* What is known of words beforehand, and where to look for it. */
typedef struct {
    const TermWeights *known;
    uint32_t *begins; /* by the upper bits of a hash: where such hashes begin */
    unsigned shift;
} TermTable;

typedef struct {
    TextWords words;
    uint32_t *weights; /* of each word */
    uint8_t *kinds;
    double square;
    int64_t length, telling; /* words of the text, and those that tell its language */
} WeighedText;

/* One term: a word of a text, and the words of the text that it is read with. */
typedef struct {
    uint32_t text, word, from, to; /* the last two are places in the sequence */
} Term;

typedef struct {
    Term *terms;
    size_t count, room;
} Terms;

int term_table_index(TermTable *table);
void weighed_clear(WeighedText *text);
int weigh_text(WeighedText *text, const uint16_t *units, size_t count, const uint8_t *unspaced,
               const TermTable *table);

/* The scalar product of two texts: exact until it is rounded once, so that no order matters. */
double weighed_product(const WeighedText *one, const WeighedText *other);

/* Add the terms of a cluster, the heaviest first and at most `most` of each kind: those that all share,
   then those of each document alone. `ends` has one more than there are documents. */
int cluster_terms(Terms *terms, WeighedText *texts, const int64_t *documents, size_t count, size_t most,
                  int64_t *ends);

#endif
