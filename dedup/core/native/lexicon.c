/* The words of many texts as numbers: equal spelling, equal number, told by the letters and not by hashes
   alone. */

#include "fold.h"
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#define BASE 0x9E3779B97F4A7C15u /* of a polynomial: the hash of two words written together comes from theirs */

static inline uint64_t finished(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

void lexicon_clear(Lexicon *lexicon)
{
    free(lexicon->entries);
    free(lexicon->letters);
    free(lexicon->slots);
    *lexicon = (Lexicon){0};
}

/* A slot holds one more than a number, under the upper half of its hash: most others are told by that. */
static inline uint64_t slot_of(uint64_t hash, size_t number)
{
    return hash >> 32 << 32 | (number + 1);
}

static inline int may_be(uint64_t slot, uint64_t hash)
{
    return slot >> 32 == hash >> 32;
}

static inline uint32_t number_in(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

static void slot_in(Lexicon *lexicon, uint32_t word)
{
    uint64_t hash = lexicon->entries[word].hash;
    size_t at = (size_t)hash & lexicon->mask;
    while (lexicon->slots[at])
        at = (at + 1) & lexicon->mask;
    lexicon->slots[at] = slot_of(hash, word);
}

/* Room for so many more words and letters; half of the slots stay empty. */
static int lexicon_reserve(Lexicon *lexicon, size_t words, size_t letters)
{
    size_t all = lexicon->count + words, slots = 1024;
    Entry *entries = more_room(lexicon->entries, &lexicon->room, all, sizeof *entries);
    if (!entries || all > UINT32_MAX / 4)
        return -1;
    lexicon->entries = entries;
    uint32_t *more = more_room(lexicon->letters, &lexicon->letter_room, lexicon->letter_count + letters,
                               sizeof *more);
    if (!more)
        return -1;
    lexicon->letters = more;
    if (lexicon->slots && 2 * all <= lexicon->mask)
        return 0;
    while (slots < 4 * all)
        slots *= 2;
    uint64_t *fresh = calloc(slots, sizeof *fresh);
    if (!fresh)
        return -1;
    free(lexicon->slots);
    lexicon->slots = fresh;
    lexicon->mask = slots - 1;
    for (size_t i = 0; i < lexicon->count; i++)
        slot_in(lexicon, (uint32_t)i);
    return 0;
}

static inline int is_digit(uint32_t letter)
{
    return letter >= '0' && letter <= '9';
}

/* Write the code points of UTF-16 units, as folding leaves them: no half of a pair without the other. */
static size_t put_letters(uint32_t *to, const uint16_t *units, size_t count)
{
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = units[i];
        if (UNLIKELY(letter >> 10 == 0x36 && i + 1 < count)) {
            i++;
            letter = 0x10000 + ((letter & 0x3FF) << 10 | (uint32_t)(units[i] & 0x3FF));
        }
        to[letters++] = letter;
    }
    return letters;
}

/* The number of a word; the lexicon has room for it. */
static uint32_t number_of(Lexicon *lexicon, const uint16_t *units, size_t count)
{
    uint32_t *letters = lexicon->letters + lexicon->letter_count;
    Entry entry = {.start = lexicon->letter_count, .length = put_letters(letters, units, count), .power = 1};
    for (size_t i = 0; i < entry.length; i++) {
        entry.polynomial = entry.polynomial * BASE + letters[i] + 1;
        entry.power *= BASE;
        entry.marks |= (uint64_t)1 << (letters[i] & 63);
    }
    entry.hash = finished(entry.polynomial);
    size_t at = (size_t)entry.hash & lexicon->mask;
    for (; lexicon->slots[at]; at = (at + 1) & lexicon->mask) {
        if (!may_be(lexicon->slots[at], entry.hash))
            continue;
        const Entry *known = lexicon->entries + number_in(lexicon->slots[at]);
        if (known->length == entry.length &&
            !memcmp(lexicon->letters + known->start, letters, entry.length * sizeof *letters))
            return number_in(lexicon->slots[at]);
    }
    entry.kinds = entry.length && is_digit(letters[0]) ? IN_DIGITS : 0;
    lexicon->entries[lexicon->count] = entry;
    lexicon->letter_count += entry.length;
    lexicon->slots[at] = slot_of(entry.hash, lexicon->count);
    return (uint32_t)lexicon->count++;
}

int lexicon_mark(Lexicon *lexicon, const uint16_t *units, size_t count, int kind)
{
    if (lexicon_reserve(lexicon, 1, count))
        return -1;
    uint32_t word = number_of(lexicon, units, count);
    lexicon->entries[word].kinds |= (uint8_t)kind;
    return 0;
}

static uint64_t glued_hash(const Lexicon *lexicon, const uint32_t *two)
{
    const Entry *one = lexicon->entries + two[0], *other = lexicon->entries + two[1];
    return finished(one->polynomial * other->power + other->polynomial);
}

static const uint32_t *spelt(const Lexicon *lexicon, const Entry *entry)
{
    return lexicon->letters + entry->start;
}

int spelt_alike(const Lexicon *lexicon, const uint32_t *ours, size_t our_count, const uint32_t *theirs,
                size_t their_count)
{
    size_t letters = 0, their_letters = 0;
    for (size_t i = 0; i < our_count; i++)
        letters += lexicon->entries[ours[i]].length;
    for (size_t i = 0; i < their_count; i++)
        their_letters += lexicon->entries[theirs[i]].length;
    if (letters != their_letters)
        return 0;
    for (size_t at = 0, other_at = 0; letters; letters--) {
        const Entry *one = lexicon->entries + *ours, *other = lexicon->entries + *theirs;
        if (spelt(lexicon, one)[at++] != spelt(lexicon, other)[other_at++])
            return 0;
        if (at == one->length)
            at = 0, ours++;
        if (other_at == other->length)
            other_at = 0, theirs++;
    }
    return 1;
}

void reading_clear(Reading *reading)
{
    free(reading->glued); /* one block with the words */
    *reading = (Reading){0};
}

/* Slot each two neighbours by what they give written together; of equals the last pair counts. */
static void reading_glue(Reading *reading, const Lexicon *lexicon)
{
    for (size_t i = 0; i + 1 < reading->count; i++) {
        const uint32_t *two = reading->words + i;
        uint64_t hash = glued_hash(lexicon, two);
        size_t at = (size_t)hash & reading->mask;
        for (; reading->glued[at]; at = (at + 1) & reading->mask) {
            const uint32_t *known = reading->words + number_in(reading->glued[at]);
            if (may_be(reading->glued[at], hash) && spelt_alike(lexicon, known, 2, two, 2))
                break;
        }
        reading->glued[at] = slot_of(hash, i);
    }
}

const uint32_t *reading_parts(const Reading *reading, const Lexicon *lexicon, uint32_t word)
{
    uint64_t hash = lexicon->entries[word].hash;
    for (size_t at = (size_t)hash & reading->mask; reading->glued[at]; at = (at + 1) & reading->mask) {
        const uint32_t *two = reading->words + number_in(reading->glued[at]);
        if (may_be(reading->glued[at], hash) && spelt_alike(lexicon, two, 2, &word, 1))
            return two;
    }
    return NULL;
}

/* Where the word at `at` ends. */
static size_t word_end(const uint16_t *units, size_t count, size_t at)
{
    int digits = is_digit(units[at]);
    while (at < count && units[at] != SPACE && is_digit(units[at]) == digits)
        at++;
    return at;
}

int reading_fill(Reading *reading, Lexicon *lexicon, const uint16_t *units, size_t count, size_t most)
{
    size_t words = 0, slots = 16, used = 0;
    for (size_t at = 0, end; at < count && words < most; at = end + (end < count && units[end] == SPACE)) {
        used = end = word_end(units, count, at);
        words++;
    }
    if (lexicon_reserve(lexicon, words, used))
        return -1;
    while (slots < 2 * words)
        slots *= 2;
    reading->glued = calloc(slots + words / 2 + 1, sizeof *reading->glued);
    if (!reading->glued)
        return -1;
    reading->words = (uint32_t *)(reading->glued + slots);
    reading->mask = slots - 1;
    for (size_t at = 0, end; reading->count < words; at = end + (end < count && units[end] == SPACE)) {
        end = word_end(units, count, at);
        reading->words[reading->count++] = number_of(lexicon, units + at, end - at);
    }
    reading_glue(reading, lexicon);
    return 0;
}
