/* Which words of two texts are aligned, and in which order the texts are. The twin of aligned_text.py and
   stamps.py. */

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

/* Whether the first text is to be the second: the one with more words, or with later ones. */
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
    side->facts_first = side->longest_new = side->ahead = 0;
    return 0;
}

/* Note which words stand in each text. */
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

/* The two words as which the other text writes one that it lacks, or NULL. */
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

/* Stamps */

/* stamps.py says what these are. */
enum { LONGEST_STAMP = 20, FEWEST_FACTS = 3, FEWEST_OWN = 2, DENSE = 4, FEWEST_LEFT = 20 };

/* Some words of a side, in a row. */
typedef struct {
    const Side *side;
    size_t start, end;
} Margin;

static int is_in(Margin margin, uint32_t word)
{
    for (size_t i = margin.start; i < margin.end; i++)
        if (margin.side->words[i] == word)
            return 1;
    return 0;
}

static int is_stamp(Margin margin, Margin other)
{
    const Side *side = margin.side;
    size_t facts = 0, own = 0, words = margin.end - margin.start;
    if (words > LONGEST_STAMP || other.end - other.start > LONGEST_STAMP)
        return 0;
    for (size_t i = margin.start; i < margin.end; i++)
        if (side->kinds[i] == IN_DIGITS || side->kinds[i] == DATE) {
            facts++;
            own += !is_in(other, side->words[i]);
        }
    return facts >= FEWEST_FACTS && own >= FEWEST_OWN && facts * DENSE >= words;
}

static int are_stamps(Margin one, Margin other)
{
    return is_stamp(one, other) && is_stamp(other, one);
}

/* Keep the chosen words from one place of the sequence to another, both included. */
static void keep_between(Side *side, uint32_t first, uint32_t last)
{
    size_t count = 0;
    for (size_t i = 0; i < side->chosen_count; i++) {
        side->chosen[count] = side->chosen[i];
        count += side->chosen[i] >= first && side->chosen[i] <= last;
    }
    side->chosen_count = count;
}

int leave_stamps(Aligner *aligner)
{
    Side *ours = aligner->sides, *theirs = aligner->sides + 1;
    size_t first = aligner->block_count, last = 0;
    while (first && aligner->blocks[first - 1].size < BODY)
        first--;
    if (!first)
        return 0;
    while (aligner->blocks[last].size < BODY)
        last++;
    Block start = aligner->blocks[first - 1], end = aligner->blocks[last];
    end.at += end.size;
    end.other_at += end.size;
    int ahead = are_stamps((Margin){ours, 0, start.at}, (Margin){theirs, 0, start.other_at});
    int behind = are_stamps((Margin){ours, end.at, ours->count}, (Margin){theirs, end.other_at, theirs->count});
    if (!ahead)
        start = (Block){0};
    if (!behind)
        end = (Block){ours->count, theirs->count, 0};
    if ((!ahead && !behind) || end.at - start.at < FEWEST_LEFT || end.other_at - start.other_at < FEWEST_LEFT)
        return 0;
    keep_between(ours, ours->origins[start.at], ours->origins[end.at - 1]);
    keep_between(theirs, theirs->origins[start.other_at], theirs->origins[end.other_at - 1]);
    return 1;
}
