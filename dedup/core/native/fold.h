/* A text into folded units, letters and window starts. */

#ifndef DEDUP_FOLD_H
#define DEDUP_FOLD_H

#include "mixed_words.h"

#define SPACE 0x20

/* One entry for each UTF-16 unit: what it becomes, and these flags. A unit without flags is deleted. */
enum {
    LETTER = 1 << 16,
    BLANK = 1 << 17,
    UNSPACED = 1 << 18, /* of a script that puts no space between words */
    LOOK_UP = 1 << 19,  /* the lower half is a row of `starts` */
    LATIN = 1 << 20,    /* a to z */
    FOREIGN = 1 << 21,  /* of a script whose letters look like Latin ones */
    ZERO = 1 << 22,
    LARGE = 1 << 23, /* it counts for more or less than one letter of an alphabet */
};

/* Flags of a unit of a text as it was written; raw_units.py has the same numbers and explains them. */
enum {
    RAW_WORD = 1,
    RAW_ADDRESS = 2,
    RAW_ADDRESS_SIGN = 4,
    RAW_ADDRESS_END = 8,
    RAW_GROUP_SIGN = 16,
    RAW_LINE_END = 32,
    RAW_UPPER = 64,
    RAW_LOWER = 128,
    RAW_SENTENCE_SIGN = 256,
    RAW_WHITE = 512,
    RAW_DIGIT = 1024,
    RAW_ZERO = 2048,
    RAW_LATIN = 4096,
};

/* Flags of a unit of a script without spaces between words; unspaced_scripts.py has the same numbers. */
enum {
    SCRIPT_LETTER = 128, /* it is a word, together with the marks behind it */
    SCRIPT_MARK = 64,
    SCRIPT_SIZE = 63, /* letters of an alphabet that it counts for */
};

enum { LONGEST = 32 }; /* units of one expansion, at most; checked when a table is filled */

struct FoldTable {
    uint32_t entries[0x10000];
    uint8_t unspaced[0x10000]; /* SCRIPT_LETTER, SCRIPT_MARK and the size of each unit; 0 for scripts with spaces */
    uint16_t raw[0x10000];
    uint16_t look_alikes[LOOK_ALIKE_SCRIPTS * (LOOK_ALIKE_LAST + 1)];
    size_t code_count;
    uint32_t *codes;      /* ascending code points with any other result than one unit */
    uint32_t *starts;     /* where in `expansions` the result of each begins; one longer */
    uint16_t *expansions; /* UTF-16 */
};

/* Scratch buffers for one text, reused from text to text so that a batch allocates little. */
typedef struct {
    uint16_t *folded; /* from the second unit on: the first is a space before the first word */
    uint16_t *letters;
    size_t units_room; /* of each of the two */
    uint32_t *origins; /* of each letter: which unit of the text it came from, if that was asked for */
    size_t origin_room;
    uint64_t *sequence;
    size_t sequence_room;
    uint64_t *shingles;
    uint64_t *spare;
    size_t set_room;  /* of each of the two */
    uint16_t *units; /* of a text that came in UTF-8 */
    size_t unit_room;
    uint64_t *lines; /* for each line, how many windows start before it; of lines without a window the last */
    size_t line_room, line_count;
    uint32_t seen; /* the entries of all units of the text, together */
    size_t text_size; /* letters of an alphabet that it counts for */
    size_t folded_count, letter_count, sequence_count, shingle_count, fingerprint_count;
    uint64_t closing; /* the last shingle of a text */
} Scratch;

void scratch_clear(Scratch *scratch);
const uint16_t *scratch_folded(const Scratch *scratch);
int scratch_reserve_sets(Scratch *scratch, size_t count);

/* Folded units, letters without spaces, the index of every window start, and the lines, of UTF-16 units. */
int fold_units(Scratch *scratch, const FoldTable *table, const uint16_t *units, size_t count);

/* The same, and where each letter came from, but no lines. */
int fold_units_placed(Scratch *scratch, const FoldTable *table, const uint16_t *units, size_t count);

/* The units of one text of a column: where they lie, or in the scratch buffers if it came in UTF-8. */
int row_units(Scratch *scratch, const TextColumn *texts, size_t row, const uint16_t **units, size_t *count);

/* Fold one text of a column. */
int fold_row(Scratch *scratch, const FoldTable *table, const TextColumn *texts, size_t row);

/* A folded text. */
typedef struct {
    const uint16_t *units;
    size_t count;
} FoldedText;

/* One text of a column, folded: where it lies if it is folded there, else in the scratch buffers. */
int folded_row(Scratch *scratch, const FoldTable *table, const TextColumn *texts, size_t row, FoldedText *folded);

/* utf8.c: write UTF-8 as UTF-16, never more units than bytes; returns how many. */
size_t utf8_to_units(const uint8_t *bytes, size_t count, uint16_t *units);

#endif
