/* Hashes of words, with a seed and a base drawn for each process; no result depends on them, since letters
   are compared where hashes are equal.

   Words written together are found by a polynomial modulo the prime 2**61 - 1: the hash of two words comes
   from theirs.

   Words of n letters collide with probability n / 2**61, whoever chose them: Dietzfelbinger et al.,
   "Polynomial hash functions are reliable", 1992. Modulo 2**64 a Thue-Morse word collides for every base. */

#ifndef DEDUP_WORD_HASH_H
#define DEDUP_WORD_HASH_H

#include "native.h"

#include <string.h>

#define PRIME_61 (((uint64_t)1 << 61) - 1)

/* Both halves of a product in one. */
static inline uint64_t folded_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t a_high = a >> 32, a_low = a & UINT32_MAX, b_high = b >> 32, b_low = b & UINT32_MAX;
    uint64_t low = a_low * b_low, middle = a_high * b_low + (low >> 32);
    uint64_t other = a_low * b_high + (middle & UINT32_MAX);
    return (a * b) ^ (a_high * b_high + (middle >> 32) + (other >> 32));
#endif
}

/* a * b modulo the prime, not reduced in full, for a below 2**62 and b below 2**61 + 2**22. */
static inline uint64_t multiply_61(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    unsigned __int128 product = (unsigned __int128)a * b;
    uint64_t sum = ((uint64_t)product & PRIME_61) + (uint64_t)(product >> 61);
#else
    uint64_t a_high = a >> 32, a_low = a & UINT32_MAX, b_high = b >> 32, b_low = b & UINT32_MAX;
    uint64_t middle = a_high * b_low + a_low * b_high, low = a_low * b_low;
    uint64_t sum = 8 * (a_high * b_high) % PRIME_61 + (middle >> 29) + ((middle << 32) & PRIME_61) +
                   (low & PRIME_61) + (low >> 61);
#endif
    return (sum & PRIME_61) + (sum >> 61);
}

static inline uint64_t reduced_61(uint64_t value)
{
    value = (value & PRIME_61) + (value >> 61);
    return value >= PRIME_61 ? value - PRIME_61 : value;
}

/* Of a word one letter longer. */
static inline uint64_t extended_61(uint64_t hash, uint64_t base, uint32_t letter)
{
    return multiply_61(hash, base) + letter + 1;
}

static inline uint64_t power_61(uint64_t base, size_t exponent)
{
    uint64_t product = 1;
    for (; exponent; exponent >>= 1, base = multiply_61(base, base))
        product = exponent & 1 ? multiply_61(product, base) : product;
    return product;
}

/* Spread over all bits: where a table of two words written together begins to look. */
static inline uint64_t spread_61(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

/* Hash of a word for looking it up: the upper and the lower half of products with a secret, four units at a
   time. The seed keeps those who choose words from filling one slot. */
static inline uint64_t unit_hash(uint64_t seed, const uint16_t *units, size_t count)
{
    uint64_t hash = seed ^ count, some;
    for (; count > 4; units += 4, count -= 4) {
        memcpy(&some, units, sizeof some);
        hash = folded_product(hash ^ some, seed | 1);
    }
    some = 0;
    memcpy(&some, units, count * sizeof *units);
    return folded_product(folded_product(hash ^ some, seed | 1) ^ seed, 0xD6E8FEB86659FD93u);
}

/* The same, never 0: words of many texts are counted by it. */
static inline uint64_t term_hash(uint64_t seed, const uint16_t *units, size_t count)
{
    uint64_t hash = unit_hash(seed, units, count);
    return hash ? hash : 1;
}

/* A slot is one more than a number, below the upper half of its hash, which tells most other words apart. */
static inline uint64_t slot_of(uint64_t hash, size_t number)
{
    return hash >> 32 << 32 | (number + 1);
}

static inline int may_be(uint64_t slot, uint64_t hash)
{
    return slot >> 32 == hash >> 32;
}

static inline uint32_t number_in(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

#endif
