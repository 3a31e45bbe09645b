/* The facts of two passages at the same position: numbers, dates, names. */

#include "aligner.h"

enum { NAMES_WITHIN = 500 }; /* see alignment_tally.py */

/* The facts of a passage, of any kind. */
static Passage facts_of(const Side *side, Passage passage)
{
    size_t count = 0;
    for (size_t i = 0; i < passage.count; i++) {
        side->facts[count] = passage.places[i];
        count += side->kinds[passage.places[i]] != 0;
    }
    return (Passage){side->facts, count, 0};
}

static void note_facts(Aligner *aligner, int which, Passage facts)
{
    const uint32_t *words = aligner->sides[which].words;
    for (size_t i = 0; i < facts.count; i++)
        aligner->notes[words[facts.places[i]]].fact_rounds[which] = aligner->fact_round;
}

/* Whether a fact is of this kind and not among those of the other passage. */
static int is_exchanged(const Aligner *aligner, int which, uint32_t place, int kind)
{
    const Side *side = aligner->sides + which;
    return side->kinds[place] == kind &&
           aligner->notes[side->words[place]].fact_rounds[!which] != aligner->fact_round;
}

static size_t next_fact(const Aligner *aligner, int which, Passage facts, int kind, size_t at)
{
    while (at < facts.count && !is_exchanged(aligner, which, facts.places[at], kind))
        at++;
    return at;
}

/* Pair the facts of one kind. */
static int64_t pair_facts(Aligner *aligner, Passage gone, Passage come, int kind)
{
    const Side *ours = aligner->sides, *theirs = aligner->sides + 1;
    ExchangedFact *shown = aligner->shown->exchanged[kind == NAME];
    uint8_t *shown_count = &aligner->shown->exchanged_count[kind == NAME];
    int64_t count = 0;
    for (size_t i = 0, j = 0;; i++, j++, count++) {
        i = next_fact(aligner, 0, gone, kind, i);
        j = next_fact(aligner, 1, come, kind, j);
        if (i == gone.count || j == come.count)
            return count;
        uint32_t one = gone.places[i], other = come.places[j];
        if (*shown_count < SHOWN)
            shown[(*shown_count)++] = (ExchangedFact){{ours->words[one], theirs->words[other]},
                                                      {ours->origins[one], theirs->origins[other]}};
    }
}

/* Of some facts keep the names that the other text lacks, unless a word facing them is another spelling. */
static int names_of(Aligner *aligner, int which, Passage *facts, Passage facing)
{
    const Side *side = aligner->sides + which;
    size_t count = 0;
    for (size_t i = 0; i < facts->count; i++) {
        uint32_t place = facts->places[i], word = side->words[place];
        if (side->kinds[place] != NAME || stands_in(aligner, word, !which))
            continue;
        int respelt = facing.count > NAMES_WITHIN ? 0 : alike_to_any(aligner, word, !which, facing);
        if (respelt < 0)
            return -1;
        side->facts[count] = place;
        count += !respelt;
    }
    *facts = (Passage){side->facts, count, 0};
    return 0;
}

int exchange_facts(Aligner *aligner, Passage was, Passage now, int64_t counts[2])
{
    Passage gone = facts_of(aligner->sides, was);
    if (!gone.count)
        return 0;
    Passage come = facts_of(aligner->sides + 1, now);
    if (!come.count)
        return 0;
    aligner->fact_round++;
    note_facts(aligner, 0, gone);
    note_facts(aligner, 1, come);
    for (int kind = IN_DIGITS; kind <= DATE; kind *= 2)
        counts[0] += pair_facts(aligner, gone, come, kind);
    if (names_of(aligner, 0, &gone, now) || (gone.count && names_of(aligner, 1, &come, was)))
        return -1;
    counts[1] = gone.count ? pair_facts(aligner, gone, come, NAME) : 0;
    return 0;
}
