/* Which words of one text another lacks. */

#ifndef DEDUP_WORD_DIFF_H
#define DEDUP_WORD_DIFF_H

#include "vocabulary.h"

/* What is noted of a word while one pair is compared; notes of another round do not count. */
typedef struct {
    uint64_t in_theirs, has_part; /* the other text has it; or has it in two, or glued to a neighbour */
} DiffNote;

typedef struct {
    DiffNote *notes; /* of each word of the vocabulary */
    size_t room;
    uint64_t round;
} WordDiff;

/* Make room for the words that the vocabulary has by now. */
int word_diff_fit(WordDiff *diff, const Vocabulary *vocabulary);

/* Note which words the other text has, and which of ours it writes as two or as part of one. */
void note_words(WordDiff *diff, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs);

/* Of one of our words: whether the other text has it. */
static inline int is_whole(const WordDiff *diff, uint32_t word)
{
    return diff->notes[word].in_theirs == diff->round;
}

/* Whether it has it neither whole nor in two nor glued to a neighbour. */
static inline int is_missing(const WordDiff *diff, uint32_t word)
{
    return diff->notes[word].in_theirs != diff->round && diff->notes[word].has_part != diff->round;
}

/* Count our words that the other text lacks, and the numbers in both; list the numbers that it lacks. */
int words_missing(WordDiff *diff, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs,
                  int64_t *new_words, int64_t *shared_numbers, List32 *lacks);

#endif
