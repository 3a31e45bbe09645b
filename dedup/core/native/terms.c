/* What the words of a text weigh, how far two texts overlap in them, and which tell a cluster's apart.

   Weights are whole numbers and their sums exact, so that no order of summing shows. */

#include "terms.h"

#include <stdlib.h>
#include <string.h>

enum {
    FRACTION = 24,     /* bits after the point of rarities, repeats and weights */
    LONGEST_TERM = 40, /* letters; what is longer is no word that people read */
    REACH = 3,         /* words that a term is read with, at most, before it and after it */
    MOST_BITS = 20,
};

/* TermTable */

int term_table_index(TermTable *table)
{
    const TermWeights *known = table->known;
    unsigned bits = 1;
    while (bits < MOST_BITS && (size_t)1 << bits < known->count)
        bits++;
    if (known->count > UINT32_MAX)
        return -1;
    size_t buckets = (size_t)1 << bits, at = 0;
    table->shift = 64 - bits;
    table->begins = malloc((buckets + 1) * sizeof *table->begins);
    if (!table->begins)
        return -1;
    for (size_t bucket = 0; bucket < buckets; bucket++) {
        while (at < known->count && known->hashes[at] >> table->shift < bucket)
            at++;
        table->begins[bucket] = (uint32_t)at;
    }
    table->begins[buckets] = (uint32_t)known->count;
    return 0;
}

/* Where a word stands in the table, or the number of its words. */
static inline size_t look_up(const TermTable *table, uint64_t hash)
{
    size_t bucket = (size_t)(hash >> table->shift), end = table->begins[bucket + 1];
    for (size_t at = table->begins[bucket]; at < end; at++)
        if (table->known->hashes[at] == hash)
            return at;
    return table->known->count;
}

/* Weights */

/* A sum of 64-bit products in 128 bits. */
typedef struct {
    uint64_t low, high;
} Sum;

static inline void add(Sum *sum, uint64_t product)
{
    sum->low += product;
    sum->high += sum->low < product;
}

static double rounded(Sum sum)
{
    return (double)sum.high * 18446744073709551616.0 + (double)sum.low;
}

void weighed_clear(WeighedText *text)
{
    words_clear(&text->words);
    free(text->weights);
    free(text->kinds);
    *text = (WeighedText){0};
}

/* A single letter, and what is endless. */
static int is_no_term(const TextWords *words, size_t word)
{
    size_t count, letters = 0;
    const uint16_t *units = word_units(words, word, &count);
    if (words->words[word].number)
        return count > LONGEST_TERM;
    for (size_t i = 0; i < count && letters <= LONGEST_TERM; i++)
        letters += (units[i] & 0xFC00) != 0xDC00;
    return letters == 1 || letters > LONGEST_TERM;
}

int weigh_text(WeighedText *text, const uint16_t *units, size_t count, const uint8_t *unspaced,
               const TermTable *table)
{
    const TermWeights *weights = table->known;
    TextWords *words = &text->words;
    Sum square = {0, 0};
    if (words_list_all(words, units, count, unspaced))
        return -1;
    text->weights = malloc((words->distinct + 1) * sizeof *text->weights);
    text->kinds = malloc(words->distinct + 1);
    if (!text->weights || !text->kinds)
        return -1;
    for (size_t i = 0; i < words->distinct; i++) {
        const Word *word = words->words + i;
        size_t at = look_up(table, word->hash), known = at < weights->count;
        size_t times = word->count < weights->repeat_count ? word->count : weights->repeat_count - 1;
        uint64_t rarity = known ? weights->rarity[at] : weights->unknown;
        uint8_t kind = known ? weights->kinds[at] : 0;
        text->telling += kind & TELLS ? word->count : 0;
        if (is_no_term(words, i) || word->number)
            kind = (uint8_t)((kind & ~HIDDEN) | (is_no_term(words, i) ? HIDDEN : 0));
        text->kinds[i] = kind;
        text->weights[i] = (uint32_t)(weights->repeats[times] * rarity >> FRACTION);
        add(&square, (uint64_t)text->weights[i] * text->weights[i]);
    }
    text->square = rounded(square);
    text->length = (int64_t)words->length;
    return 0;
}

double weighed_product(const WeighedText *one, const WeighedText *other)
{
    Sum sum = {0, 0};
    if (other->words.distinct < one->words.distinct) {
        const WeighedText *larger = one;
        one = other;
        other = larger;
    }
    for (size_t i = 0; i < one->words.distinct; i++) {
        ptrdiff_t at = words_find(&other->words, one->words.words[i].hash);
        if (at >= 0)
            add(&sum, (uint64_t)one->weights[i] * other->weights[at]);
    }
    return rounded(sum);
}

/* The heaviest words */

/* UTF-16 in the order of code points: what takes two units comes last. */
static inline uint16_t in_order(uint16_t unit)
{
    return unit < 0xD800 ? unit : unit < 0xE000 ? unit + 0x2000 : unit - 0x800;
}

static int before_in_alphabet(const TextWords *words, uint32_t one, uint32_t other)
{
    size_t ours, theirs;
    const uint16_t *a = word_units(words, one, &ours), *b = word_units(words, other, &theirs);
    for (size_t i = 0; i < ours && i < theirs; i++)
        if (a[i] != b[i])
            return in_order(a[i]) < in_order(b[i]);
    return ours < theirs;
}

/* A heap with the lightest word at its root. */
typedef struct {
    const WeighedText *text;
    const uint64_t *sums; /* the weights that count, if not those in the text */
    uint32_t *words;
    size_t count, most;
} Heaviest;

static inline uint64_t weight_in(const Heaviest *heap, uint32_t word)
{
    return heap->sums ? heap->sums[word] : heap->text->weights[word];
}

