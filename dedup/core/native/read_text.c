/* A text as it was written -> its words and the flags of each. The twin of read_text.py. */

#include "read_text.h"

#include <stdlib.h>
#include <string.h>

int reader_begin(TextReader *reader, const ReadSettings *settings)
{
    *reader = (TextReader){.table = settings->table};
    return boilerplate_begin(&reader->boilerplate, settings);
}

void reader_clear(TextReader *reader)
{
    scratch_clear(&reader->scratch);
    scratch_clear(&reader->whole);
    free(reader->boilerplate.bits);
    free(reader->cleaned);
    free(reader->covered);
    free(reader->firsts);
    free(reader->leaving_out.places);
    free(reader->leaving_out.gone);
    free(reader->leaving_out.slots);
    *reader = (TextReader){0};
}

static int reserve(TextReader *reader, size_t units)
{
    uint16_t *cleaned = more_room(reader->cleaned, &reader->cleaned_room, units, sizeof *cleaned);
    if (!cleaned)
        return -1;
    reader->cleaned = cleaned;
    return 0;
}

/* Find where each word begins, and which begin lines. */
static int flag_lines(TextReader *reader, WordSequence *sequence, const FoundWord *found, const uint16_t *units)
{
    uint32_t *firsts = more_room(reader->firsts, &reader->first_room, sequence->count, sizeof *firsts);
    if (!firsts)
        return -1;
    reader->firsts = firsts;
    const uint16_t *raw = reader->table->raw;
    const uint32_t *origins = reader->scratch.origins;
    const size_t count = sequence->count;
    uint8_t *flags = sequence->flags;
    size_t letter = 0;
    uint32_t at = 0;
    for (size_t i = 0; i < count; letter += found[i++].count) {
        uint32_t first = origins[letter];
        uint8_t begins = i ? 0 : BEGINS_LINE;
        for (; at < first; at++)
            begins |= raw[units[at]] & RAW_LINE_END ? BEGINS_LINE : 0;
        at = origins[letter + found[i].count - 1];
        firsts[i] = first;
        flags[i] = begins;
    }
    return 0;
}

/* Find which letters of the cleaned text are boilerplate: shingles are those of the text as it was written.
   Returns how many such shingles there are, or -1. */
static int64_t cover(TextReader *reader, const uint16_t *units, size_t count, int cleaned)
{
    Scratch *whole = cleaned ? &reader->whole : &reader->scratch;
    if (cleaned && fold_units_placed(whole, reader->table, units, count))
        return -1;
    uint8_t *covered = more_room(reader->covered, &reader->covered_room, whole->letter_count, sizeof *covered);
    if (!covered)
        return -1;
    reader->covered = covered;
    int64_t found = cover_letters(&reader->boilerplate, whole, covered);
    if (!cleaned || found <= 0)
        return found;
    size_t kept = 0;
    for (size_t i = 0; i < whole->letter_count; i++) {
        uint32_t at = whole->origins[i];
        covered[kept] = covered[i];
        kept += units[at] == reader->cleaned[at];
    }
    return found;
}

static void flag_boilerplate(WordSequence *sequence, const FoundWord *found, const uint8_t *covered)
{
    for (size_t i = 0; i < sequence->count; covered += found[i++].count)
        if (!memchr(covered, 0, found[i].count))
            sequence->flags[i] |= IS_BOILERPLATE;
}

/* Clean and fold one text of a column; returns whether anything was cleaned, or -1. */
static int fold_cleaned(TextReader *reader, const TextColumn *texts, size_t row, const uint16_t **units, size_t *count)
{
    if (row_units(&reader->scratch, texts, row, units, count) || reserve(reader, *count))
        return -1;
    int cleaned = clean_units(reader->table, *units, *count, reader->cleaned);
    const uint16_t *clean = cleaned ? reader->cleaned : *units;
    return fold_units_placed(&reader->scratch, reader->table, clean, *count) ? -1 : cleaned;
}

int read_text(TextReader *reader, WordSequence *sequence, Vocabulary *vocabulary, const TextColumn *texts, size_t row)
{
    const uint16_t *units;
    size_t count;
    Scratch *scratch = &reader->scratch;
    int cleaned = fold_cleaned(reader, texts, row, &units, &count);
    if (cleaned < 0)
        return -1;
    const uint16_t *clean = cleaned ? reader->cleaned : units;
    FoldedText folded = {scratch_folded(scratch), scratch->folded_count};
    if (sequence_fill(sequence, vocabulary, folded, reader->table->unspaced) ||
        flag_lines(reader, sequence, vocabulary->found, clean))
        return -1;
    flag_names(sequence, vocabulary, reader->table, clean, reader->firsts);
    int64_t shingles = reader->boilerplate.count ? cover(reader, units, count, cleaned) : 0;
    if (shingles < 0)
        return -1;
    if (shingles)
        flag_boilerplate(sequence, vocabulary->found, reader->covered);
    return leave_out(&reader->leaving_out, sequence, vocabulary);
}

int find_words(TextReader *reader, const TextColumn *texts, size_t row, uint32_t *starts, uint32_t *ends)
{
    const uint16_t *units;
    size_t count;
    if (fold_cleaned(reader, texts, row, &units, &count) < 0)
        return -1;
    const uint16_t *folded = scratch_folded(&reader->scratch);
    const uint32_t *origins = reader->scratch.origins;
    const size_t size = reader->scratch.folded_count;
    size_t letter = 0, end;
    for (size_t at = 0; at < size; at = next_word(folded, size, end)) {
        end = word_end(folded, size, at, reader->table->unspaced);
        *starts++ = origins[letter];
        letter += end - at;
        *ends++ = origins[letter - 1] + 1;
    }
    return 0;
}
