/* Which words of a long text are aligned with a much shorter one: windows around the runs that both have. The
   twin of align_windows.py, which says what the numbers are. */

#include "aligner.h"
#include "shingle.h"

#include <string.h>

enum { PLACES = 16, EDGE = 64 };

int much_longer(const Aligner *aligner, WordSequence *const texts[2])
{
    for (int which = 0; which < 2; which++)
        if (texts[which]->count >= aligner->long_text && texts[which]->count / MUCH_LONGER >= texts[!which]->count)
            return which;
    return -1;
}

/* A window of the words that are not left out; `end` is exclusive. */
typedef struct {
    size_t start, end;
} Window;

/* A run that both texts have: the block of the longer text where it occurs, then its place in the shorter. */
static inline uint64_t hit_of(size_t block, size_t run)
{
    return (uint64_t)block << 32 | run;
}

static inline size_t block_of(uint64_t hit)
{
    return (size_t)(hit >> 32);
}

/* Find the runs of the shorter text in the longer one; returns the number of hits, or -1. */
static int64_t find_hits(Aligner *aligner, const Side *shorter, const WordSequence *sequence, const RunIndex *index,
                         size_t span)
{
    size_t runs = shorter->chosen_count < INDEXED ? 0 : shorter->chosen_count - INDEXED + 1, count = 0;
    uint64_t *hits = more_room(aligner->hits, &aligner->hits_room, 2 * PLACES * runs + 1, sizeof *hits);
    if (!hits)
        return -1;
    aligner->hits = hits;
    for (size_t at = 0; at < runs; at++) {
        uint32_t run[INDEXED];
        for (size_t i = 0; i < INDEXED; i++)
            run[i] = shorter->sequence->words[shorter->chosen[at + i]];
        uint32_t place = first_of_run(index, sequence, aligner->vocabulary, run);
        for (int i = 0; place && i < PLACES; i++, place = index->nexts[place - 1])
            hits[count++] = hit_of((place - 1) / span, at);
    }
    return (int64_t)sort_unique(hits, count, hits + PLACES * runs);
}

/* Find the block with the most runs not yet covered, the first of equals; returns whether there is one. */
static int best_block(const Aligner *aligner, size_t hits, size_t *best)
{
    size_t most = 0;
    for (size_t i = 0; i < hits;) {
        size_t block = block_of(aligner->hits[i]), uncovered = 0;
        for (; i < hits && block_of(aligner->hits[i]) == block; i++)
            uncovered += !aligner->covered[(uint32_t)aligner->hits[i]];
        if (uncovered > most) {
            most = uncovered;
            *best = block;
        }
    }
    return most > 0;
}

static void cover(Aligner *aligner, size_t hits, size_t block)
{
    for (size_t i = 0; i < hits; i++) {
        size_t other = block_of(aligner->hits[i]);
        if (other + 1 >= block && other <= block + 1)
            aligner->covered[(uint32_t)aligner->hits[i]] = 1;
    }
}

/* Put a window among those before it, by its start. */
static void put_window(Window *windows, size_t count, Window window)
{
    for (; count && windows[count - 1].start > window.start; count--)
        windows[count] = windows[count - 1];
    windows[count] = window;
}

/* Take the words in the windows; what lies between two is a gap. */
static int take_windows(Side *side, const WordSequence *sequence, const RunIndex *index, const Window *windows,
                        size_t count)
{
    size_t reached = 0, most = 0;
    for (size_t i = 0; i < count; i++)
        most += windows[i].end - windows[i].start;
    uint32_t *chosen = more_room(side->chosen, &side->chosen_room, most, sizeof *chosen);
    if (!chosen)
        return -1;
    side->chosen = chosen;
    side->sequence = sequence;
    side->chosen_count = side->gap_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t start = windows[i].start > reached ? windows[i].start : reached;
        if (start >= windows[i].end)
            continue;
        if (start > reached)
            side->gaps[side->gap_count++] = (Gap){index->chosen[start], (uint32_t)(start - reached)};
        reached = windows[i].end;
        memcpy(chosen + side->chosen_count, index->chosen + start, (reached - start) * sizeof *chosen);
        side->chosen_count += reached - start;
    }
    if (reached < index->count)
        side->gaps[side->gap_count++] = (Gap){UINT32_MAX, (uint32_t)(index->count - reached)};
    return 0;
}

static size_t at_most(size_t one, size_t other)
{
    return one < other ? one : other;
}

int choose_windows(Aligner *aligner, Side *side, WordSequence *sequence, const Side *shorter, int left_out)
{
    size_t span = shorter->chosen_count > EDGE ? shorter->chosen_count : EDGE, count = 0, block;
    const RunIndex *index = run_index_of(sequence, aligner->vocabulary, left_out);
    uint8_t *covered = more_room(aligner->covered, &aligner->covered_room, shorter->chosen_count, 1);
    if (covered)
        aligner->covered = covered;
    int64_t hits = index && covered ? find_hits(aligner, shorter, sequence, index, span) : -1;
    if (hits < 0)
        return -1;
    memset(covered, 0, shorter->chosen_count);
    Window windows[MOST_WINDOWS + 1] = {{0, at_most(EDGE, index->count)}};
    while (count++ < MOST_WINDOWS && best_block(aligner, (size_t)hits, &block)) {
        cover(aligner, (size_t)hits, block);
        size_t start = block ? (block - 1) * span : 0;
        Window window = {start > EDGE ? start - EDGE : 0, at_most((block + 2) * span + EDGE, index->count)};
        put_window(windows, count, window);
    }
    return take_windows(side, sequence, index, windows, count);
}

int64_t outside_before(const Side *side, size_t at)
{
    uint32_t place = at < side->count ? side->origins[at] : UINT32_MAX;
    int64_t words = 0;
    for (size_t i = 0; i < side->gap_count && side->gaps[i].until <= place; i++)
        words += side->gaps[i].words;
    return words;
}
