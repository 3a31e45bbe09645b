"""Documents with equal folded text are one text: indexed, measured and judged once, listed each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The distinct texts of an archive, numbered in the order of who would represent whom.

    Attributes:
        rows: int64: the documents, text by text; of one text, the one that would represent it first.
        bounds: int64, shape (n + 1,): where those of each text begin.
    """

    rows: NDArray[np.int64]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return self.bounds.size - 1

    @property
    def first(self) -> NDArray[np.int64]:
        """The row of the document that represents each text."""
        return self.rows[self.bounds[:-1]]

    def documents(self, text: int) -> list[int]:
        """List the rows of the documents that carry a text."""
        carrying: list[int] = self.rows[self.bounds[text] : self.bounds[text + 1]].tolist()
        return carrying

    @property
    def carried(self) -> NDArray[np.int64]:
        """How many documents carry each text."""
        return np.diff(self.bounds)


def collapse(order: NDArray[np.int64], digests: NDArray[np.uint64]) -> Texts:
    """Group documents with equal folded text.

    Args:
        order: Rows of the documents that are compared, in the order of who would represent whom.
        digests: uint64, shape (documents, 2): equal for equal folded texts.
    """
    held = digests[order]
    groups = np.lexsort((held[:, 1], held[:, 0]))  # stable: within a group the order stays
    begins = np.ones(order.size, dtype=np.bool_)
    begins[1:] = (held[groups][1:] != held[groups][:-1]).any(axis=1)
    leader = groups[np.flatnonzero(begins)]
    leaders = np.empty(order.size, dtype=np.int64)
    leaders[groups] = leader[np.cumsum(begins) - 1]
    rows = np.argsort(leaders, kind="stable")
    bounds = np.flatnonzero(np.diff(leaders[rows], prepend=-1))
    return Texts(order[rows], np.append(bounds, order.size))


def copies(documents: list[int], *, cap: int) -> Iterator[tuple[int, int]]:
    """Pair the documents of one text: all of them up to `cap`, beyond it each with the first."""
    if len(documents) <= cap:
        yield from combinations(documents, 2)
    else:
        yield from product(documents[:1], documents[1:])


def across(one: list[int], other: list[int], *, cap: int) -> Iterator[tuple[int, int]]:
    """Pair the documents of two texts, if that makes no more pairs than a bucket of `cap` documents.

    Else each is paired with the first of the other text.
    """
    if len(one) * len(other) <= cap * (cap - 1) // 2:
        yield from product(one, other)
    else:
        yield from product(one[:1], other)
        yield from product(one[1:], other[:1])
