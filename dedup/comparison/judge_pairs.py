"""Step `judge`: pairs of texts -> the measures and verdict of each pair, as columns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from dedup.comparison.changed_facts import changed_facts
from dedup.comparison.contexts import Contexts, joined_contexts
from dedup.comparison.legible_words import are_legible, legible_pair, spelt
from dedup.comparison.pair_columns import (
    Alignments,
    Overlaps,
    columns_of,
    joined_alignments,
    joined_overlaps,
)
from dedup.comparison.readable_text import ReadableText
from dedup.comparison.uncredited_leads import with_uncredited_leads
from dedup.comparison.verdict_model import NONE, Codes, decide, spares
from dedup.core import WordColumn
from dedup.core.alignment import AlignmentCount as Count
from dedup.core.alignment_tally import SHOWN
from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.model.rows import VERDICTS

type Numbers = NDArray[np.int64]
type Readable = Callable[[int], ReadableText]

ALIKE_AS_WHOLES = 0.7
"""Jaccard from which two texts are aligned whole, including their boilerplate."""
_REMEMBERED = 8
"""Texts that are kept as they were read, for the next pairs."""
LETTERS_AT_ONCE = 1 << 19
"""Letters of the pairs whose words are spelt at once, so as many words at most; a pair with more is spelt
alone."""
JOINING = np.array([verdict.joins for verdict in VERDICTS])
"""Whether a verdict joins, by verdict code."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPairs:
    """Pairs of texts with a verdict, one row per pair.

    Attributes:
        left: int64: number of the text that would represent the other.
        right: int64: number of the other text.
        verdicts: uint8: indices into `VERDICTS`.
        confidence: float32: estimated probability that a human reader would agree, 0 to 1.
        drops: bool: whether the right text can be dropped in favour of the left: the verdict joins, no fact
            was changed, and the right text has no fact of its own in its lead and no news of its own.
        overlaps: Overlaps of the shingle sets.
        alignments: Alignments of the texts.
        contexts: Dates, sources and titles.
    """

    left: Numbers
    right: Numbers
    verdicts: Codes
    confidence: NDArray[np.float32]
    drops: NDArray[np.bool_]
    overlaps: Overlaps
    alignments: Alignments
    contexts: Contexts

    def __len__(self) -> int:
        return self.left.size

    @property
    def joins(self) -> NDArray[np.bool_]:
        """Whether the verdict of each pair joins."""
        joins: NDArray[np.bool_] = JOINING[self.verdicts]
        return joins

    def verdict(self, row: int) -> Verdict:
        """Return the verdict of one pair."""
        return VERDICTS[int(self.verdicts[row])]

    def where(self, wanted: NDArray[np.bool_ | np.int64]) -> "JudgedPairs":
        """Return the selected rows, given as flags or as row numbers in any order."""
        return replace(
            self,
            left=self.left[wanted],
            right=self.right[wanted],
            verdicts=self.verdicts[wanted],
            confidence=self.confidence[wanted],
            drops=self.drops[wanted],
            overlaps=self.overlaps.where(wanted),
            alignments=self.alignments.where(wanted),
            contexts=self.contexts.where(wanted),
        )


def judge_pairs(
    words: WordColumn,
    left: Numbers,
    right: Numbers,
    *,
    overlaps: Overlaps,
    contexts: Contexts,
    recipe: Recipe,
) -> JudgedPairs:
    """Judge pairs of different texts; pairs without a verdict are left out.

    Args:
        words: The words of the texts.
        left: Number of the left text of each pair.
        right: Number of the right text of each pair.
        overlaps: Overlaps of the shingle sets.
        contexts: Dates, sources and titles.
        recipe: See `verdict_model.decide`.
    """
    aligned = align_pairs(words, left, right, overlaps=overlaps)
    decisions = decide(aligned, contexts, overlaps, recipe)
    joins = JOINING[np.minimum(decisions.codes, JOINING.size - 1)]
    whole = alike_as_wholes(overlaps)
    aligned = with_uncredited_leads(aligned, words, left, right, whole=whole, among=joins)
    drops = joins & spares(aligned, contexts)[:, 1]
    listed = decisions.codes != NONE
    readable = readable_texts(words)
    aligned = with_legible_words(aligned, readable, left, right, shown=listed)
    aligned = _with_changed_facts(aligned, words, readable, left, right, joins=joins)
    codes, confidence = decisions
    judged = JudgedPairs(left, right, codes, confidence, drops, overlaps, aligned, contexts)
    return judged if listed.all() else judged.where(listed)


def align_pairs(words: WordColumn, left: Numbers, right: Numbers, *, overlaps: Overlaps) -> Alignments:
    """Align pairs of texts, excluding boilerplate unless the texts are similar as a whole."""
    return Alignments(*words.align(left, right, alike_as_wholes(overlaps)))


