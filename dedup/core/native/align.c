/* Two texts word by word: what is kept, moved, respelt, exchanged and new. The twin of alignment.py.

   The other files that begin with its name hold a step each: the passages that both texts hold in the same
   order, what moved, what is spelt otherwise, and what changed. */

#include "aligner.h"

#include <stdlib.h>
#include <string.h>

Aligner *aligner_new(const Vocabulary *vocabulary)
{
    Aligner *aligner = calloc(1, sizeof *aligner);
    if (aligner)
        aligner->vocabulary = vocabulary;
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

void aligner_free(Aligner *aligner)
{
    if (!aligner)
        return;
    for (int which = 0; which < 2; which++) {
        free(aligner->sides[which].parted);
        free(aligner->sides[which].rest);
        free(aligner->sides[which].facts);
        free(aligner->sides[which].runs);
        free(aligner->letters[which]);
    }
    free(aligner->notes);
    free(aligner->matrix);
    free(aligner->blocks);
    free(aligner->carries);
    free(aligner->edits.steps);
    free(aligner);
}

/* The texts */

/* Whether the left text is the second of the two: the one with more words, or with later ones. */
static int is_second(const Vocabulary *vocabulary, const WordSequence *left, const WordSequence *right)
{
    if (left->aligned != right->aligned)
        return left->aligned > right->aligned;
    for (size_t i = 0; i < left->aligned; i++)
        if (left->words[i] != right->words[i])
            return letters_order(vocabulary, left->words[i], right->words[i]) > 0;
    return 0;
}

/* Note which words stand in each text. */
static void note_texts(Aligner *aligner)
{
    aligner->text_round++;
    for (int which = 0; which < 2; which++) {
        const Passage *text = &aligner->sides[which].text;
        for (size_t i = 0; i < text->count; i++)
            aligner->notes[text->words[i]].text_rounds[which] = aligner->text_round;
    }
}

/* The two words as which the other text writes one, among those that are aligned, or NULL. */
static const uint32_t *aligned_parts(const Aligner *aligner, const WordSequence *other, uint32_t word)
{
    const uint32_t *two = sequence_parts(other, aligner->vocabulary, word);
    return two && (size_t)(two - other->words) + 1 < other->aligned ? two : NULL;
}

/* Part the words of a text that the other has not and writes as two. Gives whether there were any. */
static int part_words(Aligner *aligner, int which, const WordSequence *own, const WordSequence *other)
{
    Side *side = aligner->sides + which;
    uint32_t *to = more_room(side->parted, &side->parted_room, 2 * own->aligned, sizeof *to);
    size_t count = 0;
    if (!to)
        return -1;
    side->parted = to;
    for (size_t i = 0; i < own->aligned; i++) {
        uint32_t word = own->words[i];
        const uint32_t *parts =
            stands_in(aligner, word, !which) ? NULL : aligned_parts(aligner, other, word);
        to[count++] = parts ? parts[0] : word;
        if (parts)
            to[count++] = parts[1];
    }
    side->text = (Passage){to, count};
    return count > own->aligned;
}

static int side_begin(Side *side, const WordSequence *sequence)
{
    uint32_t *rest = more_room(side->rest, &side->rest_room, 2 * sequence->aligned, sizeof *rest);
    if (!rest)
        return -1;
    side->rest = rest;
    uint32_t *facts = more_room(side->facts, &side->facts_room, 2 * sequence->aligned, sizeof *facts);
    if (!facts)
        return -1;
    side->facts = facts;
    side->text = (Passage){sequence->words, sequence->aligned};
    side->runs_known = side->ahead_known = 0;
    side->moved = side->new_words = side->fresh = side->ahead = 0;
    return 0;
}

static int begin(Aligner *aligner, const WordSequence *left, const WordSequence *right)
{
    if (side_begin(aligner->sides, left) || side_begin(aligner->sides + 1, right))
        return -1;
    aligner->kept = aligner->kept_facts = aligner->slots = aligner->exchanged = aligner->in_lead = 0;
    note_texts(aligner);
    int one = part_words(aligner, 0, left, right), other = part_words(aligner, 1, right, left);
    if (one < 0 || other < 0)
        return -1;
    if (one || other)
        note_texts(aligner);
    return 0;
}

/* The result */

enum { CHANCE = 3 }; /* alignment.py says what it is */

static size_t larger_of(size_t one, size_t other)
{
    return one > other ? one : other;
}

/* Whether chance kept a passage between two larger changes. */
static int by_chance(const Block *block, const Block *next, size_t start, size_t other_start)
{
    size_t before = larger_of(block->at - start, block->other_at - other_start);
    size_t after = larger_of(next->at - block->at, next->other_at - block->other_at) - block->size;
    return block->size < CHANCE && before > block->size && after > block->size;
}

/* Go through the passages by turns changed and kept. */
static int walk(Aligner *aligner)
{
    Passage left = aligner->sides[0].text, right = aligner->sides[1].text;
    size_t start = 0, other_start = 0;
    const Block end = {left.count, right.count, 0};
    for (size_t i = aligner->block_count + 1; i-- > 0;) {
        const Block *block = i ? aligner->blocks + i - 1 : &end;
        if (i && by_chance(block, i > 1 ? block - 1 : &end, start, other_start))
            continue;
        Passage was = {left.words + start, block->at - start};
        Passage now = {right.words + other_start, block->other_at - other_start};
        if (spelt_alike(aligner->vocabulary, was.words, was.count, now.words, now.count))
            count_kept(aligner, was);
        else if (count_changed(aligner, was, now, start < other_start ? start : other_start))
            return -1;
        count_kept(aligner, (Passage){left.words + block->at, block->size});
        start = block->at + block->size;
        other_start = block->other_at + block->size;
    }
    return 0;
}

static void give(const Aligner *aligner, int mirrored, int64_t *counts)
{
    counts[KEPT] = aligner->kept;
    counts[KEPT_FACTS] = aligner->kept_facts;
    counts[SLOTS] = aligner->slots;
    counts[EXCHANGED] = aligner->exchanged;
    counts[IN_LEAD] = aligner->in_lead;
    for (int which = 0; which < 2; which++) {
        const Side *side = aligner->sides + (which ^ mirrored);
        counts[WORDS + which] = (int64_t)side->text.count;
        counts[MOVED_WORDS + which] = side->moved;
        counts[NEW_WORDS + which] = side->new_words;
        counts[FRESH + which] = side->fresh;
        counts[AHEAD + which] = side->ahead_known ? side->ahead : side->fresh;
    }
}

static void mirror(Shown *shown)
{
    Shown other = *shown;
    for (int i = 0; i < SHOWN; i++)
        for (int which = 0; which < 2; which++) {
            shown->exchanged[i][which] = other.exchanged[i][!which];
            shown->fresh[which][i] = other.fresh[!which][i];
        }
    for (int which = 0; which < 2; which++)
        shown->fresh_count[which] = other.fresh_count[!which];
}

int align_sequences(Aligner *aligner, const WordSequence *left, const WordSequence *right, int64_t *counts, Shown *shown)
{
    int mirrored = is_second(aligner->vocabulary, left, right);
    aligner->shown = shown;
    *shown = (Shown){0};
    if (begin(aligner, mirrored ? right : left, mirrored ? left : right) || find_blocks(aligner) ||
        walk(aligner))
        return -1;
    give(aligner, mirrored, counts);
    if (mirrored)
        mirror(shown);
    return 0;
}
