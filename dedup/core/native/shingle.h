/* What is done with many hashes. */

#ifndef DEDUP_SHINGLE_H
#define DEDUP_SHINGLE_H

#include "native.h"

enum { SHORT_WINDOWS = 4 }; /* a text of so many windows or less keeps all its shingles as fingerprints */

/* Put the smallest of every `window` hashes in place of the first, equal neighbours once; at least 1. */
size_t winnow_minima(uint64_t *hashes, size_t count, size_t window);

/* Sort, drop repeats and give how many are left. `spare` has the same room. */
size_t sort_unique(uint64_t *values, size_t count, uint64_t *spare);

/* How many values two ascending sets share. */
size_t shared_count(const uint64_t *one, size_t one_count, const uint64_t *other, size_t other_count);

#endif
