/* A statement of a text's own among its first words. The twin of own_lead.py. */

#include "aligner.h"

/* see own_lead.py */
enum { LEAD = 60, STATEMENT = 3, OWN_FRESH = 3, OWN_OF = 10 };

static void note(Side *side, int64_t fresh)
{
    side->own_lead = fresh > side->own_lead ? fresh : side->own_lead;
}

static int are_unspaced(const Aligner *aligner, const Side *side, Passage passage)
{
    for (size_t i = 0; i < passage.count; i++)
        if (!is_unspaced_word(aligner->vocabulary, side->words[passage.places[i]]))
            return 0;
    return 1;
}

void note_lead(Aligner *aligner, int which, Passage passage, Passage facing, int64_t fresh)
{
    Side *side = aligner->sides + which;
    if (passage.count < STATEMENT)
        return;
    size_t first = passage.places[0];
    int64_t count = (int64_t)passage.count, scale = are_unspaced(aligner, side, passage) ? 2 : 1;
    int own = !facing.count ? scale * OWN_OF * fresh >= OWN_FRESH * count : !first && 2 * fresh >= count;
    if (own && first < (size_t)(scale * LEAD))
        note(side, fresh);
}

void note_lead_lines(Aligner *aligner, int which, size_t end)
{
    Side *side = aligner->sides + which;
    for (size_t line = 0, next; line < end; line = next) {
        int64_t fresh = 0;
        int any_fact = 0;
        for (next = line;
             next < end && (next == line || !(side->sequence->flags[side->origins[next]] & BEGINS_LINE)); next++) {
            any_fact |= side->kinds[next] & (IN_DIGITS | NUMERAL | DATE);
            fresh += !stands_in(aligner, side->words[next], !which) &&
                     !(side->sequence->flags[side->origins[next]] & IS_BOILERPLATE);
        }
        if (!any_fact && next - line >= STATEMENT)
            note(side, fresh);
    }
}
