/* The words of a text that are left out before it is aligned. The twin of left_out.py. */

#include "read_text.h"

#include <string.h>

enum {
    STAMP_LINES = 3, /* at either end of a text that may be stamps: a date, a clock, a code, a counter */
    STAMP = 20,      /* words of such a line, at most; a fourth of them are numbers or dates, or more;
                        two letters of a script without spaces are about as long as one */
    BODY = 20,       /* words that must be left of a text without its stamps; six tenths of it, or more */
    OWN = 5,         /* words that must be left of a text without its boilerplate */
    REPEATED = 10,   /* words in a row that occur earlier in the same text; three tenths of it must remain */
};

static int is_fact(const WordSequence *sequence, const Vocabulary *vocabulary, size_t at)
{
    return (vocabulary->entries[sequence->words[at]].kinds & (IN_DIGITS | DATE)) != 0;
}

/* Whether the words from `start` on, before `end`, are a stamp. */
static int is_stamp(const WordSequence *sequence, const Vocabulary *vocabulary, size_t start, size_t end)
{
    size_t facts = 0, unspaced = 0;
    for (size_t at = start; at < end; at++) {
        facts += (size_t)is_fact(sequence, vocabulary, at);
        unspaced += (size_t)is_unspaced_word(vocabulary, sequence->words[at]);
    }
    size_t size = end - start - unspaced / 2;
    return size <= STAMP && 4 * facts >= size;
}

/* Mark the words of stamps in `gone`; returns how many words are left. */
static size_t mark_stamps(const WordSequence *sequence, const Vocabulary *vocabulary, uint8_t *gone)
{
    size_t count = sequence->count, start = 0, end, left = count;
    for (int line = 0; line < STAMP_LINES && start < count; line++, start = end) {
        end = start + 1;
        while (end < count && !(sequence->flags[end] & BEGINS_LINE))
            end++;
        if (!is_stamp(sequence, vocabulary, start, end))
            break;
        memset(gone + start, 1, end - start);
    }
    end = count;
    for (int line = 0; line < STAMP_LINES && end; line++, end = start) {
        start = end - 1;
        while (start && !(sequence->flags[start] & BEGINS_LINE))
            start--;
        if (!is_stamp(sequence, vocabulary, start, end))
            break;
        memset(gone + start, 1, end - start);
    }
    for (size_t at = 0; at < count; at++)
        left -= gone[at];
    return left;
}

/* List the places of words outside stamps. */
static size_t list_body(LeavingOut *room, const WordSequence *sequence, const Vocabulary *vocabulary)
{
    size_t count = sequence->count, listed = 0;
    memset(room->gone, 0, count);
    size_t left = mark_stamps(sequence, vocabulary, room->gone);
    int all = left < BODY || 5 * left < 3 * count;
    for (size_t at = 0; at < count; at++)
        if (all || !room->gone[at])
            room->places[listed++] = (uint32_t)at;
    return listed;
}

static int same_run(const uint32_t *words, const uint32_t *one, const uint32_t *other)
{
    for (int i = 0; i < REPEATED; i++)
        if (words[one[i]] != words[other[i]])
            return 0;
    return 1;
}

/* Mark in `gone` the places that belong to a run which occurred before; returns how many others there are, or -1. */
static int64_t mark_repeated(LeavingOut *room, const uint32_t *words, size_t count, uint64_t seed)
{
    size_t runs = count < REPEATED ? 0 : count - REPEATED + 1, slots = 16, left = count;
    const uint32_t *places = room->places;
    uint64_t factor = seed | 1, power = 1, hash = 0;
    while (slots < 2 * runs)
        slots *= 2;
    uint32_t *table = more_room(room->slots, &room->slot_room, slots, sizeof *table);
    if (!table)
        return -1;
    room->slots = table;
    memset(table, 0, slots * sizeof *table);
    memset(room->gone, 0, count);
    for (int i = 0; i < REPEATED; i++)
        power *= factor;
    for (size_t i = 0; i < count; i++) {
        hash = hash * factor + words[places[i]] + 1;
        if (i >= REPEATED)
            hash -= power * ((uint64_t)words[places[i - REPEATED]] + 1);
        if (i + 1 < REPEATED)
            continue;
        size_t start = i + 1 - REPEATED, at = (size_t)((hash ^ hash >> 32) * 0xD6E8FEB86659FD93u >> 32) & (slots - 1);
        while (table[at] && !same_run(words, places + table[at] - 1, places + start))
            at = (at + 1) & (slots - 1);
        if (table[at])
            memset(room->gone + start, 1, REPEATED);
        else
            table[at] = (uint32_t)start + 1;
    }
    for (size_t i = 0; i < count; i++)
        left -= room->gone[i];
    return (int64_t)left;
}

/* Flag all words but those at so many places, and of these the repeated ones too. */
static int flag_others(LeavingOut *room, WordSequence *sequence, size_t count, uint64_t seed, uint8_t flag)
{
    int64_t left = mark_repeated(room, sequence->words, count, seed);
    if (left < 0)
        return -1;
    if (10 * (size_t)left < 3 * count)
        memset(room->gone, 0, count);
    for (size_t at = 0, next = 0; at < sequence->count; at++) {
        int kept = next < count && room->places[next] == at;
        if (!kept || room->gone[next])
            sequence->flags[at] |= flag;
        next += (size_t)kept;
    }
    return 0;
}

/* Remove places of boilerplate from the list, unless hardly any would be left; returns how many are left. */
static size_t without_boilerplate(uint32_t *places, size_t count, const uint8_t *flags)
{
    size_t own = 0;
    for (size_t i = 0; i < count; i++)
        own += !(flags[places[i]] & IS_BOILERPLATE);
    if (own < OWN)
        return count;
    own = 0;
    for (size_t i = 0; i < count; i++) {
        places[own] = places[i];
        own += !(flags[places[i]] & IS_BOILERPLATE);
    }
    return own;
}

int leave_out(LeavingOut *room, WordSequence *sequence, const Vocabulary *vocabulary)
{
    uint32_t *places = more_room(room->places, &room->place_room, sequence->count, sizeof *places);
    if (!places)
        return -1;
    room->places = places;
    uint8_t *gone = more_room(room->gone, &room->gone_room, sequence->count, sizeof *gone);
    if (!gone)
        return -1;
    room->gone = gone;
    size_t body = list_body(room, sequence, vocabulary);
    if (flag_others(room, sequence, body, vocabulary->seed, LEFT_OUT_WHOLE))
        return -1;
    size_t own = without_boilerplate(places, body, sequence->flags);
    if (own < body)
        return flag_others(room, sequence, own, vocabulary->seed, LEFT_OUT);
    for (size_t at = 0; at < sequence->count; at++)
        sequence->flags[at] |= sequence->flags[at] & LEFT_OUT_WHOLE ? LEFT_OUT : 0;
    return 0;
}
