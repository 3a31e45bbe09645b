/* Where each run of words occurs in a long text. The twin of RunIndex in align_windows.py. */

#include "run_index.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

void run_index_free(RunIndex *index)
{
    if (!index)
        return;
    free(index->chosen);
    free(index->firsts);
    free(index->nexts);
    free(index->boilerplate);
    free(index);
}

static int is_run_at(const RunIndex *index, const WordSequence *sequence, size_t at, const uint32_t run[INDEXED])
{
    for (size_t i = 0; i < INDEXED; i++)
        if (sequence->words[index->chosen[at + i]] != run[i])
            return 0;
    return 1;
}

/* The slot of a run, or the empty one that it would get. */
static size_t run_slot(const RunIndex *index, const WordSequence *sequence, const Vocabulary *vocabulary,
                       const uint32_t run[INDEXED])
{
    uint64_t hash = run[0], base = vocabulary->base | 1;
    for (size_t i = 1; i < INDEXED; i++)
        hash = hash * base + run[i];
    size_t at = (size_t)spread_61(hash) & index->mask;
    while (index->firsts[at] && !is_run_at(index, sequence, index->firsts[at] - 1, run))
        at = (at + 1) & index->mask;
    return at;
}

uint32_t first_of_run(const RunIndex *index, const WordSequence *sequence, const Vocabulary *vocabulary,
                      const uint32_t run[INDEXED])
{
    return index->firsts[run_slot(index, sequence, vocabulary, run)];
}

/* From the last run to the first, so that each place leads to the next one. */
static void link_runs(RunIndex *index, const WordSequence *sequence, const Vocabulary *vocabulary)
{
    for (size_t at = index->count < INDEXED ? 0 : index->count - INDEXED + 1; at-- > 0;) {
        uint32_t run[INDEXED];
        for (size_t i = 0; i < INDEXED; i++)
            run[i] = sequence->words[index->chosen[at + i]];
        uint32_t *first = index->firsts + run_slot(index, sequence, vocabulary, run);
        index->nexts[at] = *first;
        *first = (uint32_t)at + 1;
    }
}

static int ascending(const void *one, const void *other)
{
    uint32_t ours = *(const uint32_t *)one, theirs = *(const uint32_t *)other;
    return (ours > theirs) - (ours < theirs);
}

static void list_words(RunIndex *index, const WordSequence *sequence, int left_out)
{
    for (size_t i = 0; i < sequence->count; i++) {
        if (!(sequence->flags[i] & left_out))
            index->chosen[index->count++] = (uint32_t)i;
        if (sequence->flags[i] & IS_BOILERPLATE)
            index->boilerplate[index->boilerplate_count++] = sequence->words[i];
    }
    qsort(index->boilerplate, index->boilerplate_count, sizeof *index->boilerplate, ascending);
}

static size_t count_boilerplate(const WordSequence *sequence)
{
    size_t count = 0;
    for (size_t i = 0; i < sequence->count; i++)
        count += (sequence->flags[i] & IS_BOILERPLATE) != 0;
    return count;
}

static int reserve(RunIndex *index, const WordSequence *sequence)
{
    size_t slots = 16;
    while (slots < 2 * sequence->count)
        slots *= 2;
    index->mask = slots - 1;
    index->chosen = malloc((sequence->count + 1) * sizeof *index->chosen);
    index->nexts = calloc(sequence->count + 1, sizeof *index->nexts);
    index->firsts = calloc(slots, sizeof *index->firsts);
    index->boilerplate = malloc((count_boilerplate(sequence) + 1) * sizeof *index->boilerplate);
    return index->chosen && index->nexts && index->firsts && index->boilerplate ? 0 : -1;
}

const RunIndex *run_index_of(WordSequence *sequence, const Vocabulary *vocabulary, int left_out)
{
    RunIndex **known = sequence->indexes + (left_out == LEFT_OUT_WHOLE);
    if (*known)
        return *known;
    RunIndex *index = calloc(1, sizeof *index);
    if (!index)
        return NULL;
    if (reserve(index, sequence)) {
        run_index_free(index);
        return NULL;
    }
    list_words(index, sequence, left_out);
    link_runs(index, sequence, vocabulary);
    return *known = index;
}

/* How many of the words of boilerplate are smaller. */
static size_t smaller_than(const RunIndex *index, uint64_t word)
{
    size_t low = 0, high = index->boilerplate_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (index->boilerplate[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t times_in_boilerplate(const RunIndex *index, uint32_t word)
{
    return smaller_than(index, (uint64_t)word + 1) - smaller_than(index, word);
}
