"""Pairs with a joining verdict, and the graph that they form."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1
"""Stands for the container of a pair in which neither text contains the other."""

type Numbers = NDArray[np.int64]


class Joins(NamedTuple):
    """Pairs of texts with a joining verdict, each once.

    Attributes:
        left: int64: number of one text.
        right: int64: number of the other.
        container: int64: the text that contains (almost) all of the other, or `NOBODY`.
        jaccard: float64: similarity; ties are decided by `containment`.
        containment: float64.
        drops: Whether the right one can be dropped for the left.
        drops_left: Whether the left one can be dropped for the right.
    """

    left: Numbers
    right: Numbers
    container: Numbers
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    drops: NDArray[np.bool_]
    drops_left: NDArray[np.bool_]

    def where(self, wanted: NDArray[np.bool_]) -> "Joins":
        """Return the selected rows."""
        return Joins(
            self.left[wanted],
            self.right[wanted],
            self.container[wanted],
            self.jaccard[wanted],
            self.containment[wanted],
            self.drops[wanted],
            self.drops_left[wanted],
        )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each node of a graph, its neighbours, ascending."""

    bounds: memoryview
    places: memoryview

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def __getitem__(self, place: int) -> memoryview:
        return self.places[self.bounds[place] : self.bounds[place + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class JoinGraph:
    """The graph of texts that join another or are shared by several documents; a node is a row of `texts`.

    Attributes:
        texts: int64, ascending: numbers of the texts.
        one: int64: a node; each pair is listed in both directions, ascending.
        other: int64: its neighbour.
        jaccard: float64, one value per row of `one`.
        containment: float64, likewise.
        drops: Whether the neighbour can be dropped for the node.
        spared: Whether the node can be dropped for the neighbour.
        copied: By node: whether several documents share the text.
    """

    texts: Numbers
    one: Numbers
    other: Numbers
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    drops: NDArray[np.bool_]
    spared: NDArray[np.bool_]
    copied: NDArray[np.bool_]

    def neighbours(self, chosen: NDArray[np.bool_] | None = None) -> Neighbours:
        """List the neighbours of each node, by all rows or some."""
        one, other = (self.one, self.other) if chosen is None else (self.one[chosen], self.other[chosen])
        bounds = np.append(0, np.cumsum(np.bincount(one, minlength=self.texts.size)))
        return Neighbours(memoryview(bounds), memoryview(other))


def join_graph(joins: Joins, copied: Numbers) -> JoinGraph:
    """Make the graph of texts that join; `copied` texts are nodes even without a pair."""
    named = (joins.left, joins.right, copied)
    is_named = np.zeros(max(int(numbers.max(initial=-1)) for numbers in named) + 1, dtype=np.bool_)
    for numbers in named:
        is_named[numbers] = True
    places = np.cumsum(is_named) - 1
    left, right = places[joins.left], places[joins.right]
    is_copied = np.zeros(is_named.size, dtype=np.bool_)
    is_copied[copied] = True
    one, other = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.argsort(one * is_named.size + other)  # no ties: each pair is listed once
    rows = np.tile(np.arange(left.size), 2)[order]
    return JoinGraph(
        np.flatnonzero(is_named),
        one[order],
        other[order],
        joins.jaccard[rows],
        joins.containment[rows],
        np.concatenate([joins.drops, joins.drops_left])[order],
        np.concatenate([joins.drops_left, joins.drops])[order],
        is_copied[is_named],
    )
