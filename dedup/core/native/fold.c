/* Text -> folded units, letters and window starts, in one pass over the storage of the `str`. */

#include "fold.h"

#include <stdlib.h>

enum {
    STEP = 4096,          /* code points between two looks at the room */
    PRIVATE_PLANES = 0xF0000,
};

void desk_clear(Desk *desk)
{
    free(desk->folded);
    free(desk->letters);
    free(desk->sequence);
    free(desk->shingles);
    free(desk->spare);
    *desk = (Desk){0};
}

const uint16_t *desk_folded(const Desk *desk)
{
    return desk->folded ? desk->folded + 1 : NULL;
}

static int grow(void **memory, size_t room, size_t size)
{
    void *larger = room <= SIZE_MAX / size ? realloc(*memory, room * size) : NULL;
    if (!larger)
        return -1;
    *memory = larger;
    return 0;
}

static int reserve(Desk *desk, size_t units, size_t windows)
{
    if (units > desk->units_room) {
        size_t room = units + units / 2;
        if (grow((void **)&desk->folded, room, sizeof *desk->folded) ||
            grow((void **)&desk->letters, room, sizeof *desk->letters))
            return -1;
        desk->units_room = room;
    }
    if (windows > desk->sequence_room) {
        size_t room = windows + windows / 2;
        if (grow((void **)&desk->sequence, room, sizeof *desk->sequence))
            return -1;
        desk->sequence_room = room;
    }
    return 0;
}

int desk_reserve_sets(Desk *desk, size_t count)
{
    if (count <= desk->set_room)
        return 0;
    if (grow((void **)&desk->shingles, count, sizeof *desk->shingles) ||
        grow((void **)&desk->spare, count, sizeof *desk->spare))
        return -1;
    desk->set_room = count;
    return 0;
}

static inline uint32_t code_at(int kind, const void *text, size_t at)
{
    if (kind == 1)
        return ((const uint8_t *)text)[at];
    if (kind == 2)
        return ((const uint16_t *)text)[at];
    return ((const uint32_t *)text)[at];
}

typedef struct {
    uint16_t own[2];
    const uint16_t *units;
    size_t count;
    size_t used; /* code points of the text */
} Expansion;

static size_t row_of(const FoldTable *table, uint32_t code)
{
    size_t first = 0, last = table->code_count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (table->codes[middle] < code)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

/* What one unit cannot hold: expansions, surrogate pairs, and code points that are pairs in UTF-16. */
static void expand(Expansion *out, const FoldTable *table, uint32_t code, uint32_t follower)
{
    out->used = 1;
    if (code >> 10 == 0x36 && follower >> 10 == 0x37) {
        code = 0x10000 + ((code & 0x3FF) << 10 | (follower & 0x3FF));
        out->used = 2;
    }
    size_t row = code < 0x10000 ? table->entries[code] & 0xFFFF : row_of(table, code);
    if (row < table->code_count && table->codes[row] == code) {
        out->units = table->expansions + table->starts[row];
        out->count = table->starts[row + 1] - table->starts[row];
        return;
    }
    out->units = out->own;
    if (code < PRIVATE_PLANES) {
        out->own[0] = (uint16_t)(0xD800 | (code - 0x10000) >> 10);
        out->own[1] = (uint16_t)(0xDC00 | (code & 0x3FF));
        out->count = 2;
    } else {
        out->own[0] = SPACE;
        out->count = 1;
    }
}

/* Where the next of each is written, and whether a space comes before it. */
typedef struct {
    uint16_t *folded, *letters;
    uint64_t *windows;
    size_t folded_count, letter_count, window_count;
    uint32_t pending;
} Place;

static int place_reserve(Place *place, Desk *desk, size_t ahead)
{
    if (reserve(desk, place->folded_count + ahead + 2, place->window_count + ahead + 1))
        return -1;
    place->folded = desk->folded;
    place->letters = desk->letters;
    place->windows = desk->sequence;
    return 0;
}

/* Write what some entries become; gives how many were written before one that has to be looked up.

   Without a branch for what a unit becomes: what is no letter is overwritten by the next. A space is
   written when its word begins, so that none stands twice or at the end. The place is kept in locals,
   out of reach of the stores, so that it stays in registers. */
static inline size_t put(Place *place, const FoldTable *table, int kind, const void *text, size_t count)
{
    uint16_t *restrict folded = place->folded + place->folded_count;
    uint16_t *restrict letters = place->letters;
    uint64_t *restrict windows = place->windows + place->window_count;
    size_t letter_count = place->letter_count;
    uint32_t pending = place->pending;
    size_t at = 0;
    for (; at < count; at++) {
        uint32_t code = code_at(kind, text, at);
        uint32_t entry = kind == 4 && code > 0xFFFF ? LOOK_UP : table->entries[code];
        if (UNLIKELY(entry & LOOK_UP))
            break;
        uint32_t letter = entry >> 16 & 1, blank = entry >> 17 & 1, unspaced = entry >> 18 & 1;
        *folded = SPACE;
        folded += letter & pending;
        *folded = (uint16_t)entry;
        folded += letter;
        letters[letter_count] = (uint16_t)entry;
        *windows = letter_count;
        windows += letter & (pending | unspaced);
        letter_count += letter;
        pending = (pending & ~letter) | blank;
    }
    place->folded_count = (size_t)(folded - place->folded);
    place->letter_count = letter_count;
    place->window_count = (size_t)(windows - place->windows);
    place->pending = pending;
    return at;
}

/* The same for units that an expansion gave. */
static void put_expanded(Place *place, const FoldTable *table, const Expansion *more)
{
    for (size_t i = 0; i < more->count; i++) {
        uint16_t unit = more->units[i];
        if (unit == SPACE) {
            place->pending = 1;
            continue;
        }
        if (place->pending)
            place->folded[place->folded_count++] = SPACE;
        if (place->pending || table->unspaced[unit])
            place->windows[place->window_count++] = place->letter_count;
        place->folded[place->folded_count++] = unit;
        place->letters[place->letter_count++] = unit;
        place->pending = 0;
    }
}

static inline int fold_kind(Desk *desk, const FoldTable *table, int kind, const void *text, size_t length)
{
    Place place = {.pending = 1};
    size_t at = 0;
    while (at < length) {
        size_t ahead = length - at > STEP ? STEP : length - at;
        if (place_reserve(&place, desk, ahead + LONGEST))
            return -1;
        size_t done = put(&place, table, kind, (const char *)text + at * (size_t)kind, ahead);
        at += done;
        if (done < ahead) {
            Expansion more;
            expand(&more, table, code_at(kind, text, at), at + 1 < length ? code_at(kind, text, at + 1) : 0);
            put_expanded(&place, table, &more);
            at += more.used;
        }
    }
    desk->folded_count = place.folded_count ? place.folded_count - 1 : 0;
    desk->letter_count = place.letter_count;
    desk->sequence_count = place.window_count;
    return 0;
}

int fold_text(Desk *desk, const FoldTable *table, int kind, const void *text, size_t length)
{
    switch (kind) {
    case 1:
        return fold_kind(desk, table, 1, text, length);
    case 2:
        return fold_kind(desk, table, 2, text, length);
    default:
        return fold_kind(desk, table, 4, text, length);
    }
}
