/* The words of many texts as numbers into one vocabulary: read once, then aligned. */

#include "align.h"
#include "read_text.h"

#include <stdlib.h>
#include <string.h>

struct WordColumn {
    TextReader reader;
    Vocabulary vocabulary;
    WordSequence *sequences; /* of each text */
    size_t count;
    Aligner *aligner;
};

static int mark_all(WordColumn *words, const TextColumn *marked, int kind)
{
    Scratch scratch = {0};
    FoldedText folded;
    int fault = 0;
    for (size_t row = 0; !fault && row < marked->count; row++)
        fault = folded_row(&scratch, words->reader.table, marked, row, &folded) ||
                vocabulary_mark(&words->vocabulary, folded.units, folded.count, kind);
    scratch_clear(&scratch);
    return fault;
}

WordColumn *words_new(const ReadSettings *settings, const TextColumn *numerals, const TextColumn *dates, size_t count)
{
    WordColumn *words = calloc(1, sizeof *words);
    if (!words)
        return NULL;
    words->count = count;
    vocabulary_begin(&words->vocabulary, settings->seed);
    int fault = reader_begin(&words->reader, settings);
    words->sequences = calloc(count + 1, sizeof *words->sequences);
    words->aligner = aligner_new(&words->vocabulary, settings->most, settings->long_text);
    if (!fault && words->sequences && words->aligner && !mark_all(words, numerals, NUMERAL) &&
        !mark_all(words, dates, DATE))
        return words;
    words_free(words);
    return NULL;
}

void words_free(WordColumn *words)
{
    if (!words)
        return;
    for (size_t i = 0; words->sequences && i < words->count; i++)
        sequence_clear(words->sequences + i);
    free(words->sequences);
    reader_clear(&words->reader);
    aligner_free(words->aligner);
    vocabulary_clear(&words->vocabulary);
    free(words);
}

int words_read(WordColumn *words, const TextColumn *texts, const int64_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        WordSequence *sequence = words->sequences + rows[i];
        if (!sequence->glued &&
            read_text(&words->reader, sequence, &words->vocabulary, texts, (size_t)rows[i]))
            return -1;
    }
    return 0;
}

size_t words_count(const WordColumn *words, size_t row)
{
    return words->sequences[row].count;
}

void words_list(const WordColumn *words, size_t row, uint32_t *numbers, uint8_t *flags)
{
    const WordSequence *sequence = words->sequences + row;
    if (!sequence->count)
        return;
    memcpy(numbers, sequence->words, sequence->count * sizeof *numbers);
    memcpy(flags, sequence->flags, sequence->count);
}

int words_places(WordColumn *words, const TextColumn *texts, size_t row, uint32_t *starts, uint32_t *ends)
{
    return find_words(&words->reader, texts, row, starts, ends);
}

enum { EXAMPLES = 4 * SHOWN, EXAMPLE_PLACES = 2 * SHOWN };

static void put_examples(uint32_t *examples, uint32_t *places, const Shown *shown)
{
    int count = 0;
    for (int i = 0; i < EXAMPLES; i++)
        examples[i] = NO_WORD;
    for (int i = 0; i < EXAMPLE_PLACES; i++)
        places[i] = 0;
    for (int names = 0; names < 2; names++)
        for (int i = 0; i < shown->exchanged_count[names] && count < SHOWN; i++, count++) {
            memcpy(examples + 2 * count, shown->exchanged[names][i].words, 2 * sizeof *examples);
            memcpy(places + 2 * count, shown->exchanged[names][i].places, 2 * sizeof *places);
        }
    for (int which = 0; which < 2; which++)
        for (int i = 0; i < shown->fresh_count[which]; i++)
            examples[(2 + which) * SHOWN + i] = shown->fresh[which][i];
}

int words_align(WordColumn *words, const int64_t *left, const int64_t *right, const uint8_t *whole, size_t pairs,
                int64_t *counts, uint32_t *examples, uint32_t *places)
{
    Shown shown;
    if (aligner_fit(words->aligner))
        return -1;
    for (size_t i = 0; i < pairs; i++) {
        if (align_sequences(words->aligner, words->sequences + left[i], words->sequences + right[i], whole[i],
                            counts + i * ALIGNED, &shown))
            return -1;
        put_examples(examples + i * EXAMPLES, places + i * EXAMPLE_PLACES, &shown);
    }
    return 0;
}

void words_spell(const WordColumn *words, const uint32_t *numbers, size_t count, int64_t *bounds, uint32_t *letters)
{
    const Vocabulary *vocabulary = &words->vocabulary;
    bounds[0] = 0;
    for (size_t i = 0; i < count; i++) {
        const Entry *entry = vocabulary->entries + numbers[i];
        if (letters && entry->length)
            memcpy(letters + bounds[i], vocabulary->letters + entry->start, entry->length * sizeof *letters);
        bounds[i + 1] = bounds[i] + (int64_t)entry->length;
    }
}
