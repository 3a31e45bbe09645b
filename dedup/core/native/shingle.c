/* What is done with many hashes: sort, winnow, count what two sets share. */

#include "shingle.h"
#include "windows.h"

#include <string.h>

/* The smallest of 2, 4, 8 ... hashes from two of half as many; then of `window` from two that overlap. */
size_t winnow_minima(uint64_t *hashes, size_t count, size_t window)
{
    if (!count)
        return 0;
    if (window > count)
        window = count;
    size_t reach = 1;
    while (reach < window) {
        size_t shift = window - reach < reach ? window - reach : reach;
        reach += shift;
        for (size_t i = 0; i + reach <= count; i++)
            hashes[i] = hashes[i + shift] < hashes[i] ? hashes[i + shift] : hashes[i];
    }
    size_t kept = 0;
    for (size_t i = 1; i + window <= count; i++) {
        kept += hashes[i] != hashes[kept];
        hashes[kept] = hashes[i];
    }
    return kept + 1;
}

enum {
    FEW = 16,        /* sorted by insertion; also the largest bucket that is */
    BUCKETS = 1024,  /* at most, by the upper bits: hashes spread evenly */
    SMALL = 4096,    /* more are sorted digit by digit */
    DIGITS = 8,
};

static void insertion_sort(uint64_t *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t value = values[i];
        size_t at = i;
        for (; at && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

static void radix_sort(uint64_t *values, size_t count, uint64_t *spare)
{
    size_t ends[DIGITS][256] = {{0}};
    uint64_t *from = values, *to = spare;
    for (size_t i = 0; i < count; i++)
        for (int digit = 0; digit < DIGITS; digit++)
            ends[digit][values[i] >> 8 * digit & 0xFF]++;
    for (int digit = 0; digit < DIGITS; digit++) {
        size_t *end = ends[digit], before = 0;
        if (end[values[0] >> 8 * digit & 0xFF] == count)
            continue;
        for (int i = 0; i < 256; i++) {
            size_t size = end[i];
            end[i] = before;
            before += size;
        }
        for (size_t i = 0; i < count; i++)
            to[end[from[i] >> 8 * digit & 0xFF]++] = from[i];
        uint64_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != values)
        memcpy(values, from, count * sizeof *values);
}

/* Into buckets by the upper bits, then one insertion sort over all; 0 if some bucket is crowded. */
static int bucket_sort(uint64_t *values, size_t count, uint64_t *spare)
{
    uint32_t ends[BUCKETS] = {0};
    uint32_t most = 0, before = 0;
    int shift = 64 - 4;
    while (shift > 64 - 10 && (size_t)1 << (64 - shift) < count)
        shift--;
    size_t buckets = (size_t)1 << (64 - shift);
    for (size_t i = 0; i < count; i++)
        ends[values[i] >> shift]++;
    for (size_t i = 0; i < buckets; i++) {
        uint32_t size = ends[i];
        most = size > most ? size : most;
        ends[i] = before;
        before += size;
    }
    if (most > FEW)
        return 0;
    for (size_t i = 0; i < count; i++)
        spare[ends[values[i] >> shift]++] = values[i];
    insertion_sort(spare, count);
    memcpy(values, spare, count * sizeof *values);
    return 1;
}

size_t sort_unique(uint64_t *values, size_t count, uint64_t *spare)
{
    if (!count)
        return 0;
    if (count <= FEW)
        insertion_sort(values, count);
    else if (count > SMALL || !bucket_sort(values, count, spare))
        radix_sort(values, count, spare);
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        kept += values[i] != values[kept];
        values[kept] = values[i];
    }
    return kept + 1;
}

void band_keys(const uint32_t *signatures, size_t count, size_t length, size_t rows,
               const uint64_t *factors, uint64_t *keys)
{
    size_t bands = length / rows;
    for (size_t i = 0; i < count; i++)
        for (size_t band = 0; band < bands; band++) {
            const uint32_t *values = signatures + i * length + band * rows;
            uint64_t sum = 0;
            for (size_t row = 0; row < rows; row++)
                sum += values[row] * factors[row];
            keys[band * count + i] = mix64(sum);
        }
}

/* Where a value would be among the many if they were evenly spread, as hashes are; at least `low`. */
static size_t expected_place(const uint64_t *many, size_t many_count, size_t low, uint64_t value)
{
    uint64_t first = many[low], last = many[many_count - 1];
    if (value <= first || last <= first)
        return low;
    double share = (double)(value - first) / (double)(last - first);
    return share < 1 ? low + (size_t)(share * (double)(many_count - 1 - low)) : many_count - 1;
}

/* Every value of the few is looked for from its expected place on, in steps that double. */
static size_t shared_galloping(const uint64_t *few, size_t few_count, const uint64_t *many,
                               size_t many_count)
{
    size_t shared = 0, low = 0;
    for (size_t i = 0; i < few_count && low < many_count; i++) {
        size_t place = expected_place(many, many_count, low, few[i]), step = 1, high;
        if (many[place] < few[i]) {
            while (step < many_count - place && many[place + step] < few[i])
                step *= 2;
            low = place + step / 2;
            high = step < many_count - place ? place + step + 1 : many_count;
        } else {
            while (step < place - low && many[place - step] >= few[i])
                step *= 2;
            low = step < place - low ? place - step : low;
            high = place - step / 2 + 1;
        }
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (many[middle] < few[i])
                low = middle + 1;
            else
                high = middle;
        }
        shared += low < many_count && many[low] == few[i];
    }
    return shared;
}

size_t shared_count(const uint64_t *one, size_t one_count, const uint64_t *other, size_t other_count)
{
    if (one_count / 8 > other_count)
        return shared_galloping(other, other_count, one, one_count);
    if (other_count / 8 > one_count)
        return shared_galloping(one, one_count, other, other_count);
    size_t shared = 0, i = 0, j = 0;
    while (i < one_count && j < other_count) {
        uint64_t mine = one[i], theirs = other[j];
        shared += mine == theirs;
        i += mine <= theirs;
        j += theirs <= mine;
    }
    return shared;
}

size_t winnow(uint64_t *hashes, size_t count, size_t window, uint64_t *spare)
{
    return sort_unique(hashes, winnow_minima(hashes, count, window), spare);
}

void shared_counts(const uint64_t *values, const int64_t *bounds, const int64_t *left, const int64_t *right,
                   size_t pairs, int64_t *counts)
{
    for (size_t i = 0; i < pairs; i++) {
        const int64_t *one = bounds + left[i], *other = bounds + right[i];
        counts[i] = (int64_t)shared_count(values + one[0], (size_t)(one[1] - one[0]), values + other[0],
                                          (size_t)(other[1] - other[0]));
    }
}
