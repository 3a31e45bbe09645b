/* What the words of texts weigh, and which tell the texts of a cluster apart. The twin of term_weights.py. */

#ifndef DEDUP_TERMS_H
#define DEDUP_TERMS_H

#include "shared_words.h"

enum { HIDDEN = 1, OPENS = 2, TELLS = 4 }; /* kinds of words; term_weights.py says what each means */

typedef struct {
    WordSequence sequence;
    uint32_t *weights; /* of each distinct word */
    double square;
    int64_t length, telling; /* words of the text, and those that tell its language */
} WeighedText;

struct WeighedTexts {
    Vocabulary vocabulary;
    WeighedText *texts;
    size_t count;
    uint32_t *rarity; /* these four: of each word of the vocabulary */
    uint8_t *kinds;
    uint32_t *weight_of; /* in the text that was noted last */
    uint32_t *times;     /* appearances in the text that is weighed; 0 between texts */
    const WeighedText *noted_text;
    SharedWords noted;  /* with that text */
    SharedWords shared; /* within a cluster */
};

/* Weigh the words of all texts, once they are read. */
int weigh_texts(WeighedTexts *weighed, const TermWeights *known);

/* Note the words of a text and what they weigh, unless it was noted last: it may be compared with many. */
void weighed_note(WeighedTexts *weighed, const WeighedText *other);

/* The scalar product with the text that was noted last: exact until it is rounded once, so that no order
   matters. */
double weighed_product(const WeighedTexts *weighed, const WeighedText *text);

/* One term: a word of a text, and the words of the text that it is read with. */
typedef struct {
    uint32_t text, word, from, to; /* the last two are places in the sequence */
} Term;

typedef struct {
    Term *terms;
    size_t count, room;
} Terms;

/* cluster_terms.c: add the terms of a cluster, the heaviest first and at most `most` of each kind: those that
   all share, then those of each document alone. `ends` has one more than there are documents. */
int cluster_terms(Terms *terms, WeighedTexts *weighed, const int64_t *documents, size_t count, size_t most,
                  int64_t *ends);

#endif
