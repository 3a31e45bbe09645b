"""Stamps: what each of two copies carries of its own beside the body that both share.

A clock, a news code, a counter of readers, at the top or the end of a text; or, if nothing else differs,
lines of its own such as the name of a reporter, there or between paragraphs. The twin of
native/align_stamps.c.
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
MOST_PLACES = 4
"""Places, at most, where two texts that do not differ elsewhere have lines of their own."""
FOR_LINES, FOR_FACTS = 30, 20
"""Words that must remain for each of them, unless it is one short line at an end; and for each line with a
number or a date inside the body, where it may be one of a table."""

type Segment = tuple[bool, int, int, int, int]
type Texts = tuple[AlignedText, AlignedText]
type Bounds = tuple[int, int, int, int]
"""Where a passage begins and ends in one text, then in the other."""
type Places = set[int]


def stamps(ours: AlignedText, theirs: AlignedText, segments: Sequence[Segment]) -> tuple[Places, Places]:
    """Find the stamps around the long passages that both texts keep.

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
    before = 0, kept[0][0], 0, kept[0][2]
    after = kept[-1][1], sizes[0], kept[-1][3], sizes[1]
    margins = [margin for margin in (before, after) if _are_stamps(texts, margin)]
    if min(_left(texts, margins)) < FEWEST_LEFT:
        margins = []
    gone = _lines(texts, kept, margins) or margins
    return _places(ours, [margin[:2] for margin in gone]), _places(theirs, [margin[2:] for margin in gone])


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
    return len(facts) >= FEWEST_FACTS and _enough_own(facts, others) and len(facts) * DENSE >= size


def _enough_own(facts: Sequence[str], others: Sequence[str]) -> bool:
    return sum(fact not in others for fact in facts) >= FEWEST_OWN


def _lines(texts: Texts, kept: Sequence[Bounds], margins: Sequence[Bounds]) -> Sequence[Bounds]:
    """Return where lines of their own are, and the stamps, of two texts that do not differ elsewhere."""
    sizes = len(texts[0].words), len(texts[1].words)
    gone: list[Bounds] = []
    needed: list[int] = []
    for before, after in pairwise([(0, 0, 0, 0), *kept, (sizes[0], sizes[0], sizes[1], sizes[1])]):
        gap = before[1], after[0], before[3], after[2]
        if gap[0::2] == gap[1::2]:
            continue
        if gap in margins:
            needed.append(FOR_LINES)
        else:
            gap = _widened(texts, before, after)
            needed.append(_needed(texts, gap, inside=bool(before[1]) and after[0] < sizes[0]))
        gone.append(gap)
        if needed[-1] < 0 or len(gone) > MOST_PLACES:
            return []
    enough = needed == [0] or min(_left(texts, gone)) >= sum(max(words, FOR_LINES) for words in needed)
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


def _needed(texts: Texts, gap: Bounds, *, inside: bool) -> int:
    """Return how many words lines at one place need beside them; -1 if they are no lines of their own."""
    start, end, other_start, other_end = gap
    if not (_begin_lines(texts, start, other_start) and _begin_lines(texts, end, other_end)):
        return -1
    words = [text.words[slice(*side)] for text, side in zip(texts, (gap[:2], gap[2:]), strict=True)]
    counts = [_lines_of_facts(texts[0], start, end), _lines_of_facts(texts[1], other_start, other_end)]
    longest = max(map(size_in_words, words))
    if min(counts) < 0 or longest > 2 * LONGEST:
        return -1
    if not inside:
        return FOR_LINES if any(counts) or longest > LONGEST_LINE else 0
    facts = [
        [word for word, kind in zip(some, text.kinds[slice(*side)], strict=True) if kind in (NUMBER, DATE)]
        for text, some, side in zip(texts, words, (gap[:2], gap[2:]), strict=True)
    ]
    if any(some and not _enough_own(some, others) for some, others in zip(facts, words[::-1], strict=True)):
        return -1
    return FOR_LINES + FOR_FACTS * max(counts)


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
