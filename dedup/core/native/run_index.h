/* The places of each run of words in a long text: built once, searched for every text compared with it. */

#ifndef DEDUP_RUN_INDEX_H
#define DEDUP_RUN_INDEX_H

#include "vocabulary.h"

enum { INDEXED = 4 }; /* words of a run, as align_windows.py has it */

/* The words of a text that are not left out, numbered in their order. */
typedef struct RunIndex {
    uint32_t *chosen;      /* the place of each in the text */
    uint32_t *firsts;      /* by hash of a run: one more than the first number at which it begins, 0 for none */
    uint32_t *nexts;       /* of each number: one more than the next at which the same run begins, 0 for none */
    uint32_t *boilerplate; /* all words of boilerplate of the text, ascending, repeats included */
    size_t count, mask, boilerplate_count;
} RunIndex;

/* The index of a text without the words that have the flag `left_out`; NULL if memory ran out. */
const RunIndex *run_index_of(WordSequence *sequence, const Vocabulary *vocabulary, int left_out);
void run_index_free(RunIndex *index);

/* One more than the first number at which a run begins, or 0. */
uint32_t first_of_run(const RunIndex *index, const WordSequence *sequence, const Vocabulary *vocabulary,
                      const uint32_t run[INDEXED]);

/* How often a word occurs in boilerplate of the text. */
size_t times_in_boilerplate(const RunIndex *index, uint32_t word);

#endif
