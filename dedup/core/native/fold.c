/* UTF-16 units -> folded units, letters, window starts and lines, in one pass. */

#include "fold.h"

#include <stdlib.h>

enum {
    STEP = 4096, /* units between two checks of the room */
    NEWLINE = 0x0A,
    PRIVATE_PLANES = 0xF0000,
};

void scratch_clear(Scratch *scratch)
{
    free(scratch->folded);
    free(scratch->letters);
    free(scratch->origins);
    free(scratch->sequence);
    free(scratch->shingles);
    free(scratch->spare);
    free(scratch->units);
    free(scratch->lines);
    *scratch = (Scratch){0};
}

const uint16_t *scratch_folded(const Scratch *scratch)
{
    return scratch->folded ? scratch->folded + 1 : NULL;
}

static int grow(void **memory, size_t room, size_t size)
{
    void *larger = room <= SIZE_MAX / size ? realloc(*memory, room * size) : NULL;
    if (!larger)
        return -1;
    *memory = larger;
    return 0;
}

static int reserve(Scratch *scratch, size_t units, size_t windows)
{
    if (units > scratch->units_room) {
        size_t room = units + units / 2;
        if (grow((void **)&scratch->folded, room, sizeof *scratch->folded) ||
            grow((void **)&scratch->letters, room, sizeof *scratch->letters))
            return -1;
        scratch->units_room = room;
    }
    if (windows > scratch->sequence_room) {
        size_t room = windows + windows / 2;
        if (grow((void **)&scratch->sequence, room, sizeof *scratch->sequence))
            return -1;
        scratch->sequence_room = room;
    }
    return 0;
}

int scratch_reserve_sets(Scratch *scratch, size_t count)
{
    if (count <= scratch->set_room)
        return 0;
    if (grow((void **)&scratch->shingles, count, sizeof *scratch->shingles) ||
        grow((void **)&scratch->spare, count, sizeof *scratch->spare))
        return -1;
    scratch->set_room = count;
    return 0;
}

typedef struct {
    uint16_t own[2];
    const uint16_t *units;
    size_t count;
    size_t used; /* units of the text */
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

/* What takes more than one unit: expansions, and surrogate pairs. */
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
    } else
        out->count = 0;
}

/* Where the next of each is written, and whether a space comes before it. */
typedef struct {
    uint16_t *folded, *letters;
    uint64_t *windows;
    size_t folded_count, letter_count, window_count;
    uint32_t pending, seen;
    uint32_t *origins; /* of each letter; NULL where nobody asks */
} WriteCursor;

static int cursor_reserve(WriteCursor *cursor, Scratch *scratch, size_t ahead, int placed)
{
    if (reserve(scratch, cursor->folded_count + ahead + 2, cursor->window_count + ahead + 1))
        return -1;
    if (placed && scratch->origin_room < scratch->units_room) {
        if (grow((void **)&scratch->origins, scratch->units_room, sizeof *scratch->origins))
            return -1;
        scratch->origin_room = scratch->units_room;
    }
    cursor->origins = placed ? scratch->origins : NULL;
    cursor->folded = scratch->folded;
    cursor->letters = scratch->letters;
    cursor->windows = scratch->sequence;
    return 0;
}

/* Write what some entries become; returns how many were written before one that has to be looked up.

   Without a branch for what a unit becomes: what is no letter is overwritten by the next. A space is
   written when its word begins, so that there are never two in a row and none at the end. The cursor is kept in locals,
   out of reach of the stores, so that it stays in registers. */
