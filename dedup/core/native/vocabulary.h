/* The words of many texts as numbers: equal number, equal letters. */

#ifndef DEDUP_VOCABULARY_H
#define DEDUP_VOCABULARY_H

#include "native.h"

enum { IN_DIGITS = 1, NUMERAL = 2, DATE = 4 }; /* kinds of words; 0 for none of these */

#define NO_WORD UINT32_MAX

typedef struct {
    uint64_t hash, power;  /* of hash61.h, reduced; the base to the number of letters */
    uint64_t marks;        /* a bit for each letter that is there; letters may share one */
    size_t start, length;  /* of its code points in `letters` */
    uint32_t last_text;    /* that was read with it: one more than its number */
    uint8_t kinds;
} Entry;

/* Each word of many texts once: its number is its place in `entries`. */
typedef struct {
    Entry *entries;
    uint32_t *letters;
    uint64_t *slots; /* by hash: the number, 0 for none */
    size_t count, room, letter_count, letter_room, mask;
    uint64_t base; /* of the hash */
    uint32_t texts;
} Vocabulary;

/* The words of one text in their order. */
typedef struct {
    uint64_t *glued;    /* by the hash of two neighbours written together: the place, 0 for none */
    uint32_t *words;
    uint32_t *distinct; /* by first appearance */
    size_t count, distinct_count, mask;
    size_t aligned; /* how many of the first words are aligned */
} WordSequence;

void vocabulary_clear(Vocabulary *vocabulary);
void sequence_clear(WordSequence *sequence);

/* Say of a folded word what it is. */
int vocabulary_mark(Vocabulary *vocabulary, const uint16_t *units, size_t count, int kind);

/* Read the words of folded units; the first `most` of them are aligned. */
int sequence_fill(WordSequence *sequence, Vocabulary *vocabulary, const uint16_t *units, size_t count, size_t most);

/* Two neighbours of the text that give the word when written together, or NULL; the last such two among the
   words that are aligned, if there are any. */
const uint32_t *sequence_parts(const WordSequence *sequence, const Vocabulary *vocabulary, uint32_t word);

/* The word that two words give when written together, or NO_WORD. */
uint32_t glued_word(const Vocabulary *vocabulary, const uint32_t *two);

/* Whether two passages are equal, spaces aside. */
int spelt_alike(const Vocabulary *vocabulary, const uint32_t *ours, size_t our_count, const uint32_t *theirs,
                size_t their_count);

#endif
