/* Which words of one text another has; a word that lost or gained a space is not another word. The twin of what
   term_weights.py asks. */

#include "shared_words.h"

#include <string.h>

int shared_words_fit(SharedWords *shared, const Vocabulary *vocabulary)
{
    size_t before = shared->notes ? shared->room : 0;
    SharedNote *notes = more_room(shared->notes, &shared->room, vocabulary->count, sizeof *notes);
    if (!notes)
        return -1;
    shared->notes = notes;
    if (shared->room > before)
        memset(notes + before, 0, (shared->room - before) * sizeof *notes);
    return 0;
}

void note_theirs(SharedWords *shared, const WordSequence *theirs)
{
    shared->round++;
    for (size_t i = 0; i < theirs->distinct_count; i++)
        shared->notes[theirs->distinct[i]].in_theirs = shared->round;
}

void note_parts(SharedWords *shared, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs)
{
    SharedNote *notes = shared->notes;
    uint64_t round = ++shared->part_round;
    for (size_t i = 0; i < ours->distinct_count; i++) {
        uint32_t word = ours->distinct[i];
        if (!is_whole(shared, word) && sequence_parts(theirs, vocabulary, word))
            notes[word].has_part = round;
    }
    for (size_t i = 0; i + 1 < ours->count; i++) {
        const uint32_t *two = ours->words + i;
        if (!is_missing(shared, two[0]) && !is_missing(shared, two[1]))
            continue;
        uint32_t glued = glued_word(vocabulary, theirs->marks, two);
        if (glued != NO_WORD && is_whole(shared, glued))
            notes[two[0]].has_part = notes[two[1]].has_part = round;
    }
}
