"""Aligned pairs and their contexts -> the measures on which the verdict is based, as columns.

Shares are fractions of the words of a text, 0 to 1. *New* words have no counterpart at the corresponding
place of the other text and were not moved; *fresh* words occur nowhere in the other text, in any spelling.

| measure | what it is |
|---|---|
| containment | shared shingles / shingles of the text with fewer |
| run4 | share of the shorter text that was moved or is in kept passages of four words or more |
| longest_kept | words of the longest kept passage / all kept words |
| own | new words of the shorter text / square root of its words |
| own_across | `own`, at most 6, times `other` |
| longest_new | ln(1 + words of the longest new passage of the shorter text, at most 200) |
| ff40_less | share of fresh words among the first 40; the smaller of the two texts |
| nw25_less | share of new words among the first 25; the smaller of the two texts |
| nw25_shorter | share of new words among the first 25 of the shorter text |
| runs_n | ln(1 + kept passages of four words or more, at most 60) |
| slots_n | ln(1 + slots, at most 60); a slot is a short passage that the other text fills differently |
| slots_fact | slots in which a fact differs / (all slots + 1) |
| facts | exchanged facts, names and likely names / (the same + kept facts and names + 1) |
| names_n | ln(1 + exchanged names and likely names) |
| lead_facts | ln(1 + fresh facts among the first 40 words); the smaller of the two texts |
| kept_names_n | ln(1 + kept names, at most 60) |
| boilerplate | words of shared boilerplate / (the same + kept words) |
| lost | share of words left out of the alignment; the smaller of the two texts |
| fresh_more | ln(1 + fresh words, at most 1,000); the larger of the two texts |
| title | similarity of the titles - 0.6; 0 if one is missing |
| hours | ln(1 + hours apart, at most 720) - ln(24); 0 if a date is missing |
| same_hours | `hours`, at least 0; 0 if the sources differ |
| filled_later | `hours`, at least 0, * min(1, 60 / words of the shorter text); 0 if no slot or fact differs |
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
"""Hours assumed for an unknown date, and the upper limit of the measure."""
USUAL_LIKENESS = 0.6
"""Similarity assumed for an unknown title."""
MOST, MOST_FRESH, MOST_TOGETHER, MOST_OWN = 60, 1000, 200, 6
"""Upper limits of slots, passages and names; of fresh words; of the new words of one passage; and of `own` in
`own_across`. Beyond them more counts no more: in long texts slots arise by chance."""
SHORT = 60
"""Words of a text up to which one that is filled in otherwise on another day is most likely of a series."""
FIRST_FRESH, FIRST_NEW = 40, 25
"""Length in words of the opening in which fresh and new words are counted."""


def evidence(aligned: Alignments, contexts: Contexts, overlaps: Overlaps) -> Mapping[str, Column]:
    """Return all measures, one row per pair; exchanging left and right makes no difference."""
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
    own = _of(new, shorter) / np.sqrt(_of(words, shorter))
    filled = (one(Count.SLOTS) > 0) | (one(Count.EXCHANGED) > 0)
    return {
        "containment": overlaps.containment,
        "run4": np.minimum(1, (one(Count.IN_RUNS) + _of(sides(Count.MOVED), shorter)) / _of(words, shorter)),
        "longest_kept": one(Count.LONGEST) / np.maximum(one(Count.KEPT), 1),
        "own": own,
        "own_across": contexts.other_source * np.minimum(own, MOST_OWN),
        "longest_new": np.log1p(np.minimum(_of(sides(Count.LONGEST_NEW), shorter), MOST_TOGETHER)),
        "ff40_less": (sides(Count.FRESH_FIRST) / np.minimum(words, FIRST_FRESH)).min(axis=1),
        "nw25_less": new_first.min(axis=1),
        "nw25_shorter": _of(new_first, shorter),
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
        "filled_later": np.maximum(apart, 0) * filled * np.minimum(1, SHORT / _of(words, shorter)),
        "other": contexts.other_source,
    }


def longer_cover(aligned: Alignments) -> Column:
    """Return the share of the longer text that it has in common with the other."""
    longer = 1 - _shorter(aligned)
    new, words = _of(aligned.sides(Count.NEW), longer), _of(aligned.sides(Count.WORDS), longer)
    cover: Column = 1 - new / np.maximum(words, 1)
    return cover


def _shorter(aligned: Alignments) -> NDArray[np.int64]:
    """Return which text has fewer words, 0 for left, 1 for right; ties go to the one with fewer new words."""
    order = np.zeros(len(aligned), dtype=np.int64)
    for count in (Count.WORDS, Count.NEW, Count.MOVED, Count.LONGEST_NEW, Count.NEW_FIRST):
        left, right = aligned.sides(count).T
        order = np.where(order == 0, right - left, order)
    shorter: NDArray[np.int64] = (order < 0).astype(np.int64)
    return shorter


def _of[Kind: np.generic](sides: NDArray[Kind], side: NDArray[np.int64]) -> NDArray[Kind]:
    """Select the left or the right value of each pair."""
    return np.where(side == 0, sides[:, 0], sides[:, 1])


def _apart(hours: Column) -> Column:
    known = np.log1p(np.minimum(hours, MOST_HOURS)) - np.log1p(A_DAY)
    return np.where(np.isnan(hours), 0, known)
