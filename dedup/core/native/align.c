/* Two texts word by word: what is kept, moved, respelt, exchanged and new. The twin of alignment.py.

   Each of the other files that begin with its name is one step: which words are aligned, the passages that both
   texts have in the same order, what moved, what is spelt differently, and what changed. */

#include "aligner.h"

#include <stdlib.h>
#include <string.h>

Aligner *aligner_new(const Vocabulary *vocabulary, size_t most, size_t long_text)
{
    Aligner *aligner = calloc(1, sizeof *aligner);
    if (!aligner)
        return NULL;
    aligner->vocabulary = vocabulary;
    aligner->most = most < UINT32_MAX ? most : UINT32_MAX;
    aligner->long_text = long_text;
    return aligner;
}

int aligner_fit(Aligner *aligner)
{
    size_t before = aligner->notes ? aligner->notes_room : 0;
    Note *notes = more_room(aligner->notes, &aligner->notes_room, aligner->vocabulary->count, sizeof *notes);
    if (!notes)
        return -1;
    aligner->notes = notes;
    if (aligner->notes_room > before)
        memset(notes + before, 0, (aligner->notes_room - before) * sizeof *notes);
    return 0;
}

static void side_free(Side *side)
{
    free(side->chosen);
    free(side->words);
    free(side->origins);
    free(side->kinds);
    free(side->rest);
    free(side->facts);
    free(side->runs);
}

void aligner_free(Aligner *aligner)
{
    if (!aligner)
        return;
    for (int which = 0; which < 2; which++) {
        side_free(aligner->sides + which);
        free(aligner->letters[which]);
    }
    free(aligner->notes);
    free(aligner->matrix);
    free(aligner->blocks);
    free(aligner->carries);
    free(aligner->hits);
    free(aligner->covered);
    free(aligner->edits.steps);
    free(aligner);
}

/* The passages */

enum { CHANCE = 3 }; /* see kept_passages.py */

static size_t larger_of(size_t one, size_t other)
{
    return one > other ? one : other;
}

/* Whether chance kept a passage between two larger changes. */
static int by_chance(const Block *block, const Block *next, Block start)
{
    size_t before = larger_of(block->at - start.at, block->other_at - start.other_at);
    size_t after = larger_of(next->at - block->at, next->other_at - block->other_at) - block->size;
    return block->size < CHANCE && before > block->size && after > block->size;
}

/* Go through the passages by turns changed and kept. */
static int walk(Aligner *aligner)
{
    const Side *left = aligner->sides, *right = aligner->sides + 1;
    const Block end = {left->count, right->count, 0};
    Block start = {0};
    for (size_t i = aligner->block_count + 1; i-- > 0;) {
        const Block *block = i ? aligner->blocks + i - 1 : &end;
        if (i && by_chance(block, i > 1 ? block - 1 : &end, start))
            continue;
        size_t was = block->at - start.at, now = block->other_at - start.other_at;
        if (spelt_alike(aligner->vocabulary, left->words + start.at, was, right->words + start.other_at, now))
            count_kept(aligner, (Block){start.at, start.other_at, was});
        else if (count_changed(aligner, start, *block))
            return -1;
        count_kept(aligner, *block);
        start = (Block){block->at + block->size, block->other_at + block->size, 0};
    }
    return 0;
}

/* The result */

static int any_boilerplate(const WordSequence *sequence)
{
    for (size_t i = 0; i < sequence->count; i++)
        if (sequence->flags[i] & IS_BOILERPLATE)
            return 1;
    return 0;
}

/* Do what `shared_boilerplate` does for a text and a much longer one. */
static int64_t boilerplate_in_index(Aligner *aligner, const WordSequence *shorter, const RunIndex *longer)
{
    int64_t count = 0, longer_count = 0;
    aligner->fact_round++;
    for (size_t i = 0; i < shorter->count; i++) {
        size_t times = shorter->flags[i] & IS_BOILERPLATE ? times_in_boilerplate(longer, shorter->words[i]) : 0;
        uint64_t *round = aligner->notes[shorter->words[i]].fact_rounds;
        count += times != 0;
        longer_count += times && *round != aligner->fact_round ? (int64_t)times : 0;
        *round = times ? aligner->fact_round : *round;
    }
    return count < longer_count ? count : longer_count;
}

/* Count the words of boilerplate that both texts have, in the text with fewer of them. */
static int64_t shared_boilerplate(Aligner *aligner, WordSequence *const texts[2], int left_out)
{
    int64_t counts[2] = {0};
    int longer = much_longer(aligner, texts);
    if (longer >= 0) /* the index was made for the windows */
        return boilerplate_in_index(aligner, texts[!longer], texts[longer]->indexes[left_out == LEFT_OUT_WHOLE]);
    if (!any_boilerplate(texts[0]) || !any_boilerplate(texts[1]))
        return 0;
    aligner->fact_round++;
    for (int which = 0; which < 2; which++)
        for (size_t i = 0; i < texts[which]->count; i++)
            if (texts[which]->flags[i] & IS_BOILERPLATE)
                aligner->notes[texts[which]->words[i]].fact_rounds[which] = aligner->fact_round;
    for (int which = 0; which < 2; which++)
        for (size_t i = 0; i < texts[which]->count; i++)
            counts[which] += texts[which]->flags[i] & IS_BOILERPLATE &&
                             aligner->notes[texts[which]->words[i]].fact_rounds[!which] == aligner->fact_round;
    return counts[0] < counts[1] ? counts[0] : counts[1];
}

