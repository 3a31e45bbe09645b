/* Which words of one text another lacks; a word that lost or gained a blank is no new word. The twin of
   word_diff.py. */

#include "word_diff.h"

#include <string.h>

int word_diff_fit(WordDiff *diff, const Vocabulary *vocabulary)
{
    size_t before = diff->notes ? diff->room : 0;
    DiffNote *notes = more_room(diff->notes, &diff->room, vocabulary->count, sizeof *notes);
    if (!notes)
        return -1;
    diff->notes = notes;
    if (diff->room > before)
        memset(notes + before, 0, (diff->room - before) * sizeof *notes);
    return 0;
}

void note_words(WordDiff *diff, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs)
{
    DiffNote *notes = diff->notes;
    uint64_t round = ++diff->round;
    for (size_t i = 0; i < theirs->distinct_count; i++)
        notes[theirs->distinct[i]].in_theirs = round;
    for (size_t i = 0; i < ours->distinct_count; i++) {
        uint32_t word = ours->distinct[i];
        if (notes[word].in_theirs != round && sequence_parts(theirs, vocabulary, word))
            notes[word].has_part = round;
    }
    for (size_t i = 0; i + 1 < ours->count; i++) {
        const uint32_t *two = ours->words + i;
        if (!is_missing(diff, two[0]) && !is_missing(diff, two[1]))
            continue;
        uint32_t glued = glued_word(vocabulary, theirs, two);
        if (glued != NO_WORD && notes[glued].in_theirs == round)
            notes[two[0]].has_part = notes[two[1]].has_part = round;
    }
}

int words_missing(WordDiff *diff, const Vocabulary *vocabulary, const WordSequence *ours, const WordSequence *theirs,
                  int64_t *new_words, int64_t *shared_numbers, List32 *lacks)
{
    *new_words = *shared_numbers = 0;
    note_words(diff, vocabulary, ours, theirs);
    for (size_t i = 0; i < ours->distinct_count; i++) {
        uint32_t word = ours->distinct[i];
        int is_number = (vocabulary->entries[word].kinds & (IN_DIGITS | NUMERAL)) != 0;
        int in_both = is_whole(diff, word);
        *new_words += !is_number && is_missing(diff, word);
        *shared_numbers += is_number && in_both;
        if (is_number && !in_both && list32_add(lacks, &word, 1))
            return -1;
    }
    return 0;
}
