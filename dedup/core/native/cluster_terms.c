/* The words that the texts of a cluster share, and those that each has alone, the heaviest first. */

#include "terms.h"

#include <stdlib.h>
#include <string.h>

enum { REACH = 3 }; /* words that a term is read with, at most, before it and after it */

/* A heap of distinct words of a text, by place, with the lightest at its root. */
typedef struct {
    const Vocabulary *vocabulary;
    const WeighedText *text;
    const uint64_t *sums; /* the weights that count, if not those in the text */
    uint32_t *places;
    size_t count, most;
} Heaviest;

static inline uint64_t weight_in(const Heaviest *heap, uint32_t place)
{
    return heap->sums ? heap->sums[place] : heap->text->weights[place];
}

static int heavier(const Heaviest *heap, uint32_t one, uint32_t other)
{
    uint64_t ours = weight_in(heap, one), theirs = weight_in(heap, other);
    const uint32_t *distinct = heap->text->sequence.distinct;
    return ours != theirs ? ours > theirs : letters_order(heap->vocabulary, distinct[one], distinct[other]) < 0;
}

static void sink(Heaviest *heap, size_t at)
{
    uint32_t *places = heap->places;
    for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && heavier(heap, places[child], places[child + 1]))
            child++;
        if (!heavier(heap, places[at], places[child]))
            return;
        uint32_t place = places[at];
        places[at] = places[child];
        places[child] = place;
    }
}

static void offer(Heaviest *heap, uint32_t place)
{
    uint32_t *places = heap->places;
    if (heap->count == heap->most) {
        if (heap->most && heavier(heap, place, places[0])) {
            places[0] = place;
            sink(heap, 0);
        }
        return;
    }
    size_t at = heap->count++;
    for (; at && heavier(heap, places[(at - 1) / 2], place); at = (at - 1) / 2)
        places[at] = places[(at - 1) / 2];
    places[at] = place;
}

/* The heaviest first. */
static void sort_heap(Heaviest *heap)
{
    size_t count = heap->count;
    while (heap->count > 1) {
        uint32_t lightest = heap->places[0];
        heap->places[0] = heap->places[--heap->count];
        heap->places[heap->count] = lightest;
        sink(heap, 0);
    }
    heap->count = count;
}

/* A word where it first stands, with what leads up to it and what it leads to. */
static Term term_of(const WeighedTexts *weighed, const WordSequence *sequence, uint32_t text, uint32_t word)
{
    const uint32_t *words = sequence->words;
    size_t at = 0;
    while (words[at] != word)
        at++;
    size_t from = at, to = at;
    while (from && at - from < REACH && weighed->kinds[words[from - 1]] & OPENS)
        from--;
    while (to + 1 < sequence->count && to - at < REACH && weighed->kinds[words[to]] & OPENS)
        to++;
    return (Term){text, word, (uint32_t)from, (uint32_t)to};
}

static int add_terms(Terms *terms, const WeighedTexts *weighed, const Heaviest *heap)
{
    const WordSequence *sequence = &heap->text->sequence;
    Term *more = more_room(terms->terms, &terms->room, terms->count + heap->count, sizeof *more);
    if (!more)
        return -1;
    terms->terms = more;
    for (size_t i = 0; i < heap->count; i++)
        more[terms->count++] = term_of(weighed, sequence, (uint32_t)(heap->text - weighed->texts),
                                       sequence->distinct[heap->places[i]]);
    return 0;
}

/* How the members of a cluster have each distinct word of its representative. */
typedef struct {
    uint64_t *sums;
    uint8_t *marks;
} ClusterWords;

enum { SOMEWHERE = 1, NOT_EVERYWHERE = 2 };

static int cluster_begin(ClusterWords *cluster, const WeighedText *first)
{
    size_t distinct = first->sequence.distinct_count;
    cluster->sums = malloc((distinct + 1) * sizeof *cluster->sums);
    cluster->marks = calloc(distinct + 1, 1);
    if (!cluster->sums || !cluster->marks)
        return -1;
    for (size_t word = 0; word < distinct; word++)
        cluster->sums[word] = first->weights[word];
    return 0;
}

static void cluster_add(ClusterWords *cluster, WeighedTexts *weighed, const WeighedText *first,
                        const WeighedText *member)
{
    note_words(&weighed->shared, &weighed->vocabulary, &first->sequence, &member->sequence);
    for (size_t i = 0; i < member->sequence.distinct_count; i++)
        weighed->weight_of[member->sequence.distinct[i]] = member->weights[i];
    for (size_t i = 0; i < first->sequence.distinct_count; i++) {
        uint32_t word = first->sequence.distinct[i];
        int in_both = is_whole(&weighed->shared, word);
        cluster->marks[i] |= (is_missing(&weighed->shared, word) ? 0 : SOMEWHERE) | (in_both ? 0 : NOT_EVERYWHERE);
        cluster->sums[i] += in_both ? weighed->weight_of[word] : 0;
    }
}

/* Add the heaviest words of a text that are shown and pass: whose mark lacks `without`; without marks those
   that the representative lacks. */
static int add_heaviest(Terms *terms, WeighedTexts *weighed, Heaviest heap, const uint8_t *marks, uint8_t without)
{
    const WordSequence *sequence = &heap.text->sequence;
    heap.vocabulary = &weighed->vocabulary;
    heap.most = heap.most < sequence->distinct_count ? heap.most : sequence->distinct_count;
    heap.places = malloc((heap.most + 1) * sizeof *heap.places);
    if (!heap.places)
        return -1;
    for (size_t i = 0; i < sequence->distinct_count; i++) {
        uint32_t word = sequence->distinct[i];
        int passes = marks ? !(marks[i] & without) : is_missing(&weighed->shared, word);
        if (passes && !(weighed->kinds[word] & HIDDEN))
            offer(&heap, (uint32_t)i);
    }
    sort_heap(&heap);
    int fault = add_terms(terms, weighed, &heap);
    free(heap.places);
    return fault;
}

int cluster_terms(Terms *terms, WeighedTexts *weighed, const int64_t *documents, size_t count, size_t most,
                  int64_t *ends)
{
    const WeighedText *first = weighed->texts + documents[0];
    ClusterWords cluster = {NULL, NULL};
    int fault = cluster_begin(&cluster, first);
    for (size_t i = 1; !fault && i < count; i++)
        cluster_add(&cluster, weighed, first, weighed->texts + documents[i]);
    for (size_t i = 0; !fault && i <= count; i++) {
        const WeighedText *text = weighed->texts + documents[i ? i - 1 : 0];
        Heaviest heap = {.text = text, .sums = i ? NULL : cluster.sums, .most = most};
        if (i > 1)
            note_words(&weighed->shared, &weighed->vocabulary, &text->sequence, &first->sequence);
        fault = add_heaviest(terms, weighed, heap, i > 1 ? NULL : cluster.marks, i ? SOMEWHERE : NOT_EVERYWHERE);
        ends[i] = (int64_t)terms->count;
    }
    free(cluster.sums);
    free(cluster.marks);
    return fault;
}
