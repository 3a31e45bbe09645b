/* What libFuzzer runs on each input: the C of dedup/core/native without Python. native_fuzz.py writes tables.h,
   chooses ATTACK and builds this with the sanitizers; a check that fails ends the process. */

#include "align.h"
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) check(condition, #condition, __LINE__)

enum { LETTERS = 20, WINDOW = 20, PERMUTATIONS = 128, PARTS = 6 };

static void check(int condition, const char *written, int line)
{
    if (!condition) {
        fprintf(stderr, "native_targets.c:%d: %s does not hold\n", line, written);
        abort();
    }
}

/* Two texts: what stands before the first empty line, and the rest. */
static TextColumn two_texts(const uint8_t *data, size_t size, int64_t bounds[3])
{
    size_t at = 0;
    while (at < size && !(data[at] == '\n' && at + 1 < size && data[at + 1] == '\n'))
        at++;
    bounds[0] = 0, bounds[1] = (int64_t)at, bounds[2] = (int64_t)size;
    return (TextColumn){.data = data, .bounds = bounds, .count = 2, .unit_size = 1};
}

static FoldTable *fold_table(void)
{
    static FoldTable *table;
    if (!table)
        CHECK(!fold_table_new(&table, UNITS, UNSPACED_UNITS, RAW_UNITS, LOOK_ALIKES, CODES, CODES_COUNT, STARTS,
                              EXPANSIONS, EXPANSIONS_COUNT));
    return table;
}

static void check_bounds(const int64_t *bounds, size_t texts, size_t count)
{
    CHECK(bounds[0] == 0 && bounds[texts] == (int64_t)count);
    for (size_t i = 0; i < texts; i++)
        CHECK(bounds[i] <= bounds[i + 1]);
}

/* A folded text is left as it is. */
static void fold_twice(const TextColumn *texts)
{
    int64_t bounds[3], again_bounds[3];
    List16 once = {0}, again = {0};
    CHECK(!fold_texts(texts, fold_table(), &once, bounds));
    check_bounds(bounds, 2, once.count);
    TextColumn folded = {.data = once.values, .bounds = bounds, .count = 2, .unit_size = 2};
    CHECK(!fold_texts(&folded, fold_table(), &again, again_bounds));
    CHECK(!memcmp(bounds, again_bounds, sizeof bounds));
    CHECK(!once.count || !memcmp(once.values, again.values, once.count * sizeof *once.values));
    list_free(once.values);
    list_free(again.values);
}

/* All that a text is prepared to agrees with its shingles in reading order. */
static void prepare(const TextColumn *texts)
{
    static uint32_t a[PERMUTATIONS], b[PERMUTATIONS], signatures[2 * PERMUTATIONS];
    for (uint32_t i = 0; i < PERMUTATIONS; i++)
        a[i] = 2 * i + 1, b[i] = i * 0x9E3779B9u;
    int64_t letters[2], bounds[3][3], sequence_bounds[3];
    uint8_t digests[32];
    uint64_t closings[2];
    List64 sequence = {0};
    PrepareSettings settings = {fold_table(), LETTERS, 4, FACTORS, a, b, PERMUTATIONS};
    PreparedTexts made = {letters, digests, signatures, closings, bounds[0], bounds[1], bounds[2], {0}, {0}, {0}};
    CHECK(!prepare_texts(texts, &settings, &made));
    CHECK(!shingle_sequences(texts, fold_table(), FACTORS, LETTERS, &sequence, sequence_bounds));
    check_bounds(bounds[0], 2, made.shingles.count);
    check_bounds(bounds[1], 2, made.fingerprints.count);
    check_bounds(bounds[2], 2, made.openings.count);
    check_bounds(sequence_bounds, 2, sequence.count);
    for (int i = 0; i < 2; i++) {
        CHECK(bounds[0][i + 1] - bounds[0][i] <= sequence_bounds[i + 1] - sequence_bounds[i]);
        for (int64_t at = bounds[0][i] + 1; at < bounds[0][i + 1]; at++)
            CHECK(made.shingles.values[at - 1] < made.shingles.values[at]);
    }
    list_free(made.shingles.values);
    list_free(made.fingerprints.values);
    list_free(made.openings.values);
    list_free(sequence.values);
}

void attack_fold(const uint8_t *data, size_t size)
{
    int64_t bounds[3];
    TextColumn texts = two_texts(data, size, bounds);
    fold_twice(&texts);
    prepare(&texts);
}

static WordColumn *read_words(const TextColumn *texts, size_t most, size_t long_text)
{
    static const uint64_t boilerplate[1] = {0};
    static const int64_t rows[2] = {0, 1};
    TextColumn numerals = {NUMERALS, NUMERALS_BOUNDS, NUMERALS_BOUNDS_COUNT - 1, 2, 0};
    TextColumn dates = {DATES, DATES_BOUNDS, DATES_BOUNDS_COUNT - 1, 2, 0};
    ReadSettings settings = {fold_table(), boilerplate, 0, FACTORS, WINDOW, most, long_text, 16};
    WordColumn *words = words_new(&settings, &numerals, &dates, 2);
    CHECK(words != NULL);
    CHECK(!words_read(words, texts, rows, 2));
    return words;
}

/* Every word of a text can be spelt. */
static void spell(const WordColumn *words, size_t row)
{
    size_t count = words_count(words, row);
    uint32_t *numbers = malloc((count + 1) * sizeof *numbers);
    uint8_t *flags = malloc(count + 1);
    int64_t *bounds = malloc((count + 1) * sizeof *bounds);
    CHECK(numbers && flags && bounds);
    words_list(words, row, numbers, flags);
    words_spell(words, numbers, count, bounds, NULL);
    uint32_t *letters = malloc(((size_t)bounds[count] + 1) * sizeof *letters);
    CHECK(letters != NULL);
    words_spell(words, numbers, count, bounds, letters);
    for (size_t i = 0; i < count; i++)
        CHECK(bounds[i] < bounds[i + 1]);
    free(letters);
    free(bounds);
    free(flags);
    free(numbers);
}

/* Two texts that make one cluster: their terms, and the same product in both orders. */
static void weigh(const TextColumn *texts)
{
    static const int64_t left[2] = {0, 1}, right[2] = {1, 0}, cluster_bounds[2] = {0, 2};
    static const uint64_t hashes[1] = {0};
    static const uint32_t rarity[1] = {0}, repeats[1] = {1u << 24};
    static const uint8_t kinds[1] = {0};
    TermWeights known = {hashes, rarity, kinds, repeats, 0, 1, 1u << 24};
    double squares[2], products[2];
    int64_t lengths[4], ends[3];
    List16 spelling = {0};
    List64 bounds = {0};
    WeighedTexts *weighed = weighed_new(fold_table(), texts, &known, 16, squares, lengths);
    CHECK(weighed != NULL);
    weighed_products(weighed, left, right, 2, products);
    CHECK(products[0] == products[1]);
    CHECK(!weighed_terms(weighed, left, cluster_bounds, 1, 8, ends, &spelling, &bounds));
    for (size_t i = 0; i < bounds.count; i++)
        CHECK(bounds.values[i] <= spelling.count);
    list_free(spelling.values);
    list_free(bounds.values);
    weighed_free(weighed);
}

void attack_words(const uint8_t *data, size_t size)
{
    int64_t bounds[3];
    TextColumn texts = two_texts(data, size, bounds);
    WordColumn *words = read_words(&texts, 1000, 4096);
    spell(words, 0);
    spell(words, 1);
    words_free(words);
    weigh(&texts);
}

/* Two texts are aligned to the same in both orders: in one piece, in several, and in windows of the longer. */
void attack_alignment(const uint8_t *data, size_t size)
{
    static const struct {
        size_t most, long_text;
    } ways[] = {{5, 4096}, {1000, 4096}, {1000, 1}};
    static const int64_t left[4] = {0, 1, 0, 1}, right[4] = {1, 0, 1, 0};
    static const uint8_t whole[4] = {1, 1, 0, 0};
    int64_t bounds[3], counts[4][ALIGNED];
    uint32_t examples[4][4 * SHOWN], places[4][2 * SHOWN];
    TextColumn texts = two_texts(data, size, bounds);
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        WordColumn *words = read_words(&texts, ways[way].most, ways[way].long_text);
        CHECK(!words_align(words, left, right, whole, 4, counts[0], examples[0], places[0]));
        for (int i = 0; i < 4; i += 2) {
            CHECK(!memcmp(examples[i] + 2 * SHOWN, examples[i + 1] + 3 * SHOWN, SHOWN * sizeof **examples));
            CHECK(!memcmp(examples[i] + 3 * SHOWN, examples[i + 1] + 2 * SHOWN, SHOWN * sizeof **examples));
        }
        words_free(words);
    }
}

