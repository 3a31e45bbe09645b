"""Step `cluster`: joined pairs -> stars: no chains, and no story fused with another.

Stars, not connected components: a member joins because it was matched against the representative. The stars
of one connected component depend on that component alone.
Source: Aslam, Pelekhov and Rus, "The star clustering algorithm", 2004, with the order of representatives
instead of the degree.
"""

from array import array
from collections.abc import Container, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.representative import UNDATED

NOBODY = -1
"""The container of a pair of which neither contains the other."""

type _Parts = Mapping[int, set[int]]
"""Texts that contain others, with those."""


class Joins(NamedTuple):
    """Pairs of texts whose verdict joins, each once.

    Attributes:
        left: int64: number of one text.
        right: int64: number of the other.
        container: int64: the one of the two that contains the other (almost) whole, or `NOBODY`.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    container: NDArray[np.int64]


class Stars(NamedTuple):
    """Clusters. A text is in several only if it is a roundup.

    Attributes:
        representatives: int64, shape (n,), ascending: number of the text that represents each.
        bounds: int64, shape (n + 1,): where the members of each begin.
        members: int64: numbers of the texts matched against it, ascending in each.
    """

    representatives: NDArray[np.int64]
    bounds: NDArray[np.int64]
    members: NDArray[np.int64]

    def texts(self) -> Iterator[list[int]]:
        """Give the texts of each star, the representative first."""
        members, bounds = self.members.tolist(), self.bounds.tolist()
        for star, representative in enumerate(self.representatives.tolist()):
            yield [representative, *members[bounds[star] : bounds[star + 1]]]


def cluster(
    joins: Joins,
    *,
    related: tuple[NDArray[np.int64], NDArray[np.int64]],
    dates: NDArray[np.int64],
    copied: NDArray[np.int64],
    old: NDArray[np.bool_],
) -> Stars:
    """Gather texts around representatives.

    A roundup (a text that contains two or more others that have nothing to do with each other, and is not
    known to be older than all of them) fuses nothing: it is a member of the star of each story it contains,
    and represents only its own copies. If it is itself a copy of an old text, it is a member there alone.

    Args:
        joins: Numbered by representative priority: of two texts that join, the lower one represents.
        related: Pairs that have something in common, left and right: those with any verdict, and candidates
            that were not compared.
        dates: int64, by text: when it was published, or `UNDATED`. A roundup is no older than its stories.
        copied: Texts that several documents have: they make a star even alone.
        old: By text: whether it is of the reference. Two such texts were not compared with each other.
    """
    roundups = _roundups(joins, related=related, dates=dates)
    graph = _graph(joins, copied)
    leading, members, alone = _gathered(graph, roundups)
    kept = _without_copied_roundups(leading, members, roundups, old=old)
    leading, members = leading[kept], members[kept]
    representatives = np.union1d(leading, alone)
    order = np.argsort(leading, kind="stable")
    bounds = np.append(np.searchsorted(leading[order], representatives), leading.size)
    return Stars(representatives, bounds, members[order])


class _Graph(NamedTuple):
    """The texts that join another or are copied, and whom each joins: places among them, ascending."""

    texts: NDArray[np.int64]
    bounds: NDArray[np.int64]
    neighbours: NDArray[np.int64]
    copied: NDArray[np.bool_]


def _graph(joins: Joins, copied: NDArray[np.int64]) -> _Graph:
    texts = np.unique(np.concatenate([joins.left, joins.right, copied]))
    left, right = np.searchsorted(texts, joins.left), np.searchsorted(texts, joins.right)
    one, other = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.lexsort((other, one))
    bounds = np.append(0, np.cumsum(np.bincount(one, minlength=texts.size)))
    return _Graph(texts, bounds, other[order], np.isin(texts, copied))


def _gathered(graph: _Graph, roundups: _Parts) -> tuple[NDArray[np.int64], ...]:
    """Let each text that is not taken yet take its neighbours, the roundups last.

    Returns:
        A representative and a member of its star, a row each; the members of each ascend. Then the copied
        texts that represent, even if nobody but their own documents.
    """
    is_roundup = np.isin(graph.texts, np.fromiter(roundups, dtype=np.int64, count=len(roundups)))
    stories_of = {
        place: set(np.searchsorted(graph.texts, [*roundups[int(graph.texts[place])]]).tolist())
        for place in np.flatnonzero(is_roundup).tolist()
    }
    bounds, neighbours = memoryview(graph.bounds), memoryview(graph.neighbours)
    copied = graph.copied.tobytes()
    taken = bytearray(graph.texts.size)
    leading, members, alone = array("q"), array("q"), array("q")
    for place in memoryview(np.argsort(is_roundup, kind="stable")):
        if taken[place]:
            continue
        stories = stories_of.get(place)
        free = [
            other
            for other in neighbours[bounds[place] : bounds[place + 1]]
            if not taken[other] and (stories is None or other not in stories)
        ]
        if not free and not copied[place]:
            continue
        taken[place] = True
        if copied[place]:
            alone.append(place)
        for other in free:
            leading.append(place)
            members.append(other)
            taken[other] = stories is not None or other not in stories_of
    places = (np.array(column, dtype=np.int64) for column in (leading, members, alone))
    return tuple(graph.texts[column] for column in places)


def _roundups(
    joins: Joins, *, related: tuple[NDArray[np.int64], NDArray[np.int64]], dates: NDArray[np.int64]
) -> dict[int, set[int]]:
    """Find the texts that contain several stories, with the stories of each."""
    containing = joins.container != NOBODY
    containers = joins.container[containing]
    contained = joins.left[containing] + joins.right[containing] - containers
    parts: dict[int, set[int]] = {}
    for container, part in zip(containers.tolist(), contained.tolist(), strict=True):
        parts.setdefault(container, set()).add(part)
    several = {container: stories for container, stories in parts.items() if len(stories) > 1}
    known = _related_among(set().union(*several.values()), *related)
    return {
        container: stories
        for container, stories in several.items()
        if _unrelated(stories, known) and not _oldest(container, stories, dates)
    }


def _related_among(
    texts: set[int], left: NDArray[np.int64], right: NDArray[np.int64]
) -> set[tuple[int, int]]:
    """Choose the pairs of which both texts are wanted, the lower number first."""
    wanted = np.fromiter(texts, dtype=np.int64, count=len(texts))
    both = np.isin(left, wanted) & np.isin(right, wanted)
    lower, upper = np.minimum(left[both], right[both]), np.maximum(left[both], right[both])
    return set(zip(lower.tolist(), upper.tolist(), strict=True))


def _unrelated(texts: set[int], related: Container[tuple[int, int]]) -> bool:
    """Whether any two of the texts have nothing in common."""
    return any(pair not in related for pair in combinations(sorted(texts), 2))


def _oldest(text: int, others: set[int], dates: NDArray[np.int64]) -> bool:
    """Whether a text is known to be older than all the others: they are excerpts of it."""
    later = dates[[*others]]
    return bool(((dates[text] < later) & (later != UNDATED)).all())


def _without_copied_roundups(
    leading: NDArray[np.int64], members: NDArray[np.int64], roundups: _Parts, *, old: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Mark the members that stay: a roundup that copies an old text, none of its stories, stays there alone.

    The old text was not compared with the stories, which are old too, so it is no roundup itself.
    """
    every = np.fromiter(roundups, dtype=np.int64, count=len(roundups))
    rows = np.flatnonzero(np.isin(members, every))
    origin: dict[int, int] = {}
    for leader, member in sorted(zip(leading[rows].tolist(), members[rows].tolist(), strict=True)):
        if old[leader] and leader not in roundups[member]:
            origin.setdefault(member, leader)
    kept = np.ones(members.size, dtype=np.bool_)
    kept[rows] = [
        origin.get(member, leader) == leader
        for leader, member in zip(leading[rows].tolist(), members[rows].tolist(), strict=True)
    ]
    return kept
