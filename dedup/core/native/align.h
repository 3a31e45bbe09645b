/* Two texts of numbered words, word by word. */

#ifndef DEDUP_ALIGN_H
#define DEDUP_ALIGN_H

#include "vocabulary.h"

enum { SHOWN = 5 }; /* words and numbers that are kept as examples */

/* What an alignment counts; of two, left and right. */
enum {
    WORDS = 0,
    KEPT = 2,
    KEPT_FACTS,
    SLOTS,
    EXCHANGED,
    IN_LEAD,
    MOVED_WORDS,
    NEW_WORDS = MOVED_WORDS + 2,
    FRESH = NEW_WORDS + 2,
    AHEAD = FRESH + 2,
    ALIGNED = AHEAD + 2,
};

/* Words that an alignment shows. */
typedef struct {
    uint32_t exchanged[SHOWN][2], fresh[2][SHOWN];
    uint8_t exchanged_count, fresh_count[2];
} Shown;

typedef struct Aligner Aligner; /* the room pairs are aligned in, one after the other */

/* For texts of one vocabulary; NULL for no memory. */
Aligner *aligner_new(const Vocabulary *vocabulary);

/* Make room for the words that the vocabulary has by now. */
int aligner_fit(Aligner *aligner);
void aligner_free(Aligner *aligner);

/* Align two texts: `ALIGNED` counts and what is shown. */
int align_sequences(Aligner *aligner, const WordSequence *left, const WordSequence *right, int64_t *counts,
                   Shown *shown);

#endif
