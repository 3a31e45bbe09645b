/* Every C function that Python calls. Plain arrays in, plain arrays out; no Python.

   setup.py gives this file to cffi, line by line but for those that begin with #, so it contains declarations
   only. To add a function: declare it here, write it in any file of this folder, and call it from
   ../compiled_kernel.py, which allocates the outputs and checks what comes in. cffi releases the GIL around each
   call. Sizes count elements. An `int` is 0 for success and -1 if memory ran out, unless it says otherwise. */

#ifndef DEDUP_KERNEL_H
#define DEDUP_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/* Many texts in one buffer: text i is from bounds[i] to bounds[i + 1]. */
typedef struct {
    const void *data;
    const int64_t *bounds; /* count + 1, ascending */
    size_t count;
    int unit_size; /* 1: UTF-8; 2: UTF-16 in native order */
    int folded;    /* UTF-16 that prepare_texts or fold_texts has made */
} TextColumn;

/* Lists that a call makes as long as they need to be; the caller frees them with `list_free`. */
typedef struct {
    uint64_t *values;
    size_t count, room;
} List64;

typedef struct {
    uint16_t *values;
    size_t count, room;
} List16;

void list_free(void *values);

/* fold_table.c: 1 where the parts contradict each other. Each array is copied. */

typedef struct FoldTable FoldTable;

int fold_table_new(FoldTable **made, const uint16_t *units, const uint8_t *unspaced, const uint16_t *raw,
                   const uint16_t *look_alikes, const uint32_t *codes, size_t code_count, const uint32_t *starts,
                   const uint16_t *expansions, size_t expansion_count);
void fold_table_free(FoldTable *table);

/* prepare.c */

/* How texts are prepared. */
typedef struct {
    const FoldTable *table;
    size_t letters, window;
    const uint64_t *factors; /* letters + 1 */
    const uint32_t *a, *b;   /* of each permutation */
    size_t permutations;
} PrepareSettings;

/* What is known of each text. The first seven are the caller's, with room for `count` or `count + 1` rows. */
typedef struct {
    int64_t *letters;     /* of an alphabet that each text counts for */
    uint8_t *digests;     /* 16 bytes each */
    uint32_t *signatures; /* `permutations` each */
    uint64_t *closings;   /* the last shingle of each text, 0 for none */
    int64_t *shingle_bounds, *fingerprint_bounds, *opening_bounds;
    List64 shingles, fingerprints, openings; /* of each text ascending; openings are those that open a line */
} PreparedTexts;

int prepare_texts(const TextColumn *texts, const PrepareSettings *settings, PreparedTexts *prepared);

/* The same of one text in UTF-16, without a digest; `signature` has room for `permutations` values. */
typedef struct {
    size_t letters;
    List64 shingles, fingerprints, sequence; /* the last are the shingles in reading order */
    List16 folded;
} PreparedText;

int prepare_text(const uint16_t *units, size_t count, const PrepareSettings *settings, uint32_t *signature,
                 PreparedText *prepared);

/* The shingles of each text in reading order; `bounds` has room for count + 1, `factors` has letters + 1. */
int shingle_sequences(const TextColumn *texts, const FoldTable *table, const uint64_t *factors, size_t letters,
                      List64 *sequences, int64_t *bounds);

/* Fold each text; `bounds` has room for count + 1. */
int fold_texts(const TextColumn *texts, const FoldTable *table, List16 *folded, int64_t *bounds);

/* The same, and which unit of its text each folded one came from; a space has that of the letter before it. */
int fold_texts_placed(const TextColumn *texts, const FoldTable *table, List16 *folded, List64 *origins,
                      int64_t *bounds);

/* shingle.c */

/* Keep the smallest of every `window` hashes, each once, ascending, at the beginning of `hashes`; gives how
   many. `spare` has the same room. */
size_t winnow(uint64_t *hashes, size_t count, size_t window, uint64_t *spare);

/* Hash each band of `rows` values of `count` signatures of `length`: keys[band * count + i]. */
void band_keys(const uint32_t *signatures, size_t count, size_t length, size_t rows, const uint64_t *factors,
               uint64_t *keys);

/* Count what the ascending sets left[i] and right[i] share; the caller has checked the rows. */
void shared_counts(const uint64_t *values, const int64_t *bounds, const int64_t *left, const int64_t *right,
                   size_t pairs, int64_t *counts);

/* shared_rows.c: rows, ascending, whose keys share one of 2**bits slots with that of another row; `bits` is 1 to
   63, `rows` has room for `count`. */
int shared_rows(const uint64_t *keys, size_t count, unsigned bits, int64_t *rows, size_t *found);

/* passages.c: boilerplate by its place. */

/* Texts as shingles in reading order. */
typedef struct {
    const uint64_t *shingles;
    const int64_t *bounds; /* count + 1 */
    size_t count;
} PassageTexts;

/* Texts of each crowd, by row, and the shingle that opens a line of all of them, or closes them. */
typedef struct {
    const int64_t *texts;
    const int64_t *bounds; /* count + 1 */
    const uint64_t *places;
    const uint8_t *forward;
    const int64_t *longest; /* shingles of a passage, at most */
    size_t count;
} PassageCrowds;

typedef struct {
    size_t witnesses, common_percent, related_percent, least;
} PassageRule;

/* For each crowd the first witness, -1 for none, and the passage, ascending. The arrays are the caller's. */
typedef struct {
    int64_t *witnesses;
    int64_t *bounds; /* count + 1 */
    List64 shingles;
} PassagesFound;

int find_passages(const PassageTexts *texts, const PassageCrowds *crowds, const PassageRule *rule,
                  PassagesFound *found);

