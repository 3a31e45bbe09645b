/* What the files of the alignment share: the room it works in, and its steps.

   alignment.py says what each step counts. */

#ifndef DEDUP_ALIGNER_H
#define DEDUP_ALIGNER_H

#include "align.h"
#include "edits.h"

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
    uint32_t *runs; /* each run of words by hash: one more than the place, 0 for none */
    size_t parted_room, rest_room, facts_room, runs_room, runs_mask;
    int runs_known, ahead_known;
    int64_t moved, new_words, fresh, ahead;
} Side;

struct Aligner {
    const Vocabulary *vocabulary;
    Note *notes;
    Side sides[2];
    uint64_t *matrix;
    Block *blocks;
    uint8_t *carries;
    uint32_t *letters[2]; /* of passages written together */
    size_t notes_room, matrix_room, blocks_room, carries_room, letters_room[2], block_count;
    uint64_t text_round, fact_round;
    EditRoom edits;
    int64_t kept, kept_facts, slots, exchanged, in_lead;
    Shown *shown;
};

static inline const Entry *entry_of(const Aligner *aligner, uint32_t word)
{
    return aligner->vocabulary->entries + word;
}

static inline int stands_in(const Aligner *aligner, uint32_t word, int which)
{
    return aligner->notes[word].text_rounds[which] == aligner->text_round;
}

/* How a passage is written without its blanks; a single word where it lies. */
typedef struct {
    const uint32_t *letters;
    size_t count;
    uint64_t marks;
} Spelling;

static inline Spelling spelling_of(const Aligner *aligner, uint32_t word)
{
    const Entry *entry = entry_of(aligner, word);
    return (Spelling){aligner->vocabulary->letters + entry->start, entry->length, entry->marks};
}

static inline int is_fact(const Aligner *aligner, uint32_t word)
{
    return entry_of(aligner, word)->kinds != 0;
}

/* align_blocks.c: list the passages that both texts hold in the same order, from the last to the first. */
int find_blocks(Aligner *aligner);

/* align_moved.c: count and take out the runs that stand elsewhere in the other text. */
int leave_moved(Aligner *aligner, int which, Passage *passage);

/* align_spellings.c */

/* How a passage of one word or more is written without its blanks. */
int spell(Aligner *aligner, int which, Passage passage, Spelling *spelling);

/* Whether one is another spelling of the other: a quarter of the letters of the longer may differ. -1 for
   no memory. */
int alike(Aligner *aligner, Spelling one, Spelling other);
int alike_to_any(Aligner *aligner, uint32_t word, Passage facing);

/* align_changed.c */

/* Count a passage that stands in both. */
void count_kept(Aligner *aligner, Passage passage);

/* Count what stands in one place of the left text and of the right, which begins at `at`. */
int count_changed(Aligner *aligner, Passage was, Passage now, size_t at);

#endif
