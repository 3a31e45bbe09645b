/* MinHash, and the ways of this processor to it. */

#ifndef DEDUP_SKETCH_H
#define DEDUP_SKETCH_H

#include "native.h"

typedef void MinHash(const uint32_t *mixed, size_t count, const uint32_t *a, const uint32_t *b,
                     uint32_t *minima, size_t permutations);

typedef struct {
    const char *name;
    MinHash *minhash;
} SimdPath;

/* What this processor can run, the widest first; the last has no name. */
const SimdPath *simd_paths(void);

/* The one that `simd_use` named; until then without vectors. */
MinHash *minhash_in_use(void);

/* Finalise the upper halves of 64-bit hashes as MurmurHash3 does. */
void mix32_upper(const uint64_t *hashes, size_t count, uint32_t *mixed);

#endif