static void give(const Aligner *aligner, int64_t *counts)
{
    counts[KEPT] = aligner->kept;
    counts[KEPT_FACTS] = aligner->kept_facts;
    counts[KEPT_NAMES] = aligner->kept_names;
    counts[IN_RUNS] = aligner->in_runs;
    counts[RUNS] = aligner->runs;
    counts[LONGEST_KEPT] = aligner->longest;
    counts[SLOTS] = aligner->slots;
    counts[FACT_SLOTS] = aligner->fact_slots;
    counts[LIKELY_NAMES] = aligner->likely_names;
    counts[EXCHANGED] = aligner->exchanged[0];
    counts[EXCHANGED_NAMES] = aligner->exchanged[1];
    for (int which = 0; which < 2; which++) {
        const Side *side = aligner->sides + (which ^ aligner->mirrored);
        counts[WHOLE_WORDS + which] = (int64_t)side->sequence->count;
        int64_t outside = outside_before(side, side->count);
        counts[WORDS + which] = (int64_t)side->count + outside;
        counts[MOVED_WORDS + which] = side->moved;
        counts[NEW_WORDS + which] = side->new_words + outside;
        counts[FRESH + which] = side->fresh + outside;
        counts[NEW_FIRST + which] = side->new_first;
        counts[FRESH_FIRST + which] = side->fresh_first;
        counts[FACTS_FIRST + which] = side->facts_first;
        counts[LONGEST_NEW + which] = side->longest_new;
        counts[FRESH_TOGETHER + which] = side->fresh_together;
        counts[OWN_LEAD + which] = side->own_lead;
        counts[OWN_FACTS + which] = side->facts_first;
        counts[FRESH_AHEAD + which] = side->ahead_known ? side->ahead : side->fresh + outside;
    }
}

static void mirror(Shown *shown)
{
    Shown other = *shown;
    for (int i = 0; i < SHOWN; i++)
        for (int which = 0; which < 2; which++) {
            for (int names = 0; names < 2; names++) {
                ExchangedFact *fact = shown->exchanged[names] + i, *from = other.exchanged[names] + i;
                fact->words[which] = from->words[!which];
                fact->places[which] = from->places[!which];
            }
            shown->fresh[which][i] = other.fresh[!which][i];
        }
    for (int which = 0; which < 2; which++)
        shown->fresh_count[which] = other.fresh_count[!which];
}

/* Choose the words of two texts; of one that is much longer, those in windows. */
static int choose_both(Aligner *aligner, WordSequence *const texts[2], int left_out)
{
    Side *sides = aligner->sides;
    int longer = much_longer(aligner, texts);
    if (longer < 0)
        return choose_words(sides, texts[0], left_out) || choose_words(sides + 1, texts[1], left_out);
    return choose_words(sides + !longer, texts[!longer], left_out) ||
           choose_windows(aligner, sides + longer, texts[longer], sides + !longer, left_out);
}

static int begin(Aligner *aligner, WordSequence *const texts[2], int left_out)
{
    aligner->mirrored = 0;
    aligner->kept = aligner->kept_facts = aligner->kept_names = aligner->in_runs = aligner->runs = 0;
    aligner->longest = aligner->slots = aligner->fact_slots = aligner->likely_names = 0;
    aligner->exchanged[0] = aligner->exchanged[1] = 0;
    aligner->sides[0].own_lead = aligner->sides[1].own_lead = 0;
    if (choose_both(aligner, texts, left_out) || begin_texts(aligner) || find_blocks(aligner))
        return -1;
    return leave_stamps(aligner) && (begin_texts(aligner) || find_blocks(aligner)) ? -1 : 0;
}

int align_sequences(Aligner *aligner, WordSequence *left, WordSequence *right, int whole, int64_t *counts, Shown *shown)
{
    WordSequence *const texts[2] = {left, right};
    int left_out = whole ? LEFT_OUT_WHOLE : LEFT_OUT;
    aligner->shown = shown;
    *shown = (Shown){0};
    if (begin(aligner, texts, left_out) || walk(aligner))
        return -1;
    give(aligner, counts);
    counts[LONGEST_SHARED] = longest_shared(aligner);
    if (counts[LONGEST_SHARED] < 0)
        return -1;
    counts[BOILERPLATE] = shared_boilerplate(aligner, texts, left_out);
    if (aligner->mirrored)
        mirror(shown);
    return 0;
}
