/* BLAKE2b of a text. */

#ifndef DEDUP_DIGEST_H
#define DEDUP_DIGEST_H

#include "native.h"

#define DIGEST_SIZE 16

/* BLAKE2b of the little-endian bytes of UTF-16 units, for any digest size up to 64. */
void digest_units(const uint16_t *units, size_t count, uint8_t *digest, size_t digest_size);

#endif
