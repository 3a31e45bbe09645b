/* What changed between the passages that both texts have: words new to one, slots filled differently. */

#include "aligner.h"

/* see alignment_tally.py */
enum { RUN = 4, SLOT = 3, SLOT_OF_FACTS = 6, RESPELT_WITHIN = 8, NEW_AMONG = 25, FRESH_AMONG = 40 };
enum { OWN_PASSAGE = 8, OWN_FRESH = 3, OWN_OF = 10 };
enum { NAME_LEAST = 2, NAME_MOST = 4, UNSPACED_NAME_LEAST = 3, UNSPACED_NAME_MOST = 6, WITH_NAMES = 24 };

void count_kept(Aligner *aligner, Block kept)
{
    const uint8_t *kinds = aligner->sides[0].kinds + kept.at;
    size_t size = kept.size, places[] = {kept.at, kept.other_at};
    aligner->kept += (int64_t)size;
    for (size_t i = 0; i < size; i++) {
        aligner->kept_facts += (kinds[i] & (IN_DIGITS | NUMERAL | DATE)) != 0;
        aligner->kept_names += kinds[i] == NAME;
    }
    aligner->runs += size >= RUN;
    aligner->in_runs += size >= RUN ? (int64_t)size : 0;
    aligner->longest = (int64_t)size > aligner->longest ? (int64_t)size : aligner->longest;
    for (int which = 0; which < 2; which++) {
        Side *side = aligner->sides + which;
        if (!side->ahead_known && size >= BODY) {
            side->ahead_known = 1;
            side->ahead = side->fresh + outside_before(side, places[which]);
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
static int take(Aligner *aligner, int which, Passage passage, Passage facing)
{
    Side *side = aligner->sides + which;
    int few = facing.count && passage.count <= RESPELT_WITHIN && facing.count <= RESPELT_WITHIN;
    side->new_words += (int64_t)passage.count;
    int64_t together = (int64_t)(passage.count + passage.outside), fresh = side->fresh - (int64_t)passage.outside;
    int64_t own = 0;
    side->longest_new = together > side->longest_new ? together : side->longest_new;
    for (size_t i = 0; i < passage.count; i++) {
        uint32_t place = passage.places[i], word = side->words[place];
        int may_be_respelt = few && (side->kinds[place] == 0 || side->kinds[place] == NAME);
        side->new_first += place < NEW_AMONG;
        if (stands_in(aligner, word, !which))
            continue;
        int respelt = may_be_respelt ? alike_to_any(aligner, word, !which, facing) : 0;
        if (respelt < 0)
            return -1;
        if (!respelt) {
            side->fresh++;
            own += !(side->sequence->flags[side->origins[place]] & IS_BOILERPLATE);
            side->fresh_first += place < FRESH_AMONG;
            side->facts_first += place < FRESH_AMONG && side->kinds[place] != 0;
            show_fresh(aligner, which, word);
        }
    }
    fresh = side->fresh - fresh;
    if (together >= OWN_PASSAGE && OWN_OF * fresh >= OWN_FRESH * together && fresh > side->fresh_together)
        side->fresh_together = fresh;
    note_lead(aligner, which, passage, facing, own);
    return 0;
}

/* Whether any word is a number or a date. */
static int has_fact(const Side *side, Passage passage)
{
    for (size_t i = 0; i < passage.count; i++)
        if (side->kinds[passage.places[i]] & (IN_DIGITS | NUMERAL | DATE))
            return 1;
    return 0;
}

/* Whether two passages without numbers and dates are spellings of one another; -1 if memory ran out. */
static int are_respelt(Aligner *aligner, Passage was, Passage now)
{
    Spelling before, after;
    if (has_fact(aligner->sides, was) || has_fact(aligner->sides + 1, now))
        return 0;
    if (spell(aligner, 0, was, &before) || spell(aligner, 1, now, &after))
        return -1;
    return alike(aligner, before, after);
}

static int are_unspaced(const Aligner *aligner, int which, Passage passage)
{
    const Side *side = aligner->sides + which;
    for (size_t i = 0; i < passage.count; i++)
        if (!is_unspaced_word(aligner->vocabulary, side->words[passage.places[i]]))
            return 0;
    return 1;
}

static int occurs_in(const Side *side, Passage passage, uint32_t word)
{
    for (size_t i = 0; i < passage.count; i++)
        if (side->words[passage.places[i]] == word)
            return 1;
    return 0;
}

/* The words of a passage that the other does not have: all of them, and each once. */
typedef struct {
    size_t count, distinct;
} OwnWords;

static OwnWords own_words(const Aligner *aligner, int which, Passage passage, Passage facing)
{
    const Side *side = aligner->sides + which;
    OwnWords own = {0};
    for (size_t i = 0; i < passage.count; i++) {
        uint32_t word = side->words[passage.places[i]];
        if (occurs_in(aligner->sides + !which, facing, word))
            continue;
        own.count++;
        own.distinct += !occurs_in(side, (Passage){passage.places, i, 0}, word);
    }
    return own;
}

/* Count the words of two passages that may be names in each other's place: all are fresh, or half of the letters of
   an unspaced script. If each name is repeated, what both passages have between is not counted. */
static void count_likely_names(Aligner *aligner, Passage was, Passage now, int64_t fresh, int64_t words)
{
    int unspaced = are_unspaced(aligner, 0, was) && are_unspaced(aligner, 1, now);
    size_t less = was.count < now.count ? was.count : now.count, more = was.count + now.count - less;
    size_t least = unspaced ? UNSPACED_NAME_LEAST : NAME_LEAST, most = unspaced ? UNSPACED_NAME_MOST : NAME_MOST;
    if (less < least || more > WITH_NAMES)
        return;
    OwnWords ours = own_words(aligner, 0, was, now), theirs = own_words(aligner, 1, now, was);
    if (ours.count > ours.distinct && theirs.count > theirs.distinct) {
        words -= (int64_t)(was.count + now.count - ours.count - theirs.count);
        more = ours.distinct > theirs.distinct ? ours.distinct : theirs.distinct;
    }
    if (fresh * (unspaced ? 2 : 1) >= words && more <= most)
        aligner->likely_names += (int64_t)less;
}

int count_changed(Aligner *aligner, Block start, Block end)
{
    Passage was, now;
    int64_t facts[2] = {0};
    if (leave_moved(aligner, 0, start.at, end.at, &was) || leave_moved(aligner, 1, start.other_at, end.other_at, &now) ||
        exchange_facts(aligner, was, now, facts))
        return -1;
    aligner->exchanged[0] += facts[0];
    aligner->exchanged[1] += facts[1];
    int filled = facts[0] || facts[1];
    int64_t fresh = aligner->sides[0].fresh + aligner->sides[1].fresh;
    int may_be_names = !filled && !aligner->sides[0].any_name && !aligner->sides[1].any_name &&
                       !has_fact(aligner->sides, was) && !has_fact(aligner->sides + 1, now);
    size_t most = filled ? SLOT_OF_FACTS : SLOT, more = was.count > now.count ? was.count : now.count;
    int slot = was.count && now.count &&
               (more <= most || (more <= 2 * most && are_unspaced(aligner, 0, was) && are_unspaced(aligner, 1, now)));
    if (slot && !filled) {
        int respelt = are_respelt(aligner, was, now);
        if (respelt)
            return respelt < 0 ? -1 : 0;
    }
    aligner->slots += slot;
    aligner->fact_slots += slot && filled;
    if (take(aligner, 0, was, now) || take(aligner, 1, now, was))
        return -1;
    fresh = aligner->sides[0].fresh + aligner->sides[1].fresh - fresh;
    if (may_be_names)
        count_likely_names(aligner, was, now, fresh, (int64_t)(end.at - start.at + end.other_at - start.other_at));
    return 0;
}