def alike_as_wholes(overlaps: Overlaps) -> NDArray[np.bool_]:
    """Return which pairs are aligned whole."""
    alike: NDArray[np.bool_] = overlaps.jaccard >= ALIKE_AS_WHOLES
    return alike


def with_legible_words(
    aligned: Alignments, readable: Readable, left: Numbers, right: Numbers, *, shown: NDArray[np.bool_]
) -> Alignments:
    """Spell the words that only one text has so that people can read them.

    Args:
        aligned: Alignments of pairs.
        readable: Returns a text by its number.
        left: Number of the left text of each pair.
        right: Number of the right text of each pair.
        shown: The pairs to do it for; in a script without spaces it takes longer than aligning them.
    """
    ours, theirs = list(aligned.left_words), list(aligned.right_words)
    differ = aligned.sides(Count.NEW).any(axis=1)
    if are_legible(chain.from_iterable(chain(ours, theirs))):  # then only pairs without such words need work
        none = np.array([not (one or other) for one, other in zip(ours, theirs, strict=True)], dtype=np.bool_)
        shown = shown & differ & none
    for row in np.flatnonzero(shown).tolist():
        texts = (partial(readable, int(side[row])) for side in (left, right))
        legible = legible_pair(ours[row], theirs[row], *texts, differ=bool(differ[row]), most=SHOWN)
        ours[row], theirs[row] = legible
    return replace(aligned, left_words=ours, right_words=theirs)


def readable_texts(words: WordColumn) -> Readable:
    """Return what reads a text by its number, and remembers a few: one may be half of all pairs, and long."""
    return lru_cache(_REMEMBERED)(lambda row: ReadableText(words.text(row), partial(words.spans, row)))


def _with_changed_facts(
    aligned: Alignments,
    words: WordColumn,
    readable: Readable,
    left: Numbers,
    right: Numbers,
    *,
    joins: NDArray[np.bool_],
) -> Alignments:
    """Keep the facts that changed between copies, spelt as in the texts; only joining pairs list them."""
    examples = list(aligned.examples)
    rows = [row for row in np.flatnonzero(joins).tolist() if examples[row]]
    sides = left.tolist(), right.tolist()
    read: dict[int, tuple[str, ...]] = {}
    length = cache(lambda text: len(words.text(text)))
    for some in _some_at_once((row, sum(length(side[row]) for side in sides)) for row in rows):
        named = {side[row] for row in some for side in sides}
        new = sorted(named - read.keys())
        read = {text: read[text] for text in named & read.keys()} | dict(
            zip(new, words.words(new), strict=True)
        )
        for row in some:
            ours, theirs = (side[row] for side in sides)
            texts = partial(readable, ours), partial(readable, theirs)
            examples[row] = spelt(changed_facts(examples[row], read[ours], read[theirs], texts), *texts)
    return replace(aligned, examples=examples)


def _some_at_once(rows: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Group rows, each given with its letters."""
    some: list[int] = []
    together = 0
    for row, letters in rows:
        if some and together + letters > LETTERS_AT_ONCE:
            yield some
            some, together = [], 0
        some.append(row)
        together += letters
    if some:
        yield some


def joined(parts: list[JudgedPairs], order: Numbers | None = None) -> JudgedPairs:
    """Concatenate judged pairs.

    Args:
        parts: The pairs; the list is emptied, see `columns_of`.
        order: The rows to return, in their order; None for all of them as they come.
    """
    columns = columns_of(JudgedPairs, parts)
    rows: Numbers | slice = slice(None) if order is None else order

    def next_column(dtype: DTypeLike) -> NDArray[Any]:
        column: NDArray[Any] = np.concatenate([np.empty(0, dtype=dtype), *next(columns)])[rows]
        return column

    return JudgedPairs(  # in the order of the columns
        left=next_column(np.int64),
        right=next_column(np.int64),
        verdicts=next_column(np.uint8),
        confidence=next_column(np.float32),
        drops=next_column(np.bool_),
        overlaps=joined_overlaps(next(columns)).where(rows),
        alignments=joined_alignments(next(columns), order),
        contexts=joined_contexts(next(columns)).where(rows),
    )


def joined_in_order(parts: list[JudgedPairs]) -> JudgedPairs:
    """Concatenate judged pairs, in the order of their texts; the list is emptied, see `columns_of`."""
    nothing = np.empty(0, dtype=np.int64)
    left = np.concatenate([nothing, *(part.left for part in parts)])
    right = np.concatenate([nothing, *(part.right for part in parts)])
    order = np.lexsort((right, left))
    return joined(parts, None if (np.diff(order) == 1).all() else order)
