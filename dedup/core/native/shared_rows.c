/* Rows whose key another row may have: what is left to sort. */

#include <stdlib.h>

#include "native.h"

#define GOLDEN 0x9E3779B97F4A7C15u /* odd: 2**64 by the golden ratio */
#define SLOT_BITS 2                /* 0: no key; 1: one; 3: several */
#define SLOTS_A_WORD_LOG 5

/* Keys share a slot if they are equal, and by chance; each slot is looked at twice, in one word of a table that
   fits a cache where the keys do not. */
int shared_rows(const uint64_t *keys, size_t count, unsigned bits, int64_t *rows, size_t *found)
{
    size_t words = bits > SLOTS_A_WORD_LOG ? (size_t)1 << (bits - SLOTS_A_WORD_LOG) : 1;
    uint64_t *table = calloc(words, sizeof *table);
    *found = 0;
    if (table == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        uint64_t slot = keys[i] * GOLDEN >> (64 - bits);
        unsigned shift = SLOT_BITS * (unsigned)(slot & ((1u << SLOTS_A_WORD_LOG) - 1));
        uint64_t *word = table + (slot >> SLOTS_A_WORD_LOG);
        *word |= (uint64_t)(1 | (*word >> shift & 1) << 1) << shift;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t slot = keys[i] * GOLDEN >> (64 - bits);
        unsigned shift = SLOT_BITS * (unsigned)(slot & ((1u << SLOTS_A_WORD_LOG) - 1));
        rows[kept] = (int64_t)i;
        kept += table[slot >> SLOTS_A_WORD_LOG] >> shift >> 1 & 1;
    }
    free(table);
    *found = kept;
    return 0;
}
