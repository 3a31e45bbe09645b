/* The hot loops in C: what the parts of the extension know of each other.

   plain.py defines the bits; each function here gives the same ones. Nothing but compiled.c knows
   Python, so all of this runs without the GIL. Sizes count elements; 0 for success, -1 for no memory. */

#ifndef DEDUP_COMPILED_H
#define DEDUP_COMPILED_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#else
#define UNLIKELY(condition) (condition)
#endif

#define SPACE 0x20

/* fold.c */

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

/* shingle.c */

/* Put the hash of `width` letters in place of each start; `factors` has width + 1. A text shorter than
   one window is hashed whole. Gives how many there are. */
size_t window_hashes(const uint16_t *letters, size_t letter_count, uint64_t *starts, size_t start_count,
                     const uint64_t *factors, size_t width);

enum { SHORT_WINDOWS = 4 }; /* a text of so many windows or less keeps all its shingles as fingerprints */

/* Put the smallest of every `window` hashes in place of the first, equal neighbours once; at least 1. */
size_t winnow_minima(uint64_t *hashes, size_t count, size_t window);

/* Sort, drop repeats and give how many are left. `spare` has the same room. */
size_t sort_unique(uint64_t *values, size_t count, uint64_t *spare);

/* Hash each band of `rows` values of `count` signatures of `length`: keys[band * count + i]. */
void band_keys(const uint32_t *signatures, size_t count, size_t length, size_t rows,
               const uint64_t *factors, uint64_t *keys);

/* How many values two ascending sets share. */
size_t shared_count(const uint64_t *one, size_t one_count, const uint64_t *other, size_t other_count);

/* words.c */

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

/* Numbers that one text of a pair lacks, pair after pair: words of the other text. */
typedef struct {
    uint32_t *words;
    size_t count, room;
} Numbers;

/* Words that count as numbers; whoever fills it gives the room. */
typedef struct {
    uint64_t *hashes;
    size_t count;
    uint64_t marks[MARKS];
} Numerals;

void numerals_add(Numerals *numerals, const uint16_t *units, size_t count);

void words_clear(TextWords *words);

/* List the words of folded units, and keep how numbers are written. */
int words_list(TextWords *words, const uint16_t *units, size_t count, const Numerals *numerals);

/* List the words, each two neighbouring letters of an unspaced script being one, and keep the text. */
int words_list_all(TextWords *words, const uint16_t *units, size_t count, const uint8_t *unspaced);

/* Mark each of our words with whether the other text holds it, whole, parted or glued to a neighbour. */
void words_mark_held(TextWords *ours, const TextWords *theirs);

/* The word with this hash, or -1. */
ptrdiff_t words_find(const TextWords *words, uint64_t hash);

/* How a word is written, if that is kept. */
const uint16_t *word_units(const TextWords *words, size_t word, size_t *count);

/* Count our words that the other text lacks and the numbers in both; add the numbers that it lacks. */
int words_missing(TextWords *ours, const TextWords *theirs, int64_t *new_words, int64_t *shared_numbers,
                  Numbers *numbers);

/* terms.c */

enum { HIDDEN = 1, OPENS = 2, TELLS = 4 }; /* kinds of words; plain terms.py says what each means */

/* What is known of words beforehand; whoever fills it owns all but `begins`. */
typedef struct {
    const uint64_t *hashes; /* ascending */
    const uint32_t *rarity;
    const uint8_t *kinds;
    const uint32_t *repeats; /* by appearances; the last for all beyond */
    size_t count, repeat_count;
    uint32_t unknown; /* rarity of all other words */
    uint32_t *begins; /* by the upper bits of a hash: where such hashes begin */
    unsigned shift;
} TermTable;

typedef struct {
    TextWords words;
    uint32_t *weights; /* of each word */
    uint8_t *kinds;
    double square;
    int64_t length, telling; /* words of the text, and those that tell its language */
} WeighedText;

/* One term: a word of a text, and the words of the text that it is read with. */
typedef struct {
    uint32_t text, word, from, to; /* the last two are places in the sequence */
} Term;

typedef struct {
    Term *terms;
    size_t count, room;
} Terms;

int term_table_index(TermTable *table);
void weighed_clear(WeighedText *text);
int weigh_text(WeighedText *text, const uint16_t *units, size_t count, const uint8_t *unspaced,
               const TermTable *table);

/* The scalar product of two texts: exact until it is rounded once, so that no order matters. */
double weighed_product(const WeighedText *one, const WeighedText *other);

/* Add the terms of a cluster, the heaviest first and at most `most` of each kind: those that all share,
   then those of each document alone. `ends` has one more than there are documents. */
int cluster_terms(Terms *terms, WeighedText *texts, const int64_t *documents, size_t count, size_t most,
                  int64_t *ends);

/* lexicon.c */

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

/* Memory for `wanted` values of `size` or more, moved if need be; NULL leaves it as it was. */
void *more_room(void *memory, size_t *room, size_t wanted, size_t size);

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

/* align.c */

enum { SHOWN = 5 }; /* words and numbers that are kept as examples */

/* What an alignment counts; of two, left and right. */
enum {
    WORDS = 0,
    KEPT = 2,
    KEPT_FACTS,
    SLOTS,
    EXCHANGED,
    IN_LEAD,
    MOVED_WORDS,
    NEW_WORDS = MOVED_WORDS + 2,
    FRESH = NEW_WORDS + 2,
    AHEAD = FRESH + 2,
    ALIGNED = AHEAD + 2,
};

/* Words that an alignment shows. */
typedef struct {
    uint32_t exchanged[SHOWN][2], fresh[2][SHOWN];
    uint8_t exchanged_count, fresh_count[2];
} Shown;

typedef struct Aligner Aligner; /* the room pairs are aligned in, one after the other */

/* For texts of a lexicon that grows no more; NULL for no memory. */
Aligner *aligner_new(const Lexicon *lexicon);
void aligner_free(Aligner *aligner);

/* Align two texts: `ALIGNED` counts and what is shown. */
int align_readings(Aligner *aligner, const Reading *left, const Reading *right, int64_t *counts, Shown *shown);

/* edits.c */

/* Room for the edits of long words. */
typedef struct {
    int8_t *steps;
    size_t room;
} EditRoom;

/* Whether so many letters exchanged, added or left out make one word of the other; -1 for no memory. */
int within_edits(EditRoom *room, const uint32_t *one, size_t count, const uint32_t *other, size_t other_count,
                 size_t most);

/* sketch.c */

typedef void MinHash(const uint32_t *mixed, size_t count, const uint32_t *a, const uint32_t *b,
                     uint32_t *minima, size_t permutations);

typedef struct {
    const char *name;
    MinHash *minhash;
} SimdPath;

/* What this processor can run, the widest first; the last has no name. */
const SimdPath *simd_paths(void);

/* Finalise 32-bit hashes as MurmurHash3 does; the second takes the upper halves of 64-bit ones. */
void mix32_all(const uint32_t *hashes, size_t count, uint32_t *mixed);
void mix32_upper(const uint64_t *hashes, size_t count, uint32_t *mixed);

/* digest.c */

#define DIGEST_SIZE 16

/* BLAKE2b of the little-endian bytes of UTF-16 units, for any digest size up to 64. */
void digest_units(const uint16_t *units, size_t count, uint8_t *digest, size_t digest_size);

#endif
