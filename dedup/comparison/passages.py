"""Two folded texts -> the passages they share, as offsets into the source texts.

Shared shingles are the seeds: each is extended letter by letter for as long as the texts agree. This finds
moved blocks, and lost or added spaces do not split a passage.
"""

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model import FoldedText, Passage

PLACES = 8
"""Maximum number of occurrences of a shingle that are tried; further repetitions would add nothing."""


def shared_passages(left: FoldedText, right: FoldedText, *, letters: int) -> tuple[Passage, ...]:
    """Find the passages that two texts share.

    Args:
        left: Output of `fold`.
        right: Output of `fold`.
        letters: Length of a shingle; also the minimum length of a passage.

    Returns:
        Passages of whole words of the left text, in its order, without overlaps. If the right text repeats
        a passage, the occurrence that agrees longest is used, then the first.
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
        if end - first >= least - start:  # cut to whole words, a passage can be shorter than a shingle
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
    """Find the passages of a text that are covered by given shingles, rounded to whole words.

    Args:
        text: Output of `fold`.
        shingles: Ascending.
        letters: Length of a shingle.

    Returns:
        Start and end of each passage in the source text.
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
    """Return the shingle at each word start, except where it would extend past the end of the text."""
    units = text.units
    column = core.TextColumn.trusted(units, np.array([0, units.size], dtype=np.int64), folded=True)
    return core.shingle_sequences(column, letters=letters)[0]


def _places(starts: NDArray[np.intp], hashes: NDArray[np.uint64]) -> dict[int, list[int]]:
    """Map each shingle to the first few places where it occurs."""
    where: dict[int, list[int]] = {}
    for start, shingle in zip(starts.tolist(), hashes.tolist(), strict=False):
        places = where.setdefault(shingle, [])
        if len(places) < PLACES:
            places.append(start)
    return where


def _agreeing(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> int:
    """Return the length of the common prefix, comparing ever larger blocks."""
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
    """Return the bounds in the source text of the folded letters from `first` up to `end`."""
    return int(text.origin[units[first]]), int(text.origin[units[end - 1]]) + 1
