/* The passages that open or close texts which share nothing else: boilerplate by its place. */

#include "shingle.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint64_t *values;
    size_t count;
} Values;

/* The texts of one crowd, and the run of each from the place: ascending, each shingle once. */
typedef struct {
    Values *sequences, *sets, *runs;
    size_t *rests; /* shingles of each text besides its run */
    size_t *chosen;
    size_t count, room, chosen_count;
    List64 run_values;
    uint64_t *spare; /* as long as the longest text */
} Crowd;

static int has(Values set, uint64_t value)
{
    size_t first = 0, last = set.count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        if (set.values[middle] < value)
            first = middle + 1;
        else
            last = middle;
    }
    return first < set.count && set.values[first] == value;
}

static size_t at_least(size_t one, size_t other)
{
    return one > other ? one : other;
}

/* Whether enough texts of the crowd have a shingle. */
static int is_common(const Crowd *crowd, uint64_t value, size_t wanted)
{
    size_t texts = 0;
    for (size_t i = 0; i < crowd->count && texts < wanted && texts + crowd->count - i >= wanted; i++)
        texts += (size_t)has(crowd->sets[i], value);
    return texts >= wanted;
}

/* The shingle at a distance from the first of a text, or from its last. */
static uint64_t ahead(Values sequence, size_t at, int forward)
{
    return sequence.values[forward ? at : sequence.count - 1 - at];
}

/* Follow each text from the place on as long as enough texts agree. What agrees with the text before is known. */
static int follow(Crowd *crowd, uint64_t place, int forward, size_t wanted)
{
    size_t known_at = 0, known = 0;
    crowd->run_values.count = 0;
    for (size_t i = 0; i < crowd->count; i++) {
        Values text = crowd->sequences[i];
        size_t start = 0, count = 0, before = crowd->run_values.count;
        while (start < text.count && ahead(text, start, forward) != place)
            start++;
        for (; start + count < text.count; count++) {
            uint64_t value = ahead(text, start + count, forward);
            int same = count < known && ahead(crowd->sequences[i - 1], known_at + count, forward) == value;
            if (!same && !is_common(crowd, value, wanted))
                break;
            if (list64_add(&crowd->run_values, &value, 1))
                return -1;
        }
        known_at = start;
        known = count;
        size_t distinct = sort_unique(crowd->run_values.values + before, count, crowd->spare);
        crowd->run_values.count = before + distinct;
        crowd->runs[i].count = distinct;
        crowd->rests[i] = crowd->sets[i].count - distinct;
    }
    const uint64_t *values = crowd->run_values.values;
    for (size_t i = 0; i < crowd->count; i++) { /* the list may have moved as it grew */
        crowd->runs[i].values = values;
        values = values ? values + crowd->runs[i].count : values;
    }
    return 0;
}

/* What two texts share besides the runs of both. */
static size_t shared_besides(const Crowd *crowd, size_t one, size_t other)
{
    Values ours = crowd->sets[one], theirs = crowd->sets[other];
    size_t shared = shared_count(ours.values, ours.count, theirs.values, theirs.count);
    for (size_t i = 0; i < crowd->runs[one].count; i++)
        shared -= (size_t)has(theirs, crowd->runs[one].values[i]);
    for (size_t i = 0; i < crowd->runs[other].count; i++) {
        uint64_t value = crowd->runs[other].values[i];
        shared -= has(ours, value) && !has(crowd->runs[one], value);
    }
    return shared;
}

/* Choose each text that shares nothing else with all chosen before; returns how many have any other text. */
static size_t choose(Crowd *crowd, const PassageRule *rule)
{
    size_t telling = 0;
    crowd->chosen_count = 0;
    for (size_t i = 0; i < crowd->count; i++) {
        if (crowd->rests[i] < rule->least)
            continue;
        telling++;
        int related = 0;
        for (size_t j = 0; j < crowd->chosen_count && !related; j++) {
            size_t shared = shared_besides(crowd, crowd->chosen[j], i);
            size_t both = crowd->rests[i] + crowd->rests[crowd->chosen[j]] - shared;
            related = 100 * shared >= rule->related_percent * both;
        }
        if (!related)
            crowd->chosen[crowd->chosen_count++] = i;
    }
    return telling;
}

