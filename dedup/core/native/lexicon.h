/* The words of many texts as numbers. */

#ifndef DEDUP_LEXICON_H
#define DEDUP_LEXICON_H

#include "native.h"

enum { IN_DIGITS = 1, NUMERAL = 2, DATE = 4 }; /* of what kind a word is; 0 of none of these */

typedef struct {
    uint64_t hash, polynomial, power; /* the last two make the hash of two words written together */
    uint64_t marks;                   /* a bit for each letter that is there; letters may share one */
    size_t start, length;             /* of its code points in `letters` */
    uint8_t kinds;
} Entry;

/* Each word of many texts once: its number is where it stands. */
typedef struct {
    Entry *entries;
    uint32_t *letters;
    uint64_t *slots; /* by hash: the number, 0 for none */
    size_t count, room, letter_count, letter_room, mask;
} Lexicon;

/* The words of one text in their order. */
typedef struct {
    uint32_t *words;
    uint64_t *glued; /* by the hash of two neighbours written together: the place, 0 for none */
    size_t count, mask;
} Reading;

void lexicon_clear(Lexicon *lexicon);
void reading_clear(Reading *reading);

/* Say of a folded word what it is. */
int lexicon_mark(Lexicon *lexicon, const uint16_t *units, size_t count, int kind);

/* Read the first `most` words of folded units. */
int reading_fill(Reading *reading, Lexicon *lexicon, const uint16_t *units, size_t count, size_t most);

/* The last two neighbours of the text that give the word when written together, or NULL. */
const uint32_t *reading_parts(const Reading *reading, const Lexicon *lexicon, uint32_t word);

/* Whether two passages are equal, spaces aside. */
int spelt_alike(const Lexicon *lexicon, const uint32_t *ours, size_t our_count, const uint32_t *theirs,
                size_t their_count);

#endif
