"""Find passages at the beginning of lines or the end of texts that share nothing else.

The twin of native/passages.c.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.numpy_kernel import shared_counts


class PassageRule(NamedTuple):
    """When texts show that a passage is boilerplate.

    Attributes:
        witnesses: Minimum number of texts that have the passage and share nothing else.
        common_percent: Percentage of a crowd that must have a shingle for the passage to include it.
        related_percent: Jaccard in percent, outside the passage, from which two texts share something else.
        least: Minimum number of shingles of a witness outside the passage.
    """

    witnesses: int
    common_percent: int
    related_percent: int
    least: int


class PassageCrowds(NamedTuple):
    """Crowds: texts with the same shingle at the beginning of a line, or at the end.

    Attributes:
        texts: int64: rows of the texts of each crowd, concatenated.
        bounds: int64, shape (n + 1,): start of each crowd in `texts`.
        places: uint64: the common shingle of each crowd.
        forward: bool: whether the passage begins with this shingle; otherwise it ends with it.
        longest: int64: maximum length of the passage in shingles.
    """

    texts: NDArray[np.int64]
    bounds: NDArray[np.int64]
    places: NDArray[np.uint64]
    forward: NDArray[np.bool_]
    longest: NDArray[np.int64]


class PassagesFound(NamedTuple):
    """Boilerplate passages, one per crowd.

    Attributes:
        witnesses: int64: index in each crowd of the first text that shows its passage; -1 for none.
        shingles: uint64: the passage of each crowd, ascending, concatenated.
        bounds: int64, shape (n + 1,): start of each passage in `shingles`.
    """

    witnesses: NDArray[np.int64]
    shingles: NDArray[np.uint64]
    bounds: NDArray[np.int64]


def find_passages(
    shingles: NDArray[np.uint64], bounds: NDArray[np.int64], crowds: PassageCrowds, rule: PassageRule
) -> PassagesFound:
    """Find the boilerplate that begins, or ends, with the shingle of each crowd.

    A passage is extended shingle by shingle as long as enough texts of the crowd agree. Witnesses are texts
    that share nothing else: at least half of the texts that have anything else, and a quarter of all.

    Args:
        shingles: Shingles of many texts in reading order, concatenated.
        bounds: Start of each text in `shingles`, and the end of the last.
        crowds: The texts and shingles to examine.
        rule: When a passage is boilerplate.
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
    """Find the passage of one crowd; its texts are given in the direction in which the passage extends."""
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
    """Return the shingles of a text from `place` on, as long as they are common; ascending, each once."""
    places = np.flatnonzero(sequence == place)
    ahead = sequence[places[0] :] if places.size else sequence[:0]
    agree = np.isin(ahead, common)
    return np.unique(ahead if agree.all() else ahead[: int(np.argmin(agree))])


def _witnesses(rests: list[NDArray[np.uint64]], rule: PassageRule) -> list[int]:
    """Choose every text that shares nothing with those chosen before it; none if they are too few."""
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
