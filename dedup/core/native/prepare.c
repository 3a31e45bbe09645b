/* Everything about each text at once: fold, shingle, winnow, sketch, digest. */

#include "digest.h"
#include "shingle.h"
#include "sketch.h"
#include "windows.h"

#include <string.h>

/* Put the shingle that opens each line in place of how many come before it, ascending, and keep the last of all. */
static void keep_openings(Scratch *scratch, size_t count)
{
    while (scratch->line_count && scratch->lines[scratch->line_count - 1] >= count)
        scratch->line_count--;
    for (size_t i = 0; i < scratch->line_count; i++)
        scratch->lines[i] = scratch->sequence[scratch->lines[i]];
    scratch->line_count = sort_unique(scratch->lines, scratch->line_count, scratch->spare);
    scratch->closing = count ? scratch->sequence[count - 1] : 0;
}

/* Everything about one folded text, into the scratch buffers; the shingles there are ascending, the
   fingerprints are at the beginning of the sequence. What the sequence was goes into a list, if there is one. */
static int sketch_text(Scratch *scratch, const PrepareSettings *settings, uint32_t *signature, List64 *sequence)
{
    const WindowRule rule = {settings->table, settings->factors, settings->letters, (scratch->seen & LARGE) != 0};
    size_t count = window_hashes(scratch->letters, scratch->letter_count, scratch->sequence,
                                 scratch->sequence_count, &rule);
    scratch->text_size = text_size(scratch->letters, scratch->letter_count, &rule);
    if (scratch_reserve_sets(scratch, count + 1) || (sequence && list64_add(sequence, scratch->sequence, count)))
        return -1;
    if (count)
        memcpy(scratch->shingles, scratch->sequence, count * sizeof *scratch->shingles);
    keep_openings(scratch, count);
    scratch->shingle_count = sort_unique(scratch->shingles, count, scratch->spare);
    if (count / SHORT_WINDOWS > settings->window)
        count = winnow_minima(scratch->sequence, count, settings->window);
    scratch->fingerprint_count = sort_unique(scratch->sequence, count, scratch->spare);
    uint32_t *mixed = (uint32_t *)scratch->spare;
    mix32_upper(scratch->shingles, scratch->shingle_count, mixed);
    minhash_in_use()(mixed, scratch->shingle_count, settings->a, settings->b, signature, settings->permutations);
    return 0;
}

static int keep_lists(PreparedTexts *prepared, const Scratch *scratch, size_t row)
{
    if (list64_add(&prepared->shingles, scratch->shingles, scratch->shingle_count) ||
        list64_add(&prepared->fingerprints, scratch->sequence, scratch->fingerprint_count) ||
        list64_add(&prepared->openings, scratch->lines, scratch->line_count))
        return -1;
    prepared->closings[row] = scratch->closing;
    prepared->opening_bounds[row + 1] = (int64_t)prepared->openings.count;
    prepared->shingle_bounds[row + 1] = (int64_t)prepared->shingles.count;
    prepared->fingerprint_bounds[row + 1] = (int64_t)prepared->fingerprints.count;
    return 0;
}

int prepare_texts(const TextColumn *texts, const PrepareSettings *settings, PreparedTexts *prepared)
{
    Scratch scratch = {0};
    int fault = 0;
    prepared->shingle_bounds[0] = prepared->fingerprint_bounds[0] = prepared->opening_bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        fault = fold_row(&scratch, settings->table, texts, row) ||
                sketch_text(&scratch, settings, prepared->signatures + row * settings->permutations, NULL) ||
                keep_lists(prepared, &scratch, row);
        prepared->letters[row] = (int64_t)scratch.text_size;
        digest_units(scratch_folded(&scratch), scratch.folded_count, prepared->digests + row * DIGEST_SIZE,
                     DIGEST_SIZE);
    }
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

int prepare_text(const uint16_t *units, size_t count, const PrepareSettings *settings, uint32_t *signature,
                 PreparedText *prepared)
{
    Scratch scratch = {0};
    int fault = fold_units(&scratch, settings->table, units, count) ||
                sketch_text(&scratch, settings, signature, &prepared->sequence) ||
                list64_add(&prepared->shingles, scratch.shingles, scratch.shingle_count) ||
                list64_add(&prepared->fingerprints, scratch.sequence, scratch.fingerprint_count) ||
                list16_add(&prepared->folded, scratch_folded(&scratch), scratch.folded_count);
    prepared->letters = scratch.text_size;
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

int shingle_sequences(const TextColumn *texts, const FoldTable *table, const uint64_t *factors, size_t letters,
                      List64 *sequences, int64_t *bounds)
{
    Scratch scratch = {0};
    int fault = 0;
    bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        fault = fold_row(&scratch, table, texts, row);
        if (!fault && scratch.letter_count) {
            const WindowRule rule = {table, factors, letters, (scratch.seen & LARGE) != 0};
            size_t count = window_hashes(scratch.letters, scratch.letter_count, scratch.sequence,
                                         scratch.sequence_count, &rule);
            fault = list64_add(sequences, scratch.sequence, count);
        }
        bounds[row + 1] = (int64_t)sequences->count;
    }
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

int fold_texts(const TextColumn *texts, const FoldTable *table, List16 *folded, int64_t *bounds)
{
    Scratch scratch = {0};
    int fault = 0;
    bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        fault = fold_row(&scratch, table, texts, row) ||
                list16_add(folded, scratch_folded(&scratch), scratch.folded_count);
        bounds[row + 1] = (int64_t)folded->count;
    }
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}

static int add_origins(const Scratch *scratch, List64 *origins)
{
    const uint16_t *folded = scratch_folded(scratch);
    const uint32_t *origin = scratch->origins;
    uint64_t *room = more_room(origins->values, &origins->room, origins->count + scratch->folded_count, sizeof *room);
    if (!room)
        return -1;
    origins->values = room;
    for (size_t i = 0; i < scratch->folded_count; i++) {
        origin += folded[i] != ' ';
        room[origins->count++] = origin[-1];
    }
    return 0;
}

int fold_texts_placed(const TextColumn *texts, const FoldTable *table, List16 *folded, List64 *origins,
                      int64_t *bounds)
{
    Scratch scratch = {0};
    int fault = 0;
    bounds[0] = 0;
    for (size_t row = 0; !fault && row < texts->count; row++) {
        const uint16_t *units;
        size_t count;
        fault = row_units(&scratch, texts, row, &units, &count) ||
                fold_units_placed(&scratch, table, units, count) ||
                list16_add(folded, scratch_folded(&scratch), scratch.folded_count) ||
                add_origins(&scratch, origins);
        bounds[row + 1] = (int64_t)folded->count;
    }
    scratch_clear(&scratch);
    return fault ? -1 : 0;
}
