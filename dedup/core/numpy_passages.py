"""Passages that open lines or close texts which share nothing else: the twin of native/passages.c."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.numpy_kernel import shared_counts


class PassageRule(NamedTuple):
    """When texts show that a passage is boilerplate.

    Attributes:
        witnesses: Texts that must share nothing else.
        common_percent: Share of a crowd that must have a shingle for the passage to go on.
        related_percent: Jaccard, of what two texts have besides the passage, from which they share more.
        least: Shingles besides the passage that a witness must have.
    """

    witnesses: int
    common_percent: int
    related_percent: int
    least: int


class PassageCrowds(NamedTuple):
    """Crowds of texts that have a shingle in the same place.

    Attributes:
        texts: int64: rows of the texts of each, one crowd after the other.
        bounds: int64, shape (n + 1,): where those of each begin.
        places: uint64: the shingle that opens a line of all of them, or closes them.
        forward: bool: whether the passage begins with it; else it ends with it.
        longest: int64: shingles of the passage, at most.
    """

    texts: NDArray[np.int64]
    bounds: NDArray[np.int64]
    places: NDArray[np.uint64]
    forward: NDArray[np.bool_]
    longest: NDArray[np.int64]


class PassagesFound(NamedTuple):
    """What the crowds teach.

    Attributes:
        witnesses: int64: place in each crowd of the first text that tells of its passage; -1 for none.
        shingles: uint64: the passage of each crowd, ascending.
        bounds: int64, shape (n + 1,): where each begins.
    """

    witnesses: NDArray[np.int64]
    shingles: NDArray[np.uint64]
    bounds: NDArray[np.int64]


def find_passages(
    shingles: NDArray[np.uint64], bounds: NDArray[np.int64], crowds: PassageCrowds, rule: PassageRule
) -> PassagesFound:
    """Find the boilerplate that begins, or ends, in the place of each crowd.

    It grows from the place, shingle by shingle, as long as enough texts of the crowd agree. Witnesses are
    texts that share nothing besides; half of those that have anything else must be, and a quarter of all.

    Args:
        shingles: Of many texts, in reading order, one text after the other.
        bounds: Where those of each begin, and the end of the last.
        crowds: Which texts to look at, and where.
        rule: When they tell.
    """
    witnessed: list[tuple[int, NDArray[np.uint64]]] = []
    for at, (start, end) in enumerate(pairwise(crowds.bounds.tolist())):
        rows = crowds.texts[start:end].tolist()
        sequences = [shingles[bounds[row] : bounds[row + 1]] for row in rows]
        if not crowds.forward[at]:
            sequences = [sequence[::-1] for sequence in sequences]
        witnessed.append(_passage(sequences, crowds.places[at], int(crowds.longest[at]), rule))
    passages = [passage for _, passage in witnessed]
    return PassagesFound(
        np.array([witness for witness, _ in witnessed], dtype=np.int64),
        np.concatenate([np.empty(0, dtype=np.uint64), *passages]),
        np.cumsum([0, *(passage.size for passage in passages)], dtype=np.int64),
    )


def _passage(
    sequences: list[NDArray[np.uint64]], place: np.uint64, longest: int, rule: PassageRule
) -> tuple[int, NDArray[np.uint64]]:
    """Find the passage of one crowd, whose texts are read away from the place."""
    nothing = -1, np.empty(0, dtype=np.uint64)
    sets = [np.unique(sequence) for sequence in sequences]
    every, texts = np.unique(np.concatenate([np.empty(0, np.uint64), *sets]), return_counts=True)
    wanted = max(rule.witnesses, -(-rule.common_percent * len(sets) // 100))
    common = every[texts >= wanted]
    runs = [_run(sequence, place, common) for sequence in sequences]
    rests = [np.setdiff1d(own, run, assume_unique=True) for own, run in zip(sets, runs, strict=True)]
    witnesses = _witnesses(rests, rule)
    if not witnesses:
        return nothing
    together = np.concatenate([runs[text] for text in witnesses])
    values, times = np.unique(together, return_counts=True)
    passage = values[times == len(witnesses)]
    return (witnesses[0], passage) if 0 < passage.size <= longest else nothing


def _run(sequence: NDArray[np.uint64], place: np.uint64, common: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Follow a text from the place on as long as its shingles are common; each once, ascending."""
    places = np.flatnonzero(sequence == place)
    ahead = sequence[places[0] :] if places.size else sequence[:0]
    agree = np.isin(ahead, common)
    return np.unique(ahead if agree.all() else ahead[: int(np.argmin(agree))])


def _witnesses(rests: list[NDArray[np.uint64]], rule: PassageRule) -> list[int]:
    """Choose each text that shares nothing with all chosen before it; none where they are too few."""
    sizes = np.array([rest.size for rest in rests], dtype=np.int64)
    bounds = np.append(0, np.cumsum(sizes))
    one, other = np.triu_indices(sizes.size, 1)
    shared = shared_counts(np.concatenate([np.empty(0, np.uint64), *rests]), bounds, one, other)
    related = np.zeros((sizes.size, sizes.size), dtype=np.bool_)
    related[other, one] = 100 * shared >= rule.related_percent * (sizes[one] + sizes[other] - shared)
    telling = np.flatnonzero(sizes >= rule.least).tolist()
    chosen: list[int] = []
    for text in telling:
        if not related[text, chosen].any():
            chosen.append(text)
    enough = max(rule.witnesses, (len(telling) + 1) // 2, (sizes.size + 3) // 4)
    return chosen if len(chosen) >= enough else []
