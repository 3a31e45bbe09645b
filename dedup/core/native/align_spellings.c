/* Whether two words or passages are spellings of one another. */

#include "aligner.h"

#include <string.h>

/* see alignment_tally.py */
enum { SPELT = 4, SPELT_TO = 1000 };

int spell(Aligner *aligner, int which, Passage passage, Spelling *spelling)
{
    const uint32_t *words = aligner->sides[which].words;
    *spelling = spelling_of(aligner, words[passage.places[0]]);
    if (passage.count == 1)
        return 0;
    *spelling = (Spelling){0};
    for (size_t i = 0; i < passage.count; i++)
        spelling->count += entry_of(aligner, words[passage.places[i]])->length;
    uint32_t *letters = more_room(aligner->letters[which], &aligner->letters_room[which], spelling->count,
                                  sizeof *letters);
    if (!letters)
        return -1;
    aligner->letters[which] = letters;
    spelling->letters = letters;
    for (size_t i = 0; i < passage.count; i++) {
        Spelling word = spelling_of(aligner, words[passage.places[i]]);
        memcpy(letters, word.letters, word.count * sizeof *letters);
        letters += word.count;
        spelling->marks |= word.marks;
    }
    return 0;
}

static int bits_in(uint64_t bits)
{
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* A letter that only one has takes an edit. */
int alike(Aligner *aligner, Spelling one, Spelling other)
{
    if (one.count > other.count) {
        Spelling longer = one;
        one = other;
        other = longer;
    }
    if (one.count == other.count && !memcmp(one.letters, other.letters, one.count * sizeof *one.letters))
        return 1;
    size_t most = other.count / 4;
    if (one.count < SPELT || other.count > SPELT_TO || other.count - one.count > most)
        return 0;
    if ((size_t)bits_in(one.marks & ~other.marks) > most || (size_t)bits_in(other.marks & ~one.marks) > most)
        return 0;
    return within_edits(&aligner->edits, one.letters, one.count, other.letters, other.count, most);
}

int alike_to_any(Aligner *aligner, uint32_t word, int which, Passage facing)
{
    const uint32_t *words = aligner->sides[which].words;
    int found = 0;
    for (size_t i = 0; !found && i < facing.count; i++)
        found = alike(aligner, spelling_of(aligner, word), spelling_of(aligner, words[facing.places[i]]));
    return found;
}
