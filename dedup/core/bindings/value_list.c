/* Values of many texts in one array. */

#include "bindings.h"

#include <string.h>

int pile_add(Pile *pile, const uint64_t *values, size_t count, size_t text)
{
    if (count > pile->room - pile->count) {
        size_t room = pile->count + count + (pile->count + count) / 2;
        uint64_t *larger = room <= SIZE_MAX / sizeof *larger
                               ? PyMem_RawRealloc(pile->values, room * sizeof *larger)
                               : NULL;
        if (!larger)
            return -1;
        pile->values = larger;
        pile->room = room;
    }
    if (count)
        memcpy(pile->values + pile->count, values, count * sizeof *values);
    pile->count += count;
    ((int64_t *)PyBytes_AS_STRING(pile->bounds))[text + 1] = (int64_t)pile->count;
    return 0;
}

int pile_begin(Pile *pile, size_t texts)
{
    pile->bounds = bytes_for(texts + 1, sizeof(int64_t));
    if (pile->bounds)
        ((int64_t *)PyBytes_AS_STRING(pile->bounds))[0] = 0;
    return pile->bounds ? 0 : -1;
}

void pile_clear(Pile *pile)
{
    PyMem_RawFree(pile->values);
    Py_CLEAR(pile->bounds);
}
