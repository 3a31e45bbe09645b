/* What each of two texts has of its own beside the body that both share. The twin of stamps.py. */

#include "aligner.h"

/* see stamps.py */
enum {
    LONGEST_STAMP = 20, LONGEST_LINE = 6, FEWEST_FACTS = 3, FEWEST_OWN = 2, DENSE = 4, FEWEST_LEFT = 20,
    ENDS = 2, FOR_LINES = 30
};

/* Some words of a side, in a row. */
typedef struct {
    const Side *side;
    size_t start, end;
} Margin;

/* What faces each other at an end of two texts, or between two passages that both have. */
typedef struct {
    Block start, end; /* of no size */
} Between;

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

/* Count numbers and dates, and in `own` those of them that the other text does not have there. */
static size_t count_facts(Margin margin, Margin other, size_t *own)
{
    size_t facts = 0;
    *own = 0;
    for (size_t i = margin.start; i < margin.end; i++)
        if (margin.side->kinds[i] == IN_DIGITS || margin.side->kinds[i] == DATE) {
            facts++;
            *own += !is_in(other, margin.side->words[i]);
        }
    return facts;
}

static int is_stamp(const Aligner *aligner, Margin margin, Margin other)
{
    size_t own, facts = count_facts(margin, other, &own), size = size_in_words(aligner, margin);
    if (size > LONGEST_STAMP || size_in_words(aligner, other) > LONGEST_STAMP)
        return 0;
    return facts >= FEWEST_FACTS && own >= FEWEST_OWN && facts * DENSE >= size;
}

static Margin margin_of(const Aligner *aligner, Between between, int which)
{
    const Side *side = aligner->sides + which;
    return which ? (Margin){side, between.start.other_at, between.end.other_at}
                 : (Margin){side, between.start.at, between.end.at};
}

static int are_stamps(const Aligner *aligner, Between between)
{
    Margin one = margin_of(aligner, between, 0), other = margin_of(aligner, between, 1);
    return is_stamp(aligner, one, other) && is_stamp(aligner, other, one);
}

static int begins_line(const Side *side, size_t at)
{
    return at == side->count || side->sequence->flags[side->origins[at]] & BEGINS_LINE;
}

static int begin_lines(const Aligner *aligner, size_t at, size_t other_at)
{
    return (!at && !other_at) || (begins_line(aligner->sides, at) && begins_line(aligner->sides + 1, other_at));
}

/* Widen what lies between two kept passages to whole lines: a line may be partly alike. */
static Between widened(const Aligner *aligner, Block before, Block after)
{
    Block start = {before.at + before.size, before.other_at + before.size, 0}, end = {after.at, after.other_at, 0};
    for (size_t step = 0; step < 2 * LONGEST_LINE && step <= before.size; step++)
        if (begin_lines(aligner, start.at - step, start.other_at - step)) {
            start = (Block){start.at - step, start.other_at - step, 0};
            break;
        }
    for (size_t step = 0; step < 2 * LONGEST_LINE && step <= after.size; step++)
        if (begin_lines(aligner, end.at + step, end.other_at + step)) {
            end = (Block){end.at + step, end.other_at + step, 0};
            break;
        }
    return (Between){start, end};
}

/* Count the lines that are stamps; -1 unless all others are short and without a fact. */
static int lines_of_facts(const Aligner *aligner, Margin margin)
{
    int found = 0;
    for (size_t line = margin.start, end; line < margin.end; line = end) {
        size_t facts = 0, any = 0;
        for (end = line; end < margin.end && (end == line || !begins_line(margin.side, end)); end++) {
            facts += margin.side->kinds[end] == IN_DIGITS || margin.side->kinds[end] == DATE;
            any += (margin.side->kinds[end] & (IN_DIGITS | NUMERAL | DATE)) != 0;
        }
        size_t size = size_in_words(aligner, (Margin){margin.side, line, end});
        if (any ? facts * DENSE < size || size > LONGEST_STAMP : size > LONGEST_LINE)
            return -1;
        found += facts != 0;
    }
    return found;
}

