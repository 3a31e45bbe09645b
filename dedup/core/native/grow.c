/* Memory that grows. */

#include "native.h"

#include <stdlib.h>
#include <string.h>

void *more_room(void *memory, size_t *room, size_t wanted, size_t size)
{
    if (memory && wanted <= *room)
        return memory;
    size_t larger = wanted <= SIZE_MAX / 2 ? wanted + wanted / 2 + 16 : wanted;
    void *moved = larger <= SIZE_MAX / size ? realloc(memory, larger * size) : NULL;
    if (moved)
        *room = larger;
    return moved;
}

/* The two lists differ only in the type of their values. */
#define LIST_ADD(name, List, type)                                                                         \
    int name(List *list, const type *values, size_t count)                                                 \
    {                                                                                                      \
        type *grown = more_room(list->values, &list->room, list->count + count, sizeof *grown);            \
        if (!grown)                                                                                        \
            return -1;                                                                                     \
        list->values = grown;                                                                              \
        if (count)                                                                                         \
            memcpy(grown + list->count, values, count * sizeof *grown);                                    \
        list->count += count;                                                                              \
        return 0;                                                                                          \
    }

LIST_ADD(list64_add, List64, uint64_t)
LIST_ADD(list16_add, List16, uint16_t)

void list_free(void *values)
{
    free(values);
}
