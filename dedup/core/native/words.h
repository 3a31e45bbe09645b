/* The words of one folded text with what weighing them takes. */

#ifndef DEDUP_WORDS_H
#define DEDUP_WORDS_H

#include "native.h"

enum { WHOLE = 1, PARTED = 2 }; /* how another text holds a word; PARTED also if glued to a neighbour */

enum {
    MARKS = 128,
    FEW_WORDS = 1024, /* above it the marks say little, and joined words are looked up */
};

typedef struct {
    uint64_t hash;
    uint32_t spelt, length; /* where its units stand, if they are kept, and how many */
    uint32_t count;         /* appearances */
    uint8_t number, held;
} Word;

/* The words of a folded text, by first appearance. */
typedef struct {
    Word *words;
    uint32_t *slots;        /* by hash: one more than the word, 0 for none */
    uint32_t *sequence;     /* the word at each place of the text */
    uint64_t *joined;       /* the hash of that word and the next, written together */
    uint32_t *joined_slots; /* by hash: one more than the place in `joined`, 0 for none; NULL for few words */
    uint16_t *units;        /* of the numbers, or the whole text */
    uint64_t word_marks[MARKS], joined_marks[MARKS]; /* a bit for each hash that may be there */
    size_t mask, distinct, length, unit_count, unit_room;
} TextWords;

void words_clear(TextWords *words);

/* List the words, each two neighbouring letters of an unspaced script being one, and keep the text. */
int words_list_all(TextWords *words, const uint16_t *units, size_t count, const uint8_t *unspaced);

/* Mark each of our words with whether the other text holds it, whole, parted or glued to a neighbour. */
void words_mark_held(TextWords *ours, const TextWords *theirs);

/* The word with this hash, or -1. */
ptrdiff_t words_find(const TextWords *words, uint64_t hash);

/* How a word is written, if that is kept. */
const uint16_t *word_units(const TextWords *words, size_t word, size_t *count);

#endif
