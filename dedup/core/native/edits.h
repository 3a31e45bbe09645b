/* Whether two words are few edits apart. */

#ifndef DEDUP_EDITS_H
#define DEDUP_EDITS_H

#include "native.h"

/* Room for the edits of long words. */
typedef struct {
    int8_t *steps;
    size_t room;
} EditRoom;

/* Whether so many letters exchanged, added or left out make one word of the other; -1 if memory ran out. */
int within_edits(EditRoom *room, const uint32_t *one, size_t count, const uint32_t *other, size_t other_count,
                 size_t most);

#endif
