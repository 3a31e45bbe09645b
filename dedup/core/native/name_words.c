/* The words that a text in a cased script writes as names. The twin of name_words.py. */

#include "read_text.h"

enum { CAPITAL = 1, SMALL = 2, INSIDE = 4, FOLLOWED = 8 }; /* how a text writes a word */

enum { SIGN_WITHIN = 3 }; /* units before a word in which a sign that begins a sentence is looked for */

/* Whether a sentence begins with the word at `first`. */
static int opens(const FoldTable *table, const uint16_t *units, size_t first)
{
    size_t at = first, until = first > SIGN_WITHIN ? first - SIGN_WITHIN : 0;
    while (at > until && table->raw[units[at - 1]] & RAW_WHITE)
        at--;
    return !first || (at > until && table->raw[units[at - 1]] & RAW_SENTENCE_SIGN);
}

/* Note how each word is written. Returns how many have a capital inside a sentence, and how many small letters. */
static void note_cases(const WordSequence *sequence, Entry *entries, const FoldTable *table, const uint16_t *units,
                       const uint32_t *firsts, size_t *inside, size_t *small)
{
    for (size_t i = 0; i < sequence->count; i++) {
        int flags = table->raw[units[firsts[i]]];
        Entry *entry = entries + sequence->words[i];
        if (!(flags & (RAW_UPPER | RAW_LOWER)) || entry->kinds)
            continue;
        if (flags & RAW_LOWER) {
            *small += !(entry->cases & SMALL);
            entry->cases |= SMALL;
            continue;
        }
        entry->cases |= CAPITAL;
        if (entry->cases & INSIDE || sequence->flags[i] & BEGINS_LINE || opens(table, units, firsts[i]))
            continue;
        entry->cases |= INSIDE;
        ++*inside;
    }
}

void flag_names(WordSequence *sequence, Vocabulary *vocabulary, const FoldTable *table, const uint16_t *units,
                const uint32_t *firsts)
{
    Entry *entries = vocabulary->entries;
    size_t inside = 0, small = 0;
    note_cases(sequence, entries, table, units, firsts, &inside, &small);
    if (!inside || 5 * inside > 3 * (small ? small : 1))
        return;
    for (size_t i = 0; i + 1 < sequence->count; i++) {
        uint8_t after = entries[sequence->words[i + 1]].cases;
        if (after & INSIDE && !(after & SMALL) && entries[sequence->words[i]].cases & CAPITAL)
            entries[sequence->words[i]].cases |= FOLLOWED;
    }
    for (size_t i = 0; i < sequence->count; i++) {
        uint8_t cases = entries[sequence->words[i]].cases;
        if (cases & (INSIDE | FOLLOWED) && !(cases & SMALL))
            sequence->flags[i] |= IS_NAME;
    }
}
