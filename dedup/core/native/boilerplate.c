/* Which letters of a text are in shingles of boilerplate. */

#include "read_text.h"
#include "shingle.h"

#include <stdlib.h>
#include <string.h>

int boilerplate_begin(Boilerplate *boilerplate, const ReadSettings *settings)
{
    *boilerplate = (Boilerplate){
        .hashes = settings->boilerplate,
        .count = settings->boilerplate_count,
        .windows = {settings->table, settings->factors, settings->window},
        .shift = 64 - 6,
    };
    if (!boilerplate->count)
        return 0;
    while (boilerplate->shift > 64 - 30 && (uint64_t)16 * boilerplate->count > (uint64_t)1 << (64 - boilerplate->shift))
        boilerplate->shift--;
    boilerplate->bits = calloc((size_t)1 << (64 - 6 - boilerplate->shift), sizeof *boilerplate->bits);
    if (!boilerplate->bits)
        return -1;
    for (size_t i = 0; i < boilerplate->count; i++) {
        uint64_t bit = boilerplate->hashes[i] >> boilerplate->shift;
        boilerplate->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
    }
    return 0;
}

static int is_boilerplate(const Boilerplate *boilerplate, uint64_t hash)
{
    uint64_t bit = hash >> boilerplate->shift;
    if (!(boilerplate->bits[bit >> 6] >> (bit & 63) & 1))
        return 0;
    size_t first = 0, last = boilerplate->count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (boilerplate->hashes[middle] < hash)
            first = middle + 1;
        else
            last = middle;
    }
    return first < boilerplate->count && boilerplate->hashes[first] == hash;
}

int64_t cover_letters(const Boilerplate *boilerplate, Scratch *scratch, uint8_t *covered)
{
    size_t starts = scratch->sequence_count, letters = scratch->letter_count, until = 0;
    int64_t found = 0;
    if (scratch_reserve_sets(scratch, starts + 1))
        return -1;
    if (starts)
        memcpy(scratch->shingles, scratch->sequence, starts * sizeof *scratch->shingles);
    memset(covered, 0, letters);
    WindowRule rule = boilerplate->windows;
    rule.sized = (scratch->seen & LARGE) != 0;
    size_t hashes = window_hashes(scratch->letters, letters, scratch->shingles, starts, &rule);
    for (size_t i = 0; i < hashes; i++) {
        if (!is_boilerplate(boilerplate, scratch->shingles[i]))
            continue;
        size_t start = (size_t)scratch->sequence[i], end = window_end(scratch->letters, letters, start, &rule);
        start = start > until ? start : until;
        until = end > until ? end : until;
        if (until > start)
            memset(covered + start, 1, until - start);
        found++;
    }
    return found;
}
