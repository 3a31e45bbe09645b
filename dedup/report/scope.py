"""Which pairs a run compares: all, only pairs with a new document, or only pairs of different sources."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates
from dedup.report.text_groups import TextGroups, group_texts

COMPARED = -1
"""The group of documents that are compared with each other."""


class Scope:
    """Which pairs may be compared: pairs inside the reference, or inside one source, are skipped.

    Documents of the same group are not compared with each other. The reference is such a group. With
    `cross_source` each source is one too; documents without a source form one group, because nothing
    distinguishes them.

    Attributes:
        compares_all: Whether no pair is skipped.
        cross_source: Whether only documents of different sources are compared.
        as_json: Value of the report's `scope` field.
    """

    def __init__(
        self,
        source_numbers: NDArray[np.int64],
        *,
        references: int = 0,
        cross_source: bool = False,
        apart: Sequence[NDArray[np.int64]] = (),
    ) -> None:
        """Group the documents.

        Args:
            source_numbers: Number of the source of each document.
            references: Number of reference documents; they come first.
            cross_source: Whether only documents of different sources are compared.
            apart: More groupings: the group of each document, or `COMPARED`.
        """
        groups = [*apart]
        self.cross_source = cross_source
        self.as_json: dict[str, int | bool] = {}
        if references:
            groups.append(np.where(np.arange(source_numbers.size) < references, 0, COMPARED))
            self.as_json["reference"] = references
        if cross_source:
            groups.append(source_numbers)
            self.as_json["cross_source"] = True
        self._groups = np.array(groups, dtype=np.int64).reshape(len(groups), source_numbers.size)
        self.compares_all = not groups

    def compares_pairs(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Find which pairs of documents are compared, by their rows."""
        return ~_same_group(self._groups[:, one], self._groups[:, other])

    def split_candidates(self, texts: DistinctTexts, candidates: Candidates) -> tuple[Candidates, Candidates]:
        """Split candidates into those to measure and those that are not compared."""
        if self.compares_all:
            nothing = candidates.left[:0]
            return candidates, candidates._replace(left=nothing, right=nothing)
        groups = self._groups_of(texts)
        skipped = _same_group(groups[:, candidates.left], groups[:, candidates.right])
        measured, not_compared = (
            candidates._replace(left=candidates.left[some], right=candidates.right[some])
            for some in (~skipped, skipped)
        )
        return measured, not_compared

    def text_groups(self, texts: DistinctTexts, *, sort_keys: NDArray[np.int64]) -> TextGroups:
        """Split texts into groups of documents that are compared with the same others."""
        if self.compares_all:
            return TextGroups(texts, np.arange(len(texts)))
        return group_texts(texts, self._groups, sort_keys=sort_keys)

    def texts_with_copies(self, texts: DistinctTexts) -> NDArray[np.int64]:
        """List the texts with several documents that are compared with each other."""
        several = texts.document_counts > 1
        if not self.compares_all:
            several &= (self._groups_of(texts) == COMPARED).all(axis=0)
        return np.flatnonzero(several)

    def _groups_of(self, texts: DistinctTexts) -> NDArray[np.int64]:
        """Return the group of each text's documents, `COMPARED` where they differ; one row per grouping."""
        groups = self._groups[:, texts.rows]
        if not len(texts):
            return groups
        least = np.minimum.reduceat(groups, texts.bounds[:-1], axis=1)
        most = np.maximum.reduceat(groups, texts.bounds[:-1], axis=1)
        return np.where(least == most, least, COMPARED)

    def count_pairs(self, texts: DistinctTexts, left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
        """Count the pairs of documents with a verdict, those of judged pairs of texts and identical ones."""
        counts = texts.document_counts
        if self.compares_all:
            return int((counts * (counts - 1) // 2).sum() + (counts[left] * counts[right]).sum())
        single = (counts[left] == 1) & (counts[right] == 1)  # these are known to be compared
        repeated = zip(left[~single].tolist(), right[~single].tolist(), strict=True)
        return (
            sum(self._count_within(texts.documents(text)) for text in self.texts_with_copies(texts).tolist())
            + int(single.sum())
            + sum(
                self._count_between(texts.documents(one), texts.documents(other)) for one, other in repeated
            )
        )

    def _count_within(self, rows: list[int]) -> int:
        each = np.array(rows, dtype=np.int64)
        with_itself = int(self.compares_pairs(each, each).sum())
        return (self._count_between(rows, rows) - with_itself) // 2

    def _count_between(self, left: list[int], right: list[int]) -> int:
        (ours, our_counts), (theirs, their_counts) = (
            np.unique(self._groups[:, rows], axis=1, return_counts=True) for rows in (left, right)
        )
        skipped = _same_group(ours[:, :, None], theirs[:, None, :])
        return int((np.outer(our_counts, their_counts) * ~skipped).sum())


def _same_group(ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where two documents share a group, in any of the groupings along the first axis."""
    same: NDArray[np.bool_] = np.asarray(((ours == theirs) & (ours != COMPARED)).any(axis=0))
    return same