/* Append what the runs of all chosen texts have in common to the passages. */
static int keep_passage(const Crowd *crowd, size_t longest, List64 *passages)
{
    Values first = crowd->runs[crowd->chosen[0]];
    size_t before = passages->count;
    for (size_t i = 0; i < first.count; i++) {
        size_t having = 1;
        while (having < crowd->chosen_count && has(crowd->runs[crowd->chosen[having]], first.values[i]))
            having++;
        if (having == crowd->chosen_count && list64_add(passages, first.values + i, 1))
            return -1;
    }
    if (passages->count - before > longest)
        passages->count = before;
    return 0;
}

static int find_passage(Crowd *crowd, uint64_t place, int forward, size_t longest, const PassageRule *rule,
                        int64_t *witness, List64 *passages)
{
    size_t common = at_least(rule->witnesses, (rule->common_percent * crowd->count + 99) / 100);
    *witness = -1;
    if (follow(crowd, place, forward, common))
        return -1;
    size_t telling = choose(crowd, rule);
    size_t wanted = at_least(rule->witnesses, at_least((telling + 1) / 2, (crowd->count + 3) / 4));
    if (!crowd->chosen_count || crowd->chosen_count < wanted)
        return 0;
    size_t before = passages->count;
    if (keep_passage(crowd, longest, passages))
        return -1;
    if (passages->count > before)
        *witness = (int64_t)crowd->chosen[0];
    return 0;
}

static int crowd_room(Crowd *crowd, size_t count)
{
    if (count <= crowd->room)
        return 0;
    Values *tables = realloc(crowd->sequences, 3 * count * sizeof *tables);
    if (!tables)
        return -1;
    crowd->sequences = tables;
    size_t *numbers = realloc(crowd->rests, 2 * count * sizeof *numbers);
    if (!numbers)
        return -1;
    crowd->rests = numbers;
    crowd->room = count;
    return 0;
}

/* The shingles of each text, ascending; NULL if memory ran out. */
static uint64_t *sorted_sets(const PassageTexts *texts, size_t *sizes, uint64_t *spare)
{
    size_t total = (size_t)texts->bounds[texts->count];
    uint64_t *sets = malloc((total + 1) * sizeof *sets);
    if (!sets)
        return NULL;
    if (total)
        memcpy(sets, texts->shingles, total * sizeof *sets);
    for (size_t i = 0; i < texts->count; i++)
        sizes[i] = sort_unique(sets + texts->bounds[i], (size_t)(texts->bounds[i + 1] - texts->bounds[i]), spare);
    return sets;
}

static int each_crowd(Crowd *crowd, const PassageTexts *texts, const PassageCrowds *crowds, const uint64_t *sets,
                      const size_t *sizes, const PassageRule *rule, PassagesFound *found)
{
    found->bounds[0] = 0;
    for (size_t at = 0; at < crowds->count; at++) {
        const int64_t *sample = crowds->texts + crowds->bounds[at];
        size_t count = (size_t)(crowds->bounds[at + 1] - crowds->bounds[at]);
        if (crowd_room(crowd, count))
            return -1;
        crowd->count = count;
        crowd->sets = crowd->sequences + count;
        crowd->runs = crowd->sets + count;
        crowd->chosen = crowd->rests + count;
        for (size_t i = 0; i < count; i++) {
            const int64_t *bounds = texts->bounds + sample[i];
            crowd->sequences[i] = (Values){texts->shingles + bounds[0], (size_t)(bounds[1] - bounds[0])};
            crowd->sets[i] = (Values){sets + bounds[0], sizes[sample[i]]};
        }
        if (find_passage(crowd, crowds->places[at], crowds->forward[at], (size_t)crowds->longest[at], rule,
                         found->witnesses + at, &found->shingles))
            return -1;
        found->bounds[at + 1] = (int64_t)found->shingles.count;
    }
    return 0;
}

int find_passages(const PassageTexts *texts, const PassageCrowds *crowds, const PassageRule *rule,
                  PassagesFound *found)
{
    size_t longest = 0;
    for (size_t i = 0; i < texts->count; i++)
        longest = at_least(longest, (size_t)(texts->bounds[i + 1] - texts->bounds[i]));
    Crowd crowd = {.spare = malloc((longest + 1) * sizeof(uint64_t))};
    size_t *sizes = malloc((texts->count + 1) * sizeof *sizes);
    uint64_t *sets = crowd.spare && sizes ? sorted_sets(texts, sizes, crowd.spare) : NULL;
    int fault = sets ? each_crowd(&crowd, texts, crowds, sets, sizes, rule, found) : -1;
    free(sets);
    free(sizes);
    free(crowd.spare);
    free(crowd.sequences);
    free(crowd.rests);
    list_free(crowd.run_values.values);
    return fault;
}
