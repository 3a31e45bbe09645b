"""Stamps: numbers and dates that stand in each other's place outside the body that two texts share.

A clock, a news code, a counter of readers: what each copy of a story carries of its own, at its top or end.
The twin of native/align_stamps.c.
"""

from collections.abc import Sequence

from dedup.core.aligned_text import DATE, NUMBER, AlignedText

BODY = 12
"""Words from which a kept passage is part of the body of both texts."""
LONGEST = 20
"""Words of a stamp, at most."""
FEWEST_FACTS = 3
"""Numbers in digits and dates in a stamp, at least."""
DENSE = 4
"""Words of a stamp for each of them, at most."""
FEWEST_LEFT = 20
"""Words that must remain of either text, or nothing is a stamp."""

type Segment = tuple[bool, int, int, int, int]
type Places = set[int]


def stamps(ours: AlignedText, theirs: AlignedText, segments: Sequence[Segment]) -> tuple[Places, Places]:
    """Find the stamps ahead of the first and behind the last long passage that both texts keep.

    Args:
        ours: One text, parted.
        theirs: The other.
        segments: Of the two.

    Returns:
        Places in the source of either text; both empty where there is none.
    """
    nothing: tuple[Places, Places] = set(), set()
    kept = [bounds for same, *bounds in segments if same and bounds[1] - bounds[0] >= BODY]
    if not kept:
        return nothing
    sizes, gone = [len(ours.words), len(theirs.words)], nothing
    first, last = kept[0], kept[-1]
    if _is_stamp(ours, 0, first[0]) and _is_stamp(theirs, 0, first[2]):
        for which, (text, end) in enumerate(((ours, first[0]), (theirs, first[2]))):
            gone[which].update(text.origins[:end])
            gone[which].discard(text.origins[end])
            sizes[which] -= end
    if _is_stamp(ours, last[1], len(ours.words)) and _is_stamp(theirs, last[3], len(theirs.words)):
        for which, (text, start) in enumerate(((ours, last[1]), (theirs, last[3]))):
            gone[which].update(text.origins[start:])
            gone[which].discard(text.origins[start - 1])
            sizes[which] -= len(text.words) - start
    return gone if min(sizes) >= FEWEST_LEFT else (set(), set())


def _is_stamp(text: AlignedText, start: int, end: int) -> bool:
    if end - start > LONGEST:
        return False
    facts = sum(kind in (NUMBER, DATE) for kind in text.kinds[start:end])
    return facts >= FEWEST_FACTS and facts * DENSE >= end - start
