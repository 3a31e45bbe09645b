"""Texts -> groups of documents that are compared with the same others, where a run does not compare all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.report.identical_texts import DistinctTexts, number

type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TextGroups:
    """Groups of documents with one text that are compared with the same others; each text has at least one.

    Attributes:
        documents: Documents of each group; groups are numbered by representative priority.
        texts: int64, by group: number of its text.
    """

    documents: DistinctTexts
    texts: Numbers

    def of_pairs(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Pair the groups of pairs of texts.

        Returns:
            The group of the left text, the group of the right text, and the row of their pair.
        """
        by_text = np.argsort(self.texts, kind="stable")
        counts = np.bincount(self.texts, minlength=1)
        starts = np.cumsum(counts) - counts
        times = counts[left] * counts[right]
        rows = np.repeat(np.arange(times.size), times)
        places = np.arange(rows.size) - np.repeat(np.cumsum(times) - times, times)
        ours, theirs = left[rows], right[rows]
        one = by_text[starts[ours] + places // counts[theirs]]
        other = by_text[starts[theirs] + places % counts[theirs]]
        return one, other, rows

    def within_texts(self) -> tuple[Numbers, Numbers]:
        """Pair the groups of each text, each pair once."""
        several = np.flatnonzero(np.bincount(self.texts) > 1)
        one, other, _ = self.of_pairs(several, several)
        return one[one < other], other[one < other]


def group_texts(texts: DistinctTexts, groups: Numbers, *, sort_keys: Numbers) -> TextGroups:
    """Split texts by the groups of their documents.

    Args:
        texts: The texts and their documents.
        groups: int64, shape (k, documents): documents with equal columns are compared with the same others.
        sort_keys: int64, shape (documents, k): see `representative_sort_keys`.
    """
    text_of = np.empty(groups.shape[1], dtype=np.int64)
    text_of[texts.rows] = np.repeat(np.arange(len(texts)), texts.document_counts)
    documents = number(np.column_stack([text_of, *groups]), sort_keys, rows=texts.rows)
    return TextGroups(documents, text_of[documents.first])