static int heavier(const Heaviest *heap, uint32_t one, uint32_t other)
{
    uint64_t ours = weight_in(heap, one), theirs = weight_in(heap, other);
    return ours != theirs ? ours > theirs : before_in_alphabet(&heap->text->words, one, other);
}

static void sink(Heaviest *heap, size_t at)
{
    uint32_t *words = heap->words;
    for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && heavier(heap, words[child], words[child + 1]))
            child++;
        if (!heavier(heap, words[at], words[child]))
            return;
        uint32_t word = words[at];
        words[at] = words[child];
        words[child] = word;
    }
}

static void offer(Heaviest *heap, uint32_t word)
{
    uint32_t *words = heap->words;
    if (heap->count == heap->most) {
        if (heap->most && heavier(heap, word, words[0])) {
            words[0] = word;
            sink(heap, 0);
        }
        return;
    }
    size_t at = heap->count++;
    for (; at && heavier(heap, words[(at - 1) / 2], word); at = (at - 1) / 2)
        words[at] = words[(at - 1) / 2];
    words[at] = word;
}

/* The heaviest first. */
static void sort_heap(Heaviest *heap)
{
    size_t count = heap->count;
    while (heap->count > 1) {
        uint32_t lightest = heap->words[0];
        heap->words[0] = heap->words[--heap->count];
        heap->words[heap->count] = lightest;
        sink(heap, 0);
    }
    heap->count = count;
}

/* Terms */

static inline int opens(const WeighedText *text, size_t place)
{
    return text->kinds[text->words.sequence[place]] & OPENS;
}

/* A word where it first stands, with what leads up to it and what it leads to. */
static Term term_of(const WeighedText *text, uint32_t number, uint32_t word)
{
    const TextWords *words = &text->words;
    size_t at = 0;
    while (words->sequence[at] != word)
        at++;
    size_t from = at, to = at;
    while (from && at - from < REACH && opens(text, from - 1))
        from--;
    while (to + 1 < words->length && to - at < REACH && opens(text, to))
        to++;
    return (Term){number, word, (uint32_t)from, (uint32_t)to};
}

static int add_terms(Terms *terms, const Heaviest *heap, uint32_t number)
{
    if (terms->room - terms->count < heap->count) {
        size_t room = 2 * (terms->count + heap->count) + 64;
        Term *larger = realloc(terms->terms, room * sizeof *larger);
        if (!larger)
            return -1;
        terms->terms = larger;
        terms->room = room;
    }
    for (size_t i = 0; i < heap->count; i++)
        terms->terms[terms->count++] = term_of(heap->text, number, heap->words[i]);
    return 0;
}

/* How a cluster's members hold each word of their representative. */
typedef struct {
    uint64_t *sums;
    uint8_t *marks;
} ClusterWords;

enum { SOMEWHERE = 1, NOT_EVERYWHERE = 2 };

static int cluster_begin(ClusterWords *cluster, const WeighedText *first)
{
    size_t distinct = first->words.distinct;
    cluster->sums = malloc((distinct + 1) * sizeof *cluster->sums);
    cluster->marks = calloc(distinct + 1, 1);
    if (!cluster->sums || !cluster->marks)
        return -1;
    for (size_t word = 0; word < distinct; word++)
        cluster->sums[word] = first->weights[word];
    return 0;
}

static void cluster_add(ClusterWords *cluster, WeighedText *first, const WeighedText *member)
{
    words_mark_held(&first->words, &member->words);
    for (size_t i = 0; i < first->words.distinct; i++) {
        const Word *word = first->words.words + i;
        cluster->marks[i] |= (word->held ? SOMEWHERE : 0) | (word->held == WHOLE ? 0 : NOT_EVERYWHERE);
        if (word->held == WHOLE)
            cluster->sums[i] += member->weights[words_find(&member->words, word->hash)];
    }
}

/* Add the heaviest words of a text that are shown and pass: whose mark lacks `without`. */
static int add_heaviest(Terms *terms, Heaviest heap, uint32_t number, const uint8_t *marks, uint8_t without)
{
    const WeighedText *text = heap.text;
    size_t distinct = text->words.distinct;
    heap.most = heap.most < distinct ? heap.most : distinct;
    heap.words = malloc((heap.most + 1) * sizeof *heap.words);
    if (!heap.words)
        return -1;
    for (size_t i = 0; i < distinct; i++)
        if (!(text->kinds[i] & HIDDEN) && !((marks ? marks[i] : text->words.words[i].held) & without))
            offer(&heap, (uint32_t)i);
    sort_heap(&heap);
    int fault = add_terms(terms, &heap, number);
    free(heap.words);
    return fault;
}

int cluster_terms(Terms *terms, WeighedText *texts, const int64_t *documents, size_t count, size_t most,
                  int64_t *ends)
{
    WeighedText *first = texts + documents[0];
    ClusterWords cluster = {NULL, NULL};
    int fault = cluster_begin(&cluster, first);
    for (size_t i = 1; !fault && i < count; i++)
        cluster_add(&cluster, first, texts + documents[i]);
    for (size_t i = 0; !fault && i <= count; i++) {
        WeighedText *text = texts + documents[i ? i - 1 : 0];
        Heaviest heap = {.text = text, .sums = i ? NULL : cluster.sums, .most = most};
        if (i > 1)
            words_mark_held(&text->words, &first->words);
        fault = add_heaviest(terms, heap, (uint32_t)(text - texts), i > 1 ? NULL : cluster.marks,
                             i > 1 ? WHOLE | PARTED : i ? SOMEWHERE : NOT_EVERYWHERE);
        ends[i] = (int64_t)terms->count;
    }
    free(cluster.sums);
    free(cluster.marks);
    return fault;
}
