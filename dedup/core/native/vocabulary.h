/* The words of many texts as numbers: equal number, equal letters. */

#ifndef DEDUP_VOCABULARY_H
#define DEDUP_VOCABULARY_H

#include "fold.h"
#include "tokenizer.h"

enum { IN_DIGITS = 1, NUMERAL = 2, DATE = 4, NAME = 8 }; /* kinds of facts; a word of a text is a name or none */

/* Properties of a word at one place of a text. LEFT_OUT_WHOLE: left out of texts that are alike as wholes. */
enum { IS_NAME = 1, IS_BOILERPLATE = 2, BEGINS_LINE = 4, LEFT_OUT = 8, LEFT_OUT_WHOLE = 16 };

#define NO_WORD UINT32_MAX

enum { MUCH_LONGER = 16 }; /* times the words of the texts that a long text may contain */

typedef struct {
    uint64_t hash;          /* of its letters, as two words written together have it: word_hash.h */
    uint64_t marks;         /* a bit for each letter that is there; letters may share one */
    uint32_t unit_start, unit_count; /* of its UTF-16 in `units` */
    uint32_t start, length; /* of its code points in `letters` */
    uint32_t last_text;     /* that was read with it: one more than its number */
    uint8_t kinds;
    uint8_t cases; /* how the text that is read writes it: name_words.c */
} Entry;

enum { POWERS = 64 };

/* The place of a word in the text that is read. */
typedef struct {
    uint64_t hash;
    size_t start, count;
} FoundWord;

/* Each word of many texts once: its number is its place in `entries`. */
typedef struct {
    Entry *entries;
    uint32_t *letters;
    uint16_t *units;
    uint16_t *joined;  /* room for two words written together */
    FoundWord *found; /* room for the words of one text */
    uint64_t *slots;  /* by hash of the units: the number, 0 for none */
    size_t count, room, letter_count, letter_room, unit_count, unit_room, joined_room, found_room, longest, mask;
    uint64_t seed, base;      /* of the hashes */
    uint64_t powers[POWERS];  /* of the base */
    uint32_t texts;
} Vocabulary;

enum { WORD_MARKS = 64 };

/* The words of one text in their order. */
typedef struct {
    uint64_t *glued; /* by the hash of two neighbours written together: the place, 0 for none */
    uint32_t *words;
    uint32_t *distinct; /* by first appearance */
    uint8_t *flags; /* of each of the words */
    size_t count, distinct_count, mask;
    uint64_t marks[WORD_MARKS]; /* a bit for each hash that a word may have */
    uint64_t glued_marks[WORD_MARKS]; /* the same of two neighbours written together */
    struct RunIndex *indexes[2]; /* made when they are asked for: without LEFT_OUT, without LEFT_OUT_WHOLE */
} WordSequence;

/* Which of the marks of a text is that of a hash; its lowest bits choose the bit. */
static inline size_t mark_of(uint64_t spread)
{
    return (size_t)(spread >> 6) & (WORD_MARKS - 1);
}

/* Whether a word is a letter of a script without spaces. */
static inline int is_unspaced_word(const Vocabulary *vocabulary, uint32_t word)
{
    const Entry *entry = vocabulary->entries + word;
    return entry->length == 1 && vocabulary->letters[entry->start] >= FIRST_UNSPACED;
}

void vocabulary_begin(Vocabulary *vocabulary, uint64_t seed);
void vocabulary_clear(Vocabulary *vocabulary);
void sequence_clear(WordSequence *sequence);

/* The number of a word, or NO_WORD. */
uint32_t vocabulary_find(const Vocabulary *vocabulary, const uint16_t *units, size_t count);

/* Say of a folded word what it is. */
int vocabulary_mark(Vocabulary *vocabulary, const uint16_t *units, size_t count, int kind);

/* Read the words of a folded text; their places are in `found` until the next text. */
int sequence_fill(WordSequence *sequence, Vocabulary *vocabulary, FoldedText text, const uint8_t *unspaced);

/* The same for ranking, where two letters in a row of a script without spaces are one word. */
int sequence_fill_terms(WordSequence *sequence, Vocabulary *vocabulary, FoldedText text, const uint8_t *unspaced);

/* Know which two neighbours give what when written together: `sequence_parts` and comparing need it. */
int sequence_glue(WordSequence *sequence, const Vocabulary *vocabulary);

/* Two neighbours of the text that give the word when written together, the last such two, or NULL. */
const uint32_t *sequence_parts(const WordSequence *sequence, const Vocabulary *vocabulary, uint32_t word);

/* The word that two words give when written together, or NO_WORD. With the marks of a text only its words are
   looked for, but one of another text may be found. */
uint32_t glued_word(const Vocabulary *vocabulary, const uint64_t *marks, const uint32_t *two);

/* The order of two words by their code points: below 0, 0 or above 0. */
int letters_order(const Vocabulary *vocabulary, uint32_t one, uint32_t other);

/* Whether two passages are equal, spaces aside. */
int spelt_alike(const Vocabulary *vocabulary, const uint32_t *ours, size_t our_count, const uint32_t *theirs,
                size_t their_count);

#endif
