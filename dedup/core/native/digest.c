/* BLAKE2b without key over UTF-16 units, little-endian on every machine (RFC 7693). */

#include "digest.h"

#include <string.h>

enum { BLOCK_UNITS = 64, BLOCK_BYTES = 128 };

static const uint64_t START[8] = {
    0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
    0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u,
};

static const uint8_t ORDER[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

#define ROTATED(x, n) ((x) >> (n) | (x) << (64 - (n)))
#define QUARTER(a, b, c, d, x, y)    \
    do {                             \
        a += b + (x);                \
        d = ROTATED(d ^ a, 32);      \
        c += d;                      \
        b = ROTATED(b ^ c, 24);      \
        a += b + (y);                \
        d = ROTATED(d ^ a, 16);      \
        c += d;                      \
        b = ROTATED(b ^ c, 63);      \
    } while (0)
#define ROUND(order)                                                       \
    do {                                                                   \
        const uint8_t *at = ORDER[order];                                  \
        QUARTER(v[0], v[4], v[8], v[12], words[at[0]], words[at[1]]);      \
        QUARTER(v[1], v[5], v[9], v[13], words[at[2]], words[at[3]]);      \
        QUARTER(v[2], v[6], v[10], v[14], words[at[4]], words[at[5]]);     \
        QUARTER(v[3], v[7], v[11], v[15], words[at[6]], words[at[7]]);     \
        QUARTER(v[0], v[5], v[10], v[15], words[at[8]], words[at[9]]);     \
        QUARTER(v[1], v[6], v[11], v[12], words[at[10]], words[at[11]]);   \
        QUARTER(v[2], v[7], v[8], v[13], words[at[12]], words[at[13]]);    \
        QUARTER(v[3], v[4], v[9], v[14], words[at[14]], words[at[15]]);    \
    } while (0)

static void compress(uint64_t state[8], const uint16_t *units, uint64_t bytes, int last)
{
    uint64_t words[16], v[16];
    for (int i = 0; i < 16; i++) {
        const uint16_t *four = units + 4 * i;
        words[i] = (uint64_t)four[0] | (uint64_t)four[1] << 16 | (uint64_t)four[2] << 32 |
                   (uint64_t)four[3] << 48;
    }
    memcpy(v, state, 64);
    memcpy(v + 8, START, 64);
    v[12] ^= bytes; /* the upper half of the counter stays 0: no text has 2**64 bytes */
    if (last)
        v[14] = ~v[14];
    ROUND(0);
    ROUND(1);
    ROUND(2);
    ROUND(3);
    ROUND(4);
    ROUND(5);
    ROUND(6);
    ROUND(7);
    ROUND(8);
    ROUND(9);
    ROUND(0);
    ROUND(1);
    for (int i = 0; i < 8; i++)
        state[i] ^= v[i] ^ v[i + 8];
}

void digest_units(const uint16_t *units, size_t count, uint8_t *digest, size_t digest_size)
{
    uint64_t state[8], bytes = 0;
    uint16_t rest[BLOCK_UNITS] = {0};
    memcpy(state, START, sizeof state);
    state[0] ^= 0x01010000u ^ (uint64_t)digest_size;
    for (; count > BLOCK_UNITS; units += BLOCK_UNITS, count -= BLOCK_UNITS) {
        bytes += BLOCK_BYTES;
        compress(state, units, bytes, 0);
    }
    if (count)
        memcpy(rest, units, count * sizeof *units);
    compress(state, rest, bytes + 2 * count, 1);
    for (size_t i = 0; i < digest_size; i++)
        digest[i] = (uint8_t)(state[i / 8] >> 8 * (i % 8));
}
