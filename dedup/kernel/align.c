/* Two texts word by word: what is kept, moved, respelt, exchanged and new. The twin of alignment.py.

   The alignment is that of fewest insertions and deletions: Hyyroe, "Bit-parallel LCS-length computation
   revisited", 2004, with its matrix kept, 64 words of the left text at a time. Of equal paths it takes the
   one that the twin takes: from the end, words that only the left text has come first. */

#include "compiled.h"

#include <stdlib.h>
#include <string.h>

/* alignment.py says what these are. */
enum { LEAD = 50, BODY = 12, CHANCE = 3, MOVED = 4, SLOT = 3, SPELT = 4, SPELT_TO = 1000, RESPELT_WITHIN = 8 };

enum { BITS = 64 };

/* What is noted of a word while one pair is aligned; notes of another round are none. */
typedef struct {
    uint64_t places;         /* among 64 words of the left text */
    uint64_t text_rounds[2]; /* round in which it stood in that text */
    uint64_t fact_rounds[2]; /* the same for the facts of one passage */
} Note;

/* A passage of words. */
typedef struct {
    const uint32_t *words;
    size_t count;
} Passage;

typedef struct {
    size_t at, other_at, size;
} Block;

/* One of the two texts, and its running counts. */
typedef struct {
    Passage text;
    uint32_t *parted; /* its words, where some of them had lost a blank */
    uint32_t *rest;   /* of a passage: what was not moved */
    uint32_t *facts;
    uint32_t *runs; /* each `MOVED` words in a row by hash: one more than the place, 0 for none */
    size_t parted_room, rest_room, facts_room, runs_room, runs_mask;
    int runs_known, ahead_known;
    int64_t moved, new_words, fresh, ahead;
} Side;

struct Aligner {
    const Lexicon *lexicon;
    Note *notes;
    Side sides[2];
    uint64_t *matrix;
    Block *blocks;
    uint8_t *carries;
    uint32_t *letters[2]; /* of passages written together */
    size_t matrix_room, blocks_room, carries_room, letters_room[2], block_count;
    uint64_t text_round, fact_round;
    EditRoom edits;
    int64_t kept, kept_facts, slots, exchanged, in_lead;
    Shown *shown;
};

Aligner *aligner_new(const Lexicon *lexicon)
{
    Aligner *aligner = calloc(1, sizeof *aligner);
    if (!aligner)
        return NULL;
    aligner->lexicon = lexicon;
    aligner->notes = calloc(lexicon->count + 1, sizeof *aligner->notes);
    if (aligner->notes)
        return aligner;
    free(aligner);
    return NULL;
}

void aligner_free(Aligner *aligner)
{
    if (!aligner)
        return;
    for (int which = 0; which < 2; which++) {
        free(aligner->sides[which].parted);
        free(aligner->sides[which].rest);
        free(aligner->sides[which].facts);
        free(aligner->sides[which].runs);
        free(aligner->letters[which]);
    }
    free(aligner->notes);
    free(aligner->matrix);
    free(aligner->blocks);
    free(aligner->carries);
    free(aligner->edits.steps);
    free(aligner);
}

static inline const Entry *entry_of(const Aligner *aligner, uint32_t word)
{
    return aligner->lexicon->entries + word;
}

/* The texts */

