"""Which pairs of documents a run asks about: all, none between two old ones, or those between sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.judge_candidates import Judged
from dedup.report.pair import Candidates

OPEN = -1
"""The group of documents that may be paired with each other."""


class Scope:
    """Documents in groups; two documents of one group are not compared.

    The reference is such a group, and where only copies between sources are asked for, each source is one:
    documents that name no source are one source too, since nothing tells them apart.

    Attributes:
        whole: Whether all pairs are asked about.
        said: As a report says it.
    """

    def __init__(self, archive: Archive, *, cross_source: bool) -> None:
        groups = []
        if archive.references:
            groups.append(np.where(np.arange(len(archive.ids)) < archive.references, 0, OPEN))
        if cross_source:
            groups.append(archive.source_numbers)
        self._groups = np.array(groups, dtype=np.int64).reshape(len(groups), len(archive.ids))
        self.whole = not groups
        self.said: dict[str, int | bool] = {"reference": archive.references} if archive.references else {}
        if cross_source:
            self.said["cross_source"] = True

    def asked(self, one: int, other: int) -> bool:
        """Tell whether two documents are to be compared, by row."""
        ours, theirs = self._groups[:, one], self._groups[:, other]
        return not ((ours == theirs) & (ours != OPEN)).any()

    def only(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Leave out the pairs of documents that are not to be compared."""
        return iter(pairs) if self.whole else (pair for pair in pairs if self.asked(*pair))

    def narrowed(self, texts: DistinctTexts, candidates: Candidates) -> tuple[Candidates, Candidates]:
        """Part candidates into those that are to be measured and those that are not."""
        if self.whole:
            nothing = candidates.left[:0]
            return candidates, replace(candidates, left=nothing, right=nothing)
        groups = self._groups_of(texts)
        ours, theirs = groups[:, candidates.left], groups[:, candidates.right]
        closed = ((ours == theirs) & (ours != OPEN)).any(axis=0)
        parted = (
            replace(candidates, left=candidates.left[some], right=candidates.right[some])
            for some in (~closed, closed)
        )
        return next(parted), next(parted)

    def repeated(self, texts: DistinctTexts) -> list[int]:
        """List the texts that several documents carry which are to be compared."""
        several = texts.document_counts > 1
        if not self.whole:
            several &= (self._groups_of(texts) == OPEN).all(axis=0)
        return np.flatnonzero(several).tolist()

    def _groups_of(self, texts: DistinctTexts) -> NDArray[np.int64]:
        """Give the group of the documents that carry a text, `OPEN` where they differ: a row a grouping."""
        held = self._groups[:, texts.rows]
        if not len(texts):
            return held
        least = np.minimum.reduceat(held, texts.bounds[:-1], axis=1)
        most = np.maximum.reduceat(held, texts.bounds[:-1], axis=1)
        return np.where(least == most, least, OPEN)

    def count(self, texts: DistinctTexts, judged: Sequence[Judged]) -> int:
        """Count the pairs with a verdict, if every copy were paired with every other."""
        carried = texts.document_counts
        if self.whole:
            between = carried * (carried - 1) // 2
            return int(between.sum()) + sum(int(carried[pair.left] * carried[pair.right]) for pair in judged)
        within = sum(self._within(texts.documents(text)) for text in self.repeated(texts))
        return within + sum(
            1
            if carried[pair.left] == carried[pair.right] == 1
            else self._across(texts.documents(pair.left), texts.documents(pair.right))
            for pair in judged
        )

    def _within(self, rows: list[int]) -> int:
        alone = sum(self.asked(row, row) for row in rows)  # with itself, which is no pair
        return (self._across(rows, rows) - alone) // 2

    def _across(self, left: list[int], right: list[int]) -> int:
        (ours, our_times), (theirs, their_times) = (
            np.unique(self._groups[:, rows], axis=1, return_counts=True) for rows in (left, right)
        )
        closed = ((ours[:, :, None] == theirs[:, None, :]) & (ours != OPEN)[:, :, None]).any(axis=0)
        return int((np.outer(our_times, their_times) * ~closed).sum())