/* How many words there must be besides lines at an end; -1 if the texts differ elsewhere too. */
static int needed_beside(const Aligner *aligner, Between between)
{
    int most = 0;
    if (!begin_lines(aligner, between.start.at, between.start.other_at) ||
        !begin_lines(aligner, between.end.at, between.end.other_at))
        return -1;
    for (int which = 0; which < 2; which++) {
        Margin margin = margin_of(aligner, between, which);
        int found = lines_of_facts(aligner, margin);
        size_t size = size_in_words(aligner, margin);
        if (found < 0 || size > (found ? 2 * LONGEST_STAMP : LONGEST_LINE))
            return -1;
        most = found > most ? found : most;
    }
    return most ? FOR_LINES : 0;
}

/* Count the words of the text that has fewer of them outside some places. */
static size_t left_beside(const Aligner *aligner, const Between *places, size_t count)
{
    size_t left[2] = {aligner->sides[0].count, aligner->sides[1].count};
    for (size_t i = 0; i < count; i++) {
        left[0] -= places[i].end.at - places[i].start.at;
        left[1] -= places[i].end.other_at - places[i].start.other_at;
    }
    return left[0] < left[1] ? left[0] : left[1];
}

/* Find the ends where two texts, equal elsewhere, have lines of their own or a stamp; returns how many. */
static size_t find_lines(const Aligner *aligner, const int stamps[ENDS], Between *places)
{
    const Block last = {aligner->sides[0].count, aligner->sides[1].count, 0};
    Block before = {0};
    size_t count = 0;
    int words = 0;
    for (size_t i = aligner->block_count + 1; i-- > 0;) {
        Block after = i ? aligner->blocks[i - 1] : last;
        if (i && after.size < BODY)
            continue;
        int first = !before.size, end = !i;
        Between between = {{before.at + before.size, before.other_at + before.size, 0}, {after.at, after.other_at, 0}};
        int differs = between.start.at != between.end.at || between.start.other_at != between.end.other_at;
        if (differs && !first && !end)
            return 0;
        if (differs && !((first && stamps[0]) || (end && stamps[1]))) {
            between = widened(aligner, before, after);
            words = needed_beside(aligner, between);
        } else if (differs)
            words = FOR_LINES;
        if (differs && words < 0)
            return 0;
        if (differs)
            places[count++] = between;
        before = after;
    }
    int enough = (count == 1 && !words) || left_beside(aligner, places, count) >= FOR_LINES * count;
    return enough ? count : 0;
}

/* Choose the words outside some places; of a split word one part is enough. */
static void choose_beside(Side *side, int which, const Between *places, size_t count)
{
    size_t chosen = 0, next = 0;
    for (size_t i = 0; i < side->count; i++) {
        while (next < count && i >= (which ? places[next].end.other_at : places[next].end.at))
            next++;
        if (next < count && i >= (which ? places[next].start.other_at : places[next].start.at))
            continue;
        if (!chosen || side->chosen[chosen - 1] != side->origins[i])
            side->chosen[chosen++] = side->origins[i];
    }
    side->chosen_count = chosen;
}

int leave_stamps(Aligner *aligner)
{
    const Block last = {aligner->sides[0].count, aligner->sides[1].count, 0};
    size_t first = aligner->block_count, final = 0, count = 0;
    while (first && aligner->blocks[first - 1].size < BODY)
        first--;
    if (!first)
        return 0;
    while (aligner->blocks[final].size < BODY)
        final++;
    Block start = aligner->blocks[first - 1], end = aligner->blocks[final];
    Between places[ENDS], top = {{0}, {start.at, start.other_at, 0}};
    Between bottom = {{end.at + end.size, end.other_at + end.size, 0}, last};
    Between margins[ENDS];
    int stamps[ENDS] = {are_stamps(aligner, top), are_stamps(aligner, bottom)};
    if (stamps[0])
        margins[count++] = top;
    if (stamps[1])
        margins[count++] = bottom;
    if (left_beside(aligner, margins, count) < FEWEST_LEFT)
        count = 0, stamps[0] = stamps[1] = 0;
    size_t lines = find_lines(aligner, stamps, places);
    const Between *gone = lines ? places : margins;
    count = lines ? lines : count;
    for (int which = 0; which < 2 && count; which++) {
        if (!gone[0].start.at && !gone[0].start.other_at)
            note_lead_lines(aligner, which, which ? gone[0].end.other_at : gone[0].end.at);
        choose_beside(aligner->sides + which, which, gone, count);
    }
    return count != 0;
}
