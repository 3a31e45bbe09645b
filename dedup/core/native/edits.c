/* Whether two words are few edits apart, 64 letters at a time.

   Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", 1999,
   with the carries of Hyyroe, "Explaining and extending the bit-parallel approximate string matching
   algorithm of Myers", 2001. */

#include "edits.h"

#include <string.h>

enum { BITS = 64, SLOTS_OF_LETTERS = 2 * BITS };

/* The places of each letter among 64. */
typedef struct {
    uint32_t letters[SLOTS_OF_LETTERS]; /* one more than the letter, 0 for none */
    uint64_t places[SLOTS_OF_LETTERS];
} Places;

static inline size_t place_slot(const Places *places, uint32_t letter)
{
    size_t at = letter & (SLOTS_OF_LETTERS - 1);
    while (places->letters[at] && places->letters[at] != letter + 1)
        at = (at + 1) & (SLOTS_OF_LETTERS - 1);
    return at;
}

static void places_fill(Places *places, const uint32_t *letters, size_t count)
{
    memset(places->letters, 0, sizeof places->letters);
    for (size_t i = 0; i < count; i++) {
        size_t at = place_slot(places, letters[i]);
        if (!places->letters[at])
            places->places[at] = 0;
        places->letters[at] = letters[i] + 1;
        places->places[at] |= (uint64_t)1 << i;
    }
}

/* Go through the other word with up to 64 letters of one; a step is what one more letter of the other adds to
   the edits, at the first of ours before and at the last of ours after. Returns the sum of the steps. */
static int64_t edit_block(const Places *places, const uint32_t *other, size_t count, size_t height,
                          int8_t *steps)
{
    uint64_t plus = ~(uint64_t)0, minus = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = place_slot(places, other[i]);
        uint64_t equal = places->letters[at] ? places->places[at] : 0, less = steps[i] < 0;
        uint64_t upright = equal | minus;
        equal |= less;
        uint64_t across = (((equal & plus) + plus) ^ plus) | equal;
        uint64_t up = minus | ~(across | plus), down = plus & across;
        uint64_t more = steps[i] > 0;
        steps[i] = (int8_t)((int)(up >> (height - 1) & 1) - (int)(down >> (height - 1) & 1));
        sum += steps[i];
        up = up << 1 | more;
        down = down << 1 | less;
        plus = down | ~(upright | up);
        minus = up & upright;
    }
    return sum;
}

int within_edits(EditRoom *room, const uint32_t *one, size_t count, const uint32_t *other, size_t other_count,
                 size_t most)
{
    while (count && other_count && *one == *other)
        one++, other++, count--, other_count--;
    while (count && other_count && one[count - 1] == other[other_count - 1])
        count--, other_count--;
    if (!count || !other_count)
        return count + other_count <= most;
    int8_t *steps = more_room(room->steps, &room->room, other_count, sizeof *steps);
    if (!steps)
        return -1;
    room->steps = steps;
    memset(steps, 1, other_count);
    Places places;
    int64_t sum = 0;
    for (size_t at = 0; at < count; at += BITS) {
        size_t height = count - at < BITS ? count - at : BITS;
        places_fill(&places, one + at, height);
        sum = edit_block(&places, other, other_count, height, steps);
    }
    return (int64_t)count + sum <= (int64_t)most;
}