/* sketch.c */

/* MinHash of 32-bit hashes; `mixed` has room for them. */
void minhash(const uint32_t *hashes, size_t count, const uint32_t *a, const uint32_t *b, size_t permutations,
             uint32_t *mixed, uint32_t *signature);

const char *simd_name(void);             /* of the vectors in use: none before `simd_use` */
const char *simd_path_name(size_t path); /* the widest first; NULL after the last */
void simd_use(size_t path);              /* not while another thread computes */
const char *compiler_name(void);

/* word_column.c: the words of texts as numbers into one vocabulary. */

typedef struct WordColumn WordColumn;

/* How texts are read. The arrays are the caller's, who keeps them. */
typedef struct {
    const FoldTable *table;
    const uint64_t *boilerplate; /* shingles, ascending */
    size_t boilerplate_count;
    const uint64_t *factors; /* of the hash of a shingle, window + 1 */
    size_t window;           /* letters of a shingle */
    size_t most;             /* of this many words two texts are aligned in one piece */
    size_t long_text;        /* of this many words only windows are aligned with a much shorter text */
    uint64_t seed;           /* of the hash of words; changes no result */
} ReadSettings;

/* Room for `count` texts; NULL if memory ran out. */
WordColumn *words_new(const ReadSettings *settings, const TextColumn *numerals, const TextColumn *dates, size_t count);
void words_free(WordColumn *words);

/* Read the texts of some rows, each once however often it is asked for. */
int words_read(WordColumn *words, const TextColumn *texts, const int64_t *rows, size_t count);

/* How many words a text has that was read; and which, with what is true of each: vocabulary.h. */
size_t words_count(const WordColumn *words, size_t row);
void words_list(const WordColumn *words, size_t row, uint32_t *numbers, uint8_t *flags);

/* In which UTF-16 unit of its text each of these words begins, and behind which it ends. */
int words_places(WordColumn *words, const TextColumn *texts, size_t row, uint32_t *starts, uint32_t *ends);

/* Align pairs of texts that were read; whole, 1 for a pair alike as wholes. counts, ALIGNED a pair: align.h names
   them. examples, 20 a pair, numbers of words: 5 of facts that were exchanged, left and right; 5 fresh words of
   the left and 5 of the right; NO_WORD where there are fewer. places, 10 a pair: of the facts, left and right. */
int words_align(WordColumn *words, const int64_t *left, const int64_t *right, const uint8_t *whole, size_t pairs,
                int64_t *counts, uint32_t *examples, uint32_t *places);

/* How words are spelt, in code points: first with `letters` NULL for the bounds, numbers + 1. */
void words_spell(const WordColumn *words, const uint32_t *numbers, size_t count, int64_t *bounds, uint32_t *letters);

/* weighing.c: what words weigh. */

/* Hash the words of each text, each once, by first appearance. */
int distinct_words(const FoldTable *table, const TextColumn *texts, uint64_t seed, List64 *hashes, int64_t *bounds);

/* What is known of words beforehand, as term_weights.py has it. */
typedef struct {
    const uint64_t *hashes; /* ascending */
    const uint32_t *rarity;
    const uint8_t *kinds;
    const uint32_t *repeats; /* by appearances; the last for all beyond */
    size_t count, repeat_count;
    uint32_t unknown; /* rarity of all other words */
} TermWeights;

typedef struct WeighedTexts WeighedTexts;

/* Weigh the words of each text; squares has `count` values, lengths 2 a text: words, and those that tell. */
WeighedTexts *weighed_new(const FoldTable *table, const TextColumn *texts, const TermWeights *weights, uint64_t seed,
                          double *squares, int64_t *lengths);
void weighed_free(WeighedTexts *weighed);
void weighed_products(WeighedTexts *weighed, const int64_t *left, const int64_t *right, size_t pairs,
                      double *products);

/* The terms of clusters, at most `most` of each kind. `ends`, one of each kind: how many terms come before it
   ends. `spelling` holds each term and then how it is read, in UTF-16; `bounds` where the one ends and where
   the other does. */
int weighed_terms(WeighedTexts *weighed, const int64_t *documents, const int64_t *cluster_bounds, size_t clusters,
                  size_t most, int64_t *ends, List16 *spelling, List64 *bounds);

/* json_lines.c */

enum { JSON_REFUSED, JSON_TAKEN, JSON_BLANK }; /* what became of a line */
enum { JSON_ID, JSON_TEXT, JSON_TITLE, JSON_SOURCE, JSON_DATE, JSON_URL };

/* Names of fields and the part of a document that each may contain; those of one part in order of preference. */
typedef struct {
    const uint8_t *letters;
    const int64_t *bounds; /* count + 1 */
    const uint8_t *parts;
    size_t count, part_count;
} JsonNames;

/* The lines of a block, and where in it the value of each part is: starts[part * count + line]. */
typedef struct {
    size_t count;
    int64_t *bounds; /* count + 1: where each line begins */
    int64_t *starts, *ends;
    uint8_t *status;
} JsonLines;

/* Find the parts of each line; `lines` has room for as many as there are. */
void json_lines(const uint8_t *data, size_t size, const JsonNames *names, const JsonLines *lines);

/* json_string.c */

/* Copy values, escapes replaced; `letters` has room for the sum of their bytes, `bounds` for count + 1. */
void json_unescape(const uint8_t *data, const int64_t *starts, const int64_t *ends, size_t count,
                   uint8_t *letters, int64_t *bounds);

/* Copy spans one after the other; `to` has room for the sum of their bytes. */
void gather_bytes(const uint8_t *data, const int64_t *starts, const int64_t *ends, size_t count, uint8_t *to);

#endif
