"""Stamps: what each of two copies carries of its own beside the body that both share.

A clock, a news code, a counter of readers, at the top or the end of a text; or, if nothing else differs,
lines of its own there, such as the name of a reporter. Between paragraphs such lines may be the news. The
twin of native/align_stamps.c.
"""

from collections.abc import Sequence
from itertools import pairwise

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
FOR_LINES = 30
"""Words that must remain for each end with such lines, unless it is one short line without a fact. Chosen on
the stamped stories of `benchmarks.robust`."""

type Segment = tuple[bool, int, int, int, int]
type Texts = tuple[AlignedText, AlignedText]
type Bounds = tuple[int, int, int, int]
"""Where a passage begins and ends in one text, then in the other."""
type Places = set[int]


def stamps(ours: AlignedText, theirs: AlignedText, segments: Sequence[Segment]) -> Sequence[Bounds]:
    """Find the stamps around the long passages that both texts keep.

    Args:
        ours: One text, parted.
        theirs: The other.
        segments: Of the two.

    Returns:
        The bounds of what is left out at the top, the end or both of either text.
    """
    texts, sizes = (ours, theirs), (len(ours.words), len(theirs.words))
    kept = [segment[1:] for segment in segments if segment[0] and segment[2] - segment[1] >= BODY]
    if not kept:
        return []
    before = 0, kept[0][0], 0, kept[0][2]
    after = kept[-1][1], sizes[0], kept[-1][3], sizes[1]
    margins = [margin for margin in (before, after) if _are_stamps(texts, margin)]
    if min(_left(texts, margins)) < FEWEST_LEFT:
        margins = []
    return _lines(texts, kept, margins) or margins


def stamp_places(ours: AlignedText, theirs: AlignedText, margins: Sequence[Bounds]) -> tuple[Places, Places]:
    """Return the places in the source of either text of what `stamps` found."""
    return _places(ours, [margin[:2] for margin in margins]), _places(
        theirs, [margin[2:] for margin in margins]
    )


def _left(texts: Texts, margins: Sequence[Bounds]) -> tuple[int, int]:
    """Count the words of either text outside some passages."""
    ours, theirs = (
        len(text.words) - sum(margin[end] - margin[end - 1] for margin in margins)
        for text, end in zip(texts, (1, 3), strict=True)
    )
    return ours, theirs


def _places(text: AlignedText, passages: Sequence[tuple[int, int]]) -> Places:
    """Return the places in the source of some passages; a parted word stays if one of its parts does."""
    gone = {place for passage in passages for place in range(*passage)}
    left = {origin for place, origin in enumerate(text.origins) if place not in gone}
    return {text.origins[place] for place in gone} - left


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
    own = sum(fact not in others for fact in facts)
    return len(facts) >= FEWEST_FACTS and own >= FEWEST_OWN and len(facts) * DENSE >= size


def _lines(texts: Texts, kept: Sequence[Bounds], margins: Sequence[Bounds]) -> Sequence[Bounds]:
    """Return the ends with lines of their own or a stamp, of two texts that do not differ elsewhere."""
    if any(before[1::2] != after[0::2] for before, after in pairwise(kept)):
        return []
    sizes = len(texts[0].words), len(texts[1].words)
    gone: list[Bounds] = []
    needed: list[int] = []
    for before, after in ((0, 0, 0, 0), kept[0]), (kept[-1], (sizes[0], sizes[0], sizes[1], sizes[1])):
        gap = before[1], after[0], before[3], after[2]
        if gap[0::2] == gap[1::2]:
            continue
        if gap in margins:
            needed.append(FOR_LINES)
        else:
            gap = _widened(texts, before, after)
            needed.append(_needed(texts, gap))
        gone.append(gap)
        if needed[-1] < 0:
            return []
    enough = needed == [0] or min(_left(texts, gone)) >= FOR_LINES * len(gone)
    return gone if enough else []


def _widened(texts: Texts, before: Bounds, after: Bounds) -> Bounds:
    """Widen what lies between two kept passages to whole lines: a line may be partly alike."""
    start, end, other_start, other_end = before[1], after[0], before[3], after[2]
    steps = range(min(2 * LONGEST_LINE, start - before[0] + 1))
    step = next((step for step in steps if _begin_lines(texts, start - step, other_start - step)), 0)
    start, other_start = start - step, other_start - step
    steps = range(min(2 * LONGEST_LINE, after[1] - end + 1))
    step = next((step for step in steps if _begin_lines(texts, end + step, other_end + step)), 0)
    return start, end + step, other_start, other_end + step


def _begin_lines(texts: Texts, *places: int) -> bool:
    return not any(places) or all(
        place == len(text.words) or bool(text.source.flags[text.origins[place]] & BEGINS_LINE)
        for text, place in zip(texts, places, strict=True)
    )


def _needed(texts: Texts, gap: Bounds) -> int:
    """Return how many words lines at an end need beside them; -1 if more than such lines differs."""
    start, end, other_start, other_end = gap
    if not (_begin_lines(texts, start, other_start) and _begin_lines(texts, end, other_end)):
        return -1
    words = [text.words[slice(*side)] for text, side in zip(texts, (gap[:2], gap[2:]), strict=True)]
    counts = [_lines_of_facts(texts[0], start, end), _lines_of_facts(texts[1], other_start, other_end)]
    if min(counts) < 0:
        return -1
    for some, stamps_among in zip(words, counts, strict=True):
        if size_in_words(some) > (2 * LONGEST if stamps_among else LONGEST_LINE):
            return -1
    return FOR_LINES if any(counts) else 0


def _lines_of_facts(text: AlignedText, start: int, end: int) -> int:
    """Count the lines that are stamps; the others must be short and without a fact, or it is -1."""
    found, line = 0, start
    for place in range(start + 1, end + 1):
        if place < end and not text.source.flags[text.origins[place]] & BEGINS_LINE:
            continue
        size, kinds = size_in_words(text.words[line:place]), text.kinds[line:place]
        dense = DENSE * sum(kind in (NUMBER, DATE) for kind in kinds)
        most = min(dense, LONGEST) if any(kind & FACTS for kind in kinds) else LONGEST_LINE
        if size > most:
            return -1
        found += dense > 0
        line = place
    return found
