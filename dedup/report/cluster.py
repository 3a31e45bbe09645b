"""Step `cluster`: joined pairs -> stars: no chains, and no story fused with another.

Stars, not connected components: every member matches the representative directly. The stars of a connected
component depend on that component alone. Source: Aslam, Pelekhov and Rus, "The star clustering algorithm",
2004, with the order of representatives instead of the degree, and each member in the star of the
representative that it is most alike.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.choose_representatives import ChosenTexts, choose_representatives
from dedup.report.join_graph import JoinGraph, Joins, join_graph
from dedup.report.roundups import find_roundups

CLOSE = 0.8
"""Jaccard from which a copy counts as close; a text with a close copy is always in a cluster."""

type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


class Stars(NamedTuple):
    """Clusters.

    A text is in several clusters if it is a roundup, or a close copy of texts that are not copies of each
    other.

    Attributes:
        representatives: int64, shape (n,), ascending: the text that represents each cluster.
        bounds: int64, shape (n + 1,): offsets of each cluster's members.
        members: int64: the texts that match the representative, ascending within a cluster.
        roundups: int64, ascending: the texts that contain several unrelated stories.
        dropped: int64, ascending: the members that can be dropped because another text is kept.
    """

    representatives: Numbers
    bounds: Numbers
    members: Numbers
    roundups: Numbers
    dropped: Numbers

    def texts(self) -> Iterator[list[int]]:
        """Return the texts of each star, representative first."""
        members, bounds = self.members.tolist(), self.bounds.tolist()
        for star, representative in enumerate(self.representatives.tolist()):
            yield [representative, *members[bounds[star] : bounds[star + 1]]]


def cluster(
    joins: Joins,
    *,
    related: tuple[Numbers, Numbers],
    dates: Numbers,
    copied: Numbers,
    old: Flags,
) -> Stars:
    """Assign texts to representatives, each to the most similar one.

    A roundup (a text that contains two or more unrelated others and is not known to be older than all of
    them) does not fuse clusters: it is a member of the star of each story it contains, and represents only
    its own copies. If it is a copy of a reference text, it is a member of that star only.

    Args:
        joins: Numbered by representative priority: of two texts that join, the lower one represents.
        related: Left and right texts of related pairs: those with any verdict, and candidates that were not
            compared.
        dates: int64, by text: publication time, or `UNDATED`. A roundup is never older than its stories.
        copied: Texts shared by several documents: each makes a star even alone.
        old: By text: whether it is in the reference. Reference texts are not compared with each other.
    """
    graph = join_graph(joins, copied)
    choice = choose_representatives(graph, find_roundups(joins, related=related, dates=dates))
    rows = _rows_of_members(graph, choice, old=old[graph.texts])
    leading = graph.texts[graph.one[rows]]
    represents = graph.copied & choice.represents
    represents[graph.one[rows]] = True
    representatives = graph.texts[represents]
    return Stars(
        representatives,
        np.append(np.searchsorted(leading, representatives), leading.size),
        graph.texts[graph.other[rows]],
        graph.texts[sorted(choice.stories)],
        graph.texts[~choice.kept],
    )


def _rows_of_members(graph: JoinGraph, choice: ChosenTexts, *, old: Flags) -> Numbers:
    """Choose the rows of the graph that link a representative to a member of its star, ascending."""
    represented = choice.represents[graph.one]
    stories, barred = _rows_of_stories(graph, choice)
    free = represented & ~choice.represents[graph.other] & ~stories & ~barred
    best = _most_alike(graph, np.flatnonzero(free))
    known = np.zeros(graph.texts.size, dtype=np.bool_)
    known[graph.other[best[old[graph.one[best]]]]] = True
    listed = np.flatnonzero(stories & represented & ~known[graph.other])
    rows = np.concatenate([best, listed])
    alone = ~(graph.copied | old)
    alone[graph.one[rows]] = False
    # A representative is listed with its close copies even if all of them are more similar to others.
    shared = np.flatnonzero(free & alone[graph.one] & (graph.jaccard >= CLOSE))
    return np.union1d(rows, shared)


def _rows_of_stories(graph: JoinGraph, choice: ChosenTexts) -> tuple[Flags, Flags]:
    """Mark the rows that link a story to the roundup containing it, and those that link them in reverse."""
    stories, barred = np.zeros((2, graph.one.size), dtype=np.bool_)
    roundups = np.array(sorted(choice.stories), dtype=np.int64)
    for row in np.flatnonzero(np.isin(graph.other, roundups)).tolist():
        stories[row] = int(graph.one[row]) in choice.stories[int(graph.other[row])]
    for row in np.flatnonzero(np.isin(graph.one, roundups)).tolist():
        barred[row] = int(graph.other[row]) in choice.stories[int(graph.one[row])]
    return stories, barred


def _most_alike(graph: JoinGraph, rows: Numbers) -> Numbers:
    """Choose one row for each member: by Jaccard, then containment, then representative priority."""
    one, other = graph.one[rows], graph.other[rows]
    order = np.lexsort((one, -graph.containment[rows], -graph.jaccard[rows], other))
    first = np.ones(order.size, dtype=np.bool_)
    first[1:] = np.diff(other[order]) != 0
    chosen: Numbers = rows[order[first]]
    return chosen