/* Values lie in their lines, one after the other, and without escapes they are no longer than with them. */
void attack_json(const uint8_t *data, size_t size)
{
    size_t count = size && data[size - 1] != '\n';
    for (size_t i = 0; i < size; i++)
        count += data[i] == '\n';
    int64_t *places = malloc((2 * PARTS + 2) * (count + 1) * sizeof *places);
    uint8_t *status = malloc(count + 1), *letters = malloc(size + 1);
    CHECK(places && status && letters);
    int64_t *bounds = places, *starts = bounds + count + 1, *ends = starts + PARTS * count;
    int64_t *unescaped = ends + PARTS * count;
    JsonNames names = {NAMES, NAMES_BOUNDS, NAMES_PARTS, NAMES_PARTS_COUNT, PARTS};
    json_lines(data, size, &names, &(JsonLines){count, bounds, starts, ends, status});
    check_bounds(bounds, count, size);
    for (size_t part = 0; part < PARTS; part++) {
        const int64_t *from = starts + part * count, *to = ends + part * count;
        for (size_t line = 0; line < count; line++)
            CHECK(from[line] == to[line] ||
                  (status[line] == JSON_TAKEN && bounds[line] <= from[line] && from[line] < to[line] &&
                   to[line] <= bounds[line + 1]));
        json_unescape(data, from, to, count, letters, unescaped);
        check_bounds(unescaped, count, (size_t)unescaped[count]);
        CHECK((size_t)unescaped[count] <= size);
    }
    free(letters);
    free(status);
    free(places);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ATTACK(data, size);
    return 0;
}
