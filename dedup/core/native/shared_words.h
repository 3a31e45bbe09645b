/* Which words of one text another has, whole or in parts. */

#ifndef DEDUP_SHARED_WORDS_H
#define DEDUP_SHARED_WORDS_H

#include "vocabulary.h"

/* What is noted of a word while texts are compared; notes of another round do not count. */
typedef struct {
    uint64_t in_theirs, has_part; /* the other text has it; or has it in two, or glued to a neighbour */
} SharedNote;

typedef struct {
    SharedNote *notes; /* of each word of the vocabulary */
    size_t room;
    uint64_t round, part_round;
} SharedWords;

/* Make room for the words that the vocabulary has by now. */
int shared_words_fit(SharedWords *shared, const Vocabulary *vocabulary);

/* Note which words the other text has; it may be compared with many. */
void note_theirs(SharedWords *shared, const WordSequence *theirs);

/* Note which words of ours the text that was noted last writes as two or as part of one. */
void note_parts(SharedWords *shared, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs);

/* Whether the other text has a word. */
static inline int is_whole(const SharedWords *shared, uint32_t word)
{
    return shared->notes[word].in_theirs == shared->round;
}

/* Whether it has one of our words neither whole nor in two nor glued to a neighbour. */
static inline int is_missing(const SharedWords *shared, uint32_t word)
{
    return !is_whole(shared, word) && shared->notes[word].has_part != shared->part_round;
}

#endif
