/* Two texts of numbered words, word by word. */

#ifndef DEDUP_ALIGN_H
#define DEDUP_ALIGN_H

#include "vocabulary.h"

enum { SHOWN = 5 }; /* words and facts that are kept as examples */

/* What an alignment counts, as AlignmentCount of alignment.py; of two, left and right. */
enum {
    WHOLE_WORDS = 0,
    WORDS = WHOLE_WORDS + 2,
    KEPT = WORDS + 2,
    KEPT_FACTS,
    KEPT_NAMES,
    IN_RUNS,
    LONGEST_KEPT,
    RUNS,
    SLOTS,
    FACT_SLOTS,
    EXCHANGED,
    EXCHANGED_NAMES,
    BOILERPLATE,
    MOVED_WORDS,
    NEW_WORDS = MOVED_WORDS + 2,
    FRESH = NEW_WORDS + 2,
    NEW_FIRST = FRESH + 2,
    FRESH_FIRST = NEW_FIRST + 2,
    FRESH_AHEAD = FRESH_FIRST + 2,
    FACTS_FIRST = FRESH_AHEAD + 2,
    LONGEST_NEW = FACTS_FIRST + 2,
    LONGEST_SHARED = LONGEST_NEW + 2,
    LIKELY_NAMES,
    FRESH_TOGETHER,
    OWN_LEAD = FRESH_TOGETHER + 2,
    OWN_FACTS = OWN_LEAD + 2,
    ALIGNED = OWN_FACTS + 2,
};

/* Two facts at the same position: which words, and their places in the texts as they were read. */
typedef struct {
    uint32_t words[2], places[2];
} ExchangedFact;

/* What an alignment shows. */
typedef struct {
    ExchangedFact exchanged[2][SHOWN]; /* numbers and dates; names */
    uint32_t fresh[2][SHOWN];
    uint8_t exchanged_count[2], fresh_count[2];
} Shown;

typedef struct Aligner Aligner; /* the memory in which pairs are aligned, one after the other */

/* For texts of one vocabulary; two of `most` words, or of the same product, are aligned in one piece; of one of
   `long_text` words, windows are aligned with a much shorter one. NULL if memory ran out. */
Aligner *aligner_new(const Vocabulary *vocabulary, size_t most, size_t long_text);

/* Make room for the words that the vocabulary has by now. */
int aligner_fit(Aligner *aligner);
void aligner_free(Aligner *aligner);

/* Align two texts, `whole` if they are alike as wholes: `ALIGNED` counts and what is shown. */
int align_sequences(Aligner *aligner, WordSequence *left, WordSequence *right, int whole, int64_t *counts,
                    Shown *shown);

#endif
