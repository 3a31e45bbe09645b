/* Which words of one text another has, whole or in parts. */

#ifndef DEDUP_SHARED_WORDS_H
#define DEDUP_SHARED_WORDS_H

#include "vocabulary.h"

/* What is noted of a word while one pair is compared; notes of another round do not count. */
typedef struct {
    uint64_t in_theirs, has_part; /* the other text has it; or has it in two, or glued to a neighbour */
} SharedNote;

typedef struct {
    SharedNote *notes; /* of each word of the vocabulary */
    size_t room;
    uint64_t round;
} SharedWords;

/* Make room for the words that the vocabulary has by now. */
int shared_words_fit(SharedWords *shared, const Vocabulary *vocabulary);

/* Note which words the other text has, and which of ours it writes as two or as part of one. */
void note_words(SharedWords *shared, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs);

/* Of one of our words: whether the other text has it. */
static inline int is_whole(const SharedWords *shared, uint32_t word)
{
    return shared->notes[word].in_theirs == shared->round;
}

/* Whether it has it neither whole nor in two nor glued to a neighbour. */
static inline int is_missing(const SharedWords *shared, uint32_t word)
{
    return shared->notes[word].in_theirs != shared->round && shared->notes[word].has_part != shared->round;
}

#endif
