/* Put before every C file of the kernel by .ci/sanitize: an allocator that fails when it is told to.
   tests/fail_allocations.py tells it, through the two numbers. */

#ifndef FAILING_ALLOCATOR_H
#define FAILING_ALLOCATOR_H

#include <stdlib.h>

/* How often memory was asked for; the call that gets none, or, negative, from which on none gets any. */
__attribute__((weak, visibility("default"))) long kernel_allocations = 0, kernel_failing = 0;

static inline int allocation_fails(void)
{
    kernel_allocations++;
    return kernel_failing == kernel_allocations || (kernel_failing < 0 && kernel_allocations >= -kernel_failing);
}

static inline void *failing_malloc(size_t size)
{
    return allocation_fails() ? NULL : malloc(size);
}

static inline void *failing_calloc(size_t count, size_t size)
{
    return allocation_fails() ? NULL : calloc(count, size);
}

static inline void *failing_realloc(void *memory, size_t size)
{
    return allocation_fails() ? NULL : realloc(memory, size);
}

#define malloc(size) failing_malloc(size)
#define calloc(count, size) failing_calloc(count, size)
#define realloc(memory, size) failing_realloc(memory, size)

#endif
