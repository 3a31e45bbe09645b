/* A text into folded units, letters and window starts. */

#ifndef DEDUP_FOLD_H
#define DEDUP_FOLD_H

#include "native.h"

#define SPACE 0x20

/* One entry a UTF-16 unit: what the unit becomes, and these flags. Without any it is deleted. */
enum {
    LETTER = 1 << 16,
    BLANK = 1 << 17,
    UNSPACED = 1 << 18, /* of a script that puts no space between words */
    LOOK_UP = 1 << 19,  /* the lower half is a row of `starts` */
};

enum { LONGEST = 32 }; /* units of one expansion, at most; whoever fills a table checks it */

typedef struct {
    uint32_t entries[0x10000];
    uint8_t unspaced[0x10000];
    size_t code_count;
    uint32_t *codes;      /* ascending code points with any other result than one unit */
    uint32_t *starts;     /* where in `expansions` the result of each begins; one longer */
    uint16_t *expansions; /* UTF-16 */
} FoldTable;

/* The room one text is worked on in; kept from text to text, so that a batch allocates little. */
typedef struct {
    uint16_t *folded; /* from the second unit on: the first is a space before the first word */
    uint16_t *letters;
    size_t units_room; /* of each of the two */
    uint64_t *sequence;
    size_t sequence_room;
    uint64_t *shingles;
    uint64_t *spare;
    size_t set_room; /* of each of the two */
    size_t folded_count, letter_count, sequence_count, shingle_count, fingerprint_count;
} Desk;

void desk_clear(Desk *desk);
const uint16_t *desk_folded(const Desk *desk);
int desk_reserve_sets(Desk *desk, size_t count);

/* Folded units, letters without spaces, and the index of every window start, into the desk. `kind`
   is the bytes of one code point of `text`: 1, 2 or 4. */
int fold_text(Desk *desk, const FoldTable *table, int kind, const void *text, size_t length);

#endif