static ALWAYS_INLINE size_t put(WriteCursor *cursor, const FoldTable *table, const uint16_t *units, size_t first,
                                size_t count, int placed)
{
    uint32_t *restrict origins = cursor->origins;
    uint16_t *restrict folded = cursor->folded + cursor->folded_count;
    uint16_t *restrict letters = cursor->letters;
    uint64_t *restrict windows = cursor->windows + cursor->window_count;
    size_t letter_count = cursor->letter_count;
    uint32_t pending = cursor->pending, seen = cursor->seen;
    size_t at = 0;
    for (; at < count; at++) {
        uint32_t entry = table->entries[units[first + at]];
        if (UNLIKELY(entry & LOOK_UP))
            break;
        seen |= entry;
        if (placed)
            origins[letter_count] = (uint32_t)(first + at);
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
    cursor->folded_count = (size_t)(folded - cursor->folded);
    cursor->letter_count = letter_count;
    cursor->window_count = (size_t)(windows - cursor->windows);
    cursor->pending = pending;
    cursor->seen = seen;
    return at;
}

/* The same for units that an expansion gave. */
static void put_expanded(WriteCursor *cursor, const FoldTable *table, const Expansion *more, size_t origin)
{
    for (size_t i = 0; i < more->count; i++) {
        uint16_t unit = more->units[i];
        if (unit == SPACE) {
            cursor->pending = 1;
            continue;
        }
        cursor->seen |= table->entries[unit] | (table->unspaced[unit] ? LARGE : 0); /* first halves have no entry */
        if (cursor->pending)
            cursor->folded[cursor->folded_count++] = SPACE;
        if (cursor->pending || table->unspaced[unit] & SCRIPT_LETTER)
            cursor->windows[cursor->window_count++] = cursor->letter_count;
        cursor->folded[cursor->folded_count++] = unit;
        if (cursor->origins)
            cursor->origins[cursor->letter_count] = (uint32_t)origin;
        cursor->letters[cursor->letter_count++] = unit;
        cursor->pending = 0;
    }
}

/* Note where a line begins, once for the same window. */
static int begin_line(Scratch *scratch, size_t windows)
{
    if (scratch->line_count && scratch->lines[scratch->line_count - 1] == windows)
        return 0;
    uint64_t *lines = more_room(scratch->lines, &scratch->line_room, scratch->line_count + 1, sizeof *lines);
    if (!lines)
        return -1;
    scratch->lines = lines;
    lines[scratch->line_count++] = windows;
    return 0;
}

/* Where the line ends that begins at `at`: behind its newline, or with the text. */
static size_t line_end(const uint16_t *units, size_t at, size_t count)
{
    while (at < count && units[at] != NEWLINE)
        at++;
    return at < count ? at + 1 : count;
}

/* Write the letters anew, from the folded text. */
static void keep_letters(Scratch *scratch)
{
    const uint16_t *folded = scratch_folded(scratch);
    for (size_t i = 0, letters = 0; i < scratch->folded_count; i++)
        if (folded[i] != SPACE)
            scratch->letters[letters++] = folded[i];
}

static ALWAYS_INLINE int fold_all(Scratch *scratch, const FoldTable *table, const uint16_t *units, size_t count,
                                  int placed)
{
    WriteCursor cursor = {.pending = 1};
    size_t at = 0, end = placed ? count : 0; /* lines are noted only for shingles */
    scratch->line_count = 0;
    while (at < count) {
        if (at == end) {
            if (begin_line(scratch, cursor.window_count))
                return -1;
            end = line_end(units, at, count);
        }
        size_t ahead = end - at > STEP ? STEP : end - at;
        if (cursor_reserve(&cursor, scratch, ahead + LONGEST, placed))
            return -1;
        size_t done = put(&cursor, table, units, at, ahead, placed);
        at += done;
        if (done < ahead) {
            Expansion more;
            expand(&more, table, units[at], at + 1 < count ? units[at + 1] : 0);
            put_expanded(&cursor, table, &more, at);
            at += more.used;
        }
    }
    scratch->folded_count = cursor.folded_count ? cursor.folded_count - 1 : 0;
    scratch->letter_count = cursor.letter_count;
    scratch->sequence_count = cursor.window_count;
    scratch->seen = cursor.seen;
    if (cursor.seen & LATIN && cursor.seen & (FOREIGN | ZERO) &&
        write_in_one_script(scratch->folded + 1, scratch->folded_count, table->look_alikes))
        keep_letters(scratch);
    return 0;
}

int fold_units(Scratch *scratch, const FoldTable *table, const uint16_t *units, size_t count)
{
    return fold_all(scratch, table, units, count, 0);
}

int fold_units_placed(Scratch *scratch, const FoldTable *table, const uint16_t *units, size_t count)
{
    return count > UINT32_MAX ? -1 : fold_all(scratch, table, units, count, 1);
}

int row_units(Scratch *scratch, const TextColumn *texts, size_t row, const uint16_t **units, size_t *count)
{
    size_t start = (size_t)texts->bounds[row];
    *count = (size_t)texts->bounds[row + 1] - start;
    if (texts->unit_size == 2) {
        *units = (const uint16_t *)texts->data + start;
        return 0;
    }
    uint16_t *room = more_room(scratch->units, &scratch->unit_room, *count, sizeof *room);
    if (!room)
        return -1;
    *units = scratch->units = room;
    *count = utf8_to_units((const uint8_t *)texts->data + start, *count, room);
    return 0;
}

int fold_row(Scratch *scratch, const FoldTable *table, const TextColumn *texts, size_t row)
{
    const uint16_t *units;
    size_t count;
    return row_units(scratch, texts, row, &units, &count) || fold_units(scratch, table, units, count) ? -1 : 0;
}

int folded_row(Scratch *scratch, const FoldTable *table, const TextColumn *texts, size_t row, FoldedText *folded)
{
    if (texts->folded) {
        size_t start = (size_t)texts->bounds[row];
        *folded = (FoldedText){(const uint16_t *)texts->data + start, (size_t)texts->bounds[row + 1] - start};
        return 0;
    }
    if (fold_row(scratch, table, texts, row))
        return -1;
    *folded = (FoldedText){scratch_folded(scratch), scratch->folded_count};
    return 0;
}
