"""Step `cluster`: joined pairs -> stars: no chains, and no story fused with another.

Stars, not connected components: a member joins because it was matched against the representative. The stars
of one connected component depend on that component alone.
Source: Aslam, Pelekhov and Rus, "The star clustering algorithm", 2004, with the order of representatives
instead of the degree.
"""

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
    neighbours = _neighbours(joins)
    alone = set(copied.tolist())
    roundups = _roundups(joins, related=related, dates=dates)
    taken: set[int] = set()
    stars: dict[int, list[int]] = {}
    for text in sorted(neighbours.keys() | alone, key=lambda text: (text in roundups, text)):
        if text in taken:
            continue
        stories = roundups.get(text, ())
        members = [other for other in neighbours.get(text, ()) if other not in taken and other not in stories]
        if members or text in alone:
            stars[text] = members
            taken.add(text)
            taken.update(other for other in members if text in roundups or other not in roundups)
    _keep_copied_roundups_apart(stars, roundups, old=old)
    return _columns({text: members for text, members in stars.items() if members or text in alone})


def _neighbours(joins: Joins) -> dict[int, list[int]]:
    """List the texts that each text joins, ascending."""
    one, other = np.concatenate([joins.left, joins.right]), np.concatenate([joins.right, joins.left])
    order = np.lexsort((other, one))
    one, other = one[order], other[order].tolist()
    starts = np.flatnonzero(np.append(True, one[1:] != one[:-1])[: one.size])
    ends = np.append(starts, one.size)[1:]
    return {
        text: other[start:end]
        for text, start, end in zip(one[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    }


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


def _keep_copied_roundups_apart(
    stars: dict[int, list[int]], roundups: _Parts, *, old: NDArray[np.bool_]
) -> None:
    """Leave a roundup that copies an old text, which is none of its stories, with that text alone.

    The old text was not compared with the stories, which are old too, so it is no roundup itself.
    """
    origin: dict[int, int] = {}
    for text in sorted(stars):
        for member in stars[text] if old[text] else ():
            if member in roundups and text not in roundups[member]:
                origin.setdefault(member, text)
    if origin:
        for text, members in stars.items():
            members[:] = [member for member in members if origin.get(member, text) == text]


def _columns(stars: Mapping[int, list[int]]) -> Stars:
    order = sorted(stars)
    members = [member for text in order for member in stars[text]]
    bounds = np.cumsum([0, *(len(stars[text]) for text in order)], dtype=np.int64)
    return Stars(np.array(order, dtype=np.int64), bounds, np.array(members, dtype=np.int64))
