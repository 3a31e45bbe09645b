/* The hot loops in C: what all parts of this folder share.

   plain.py and the twins beside it define the bits; each function here gives the same ones. Nothing in
   this folder knows Python, so all of it runs without the GIL. Sizes count elements; 0 for success, -1
   for no memory. */

#ifndef DEDUP_NATIVE_H
#define DEDUP_NATIVE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#else
#define UNLIKELY(condition) (condition)
#endif

/* Memory for `wanted` values of `size` or more, moved if need be; NULL leaves it as it was. */
void *more_room(void *memory, size_t *room, size_t wanted, size_t size);

#endif
