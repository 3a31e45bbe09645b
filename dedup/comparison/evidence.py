"""Aligned pairs and their contexts -> the measures that the verdict is read from, as columns.

A share is of the words of a text, 0 to 1. *New* words of one text are those without a counterpart at their
place in the other and not moved there; *fresh* ones are nowhere in the other, another spelling aside.

| measure | what it is |
|---|---|
| containment | shingles that both texts have, over those of the text with fewer |
| cover_more | the larger share of words that a text has in common with the other |
| run4 | share of the shorter text in kept passages of four words or more, or moved |
| longest_kept | words of the longest kept passage, over all that are kept |
| own | new words of the shorter text, over the square root of its words |
| longest_new | ln(1 + new words of one passage), 200 at most, of the shorter text |
| ff40_less | share of the first 40 words that are fresh, of the text with the smaller share |
| nw25_less | share of the first 25 words that are new, of the text with the smaller share |
| nw25_shorter | the same, of the shorter text |
| runs_n | ln(1 + kept passages of four words or more), 60 at most |
| slots_n | ln(1 + slots), 60 at most: short passages in each other's place |
| slots_fact | slots that exchange a fact, over all slots and one |
| facts | facts and names exchanged, words that may be names too, over these, those kept, and one |
| names_n | ln(1 + names exchanged, words that may be names too) |
| lead_facts | ln(1 + facts among the first 40 words that are fresh), of the text with fewer |
| kept_names_n | ln(1 + names kept), 60 at most |
| boilerplate | boilerplate that both hold, over that and the words kept |
| lost | share of words left out before aligning, of the text with the smaller share |
| fresh_more | ln(1 + fresh words), 1,000 at most, of the text with more of them |
| title | likeness of the titles, less 0.6; 0 if one is missing |
| hours | ln(1 + hours apart), 30 days at most, less that of a day; 0 if a date is missing |
| same_hours | the same, at least 0; 0 if the sources differ |
| other | 1 if the sources differ, 0 if they are the same, 0.5 if one is unknown |
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.core.alignment import AlignmentCount as Count

type Column = NDArray[np.float64]

A_DAY, MOST_HOURS = 24, 720
"""Hours that an unknown date stands for, and above which more say no more."""
USUAL_LIKENESS = 0.6
"""Likeness of titles that an unknown one stands for."""
MOST, MOST_FRESH, MOST_TOGETHER = 60, 1000, 200
"""Slots, passages or names, fresh words, and those of one passage, of which more say no more: chance fills
slots in long texts."""
FIRST_FRESH, FIRST_NEW = 40, 25
"""Words that open a text: among them fresh and new ones are counted."""


def evidence(aligned: Alignments, contexts: Contexts, overlaps: Overlaps) -> Mapping[str, Column]:
    """Return every measure, one row per pair; the same when left and right are exchanged."""
    one, sides = aligned.one, aligned.sides
    words, new = np.maximum(sides(Count.WORDS), 1), sides(Count.NEW)
    shorter = _shorter(aligned)
    new_first = sides(Count.NEW_FIRST) / np.minimum(words, FIRST_NEW)
    names = one(Count.EXCHANGED_NAMES) + one(Count.LIKELY_NAMES)
    exchanged = one(Count.EXCHANGED) + names
    kept_facts = one(Count.KEPT_FACTS) + one(Count.KEPT_NAMES)
    boilerplate = one(Count.BOILERPLATE)
    left_out = 1 - sides(Count.WORDS) / np.maximum(sides(Count.WHOLE_WORDS), 1)
    apart = _apart(contexts.hours)
    return {
        "containment": overlaps.containment,
        "cover_more": (1 - new / words).max(axis=1),
        "run4": np.minimum(1, (one(Count.IN_RUNS) + _of(sides(Count.MOVED), shorter)) / _of(words, shorter)),
        "longest_kept": one(Count.LONGEST) / np.maximum(one(Count.KEPT), 1),
        "own": _of(new, shorter) / np.sqrt(_of(words, shorter)),
        "longest_new": np.log1p(np.minimum(_of(sides(Count.LONGEST_NEW), shorter), MOST_TOGETHER)),
        "ff40_less": (sides(Count.FRESH_FIRST) / np.minimum(words, FIRST_FRESH)).min(axis=1),
        "nw25_less": new_first.min(axis=1),
        "nw25_shorter": np.take_along_axis(new_first, shorter[:, None], axis=1)[:, 0],
        "runs_n": np.log1p(np.minimum(one(Count.RUNS), MOST)),
        "slots_n": np.log1p(np.minimum(one(Count.SLOTS), MOST)),
        "slots_fact": one(Count.FACT_SLOTS) / (one(Count.SLOTS) + 1),
        "facts": exchanged / (exchanged + kept_facts + 1),
        "names_n": np.log1p(names),
        "lead_facts": np.log1p(sides(Count.FACTS_FIRST).min(axis=1)),
        "kept_names_n": np.log1p(np.minimum(one(Count.KEPT_NAMES), MOST)),
        "boilerplate": boilerplate / np.maximum(boilerplate + one(Count.KEPT), 1),
        "lost": left_out.clip(0).min(axis=1),
        "fresh_more": np.log1p(np.minimum(sides(Count.FRESH).max(axis=1), MOST_FRESH)),
        "title": np.where(np.isnan(contexts.title), 0, contexts.title - USUAL_LIKENESS),
        "hours": apart,
        "same_hours": np.where(contexts.other_source == 1, 0, np.maximum(apart, 0)),
        "other": contexts.other_source,
    }


def longer_cover(aligned: Alignments) -> Column:
    """Return the share of the longer text that it has in common with the other."""
    longer = 1 - _shorter(aligned)
    new, words = _of(aligned.sides(Count.NEW), longer), _of(aligned.sides(Count.WORDS), longer)
    cover: Column = 1 - new / np.maximum(words, 1)
    return cover


def _shorter(aligned: Alignments) -> NDArray[np.int64]:
    """Find which text has fewer words: 0 left, 1 right; of equals the one with less that is its own."""
    order = np.zeros(len(aligned), dtype=np.int64)
    for count in (Count.WORDS, Count.NEW, Count.MOVED, Count.LONGEST_NEW, Count.NEW_FIRST):
        left, right = aligned.sides(count).T
        order = np.where(order == 0, right - left, order)
    shorter: NDArray[np.int64] = (order < 0).astype(np.int64)
    return shorter


def _of(sides: NDArray[np.int64], side: NDArray[np.int64]) -> NDArray[np.int64]:
    """Take the left or the right count of each pair."""
    chosen: NDArray[np.int64] = np.take_along_axis(sides, side[:, None], axis=1)[:, 0]
    return chosen


def _apart(hours: Column) -> Column:
    known = np.log1p(np.minimum(hours, MOST_HOURS)) - np.log1p(A_DAY)
    return np.where(np.isnan(hours), 0, known)
