/* A text as it was written -> its words, each with the properties it has at that place. */

#ifndef DEDUP_READ_TEXT_H
#define DEDUP_READ_TEXT_H

#include "vocabulary.h"
#include "windows.h"

/* Shingles whose letters are boilerplate. */
typedef struct {
    const uint64_t *hashes;
    size_t count;
    WindowRule windows;
    uint64_t *bits; /* one for the upper bits of each hash, which tells most others apart */
    int shift;
} Boilerplate;

int boilerplate_begin(Boilerplate *boilerplate, const ReadSettings *settings);

/* Find for each letter whether it is part of such a shingle; `scratch` has the folded text. Returns how many
   shingles were found, or -1. */
int64_t cover_letters(const Boilerplate *boilerplate, Scratch *scratch, uint8_t *covered);

/* Room for leaving words out. */
typedef struct {
    uint32_t *places;
    uint8_t *gone;
    uint32_t *slots;
    size_t place_room, gone_room, slot_room;
} LeavingOut;

/* Flag the words that are left out: LEFT_OUT, LEFT_OUT_WHOLE. */
int leave_out(LeavingOut *room, WordSequence *sequence, const Vocabulary *vocabulary);

/* What reads texts, one after the other. */
typedef struct {
    const FoldTable *table;
    Boilerplate boilerplate;
    Scratch scratch, whole; /* of the cleaned text, and of the text as it was written */
    uint16_t *cleaned;
    uint8_t *covered;
    uint32_t *firsts; /* of each word: the unit of the text where it begins */
    size_t cleaned_room, covered_room, first_room;
    LeavingOut leaving_out;
} TextReader;

int reader_begin(TextReader *reader, const ReadSettings *settings);
void reader_clear(TextReader *reader);

/* Copy a text to `cleaned` without its addresses, and with the groups of each number as one; gives whether there
   was any such thing, and copies nothing otherwise. */
int clean_units(const FoldTable *table, const uint16_t *units, size_t count, uint16_t *cleaned);

/* Flag the names of a text; `firsts` as the reader has it. */
void flag_names(WordSequence *sequence, Vocabulary *vocabulary, const FoldTable *table, const uint16_t *units,
                const uint32_t *firsts);

/* Read one text of a column. */
int read_text(TextReader *reader, WordSequence *sequence, Vocabulary *vocabulary, const TextColumn *texts, size_t row);

/* Find the units of one text where each word begins, and behind which it ends. */
int find_words(TextReader *reader, const TextColumn *texts, size_t row, uint32_t *starts, uint32_t *ends);

#endif
