/* What changed between the passages that both texts hold: words new to one, facts exchanged. */

#include "aligner.h"

/* alignment.py says what these are. */
enum { LEAD = 50, BODY = 12, SLOT = 3, RESPELT_WITHIN = 8 };

void count_kept(Aligner *aligner, Passage passage)
{
    aligner->kept += (int64_t)passage.count;
    for (size_t i = 0; i < passage.count; i++)
        aligner->kept_facts += is_fact(aligner, passage.words[i]);
    for (int which = 0; which < 2; which++) {
        Side *side = aligner->sides + which;
        if (!side->ahead_known && passage.count >= BODY) {
            side->ahead_known = 1;
            side->ahead = side->fresh;
        }
    }
}

static void show_fresh(Aligner *aligner, int which, uint32_t word)
{
    uint32_t *words = aligner->shown->fresh[which];
    uint8_t *count = &aligner->shown->fresh_count[which];
    for (int i = 0; i < *count; i++)
        if (words[i] == word)
            return;
    if (*count < SHOWN)
        words[(*count)++] = word;
}

/* Count the words that only this text has. */
static int take(Aligner *aligner, int which, Passage words, Passage facing)
{
    Side *side = aligner->sides + which;
    int few = facing.count && words.count <= RESPELT_WITHIN && facing.count <= RESPELT_WITHIN;
    side->new_words += (int64_t)words.count;
    for (size_t i = 0; i < words.count; i++) {
        uint32_t word = words.words[i];
        if (stands_in(aligner, word, !which))
            continue;
        int respelt = few && !is_fact(aligner, word) ? alike_to_any(aligner, word, facing) : 0;
        if (respelt < 0)
            return -1;
        if (!respelt) {
            side->fresh++;
            show_fresh(aligner, which, word);
        }
    }
    return 0;
}

/* The numbers and dates of a passage. */
static Passage facts_of(Aligner *aligner, int which, Passage passage)
{
    uint32_t *facts = aligner->sides[which].facts;
    size_t count = 0;
    for (size_t i = 0; i < passage.count; i++)
        if (is_fact(aligner, passage.words[i]))
            facts[count++] = passage.words[i];
    return (Passage){facts, count};
}

/* The first fact from `at` on that is of this kind and not among those of the other passage. */
static size_t next_fact(const Aligner *aligner, int which, Passage facts, int kind, size_t at)
{
    for (; at < facts.count; at++)
        if (aligner->notes[facts.words[at]].fact_rounds[!which] != aligner->fact_round &&
            entry_of(aligner, facts.words[at])->kinds & kind)
            break;
    return at;
}

/* Count the facts of two passages that stand in each other's place, like for like. */
static int64_t exchange(Aligner *aligner, Passage gone, Passage come)
{
    Shown *shown = aligner->shown;
    int64_t count = 0;
    aligner->fact_round++;
    for (size_t i = 0; i < gone.count; i++)
        aligner->notes[gone.words[i]].fact_rounds[0] = aligner->fact_round;
    for (size_t i = 0; i < come.count; i++)
        aligner->notes[come.words[i]].fact_rounds[1] = aligner->fact_round;
    for (int kind = IN_DIGITS; kind <= DATE; kind *= 2)
        for (size_t i = 0, j = 0;; i++, j++) {
            i = next_fact(aligner, 0, gone, kind, i);
            j = next_fact(aligner, 1, come, kind, j);
            if (i == gone.count || j == come.count)
                break;
            count++;
            if (shown->exchanged_count < SHOWN) {
                uint32_t *pair = shown->exchanged[shown->exchanged_count++];
                pair[0] = gone.words[i];
                pair[1] = come.words[j];
            }
        }
    return count;
}

int count_changed(Aligner *aligner, Passage was, Passage now, size_t at)
{
    if (leave_moved(aligner, 0, &was) || leave_moved(aligner, 1, &now))
        return -1;
    Passage gone = facts_of(aligner, 0, was), come = facts_of(aligner, 1, now);
    if (gone.count && come.count) {
        int64_t facts = exchange(aligner, gone, come);
        aligner->exchanged += facts;
        aligner->in_lead += at < LEAD ? facts : 0;
    }
    int slot = was.count && now.count && was.count <= SLOT && now.count <= SLOT;
    if (slot && !gone.count && !come.count) {
        Spelling before, after;
        if (spell(aligner, 0, was, &before) || spell(aligner, 1, now, &after))
            return -1;
        int same = alike(aligner, before, after);
        if (same)
            return same < 0 ? -1 : 0;
    }
    aligner->slots += slot;
    return take(aligner, 0, was, now) || take(aligner, 1, now, was) ? -1 : 0;
}
