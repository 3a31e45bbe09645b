/* Holds every way to MinHash that this processor has to the plain one, bit by bit: .ci/simd runs it. */

#include <stdio.h>
#include <string.h>

#include "sketch.h"

enum { MOST_HASHES = 70, MOST_PERMUTATIONS = 150 };

static uint32_t drawn(void)
{
    static uint64_t state = 1; /* splitmix64 */
    uint64_t value = state += 0x9E3779B97F4A7C15u;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
    value = (value ^ value >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)(value >> 32);
}

int main(void)
{
    uint32_t hashes[MOST_HASHES], a[MOST_PERMUTATIONS], b[MOST_PERMUTATIONS];
    uint32_t expected[MOST_PERMUTATIONS + 1], given[MOST_PERMUTATIONS + 1];
    const SimdPath *paths = simd_paths(), *plain = paths;
    while (plain[1].name)
        plain++;
    for (const SimdPath *path = paths; path != plain; path++) {
        for (size_t permutations = 0; permutations <= MOST_PERMUTATIONS; permutations++) {
            size_t count = drawn() % (MOST_HASHES + 1);
            for (size_t i = 0; i < count; i++)
                hashes[i] = drawn();
            for (size_t i = 0; i < permutations; i++)
                a[i] = drawn(), b[i] = drawn();
            memset(expected, 0x55, sizeof expected);
            memset(given, 0x55, sizeof given);
            plain->minhash(hashes, count, a, b, expected, permutations);
            path->minhash(hashes, count, a, b, given, permutations);
            if (memcmp(expected, given, sizeof expected)) {
                printf("%s differs at %zu permutations of %zu hashes\n", path->name, permutations, count);
                return 1;
            }
        }
        printf("%s gives the bits of %s\n", path->name, plain->name);
    }
    return paths == plain; /* nothing was compared */
}
