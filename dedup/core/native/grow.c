/* Memory that grows. */

#include "native.h"

#include <stdlib.h>

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
