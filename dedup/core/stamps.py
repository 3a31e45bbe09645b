"""Stamps: what each of two copies carries of its own outside the body that both share.

A clock, a news code, a counter of readers, at the top or the end of a text; or a short line of its own there,
such as the name of a reporter, if nothing else differs. The twin of native/align_stamps.c.
"""

from collections.abc import Sequence

from dedup.core.aligned_text import DATE, FACTS, NUMBER, AlignedText
from dedup.core.unspaced_scripts import size_in_words
from dedup.core.word_sequence import BEGINS_LINE

BODY = 12
"""Words from which a kept passage is part of the body of both texts."""
LONGEST, LONGEST_LINE = 20, 6
"""Words of a stamp, and of a line that is one without a number or a date, at most. See `size_in_words`."""
FEWEST_FACTS = 3
"""Numbers in digits and dates in a stamp, at least."""
FEWEST_OWN = 2
"""Those among them that the stamp of the other text lacks, at least: one that differs is a changed figure."""
DENSE = 4
"""Words of a stamp for each of them, at most."""
FEWEST_LEFT = 20
"""Words that must remain of either text without such stamps: in a short text figures are the news."""

type Segment = tuple[bool, int, int, int, int]
type Texts = tuple[AlignedText, AlignedText]
type Bounds = tuple[int, int, int, int]
"""Where a passage begins and ends in one text, then in the other."""
type Places = set[int]


def stamps(ours: AlignedText, theirs: AlignedText, segments: Sequence[Segment]) -> tuple[Places, Places]:
    """Find the stamps ahead of the first and behind the last long passage that both texts keep.

    Args:
        ours: One text, parted.
        theirs: The other.
        segments: Of the two.

    Returns:
        Places in the source of either text; both empty if there is no stamp.
    """
    texts, sizes = (ours, theirs), (len(ours.words), len(theirs.words))
    kept = [segment[1:] for segment in segments if segment[0] and segment[2] - segment[1] >= BODY]
    if not kept:
        return set(), set()
    (start, _, other_start, _), (_, end, _, other_end) = kept[0], kept[-1]
    if not _are_stamps(texts, (0, start, 0, other_start)):
        start = other_start = 0
    if not _are_stamps(texts, (end, sizes[0], other_end, sizes[1])):
        end, other_end = sizes
    if min(end - start, other_end - other_start) < FEWEST_LEFT:
        start, other_start, end, other_end = 0, 0, *sizes
    if (start, other_start, end, other_end) == (0, 0, *sizes) and len(kept) == 1:
        start, end, other_start, other_end = _without_line(texts, kept[0])
    return _outside(ours, start, end), _outside(theirs, other_start, other_end)


def _outside(text: AlignedText, start: int, end: int) -> Places:
    """Return the places in the source of the words outside a passage."""
    return {*text.origins[:start], *text.origins[end:]}.difference(text.origins[start:end])


def _are_stamps(texts: Texts, margin: Bounds) -> bool:
    ours, theirs = margin[:2], margin[2:]
    words = [text.words[slice(*side)] for text, side in zip(texts, (ours, theirs), strict=True)]
    kinds = [text.kinds[slice(*side)] for text, side in zip(texts, (ours, theirs), strict=True)]
    return _is_stamp(words[0], kinds[0], words[1]) and _is_stamp(words[1], kinds[1], words[0])


def _is_stamp(words: Sequence[str], kinds: Sequence[int], others: Sequence[str]) -> bool:
    size = size_in_words(words)
    if max(size, size_in_words(others)) > LONGEST:
        return False
    facts = [word for word, kind in zip(words, kinds, strict=True) if kind in (NUMBER, DATE)]
    own = sum(word not in others for word in facts)
    return len(facts) >= FEWEST_FACTS and own >= FEWEST_OWN and len(facts) * DENSE >= size


def _without_line(texts: Texts, kept: Bounds) -> Bounds:
    """Return where the rest is of two texts that differ only in one short line at their top or end."""
    start, end, other_start, other_end = kept
    sizes = len(texts[0].words), len(texts[1].words)
    rest = everything = 0, sizes[0], 0, sizes[1]
    # The line may be partly alike: `Mary Jones, reporter` and `Ann Lee, reporter`.
    steps = range(2 * LONGEST_LINE)
    if (end, other_end) == sizes:
        step = next((step for step in steps if _begin_lines(texts, start + step, other_start + step)), 0)
        rest = start + step, end, other_start + step, other_end
    elif (start, other_start) == (0, 0):
        step = next((step for step in steps if _begin_lines(texts, end - step, other_end - step)), 0)
        rest = 0, end - step, 0, other_end - step
    return rest if _is_line(texts, rest) else everything


def _begin_lines(texts: Texts, *places: int) -> bool:
    return all(
        place == len(text.words) or bool(text.source.flags[text.origins[place]] & BEGINS_LINE)
        for text, place in zip(texts, places, strict=True)
    )


def _is_line(texts: Texts, rest: Bounds) -> bool:
    """Whether what is outside the rest is a line of its own in both texts, short and without facts."""
    starts, ends = rest[0::2], rest[1::2]
    if not _begin_lines(texts, *(starts if any(starts) else ends)):
        return False
    for text, start, end in zip(texts, starts, ends, strict=True):
        words, kinds = ([*column[:start], *column[end:]] for column in (text.words, text.kinds))
        if size_in_words(words) > LONGEST_LINE or any(kind & FACTS for kind in kinds):
            return False
    return True
