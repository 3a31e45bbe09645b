/* What the files of the alignment share: its memory, and its steps.

   alignment.py and alignment_tally.py say what each step counts. */

#ifndef DEDUP_ALIGNER_H
#define DEDUP_ALIGNER_H

#include "align.h"
#include "edits.h"
#include "run_index.h"

enum { BODY = 12 }; /* words from which a kept passage is part of the body of both texts */
enum { MOST_WINDOWS = 8 }; /* of a long text, besides its beginning */

/* What is noted of a word while one pair is aligned; notes of another round do not count. */
typedef struct {
    uint64_t places;         /* among 64 words of the left text */
    uint64_t text_rounds[2]; /* round in which it occurred in that text */
    uint64_t fact_rounds[2]; /* the same for the facts of one passage */
} Note;

/* Some words of a text, by their places. */
typedef struct {
    const uint32_t *places;
    size_t count, outside; /* words of a long text between them that are not aligned */
} Passage;

typedef struct {
    size_t at, other_at, size;
} Block;

/* Words of a long text that are not aligned. */
typedef struct {
    uint32_t until; /* the first place behind them that is aligned, UINT32_MAX for none */
    uint32_t words;
} Gap;

/* One of the two texts, and its running counts. */
typedef struct {
    const WordSequence *sequence;
    uint32_t *chosen;  /* the places in it that are aligned */
    uint32_t *words;   /* these, parted where the other text writes one as two */
    uint32_t *origins; /* the place of each in the sequence */
    uint8_t *kinds;    /* the kind of fact that each is, 0 for none */
    uint32_t *rest;    /* of a passage: what was not moved */
    uint32_t *facts;   /* of it: what is a fact */
    uint32_t *runs;    /* each run of words by hash: one more than the place, 0 for none */
    size_t chosen_count, count;
    size_t chosen_room, words_room, origins_room, kinds_room, rest_room, facts_room, runs_room, runs_mask;
    Gap gaps[MOST_WINDOWS + 2];
    size_t gap_count;
    int runs_known, ahead_known, any_name;
    int64_t moved, new_words, fresh, new_first, fresh_first, facts_first, longest_new, fresh_together, ahead;
    int64_t own_lead; /* counted where stamps are left out too, so it is set to 0 before them */
} Side;

struct Aligner {
    const Vocabulary *vocabulary;
    size_t most; /* two texts of this many words are aligned in one piece */
    size_t long_text; /* of a text of this many words, windows are aligned with a much shorter one */
    Note *notes;
    Side sides[2]; /* the text with fewer words first */
    uint64_t *matrix;
    Block *blocks; /* from the last to the first */
    uint8_t *carries;
    uint32_t *letters[2]; /* of passages written together */
    uint64_t *hits;       /* of a long text and a much shorter one: runs that both have */
    uint8_t *covered;     /* of each run of the shorter: whether a window has it */
    size_t notes_room, matrix_room, blocks_room, carries_room, letters_room[2], hits_room, covered_room, block_count;
    uint64_t text_round, fact_round;
    EditRoom edits;
    int mirrored; /* whether the first side is the right text */
    int64_t kept, kept_facts, kept_names, in_runs, runs, longest, slots, fact_slots, likely_names, exchanged[2];
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

/* A passage written without its spaces; a single word is not copied. */
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

/* align_texts.c: which words of the two texts are aligned. */

/* Take the words without the flag `left_out`. */
int choose_words(Side *side, const WordSequence *sequence, int left_out);

/* align_windows.c */

/* Which of two texts is long and so much longer than the other that only windows of it are aligned; -1 if neither. */
int much_longer(const Aligner *aligner, WordSequence *const texts[2]);

/* Take the words around what a much shorter text shares with a long one, and those that open it. */
int choose_windows(Aligner *aligner, Side *side, WordSequence *sequence, const Side *shorter, int left_out);

/* How many words of a long text are in no window: ahead of one of its aligned words, or all for their count. */
int64_t outside_before(const Side *side, size_t at);

/* align_texts.c */

/* Put the texts in their order, and split the words of each that the other writes as two. */
int begin_texts(Aligner *aligner);

/* align_stamps.c: leave out the stamps; the texts are to be begun again where there were any: 1. */
int leave_stamps(Aligner *aligner);

/* align_blocks.c: list the passages that both texts have in the same order. */
int find_blocks(Aligner *aligner);

/* align_anchors.c: list the runs that occur once in each of two long texts, between two places of each: as many as
   have the same order in both. The caller frees them. */
int find_anchors(const Aligner *aligner, Block start, Block end, Block **anchors, size_t *count);

/* align_moved.c: count and take out the runs that occur elsewhere in the other text. */
int leave_moved(Aligner *aligner, int which, size_t start, size_t end, Passage *passage);

/* Words of the longest passage that both texts have, at whatever places. -1 if memory ran out. */
int64_t longest_shared(Aligner *aligner);

/* align_lead.c: a statement of a text's own among its first words. */

/* Note a new passage of `fresh` words that neither the other text nor boilerplate has, if it may be a statement. */
void note_lead(Aligner *aligner, int which, Passage passage, Passage facing, int64_t fresh);

/* Note the lines before `end` that are left out as stamps but may be a statement. */
void note_lead_lines(Aligner *aligner, int which, size_t end);

/* align_spellings.c */

/* Write a passage of one word or more without its spaces. */
int spell(Aligner *aligner, int which, Passage passage, Spelling *spelling);

/* Whether one is another spelling of the other: a quarter of the letters of the longer may differ. -1 for
   no memory. */
int alike(Aligner *aligner, Spelling one, Spelling other);

/* The same of a word and any word of a passage of the text `which`. */
int alike_to_any(Aligner *aligner, uint32_t word, int which, Passage facing);

/* align_facts.c: count the facts that replace each other in two passages: numbers and dates, and names. */
int exchange_facts(Aligner *aligner, Passage was, Passage now, int64_t counts[2]);

/* align_changed.c */

/* Count a passage that both have. */
void count_kept(Aligner *aligner, Block kept);

/* Count what the left and the right text have at the same position. */
int count_changed(Aligner *aligner, Block start, Block end);

#endif