static int letters_order(const Lexicon *lexicon, uint32_t one, uint32_t other)
{
    const Entry *ours = lexicon->entries + one, *theirs = lexicon->entries + other;
    const uint32_t *a = lexicon->letters + ours->start, *b = lexicon->letters + theirs->start;
    for (size_t i = 0; i < ours->length && i < theirs->length; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return ours->length < theirs->length ? -1 : ours->length > theirs->length;
}

/* Whether the left text is the second of the two: the one with more words, or with later ones. */
static int is_second(const Lexicon *lexicon, const Reading *left, const Reading *right)
{
    if (left->count != right->count)
        return left->count > right->count;
    for (size_t i = 0; i < left->count; i++)
        if (left->words[i] != right->words[i])
            return letters_order(lexicon, left->words[i], right->words[i]) > 0;
    return 0;
}

static inline int stands_in(const Aligner *aligner, uint32_t word, int which)
{
    return aligner->notes[word].text_rounds[which] == aligner->text_round;
}

static void note_texts(Aligner *aligner)
{
    aligner->text_round++;
    for (int which = 0; which < 2; which++) {
        const Passage *text = &aligner->sides[which].text;
        for (size_t i = 0; i < text->count; i++)
            aligner->notes[text->words[i]].text_rounds[which] = aligner->text_round;
    }
}

/* Part the words of a text that the other has not and writes as two. Gives whether there were any. */
static int part_words(Aligner *aligner, int which, const Reading *own, const Reading *other)
{
    Side *side = aligner->sides + which;
    uint32_t *to = more_room(side->parted, &side->parted_room, 2 * own->count, sizeof *to);
    size_t count = 0;
    if (!to)
        return -1;
    side->parted = to;
    for (size_t i = 0; i < own->count; i++) {
        uint32_t word = own->words[i];
        const uint32_t *parts =
            stands_in(aligner, word, !which) ? NULL : reading_parts(other, aligner->lexicon, word);
        to[count++] = parts ? parts[0] : word;
        if (parts)
            to[count++] = parts[1];
    }
    side->text = (Passage){to, count};
    return count > own->count;
}

static int side_begin(Side *side, const Reading *reading)
{
    uint32_t *rest = more_room(side->rest, &side->rest_room, 2 * reading->count, sizeof *rest);
    if (!rest)
        return -1;
    side->rest = rest;
    uint32_t *facts = more_room(side->facts, &side->facts_room, 2 * reading->count, sizeof *facts);
    if (!facts)
        return -1;
    side->facts = facts;
    side->text = (Passage){reading->words, reading->count};
    side->runs_known = side->ahead_known = 0;
    side->moved = side->new_words = side->fresh = side->ahead = 0;
    return 0;
}

static int begin(Aligner *aligner, const Reading *left, const Reading *right)
{
    if (side_begin(aligner->sides, left) || side_begin(aligner->sides + 1, right))
        return -1;
    aligner->kept = aligner->kept_facts = aligner->slots = aligner->exchanged = aligner->in_lead = 0;
    note_texts(aligner);
    int one = part_words(aligner, 0, left, right), other = part_words(aligner, 1, right, left);
    if (one < 0 || other < 0)
        return -1;
    if (one || other)
        note_texts(aligner);
    return 0;
}

/* The passages that both hold in the same order */

/* Fill the matrix: a bit is 0 where one more word of the right text makes the common sequence longer. */
static int fill_matrix(Aligner *aligner, Passage left, Passage right)
{
    size_t columns = (left.count + BITS - 1) / BITS;
    if (right.count > SIZE_MAX / columns)
        return -1;
    uint64_t *matrix = more_room(aligner->matrix, &aligner->matrix_room, columns * right.count, sizeof *matrix);
    if (!matrix)
        return -1;
    aligner->matrix = matrix;
    uint8_t *carries = more_room(aligner->carries, &aligner->carries_room, right.count, sizeof *carries);
    if (!carries)
        return -1;
    aligner->carries = carries;
    memset(carries, 0, right.count);
    Note *notes = aligner->notes;
    for (size_t first = 0; first < left.count; first += BITS, matrix += right.count) {
        size_t last = left.count - first < BITS ? left.count : first + BITS;
        uint64_t state = ~(uint64_t)0;
        for (size_t i = first; i < last; i++)
            notes[left.words[i]].places |= (uint64_t)1 << (i - first);
        for (size_t i = 0; i < right.count; i++) {
            uint64_t both = state & notes[right.words[i]].places, sum = state + both, carried = sum + carries[i];
            carries[i] = (uint8_t)((sum < state) | (carried < sum));
            state = carried | (state - both);
            matrix[i] = state;
        }
        for (size_t i = first; i < last; i++)
            notes[left.words[i]].places = 0;
    }
    return 0;
}

/* Put a passage before those that follow it, or make the first of them longer. */
static void block_before(Aligner *aligner, size_t at, size_t other_at, size_t size)
{
    Block *last = aligner->blocks + aligner->block_count - 1;
    if (aligner->block_count && last->at == at + size && last->other_at == other_at + size)
        *last = (Block){at, other_at, last->size + size};
    else
        aligner->blocks[aligner->block_count++] = (Block){at, other_at, size};
}

static void walk_back(Aligner *aligner, size_t ahead, size_t column, size_t row, size_t rows)
{
    const uint64_t *matrix = aligner->matrix;
    while (row && column) {
        size_t left = column - 1;
        const uint64_t *states = matrix + left / BITS * rows;
        if (states[row - 1] >> left % BITS & 1)
            column--;
        else if (--row == 0 || states[row - 1] >> left % BITS & 1) {
            column--;
            block_before(aligner, ahead + column, ahead + row, 1);
        }
    }
}

/* List the passages from the last to the first. */
static int find_blocks(Aligner *aligner)
{
    Passage left = aligner->sides[0].text, right = aligner->sides[1].text;
    size_t fewer = left.count < right.count ? left.count : right.count, ahead = 0, behind = 0;
    Block *blocks = more_room(aligner->blocks, &aligner->blocks_room, fewer + 2, sizeof *blocks);
    if (!blocks)
        return -1;
    aligner->blocks = blocks;
    aligner->block_count = 0;
    while (ahead < fewer && left.words[ahead] == right.words[ahead])
        ahead++;
    while (behind < fewer - ahead && left.words[left.count - behind - 1] == right.words[right.count - behind - 1])
        behind++;
    if (behind)
        block_before(aligner, left.count - behind, right.count - behind, behind);
    Passage middle = {left.words + ahead, left.count - ahead - behind};
    Passage other = {right.words + ahead, right.count - ahead - behind};
    if (middle.count && other.count) {
        if (fill_matrix(aligner, middle, other))
            return -1;
        walk_back(aligner, ahead, middle.count, other.count, other.count);
    }
    if (ahead)
        block_before(aligner, 0, 0, ahead);
    return 0;
}

/* What moved */

static inline size_t run_slot(const Side *side, const uint32_t *run)
{
    uint64_t hash = run[0];
    for (int i = 1; i < MOVED; i++)
        hash = hash * 0x9E3779B97F4A7C15u + run[i];
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    size_t at = (size_t)(hash ^ hash >> 32) & side->runs_mask;
    while (side->runs[at] && memcmp(side->text.words + side->runs[at] - 1, run, MOVED * sizeof *run))
        at = (at + 1) & side->runs_mask;
    return at;
}

static int know_runs(Side *side)
{
    size_t slots = 16;
    if (side->runs_known)
        return 0;
    while (slots < 2 * side->text.count)
        slots *= 2;
    uint32_t *runs = more_room(side->runs, &side->runs_room, slots, sizeof *runs);
    if (!runs)
        return -1;
    side->runs = runs;
    side->runs_mask = slots - 1;
    memset(runs, 0, slots * sizeof *runs);
    for (size_t i = 0; i + MOVED <= side->text.count; i++)
        runs[run_slot(side, side->text.words + i)] = (uint32_t)i + 1;
    side->runs_known = 1;
    return 0;
}

/* Whether a run stands in the other text; most have a word that it lacks. -1 for no memory. */
static int stands_elsewhere(Aligner *aligner, int which, const uint32_t *run)
{
    Side *other = aligner->sides + !which;
    for (int i = 0; i < MOVED; i++)
        if (!stands_in(aligner, run[i], !which))
            return 0;
    return know_runs(other) ? -1 : other->runs[run_slot(other, run)] != 0;
}

/* Count and take out the runs that stand elsewhere in the other text. */
static int leave_moved(Aligner *aligner, int which, Passage *passage)
{
    Side *side = aligner->sides + which;
    size_t until = 0, count = 0;
    if (passage->count < MOVED)
        return 0;
    for (size_t i = 0; i < passage->count; i++) {
        int found = i + MOVED <= passage->count ? stands_elsewhere(aligner, which, passage->words + i) : 0;
        if (found < 0)
            return -1;
        if (found)
            until = i + MOVED;
        if (i >= until)
            side->rest[count++] = passage->words[i];
    }
    side->moved += (int64_t)(passage->count - count);
    *passage = (Passage){side->rest, count};
    return 0;
}

/* Other spellings */

/* How a passage is written without its blanks; a single word where it lies. */
typedef struct {
    const uint32_t *letters;
    size_t count;
    uint64_t marks;
} Spelling;

static Spelling spelling_of(const Aligner *aligner, uint32_t word)
{
    const Entry *entry = entry_of(aligner, word);
    return (Spelling){aligner->lexicon->letters + entry->start, entry->length, entry->marks};
}

static int spell(Aligner *aligner, int which, Passage passage, Spelling *spelling)
{
    *spelling = spelling_of(aligner, passage.words[0]);
    if (passage.count == 1)
        return 0;
    *spelling = (Spelling){0};
    for (size_t i = 0; i < passage.count; i++)
        spelling->count += entry_of(aligner, passage.words[i])->length;
    uint32_t *letters = more_room(aligner->letters[which], &aligner->letters_room[which], spelling->count,
                                  sizeof *letters);
    if (!letters)
        return -1;
    aligner->letters[which] = letters;
    spelling->letters = letters;
    for (size_t i = 0; i < passage.count; i++) {
        Spelling word = spelling_of(aligner, passage.words[i]);
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

/* Whether one is another spelling of the other: a quarter of the letters of the longer may differ. A letter
   that only one has takes an edit. */
static int alike(Aligner *aligner, Spelling one, Spelling other)
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

static int alike_to_any(Aligner *aligner, uint32_t word, Passage facing)
{
    int found = 0;
    for (size_t i = 0; !found && i < facing.count; i++)
        found = alike(aligner, spelling_of(aligner, word), spelling_of(aligner, facing.words[i]));
    return found;
}

/* What changed */

static int is_fact(const Aligner *aligner, uint32_t word)
{
    return entry_of(aligner, word)->kinds != 0;
}

/* Count a passage that stands in both. */
static void keep(Aligner *aligner, Passage passage)
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

/* Count what stands in one place of the left text and of the right. */
static int change(Aligner *aligner, Passage was, Passage now, size_t at)
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

static size_t larger_of(size_t one, size_t other)
{
    return one > other ? one : other;
}

/* Whether chance kept a passage between two larger changes. */
static int by_chance(const Block *block, const Block *next, size_t start, size_t other_start)
{
    size_t before = larger_of(block->at - start, block->other_at - other_start);
    size_t after = larger_of(next->at - block->at, next->other_at - block->other_at) - block->size;
    return block->size < CHANCE && before > block->size && after > block->size;
}

/* Go through the passages by turns changed and kept. */
static int walk(Aligner *aligner)
{
    Passage left = aligner->sides[0].text, right = aligner->sides[1].text;
    size_t start = 0, other_start = 0;
    const Block end = {left.count, right.count, 0};
    for (size_t i = aligner->block_count + 1; i-- > 0;) {
        const Block *block = i ? aligner->blocks + i - 1 : &end;
        if (i && by_chance(block, i > 1 ? block - 1 : &end, start, other_start))
            continue;
        Passage was = {left.words + start, block->at - start};
        Passage now = {right.words + other_start, block->other_at - other_start};
        if (spelt_alike(aligner->lexicon, was.words, was.count, now.words, now.count))
            keep(aligner, was);
        else if (change(aligner, was, now, start < other_start ? start : other_start))
            return -1;
        keep(aligner, (Passage){left.words + block->at, block->size});
        start = block->at + block->size;
        other_start = block->other_at + block->size;
    }
    return 0;
}

static void give(const Aligner *aligner, int mirrored, int64_t *counts)
{
    counts[KEPT] = aligner->kept;
    counts[KEPT_FACTS] = aligner->kept_facts;
    counts[SLOTS] = aligner->slots;
    counts[EXCHANGED] = aligner->exchanged;
    counts[IN_LEAD] = aligner->in_lead;
    for (int which = 0; which < 2; which++) {
        const Side *side = aligner->sides + (which ^ mirrored);
        counts[WORDS + which] = (int64_t)side->text.count;
        counts[MOVED_WORDS + which] = side->moved;
        counts[NEW_WORDS + which] = side->new_words;
        counts[FRESH + which] = side->fresh;
        counts[AHEAD + which] = side->ahead_known ? side->ahead : side->fresh;
    }
}

static void mirror(Shown *shown)
{
    Shown other = *shown;
    for (int i = 0; i < SHOWN; i++)
        for (int which = 0; which < 2; which++) {
            shown->exchanged[i][which] = other.exchanged[i][!which];
            shown->fresh[which][i] = other.fresh[!which][i];
        }
    for (int which = 0; which < 2; which++)
        shown->fresh_count[which] = other.fresh_count[!which];
}

int align_readings(Aligner *aligner, const Reading *left, const Reading *right, int64_t *counts, Shown *shown)
{
    int mirrored = is_second(aligner->lexicon, left, right);
    aligner->shown = shown;
    *shown = (Shown){0};
    if (begin(aligner, mirrored ? right : left, mirrored ? left : right) || find_blocks(aligner) || walk(aligner))
        return -1;
    give(aligner, mirrored, counts);
    if (mirrored)
        mirror(shown);
    return 0;
}
