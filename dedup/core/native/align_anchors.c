/* Where two long texts are cut before they are aligned: runs of words that occur once in each. */

#include "aligner.h"
#include "word_hash.h"

#include <stdlib.h>
#include <string.h>

enum { ANCHOR = 12 }; /* words of such a run, as kept_passages.py has it */

#define REPEATED UINT32_MAX

/* The runs of the left text, and where the right text has each. */
typedef struct {
    const uint32_t *words; /* of the left text */
    uint32_t *slots;       /* by hash: one more than the place, 0 for none */
    uint32_t *others;      /* of each run: one more than its place in the right text, 0 for none, or REPEATED */
    size_t mask;
    uint64_t base;
} Runs;

static size_t run_slot(const Runs *runs, const uint32_t *run)
{
    uint64_t hash = run[0];
    for (int i = 1; i < ANCHOR; i++)
        hash = hash * runs->base + run[i];
    size_t at = (size_t)spread_61(hash) & runs->mask;
    while (runs->slots[at] && memcmp(runs->words + runs->slots[at] - 1, run, ANCHOR * sizeof *run))
        at = (at + 1) & runs->mask;
    return at;
}

static void find_runs(Runs *runs, size_t count, const uint32_t *right, size_t right_count)
{
    for (size_t i = 0; i + ANCHOR <= count; i++) {
        size_t at = run_slot(runs, runs->words + i);
        if (runs->slots[at])
            runs->others[runs->slots[at] - 1] = REPEATED;
        else
            runs->slots[at] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i + ANCHOR <= right_count; i++) {
        size_t at = run_slot(runs, right + i);
        if (runs->slots[at]) {
            uint32_t *other = runs->others + runs->slots[at] - 1;
            *other = *other ? REPEATED : (uint32_t)i + 1;
        }
    }
}

/* Places that ascend in both texts, linked from the last to the first. */
typedef struct {
    uint32_t at, other_at, before; /* the last: one more than the number of the place before it */
} Place;

/* Link the longest such list: `ends` gets the run that ends first, for each length. Returns the length. */
static size_t longest_ascent(Place *places, size_t count, uint32_t *ends)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (places[ends[middle]].other_at < places[i].other_at)
                low = middle + 1;
            else
                high = middle;
        }
        places[i].before = low ? ends[low - 1] + 1 : 0;
        ends[low] = (uint32_t)i;
        length += low == length;
    }
    return length;
}

/* Return the places of a list as passages that do not overlap. */
static size_t put_anchors(Block *anchors, const Place *places, uint32_t *ends, size_t length, Block start)
{
    Block end = start;
    size_t count = 0;
    for (size_t i = length, row = length ? ends[length - 1] + 1 : 0; i-- > 0; row = places[row - 1].before)
        ends[i] = (uint32_t)row - 1;
    for (size_t i = 0; i < length; i++) {
        size_t at = start.at + places[ends[i]].at, other_at = start.other_at + places[ends[i]].other_at;
        size_t seen = end.at > at ? end.at - at : 0;
        if (end.other_at > other_at + seen)
            seen = end.other_at - other_at;
        if (seen >= ANCHOR)
            continue;
        end = (Block){at + ANCHOR, other_at + ANCHOR, 0};
        anchors[count++] = (Block){at + seen, other_at + seen, ANCHOR - seen};
    }
    return count;
}

static int list_places(const Runs *runs, size_t count, Block start, Block **anchors, size_t *anchor_count)
{
    Place *places = malloc((count + 1) * sizeof *places);
    uint32_t *ends = malloc((count + 1) * sizeof *ends);
    *anchors = malloc((count + 1) * sizeof **anchors);
    int fault = !places || !ends || !*anchors;
    if (!fault) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++)
            if (runs->others[i] && runs->others[i] != REPEATED)
                places[found++] = (Place){(uint32_t)i, runs->others[i] - 1, 0};
        size_t length = longest_ascent(places, found, ends);
        *anchor_count = put_anchors(*anchors, places, ends, length, start);
    }
    free(places);
    free(ends);
    return fault ? -1 : 0;
}

int find_anchors(const Aligner *aligner, Block start, Block end, Block **anchors, size_t *count)
{
    size_t left = end.at - start.at, slots = 16;
    while (slots < 2 * left)
        slots *= 2;
    Runs runs = {
        .words = aligner->sides[0].words + start.at,
        .slots = calloc(slots, sizeof *runs.slots),
        .others = calloc(left + 1, sizeof *runs.others),
        .mask = slots - 1,
        .base = aligner->vocabulary->base | 1,
    };
    int fault = !runs.slots || !runs.others;
    if (!fault) {
        find_runs(&runs, left, aligner->sides[1].words + start.other_at, end.other_at - start.other_at);
        fault = list_places(&runs, left, start, anchors, count);
    }
    free(runs.slots);
    free(runs.others);
    return fault ? -1 : 0;
}
