/* The words that the texts of a cluster share, and those that each has alone, the heaviest first. */

#include "terms.h"

#include <stdlib.h>
#include <string.h>

enum {
    REACH = 3, /* words that a term is read with, at most, before it and after it */
    LONG_TEXT = 20000, /* words */
};

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

/* Heaviest first. */
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

/* A word at its first occurrence, with the words before and after it that it is shown with. */
static Term term_at(const WeighedTexts *weighed, const WeighedText *text, size_t at)
{
    const WordSequence *sequence = &text->sequence;
    const uint32_t *words = sequence->words;
    size_t from = at, to = at;
    while (from && at - from < REACH && weighed->kinds[words[from - 1]] & OPENS)
        from--;
    while (to + 1 < sequence->count && to - at < REACH && weighed->kinds[words[to]] & OPENS)
        to++;
    return (Term){(uint32_t)(text - weighed->texts), words[at], (uint32_t)from, (uint32_t)to};
}

static int add_terms(Terms *terms, const WeighedTexts *weighed, const Heaviest *heap)
{
    const WordSequence *sequence = &heap->text->sequence;
    Term *more = more_room(terms->terms, &terms->room, terms->count + heap->count, sizeof *more);
    size_t *firsts = malloc((sequence->distinct_count + 1) * sizeof *firsts);
    if (more)
        terms->terms = more;
    if (!more || !firsts) {
        free(firsts);
        return -1;
    }
    for (size_t at = 0, known = 0; known < sequence->distinct_count; at++)
        if (sequence->words[at] == sequence->distinct[known])
            firsts[known++] = at;
    for (size_t i = 0; i < heap->count; i++)
        more[terms->count++] = term_at(weighed, heap->text, firsts[heap->places[i]]);
    free(firsts);
    return 0;
}

/* How the other texts of a cluster have each distinct word of its representative. */
typedef struct {
    uint64_t *sums; /* of the weights */
    uint32_t *texts; /* that have it */
    uint8_t *marks;
    uint64_t word_marks[WORD_MARKS]; /* of the words of all these texts */
} ClusterWords;

enum { SOMEWHERE = 1, NOT_EVERYWHERE = 2 };

/* Whether a text is so much longer than the representative that nearly all of its words are its own. */
static int much_longer(const WeighedText *text, const WeighedText *first)
{
    return text->sequence.count >= LONG_TEXT && text->sequence.count / MUCH_LONGER >= first->sequence.count;
}

static int cluster_begin(ClusterWords *cluster, WeighedTexts *weighed, const WeighedText *first)
{
    size_t distinct = first->sequence.distinct_count;
    cluster->sums = malloc((distinct + 1) * sizeof *cluster->sums);
    cluster->texts = calloc(distinct + 1, sizeof *cluster->texts);
    cluster->marks = calloc(distinct + 1, 1);
    if (!cluster->sums || !cluster->texts || !cluster->marks)
        return -1;
    for (size_t i = 0; i < distinct; i++) {
        cluster->sums[i] = first->weights[i];
        weighed->times[first->sequence.distinct[i]] = (uint32_t)i + 1; /* its place, until all are counted */
    }
    weighed->shared.round++;
    return 0;
}

/* Count how a text that is much longer has the words of the representative; it may be in many clusters. */
static void cluster_add_long(ClusterWords *cluster, WeighedTexts *weighed, const WeighedText *first,
                             const WeighedText *member)
{
    weighed_note(weighed, member);
    note_parts(&weighed->noted, &weighed->vocabulary, &first->sequence, &member->sequence);
    for (size_t i = 0; i < first->sequence.distinct_count; i++) {
        uint32_t word = first->sequence.distinct[i];
        int in_both = is_whole(&weighed->noted, word);
        cluster->texts[i] += in_both;
        cluster->sums[i] += in_both ? weighed->weight_of[word] : 0;
        cluster->marks[i] |= is_missing(&weighed->noted, word) ? 0 : SOMEWHERE;
    }
}

static void cluster_add(ClusterWords *cluster, WeighedTexts *weighed, const WeighedText *first,
                        const WeighedText *member)
{
    const WordSequence *sequence = &member->sequence;
    SharedWords *shared = &weighed->shared;
    for (size_t i = 0; i < WORD_MARKS; i++)
        cluster->word_marks[i] |= sequence->marks[i];
    for (size_t i = 0; i < sequence->distinct_count; i++) {
        uint32_t word = sequence->distinct[i], place = weighed->times[word];
        shared->notes[word].in_theirs = shared->round;
        if (place) {
            cluster->texts[place - 1]++;
            cluster->sums[place - 1] += member->weights[i];
        }
    }
    for (size_t i = 0; i + 1 < sequence->count; i++) {
        const uint32_t *two = sequence->words + i;
        uint32_t word = glued_word(&weighed->vocabulary, first->sequence.marks, two);
        if (word != NO_WORD && weighed->times[word] && spelt_alike(&weighed->vocabulary, two, 2, &word, 1))
            cluster->marks[weighed->times[word] - 1] = SOMEWHERE;
    }
}

/* Mark the words of the representative, after all other texts were counted. */
static void cluster_end(ClusterWords *cluster, WeighedTexts *weighed, const WordSequence *first, size_t others)
{
    for (size_t i = 0; i + 1 < first->count; i++) {
        const uint32_t *two = first->words + i;
        uint32_t word = glued_word(&weighed->vocabulary, cluster->word_marks, two);
        if (word != NO_WORD && is_whole(&weighed->shared, word))
            cluster->marks[weighed->times[two[0]] - 1] = cluster->marks[weighed->times[two[1]] - 1] = SOMEWHERE;
    }
    for (size_t i = 0; i < first->distinct_count; i++) {
        cluster->marks[i] |= (cluster->texts[i] ? SOMEWHERE : 0) | (cluster->texts[i] < others ? NOT_EVERYWHERE : 0);
        weighed->times[first->distinct[i]] = 0;
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
    ClusterWords cluster = {NULL, NULL, NULL, {0}};
    int fault = cluster_begin(&cluster, weighed, first);
    for (size_t i = 1; !fault && i < count; i++) {
        const WeighedText *member = weighed->texts + documents[i];
        (much_longer(member, first) ? cluster_add_long : cluster_add)(&cluster, weighed, first, member);
    }
    if (!fault) {
        cluster_end(&cluster, weighed, &first->sequence, count - 1);
        note_theirs(&weighed->shared, &first->sequence);
    }
    for (size_t i = 0; !fault && i <= count; i++) {
        const WeighedText *text = weighed->texts + documents[i ? i - 1 : 0];
        Heaviest heap = {.text = text, .sums = i ? NULL : cluster.sums, .most = most};
        if (i < 2)
            fault = add_heaviest(terms, weighed, heap, cluster.marks, i ? SOMEWHERE : NOT_EVERYWHERE);
        else if (!much_longer(text, first)) {
            note_parts(&weighed->shared, &weighed->vocabulary, &text->sequence, &first->sequence);
            fault = add_heaviest(terms, weighed, heap, NULL, 0);
        }
        ends[i] = (int64_t)terms->count;
    }
    free(cluster.sums);
    free(cluster.texts);
    free(cluster.marks);
    return fault;
}
