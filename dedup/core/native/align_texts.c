/* Which words of two texts are aligned, and in which order the texts are. The twin of aligned_text.py. */

#include "aligner.h"

#include <string.h>

int choose_words(Side *side, const WordSequence *sequence, int left_out)
{
    uint32_t *chosen = more_room(side->chosen, &side->chosen_room, sequence->count, sizeof *chosen);
    if (!chosen)
        return -1;
    side->chosen = chosen;
    side->sequence = sequence;
    side->chosen_count = side->gap_count = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        chosen[side->chosen_count] = (uint32_t)i;
        side->chosen_count += !(sequence->flags[i] & left_out);
    }
    return 0;
}

static uint32_t chosen_word(const Side *side, size_t i)
{
    return side->sequence->words[side->chosen[i]];
}

/* Whether to swap the texts: the one with more words, or with later ones, comes second. */
static int is_second(const Vocabulary *vocabulary, const Side *one, const Side *other)
{
    if (one->chosen_count != other->chosen_count)
        return one->chosen_count > other->chosen_count;
    for (size_t i = 0; i < one->chosen_count; i++)
        if (chosen_word(one, i) != chosen_word(other, i))
            return letters_order(vocabulary, chosen_word(one, i), chosen_word(other, i)) > 0;
    for (size_t i = 0; i < one->chosen_count; i++) {
        uint8_t ours = one->sequence->flags[one->chosen[i]], theirs = other->sequence->flags[other->chosen[i]];
        if (ours != theirs)
            return ours > theirs;
    }
    return 0;
}

static int side_begin(Side *side)
{
    size_t most = 2 * side->chosen_count;
    uint32_t **columns[] = {&side->words, &side->origins, &side->rest, &side->facts};
    size_t *rooms[] = {&side->words_room, &side->origins_room, &side->rest_room, &side->facts_room};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        uint32_t *column = more_room(*columns[i], rooms[i], most, sizeof *column);
        if (!column)
            return -1;
        *columns[i] = column;
    }
    uint8_t *kinds = more_room(side->kinds, &side->kinds_room, most, sizeof *kinds);
    if (!kinds)
        return -1;
    side->kinds = kinds;
    side->runs_known = side->ahead_known = 0;
    side->moved = side->new_words = side->fresh = side->new_first = side->fresh_first = 0;
    side->facts_first = side->longest_new = side->fresh_together = side->ahead = 0;
    return 0;
}

/* Note which words occur in each text. */
static void note_chosen(Aligner *aligner)
{
    aligner->text_round++;
    for (int which = 0; which < 2; which++) {
        const Side *side = aligner->sides + which;
        for (size_t i = 0; i < side->chosen_count; i++)
            aligner->notes[chosen_word(side, i)].text_rounds[which] = aligner->text_round;
    }
}

static void note_parted(Aligner *aligner)
{
    aligner->text_round++;
    for (int which = 0; which < 2; which++)
        for (size_t i = 0; i < aligner->sides[which].count; i++)
            aligner->notes[aligner->sides[which].words[i]].text_rounds[which] = aligner->text_round;
}

/* The two words that the other text writes instead of one that it lacks, or NULL. */
static const uint32_t *parts_of(const Aligner *aligner, int which, uint32_t word)
{
    if (stands_in(aligner, word, !which))
        return NULL;
    const uint32_t *two = sequence_parts(aligner->sides[!which].sequence, aligner->vocabulary, word);
    return two && stands_in(aligner, two[0], !which) && stands_in(aligner, two[1], !which) ? two : NULL;
}

static void add_word(const Aligner *aligner, Side *side, uint32_t word, uint32_t origin)
{
    int kinds = entry_of(aligner, word)->kinds;
    side->words[side->count] = word;
    side->origins[side->count] = origin;
    side->kinds[side->count] =
        (uint8_t)(kinds ? kinds & -kinds : side->sequence->flags[origin] & IS_NAME ? NAME : 0);
    side->any_name |= side->kinds[side->count++] == NAME;
}

/* Return whether any word was split. */
static int part_words(const Aligner *aligner, int which, Side *side)
{
    side->count = 0;
    side->any_name = 0;
    for (size_t i = 0; i < side->chosen_count; i++) {
        uint32_t word = chosen_word(side, i);
        const uint32_t *parts = parts_of(aligner, which, word);
        add_word(aligner, side, parts ? parts[0] : word, side->chosen[i]);
        if (parts)
            add_word(aligner, side, parts[1], side->chosen[i]);
    }
    return side->count > side->chosen_count;
}

int begin_texts(Aligner *aligner)
{
    Side *sides = aligner->sides;
    if (is_second(aligner->vocabulary, sides, sides + 1)) {
        Side first = sides[0];
        sides[0] = sides[1];
        sides[1] = first;
        aligner->mirrored = !aligner->mirrored;
    }
    if (side_begin(sides) || side_begin(sides + 1))
        return -1;
    note_chosen(aligner);
    int one = part_words(aligner, 0, sides), other = part_words(aligner, 1, sides + 1);
    if (one || other)
        note_parted(aligner);
    return 0;
}
