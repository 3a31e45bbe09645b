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
FEWEST_OWN = 2
"""Those among them that the stamp of the other text lacks, at least: one that differs is a changed figure."""
DENSE = 4
"""Words of a stamp for each of them, at most."""
FEWEST_LEFT = 20
"""Words that must remain of either text, or nothing is a stamp."""

type Segment = tuple[bool, int, int, int, int]
type Places = set[int]
type Margin = tuple[AlignedText, int, int]
"""A text, and the bounds of its words ahead of the shared body or behind it."""


def stamps(ours: AlignedText, theirs: AlignedText, segments: Sequence[Segment]) -> tuple[Places, Places]:
    """Find the stamps ahead of the first and behind the last long passage that both texts keep.

    Args:
        ours: One text, parted.
        theirs: The other.
        segments: Of the two.

    Returns:
        Places in the source of either text; both empty if there is no stamp.
    """
    nothing: tuple[Places, Places] = set(), set()
    kept = [bounds for same, *bounds in segments if same and bounds[1] - bounds[0] >= BODY]
    if not kept:
        return nothing
    sizes, gone = [len(ours.words), len(theirs.words)], nothing
    first, last = kept[0], kept[-1]
    if _are_stamps((ours, 0, first[0]), (theirs, 0, first[2])):
        for which, (text, end) in enumerate(((ours, first[0]), (theirs, first[2]))):
            gone[which].update(text.origins[:end])
            gone[which].discard(text.origins[end])
            sizes[which] -= end
    if _are_stamps((ours, last[1], len(ours.words)), (theirs, last[3], len(theirs.words))):
        for which, (text, start) in enumerate(((ours, last[1]), (theirs, last[3]))):
            gone[which].update(text.origins[start:])
            gone[which].discard(text.origins[start - 1])
            sizes[which] -= len(text.words) - start
    return gone if min(sizes) >= FEWEST_LEFT else (set(), set())


def _are_stamps(one: Margin, other: Margin) -> bool:
    return _is_stamp(one, other) and _is_stamp(other, one)


def _is_stamp(margin: Margin, other: Margin) -> bool:
    text, start, end = margin
    other_text, *bounds = other
    if max(end - start, bounds[1] - bounds[0]) > LONGEST:
        return False
    kinds = text.kinds[start:end]
    facts = [word for word, kind in zip(text.words[start:end], kinds, strict=True) if kind in (NUMBER, DATE)]
    theirs = other_text.words[bounds[0] : bounds[1]]
    own = sum(word not in theirs for word in facts)
    return len(facts) >= FEWEST_FACTS and own >= FEWEST_OWN and len(facts) * DENSE >= end - start
