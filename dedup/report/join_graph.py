"""Pairs that join a cluster, and the graph that they make."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1
"""The container of a pair of which neither contains the other."""

type Numbers = NDArray[np.int64]


class Joins(NamedTuple):
    """Pairs of texts whose verdict joins, each once.

    Attributes:
        left: int64: number of one text.
        right: int64: number of the other.
        container: int64: the one of the two that contains the other (almost) whole, or `NOBODY`.
        jaccard: float64: how alike they are; equal values go by `containment`.
        containment: float64.
        drops: Whether one of them can be dropped for the other.
    """

    left: Numbers
    right: Numbers
    container: Numbers
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    drops: NDArray[np.bool_]

    def where(self, wanted: NDArray[np.bool_]) -> "Joins":
        """Give the rows that are wanted."""
        return Joins(
            self.left[wanted],
            self.right[wanted],
            self.container[wanted],
            self.jaccard[wanted],
            self.containment[wanted],
            self.drops[wanted],
        )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each place in a graph, the places beside it, ascending."""

    bounds: memoryview
    places: memoryview

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __getitem__(self, place: int) -> memoryview:
        return self.places[self.bounds[place] : self.bounds[place + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class JoinGraph:
    """The texts that join another or are copied; a place is a row of `texts`.

    Attributes:
        texts: int64, ascending: numbers of the texts.
        one: int64: a place; each pair stands here twice, in both directions, ascending.
        other: int64: the place beside it.
        jaccard: float64, a row of `one` each.
        containment: float64, likewise.
        drops: Whether a text can be dropped for the other.
        copied: By place: whether several documents have the text.
    """

    texts: Numbers
    one: Numbers
    other: Numbers
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    drops: NDArray[np.bool_]
    copied: NDArray[np.bool_]

    def neighbours(self, chosen: NDArray[np.bool_] | None = None) -> Neighbours:
        """List the places beside each: all, or those of some rows."""
        one, other = (self.one, self.other) if chosen is None else (self.one[chosen], self.other[chosen])
        bounds = np.append(0, np.cumsum(np.bincount(one, minlength=self.texts.size)))
        return Neighbours(memoryview(bounds), memoryview(other))


def join_graph(joins: Joins, copied: Numbers) -> JoinGraph:
    """Make the graph of texts that join; `copied` stand in it even alone."""
    named = (joins.left, joins.right, copied)
    stands = np.zeros(max(int(numbers.max(initial=-1)) for numbers in named) + 1, dtype=np.bool_)
    for numbers in named:
        stands[numbers] = True
    places = np.cumsum(stands) - 1
    left, right = places[joins.left], places[joins.right]
    is_copied = np.zeros(stands.size, dtype=np.bool_)
    is_copied[copied] = True
    one, other = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.argsort(one * stands.size + other)  # no two are equal: a pair stands here once
    rows = np.tile(np.arange(left.size), 2)[order]
    return JoinGraph(
        np.flatnonzero(stands),
        one[order],
        other[order],
        joins.jaccard[rows],
        joins.containment[rows],
        joins.drops[rows],
        is_copied[stands],
    )
