/* The hot loops in C: what all parts of this folder share.

   numpy_kernel.py and the twins beside it define the bits; each function here gives the same ones. Nothing
   in this folder knows Python, so all of it runs without the GIL. Sizes count elements; 0 for success, -1
   for no memory. kernel.h holds what Python calls. */

#ifndef DEDUP_NATIVE_H
#define DEDUP_NATIVE_H

#include "kernel.h"

#if defined(__GNUC__) || defined(__clang__)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define PREFETCH(address) __builtin_prefetch(address)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define UNLIKELY(condition) (condition)
#define PREFETCH(address) ((void)(address))
#define ALWAYS_INLINE inline
#endif

/* Memory for `wanted` values of `size` or more, moved if need be. NULL for no memory; the old stays then. */
void *more_room(void *memory, size_t *room, size_t wanted, size_t size);

/* Put values behind those of a list, which stays as it is for -1. */
int list64_add(List64 *list, const uint64_t *values, size_t count);
int list16_add(List16 *list, const uint16_t *values, size_t count);

#endif
