"""Pairs of texts that are equal but for a few figures, a few words, or names.

Labelled pairs of real stories hold next to none of these, so a model learnt from them does not know them,
and a rule decides. A story with one or two other figures is a copy with a changed figure, and one with a few
other words, such as a byline, is a copy; a short text in which only names differ is the same notice for
another person, match or animal.
"""

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.pair_columns import Alignments
from dedup.core.alignment import AlignmentCount as Count

type Flags = NDArray[np.bool_]

MOST_FIGURES = 2
"""Figures that are changed, at most."""
STORY, LONG_STORY = 30, 60
"""Words for each changed figure, at least: where as many facts are kept as are changed, and where fewer."""
LITTLE = 15
"""Words of a long story for each new word, at least. Chosen on the pairs of `benchmarks.fit` and the stamped
stories of `benchmarks.robust`."""
CLOSE = 12
"""Hours apart from which a figure that differs may be that of the next report."""
NOTICE = 40
"""Words for each exchanged word of a name, at most."""
A_NAME = 3
"""Words of a name that no capital marks, at most; in a script without spaces, letters."""
ONE_WORD_NOTICE, NAME_NOTICE = 60, 80
"""Words from which a text is no notice in which such a name is filled in: if it has one word, and if more."""
OF_MANY = 4
"""Facts kept for each exchanged word of a name from which that is one changed fact of many."""


def equal_but_for_figures(aligned: Alignments, contexts: Contexts) -> Flags:
    """Find the pairs of stories that differ in a figure or two, and are close in time or undated."""
    changed = aligned.one(Count.EXCHANGED)
    words = _words(aligned)
    kept = aligned.one(Count.KEPT_FACTS) + aligned.one(Count.KEPT_NAMES)
    story: Flags = words >= np.where(kept >= changed, STORY, LONG_STORY) * changed
    few: Flags = (changed > 0) & (changed <= MOST_FIGURES) & (_names(aligned) == 0)
    return few & story & _nothing_else(aligned, changed, changed) & ~(contexts.hours >= CLOSE)


def equal_but_for_little(aligned: Alignments, contexts: Contexts) -> Flags:
    """Find the pairs of long stories in which next to nothing differs, close in time or undated."""
    words, names = _words(aligned), _names(aligned)
    new = aligned.sides(Count.NEW).max(axis=1)
    moved = aligned.sides(Count.MOVED).any(axis=1)
    few: Flags = (aligned.one(Count.EXCHANGED) <= MOST_FIGURES) & (words >= LONG_STORY * names)
    little: Flags = (words >= LONG_STORY) & (words >= LITTLE * new) & ~moved
    return few & little & ~(contexts.hours >= CLOSE)


def equal_but_for_names(aligned: Alignments, contexts: Contexts) -> Flags:
    """Find the pairs of short texts, not known to be of different sources, that differ in names."""
    names = _names(aligned)
    kept = aligned.one(Count.KEPT_FACTS) + aligned.one(Count.KEPT_NAMES)
    notice: Flags = (names > 0) & (_words(aligned) <= NOTICE * names) & (kept < OF_MANY * names)
    # A name may have more words than the one in its place, and a place may have one word.
    return notice & _nothing_else(aligned, 2 * names, 3 * names) & (contexts.other_source < 1)


def equal_but_for_a_word(aligned: Alignments, contexts: Contexts) -> Flags:
    """Find the pairs of short texts, not known to be of different sources, with one slot of one word.

    It is fresh on both sides. In a script without capitals it may be a name: of a town with the same warning,
    of a firm with the same news.
    """
    new = aligned.sides(Count.NEW).max(axis=1)
    fresh: Flags = (aligned.sides(Count.FRESH) > 0).all(axis=1) & ~aligned.sides(Count.MOVED).any(axis=1)
    short: Flags = _words(aligned) < np.where(new == 1, ONE_WORD_NOTICE, NAME_NOTICE)
    one: Flags = (aligned.one(Count.SLOTS) == 1) & (new <= A_NAME) & short
    return fresh & one & (contexts.other_source < 1)


def _names(aligned: Alignments) -> NDArray[np.int64]:
    names: NDArray[np.int64] = aligned.one(Count.EXCHANGED_NAMES) + aligned.one(Count.LIKELY_NAMES)
    return names


def _words(aligned: Alignments) -> NDArray[np.int64]:
    words: NDArray[np.int64] = aligned.sides(Count.WORDS).min(axis=1)
    return words


def _nothing_else(aligned: Alignments, fewest: NDArray[np.int64], most: NDArray[np.int64]) -> Flags:
    """Find where the texts have no more new words than these, the text with fewer and with more of them."""
    new = aligned.sides(Count.NEW)
    moved = aligned.sides(Count.MOVED).any(axis=1)
    none: Flags = (new.min(axis=1) <= fewest) & (new.max(axis=1) <= most) & ~moved
    return none
