/* Runs of words that occur elsewhere in the other text. */

#include "aligner.h"
#include "word_hash.h"

#include <string.h>

enum { MOVED = 4 }; /* words of a run, as alignment.py has it */

static inline size_t run_slot(const Side *side, uint64_t base, const uint32_t *run)
{
    uint64_t hash = run[0];
    for (int i = 1; i < MOVED; i++)
        hash = hash * base + run[i];
    size_t at = (size_t)spread_61(hash) & side->runs_mask;
    while (side->runs[at] && memcmp(side->words + side->runs[at] - 1, run, MOVED * sizeof *run))
        at = (at + 1) & side->runs_mask;
    return at;
}

static int know_runs(Side *side, uint64_t base)
{
    size_t slots = 16;
    if (side->runs_known)
        return 0;
    while (slots < 2 * side->count)
        slots *= 2;
    uint32_t *runs = more_room(side->runs, &side->runs_room, slots, sizeof *runs);
    if (!runs)
        return -1;
    side->runs = runs;
    side->runs_mask = slots - 1;
    memset(runs, 0, slots * sizeof *runs);
    for (size_t i = 0; i + MOVED <= side->count; i++)
        runs[run_slot(side, base, side->words + i)] = (uint32_t)i + 1;
    side->runs_known = 1;
    return 0;
}

/* Whether a run occurs in the other text. -1 if memory ran out. */
static int stands_elsewhere(Aligner *aligner, int which, const uint32_t *run)
{
    Side *other = aligner->sides + !which;
    uint64_t base = aligner->vocabulary->base | 1;
    return know_runs(other, base) ? -1 : other->runs[run_slot(other, base, run)] != 0;
}

/* A run is looked for where its last word is met: most have a word that the other text lacks. */
int leave_moved(Aligner *aligner, int which, size_t start, size_t end, Passage *passage)
{
    Side *side = aligner->sides + which;
    size_t known = 0, count = 0;
    for (size_t i = start; i < end; i++) {
        side->rest[count++] = (uint32_t)i;
        known = stands_in(aligner, side->words[i], !which) ? known + 1 : 0;
        if (known < MOVED)
            continue;
        int found = stands_elsewhere(aligner, which, side->words + i + 1 - MOVED);
        if (found < 0)
            return -1;
        while (found && count && side->rest[count - 1] + MOVED > i)
            count--;
    }
    side->moved += (int64_t)(end - start - count);
    size_t outside = (size_t)(outside_before(side, end) - outside_before(side, start));
    *passage = (Passage){side->rest, count, outside};
    return 0;
}

int64_t longest_shared(Aligner *aligner)
{
    const Side *side = aligner->sides;
    int64_t longest = aligner->longest, words = 0;
    size_t known = 0;
    if (!side->moved && !aligner->sides[1].moved)
        return longest;
    for (size_t i = 0; i < side->count; i++) {
        known = stands_in(aligner, side->words[i], 1) ? known + 1 : 0;
        int found = known < MOVED ? 0 : stands_elsewhere(aligner, 0, side->words + i + 1 - MOVED);
        if (found < 0)
            return -1;
        words = !found ? 0 : words ? words + 1 : MOVED;
        longest = words > longest ? words : longest;
    }
    return longest;
}
