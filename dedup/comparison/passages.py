"""Two folded texts -> the passages that stand in both, as bounds in the source texts.

Shingles that both texts hold are the seeds; each grows letter by letter while the texts agree, so
moved blocks are found and lost or added blanks do not cut a passage.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import FoldedText, Passage

PLACES = 8
"""Places of one shingle that are tried; a text that repeats it more often gains nothing from the rest."""


def shared_passages(left: FoldedText, right: FoldedText, *, letters: int) -> tuple[Passage, ...]:
    """Find the passages that two texts share.

    Args:
        left: Output of `fold`.
        right: Output of `fold`.
        letters: Window of a shingle; no shorter passage is found.

    Returns:
        Passages of whole words of the left text, in its order, no letter in two. Of the places where
        the right text repeats one, that with the longest agreement, then the first.
    """
    ours, our_units, our_starts = core.window_starts(left.units)
    theirs, their_units, their_starts = core.window_starts(right.units)
    where = _places(their_starts, _shingles(right, letters))
    word_ends = np.append(our_starts[1:], ours.size)
    hashes = _shingles(left, letters)
    window_ends = core.window_ends(ours, our_starts, width=letters)
    ends = window_ends.tolist() or [ours.size] * hashes.size
    passages = []
    done = 0
    for start, least, shingle in zip(our_starts.tolist(), ends, hashes.tolist(), strict=False):
        if start < done or shingle not in where:
            continue
        ahead, other = max((_agreeing(ours[start:], theirs[at:]), -at) for at in where[shingle])
        back = _agreeing(ours[done:start][::-1], theirs[:-other][::-1])
        first = int(our_starts[np.searchsorted(our_starts, start - back)])
        ended = np.searchsorted(word_ends, start + ahead, side="right")
        end = int(word_ends[ended - 1]) if ended else 0
        if end - first >= least - start:  # whole words can leave less than the window that was found
            done = end
            shift = -other - start
            passages.append(
                Passage(
                    *_source(left, our_units, first, end),
                    *_source(right, their_units, first + shift, end + shift),
                )
            )
    return tuple(passages)


def passages_of(
    text: FoldedText, shingles: NDArray[np.uint64], *, letters: int
) -> tuple[tuple[int, int], ...]:
    """Find the passages of a text that some shingles cover, to the nearest word; bounds in the source text.

    Args:
        text: Output of `fold`.
        shingles: Ascending.
        letters: Window of a shingle.
    """
    written, units, starts = core.window_starts(text.units)
    hashes = _shingles(text, letters)
    if not hashes.size or not shingles.size:
        return ()
    at = np.minimum(np.searchsorted(shingles, hashes), shingles.size - 1)
    covered = np.flatnonzero(shingles[at] == hashes)
    ends = core.window_ends(written, starts, width=letters)
    ends = ends if ends.size else np.full(hashes.size, written.size)
    word_bounds = np.append(starts, written.size)
    spans: list[tuple[int, int]] = []
    for start, reached in zip(starts[covered].tolist(), ends[covered].tolist(), strict=True):
        after = int(np.searchsorted(word_bounds, reached))
        before, behind = int(word_bounds[after - 1]), int(word_bounds[after])
        end = behind if 2 * (reached - before) >= behind - before else before
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, max(end, start + 1)))
    return tuple(_source(text, units, start, end) for start, end in spans)


def _shingles(text: FoldedText, letters: int) -> NDArray[np.uint64]:
    """Return the shingle at each word start; those that would run over the end are left out."""
    units = text.units
    column = core.TextColumn.trusted(units, np.array([0, units.size], dtype=np.int64), folded=True)
    return core.shingle_sequences(column, letters=letters)[0]


def _places(starts: NDArray[np.intp], hashes: NDArray[np.uint64]) -> dict[int, list[int]]:
    """Where each shingle stands, by hash: the first few places."""
    where: dict[int, list[int]] = {}
    for start, shingle in zip(starts.tolist(), hashes.tolist(), strict=False):
        places = where.setdefault(shingle, [])
        if len(places) < PLACES:
            places.append(start)
    return where


def _agreeing(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> int:
    """How many units agree from the beginning; looks no further than it must."""
    size = min(one.size, other.size)
    reach = 64
    while True:
        differs = np.flatnonzero(one[: min(reach, size)] != other[: min(reach, size)])
        if differs.size:
            return int(differs[0])
        if reach >= size:
            return size
        reach *= 4


def _source(text: FoldedText, units: NDArray[np.intp], first: int, end: int) -> tuple[int, int]:
    """Bounds in the source text of the letters from `first` up to `end`."""
    return int(text.origin[units[first]]), int(text.origin[units[end - 1]]) + 1
