"""Choose the texts that represent clusters, and those that are kept.

No two representatives join, except roundups and their stories, and every other text joins one of them. No
kept text can be dropped for another one that is chosen after it, so a second run on the kept texts, if it
learns the same boilerplate, keeps all of them.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.report.join_graph import JoinGraph, Neighbours
from dedup.report.roundups import Roundups

type Flags = NDArray[np.bool_]

ROUNDS = 20
"""Choices that are made again, at most, because kept roundups lost stories."""


class ChosenTexts(NamedTuple):
    """The choice, by position in the graph.

    Attributes:
        represents: Whether a text is a representative.
        kept: Whether a text is kept; every representative is.
        stories: The texts contained in each roundup that contains several kept ones.
    """

    represents: Flags
    kept: Flags
    stories: Mapping[int, frozenset[int]]


def choose_representatives(graph: JoinGraph, roundups: Roundups) -> ChosenTexts:
    """Choose in the order of the texts, the roundups last.

    A roundup with several unrelated kept stories does not compete with them; with fewer it is treated like
    any other text. If such a one is kept, it is any other text to a second run from the beginning, so the
    choice is made again as that run would make it.
    """
    places = {int(text): place for place, text in enumerate(graph.texts.tolist()) if text in roundups.stories}
    stories = {
        place: frozenset(np.searchsorted(graph.texts, [*roundups.stories[text]]).tolist())
        for text, place in places.items()
    }
    choice = _choose(graph, roundups, stories)
    for _ in range(ROUNDS):
        lost = {place for place in stories if choice.kept[place]} - choice.stories.keys()
        if not lost:
            break
        stories = {place: parts for place, parts in stories.items() if place not in lost}
        choice = _choose(graph, roundups, stories)
    return choice


def _choose(graph: JoinGraph, roundups: Roundups, stories: Mapping[int, frozenset[int]]) -> ChosenTexts:
    """Choose among the texts that are no roundups, then among the roundups with these stories."""
    late = np.zeros(graph.texts.size, dtype=np.bool_)
    late[list(stories)] = True
    represents, kept = _choose_among(graph, ~late)
    fusing: Mapping[int, frozenset[int]] = {}
    if stories:
        fusing = _choose_roundups(graph, roundups, stories, represents=represents, kept=kept)
    return ChosenTexts(represents, kept, fusing)


def _choose_among(graph: JoinGraph, wanted: Flags) -> tuple[Flags, Flags]:
    """Choose representatives and kept texts among some."""
    among = wanted[graph.one] & wanted[graph.other]
    represents = _independent(graph.neighbours(among), np.flatnonzero(wanted))
    if (graph.drops | ~among).all():
        return represents, represents.copy()
    order = np.concatenate([np.flatnonzero(represents), np.flatnonzero(wanted & ~represents)])
    return represents, _independent(graph.neighbours(among & graph.drops), order)


def _independent(neighbours: Neighbours, order: NDArray[np.int64]) -> Flags:
    """Choose each position in the given order, unless a neighbour has been chosen."""
    size = len(neighbours)
    chosen, beside = bytearray(size), bytearray(size)
    for place in memoryview(order):
        if not beside[place]:
            chosen[place] = True
            for other in neighbours[place]:
                beside[other] = True
    return np.frombuffer(chosen, dtype=np.bool_).copy()


def _choose_roundups(
    graph: JoinGraph,
    roundups: Roundups,
    stories: Mapping[int, frozenset[int]],
    *,
    represents: Flags,
    kept: Flags,
) -> dict[int, frozenset[int]]:
    """Choose among the roundups in their order; `represents` and `kept` are filled in.

    Returns:
        The stories of the roundups that do not compete with them.
    """
    every, dropping = graph.neighbours(), graph.neighbours(graph.spared)
    fusing: dict[int, frozenset[int]] = {}

    def competing(neighbours: Neighbours, place: int) -> Iterator[int]:
        return (
            other
            for other in neighbours[place]
            if other not in fusing.get(place, ()) and place not in fusing.get(other, ())
        )

    for place in sorted(stories):
        of = graph.texts[[story for story in stories[place] if kept[story]]].tolist()
        if roundups.fuses(int(graph.texts[place]), of):
            fusing[place] = stories[place]
        beside = [other for other in competing(dropping, place) if kept[other]]
        kept[place] = not beside
        if not any(represents[other] for other in competing(every, place)):
            # It has no representative: it becomes one, unless a kept member of another star must.
            represents[beside[0] if beside else place] = True
    return fusing
