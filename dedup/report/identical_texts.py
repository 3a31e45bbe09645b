"""Documents with equal folded texts share one text, which is indexed, measured and judged once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class DistinctTexts:
    """The distinct texts of an archive, numbered by representative priority.

    Attributes:
        rows: int64: the documents, text by text, the representative of each text first.
        bounds: int64, shape (n + 1,): offsets of each text's documents.
    """

    rows: NDArray[np.int64]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return self.bounds.size - 1

    @property
    def first(self) -> NDArray[np.int64]:
        """Row of the document that represents each text."""
        return self.rows[self.bounds[:-1]]

    def documents(self, text: int) -> list[int]:
        """List the rows of the documents that have a text."""
        rows: list[int] = self.rows[self.bounds[text] : self.bounds[text + 1]].tolist()
        return rows

    @property
    def document_counts(self) -> NDArray[np.int64]:
        """Number of documents with each text."""
        return np.diff(self.bounds)


def number(
    digests: NDArray[np.uint64 | np.int64], sort_keys: NDArray[np.int64], *, rows: NDArray[np.int64]
) -> DistinctTexts:
    """Number the distinct texts by representative priority, whatever the order of the documents.

    Args:
        digests: uint64 or int64, shape (documents, k): equal rows for equal folded texts.
        sort_keys: int64, shape (documents, k): see `representative_sort_keys`; no two rows are equal.
        rows: int64: the documents to number; the others are too short to compare and have no text.
    """
    order = rows[np.lexsort(sort_keys[rows].T[::-1])]
    ordered = digests[order]
    groups = np.lexsort(ordered.T[::-1])  # stable: keeps the order within a group
    begins = np.ones(order.size, dtype=np.bool_)
    begins[1:] = (ordered[groups][1:] != ordered[groups][:-1]).any(axis=1)
    first = groups[np.flatnonzero(begins)]
    first_of_each = np.empty(order.size, dtype=np.int64)
    first_of_each[groups] = first[np.cumsum(begins) - 1]
    by_text = np.argsort(first_of_each, kind="stable")
    bounds = np.flatnonzero(np.diff(first_of_each[by_text], prepend=-1))
    return DistinctTexts(order[by_text], np.append(bounds, order.size))


def pairs_within(documents: list[int], *, cap: int) -> Iterator[tuple[int, int]]:
    """Pair the documents of one text: all with each other up to `cap`, beyond that each with the first."""
    if len(documents) <= cap:
        yield from combinations(documents, 2)
    else:
        yield from product(documents[:1], documents[1:])


def cross_pairs(one: list[int], other: list[int], *, cap: int) -> Iterator[tuple[int, int]]:
    """Pair all documents of two texts, if there are no more pairs than in a bucket of `cap` documents.

    Otherwise pair each with the first of the other text.
    """
    if len(one) * len(other) <= cap * (cap - 1) // 2:
        yield from product(one, other)
    else:
        yield from product(one[:1], other)
        yield from product(one[1:], other[:1])
