/* What each of two texts has of its own outside the body that both share. The twin of stamps.py. */

#include "aligner.h"

/* stamps.py says what these are. */
enum { LONGEST_STAMP = 20, LONGEST_LINE = 6, FEWEST_FACTS = 3, FEWEST_OWN = 2, DENSE = 4, FEWEST_LEFT = 20 };

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

/* Count words; two letters of a script without spaces are about as long as one. */
static size_t size_in_words(const Aligner *aligner, Margin margin)
{
    size_t unspaced = 0;
    for (size_t i = margin.start; i < margin.end; i++)
        unspaced += (size_t)is_unspaced_word(aligner->vocabulary, margin.side->words[i]);
    return margin.end - margin.start - unspaced / 2;
}

static int is_stamp(const Aligner *aligner, Margin margin, Margin other)
{
    const Side *side = margin.side;
    size_t facts = 0, own = 0, size = size_in_words(aligner, margin);
    if (size > LONGEST_STAMP || size_in_words(aligner, other) > LONGEST_STAMP)
        return 0;
    for (size_t i = margin.start; i < margin.end; i++)
        if (side->kinds[i] == IN_DIGITS || side->kinds[i] == DATE) {
            facts++;
            own += !is_in(other, side->words[i]);
        }
    return facts >= FEWEST_FACTS && own >= FEWEST_OWN && facts * DENSE >= size;
}

static int are_stamps(const Aligner *aligner, Margin one, Margin other)
{
    return is_stamp(aligner, one, other) && is_stamp(aligner, other, one);
}

static int begins_line(const Side *side, size_t at)
{
    return at == side->count || side->sequence->flags[side->origins[at]] & BEGINS_LINE;
}

static int begin_lines(const Aligner *aligner, size_t at, size_t other_at)
{
    return begins_line(aligner->sides, at) && begins_line(aligner->sides + 1, other_at);
}

static int is_line(const Aligner *aligner, Margin margin)
{
    for (size_t i = margin.start; i < margin.end; i++)
        if (margin.side->kinds[i] & (IN_DIGITS | NUMERAL | DATE))
            return 0;
    return size_in_words(aligner, margin) <= LONGEST_LINE;
}

/* Find the rest of two texts that differ in one short line at their top or end only: it is put in `start` and `end`. */
static void leave_line(const Aligner *aligner, Block kept, Block *start, Block *end)
{
    const Side *ours = aligner->sides, *theirs = aligner->sides + 1;
    size_t steps = 2 * LONGEST_LINE, step = 0; /* fewer than the words of a body */
    if (kept.at + kept.size == ours->count && kept.other_at + kept.size == theirs->count) {
        while (step < steps && !begin_lines(aligner, kept.at + step, kept.other_at + step))
            step++;
        Block line = {kept.at + step, kept.other_at + step, 0};
        if (step < steps && is_line(aligner, (Margin){ours, 0, line.at}) &&
            is_line(aligner, (Margin){theirs, 0, line.other_at}))
            *start = line;
    } else if (!kept.at && !kept.other_at) {
        while (step < steps && !begin_lines(aligner, kept.size - step, kept.size - step))
            step++;
        Block line = {kept.size - step, kept.size - step, 0};
        if (step < steps && is_line(aligner, (Margin){ours, line.at, ours->count}) &&
            is_line(aligner, (Margin){theirs, line.other_at, theirs->count}))
            *end = line;
    }
}

static int are_whole(const Aligner *aligner, Block start, Block end)
{
    const Side *sides = aligner->sides;
    return !start.at && !start.other_at && end.at == sides[0].count && end.other_at == sides[1].count;
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
    Block kept = aligner->blocks[first - 1], start = kept, end = aligner->blocks[last];
    end.at += end.size;
    end.other_at += end.size;
    if (!are_stamps(aligner, (Margin){ours, 0, start.at}, (Margin){theirs, 0, start.other_at}))
        start = (Block){0};
    if (!are_stamps(aligner, (Margin){ours, end.at, ours->count}, (Margin){theirs, end.other_at, theirs->count}))
        end = (Block){ours->count, theirs->count, 0};
    if (end.at - start.at < FEWEST_LEFT || end.other_at - start.other_at < FEWEST_LEFT) {
        start = (Block){0};
        end = (Block){ours->count, theirs->count, 0};
    }
    if (first - 1 == last && are_whole(aligner, start, end))
        leave_line(aligner, kept, &start, &end);
    if (are_whole(aligner, start, end))
        return 0;
    keep_between(ours, ours->origins[start.at], ours->origins[end.at - 1]);
    keep_between(theirs, theirs->origins[start.other_at], theirs->origins[end.other_at - 1]);
    return 1;
}
