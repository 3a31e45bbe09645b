"""The passages that two texts have in the same order.

Up to a bound on the product of their lengths, the alignment is that of fewest insertions and deletions
(Hyyrö, "Bit-parallel LCS-length computation revisited", 2004, in rapidfuzz). Longer texts are cut first at
runs of words that occur once in each, as in Bram Cohen's patience diff; pieces that are still too long have
nothing in common. The twin of native/align_blocks.c.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from dedup.core.word_sequence import MOST

type Block = tuple[int, int, int]

CHANCE = 3
"""Words from which a passage that is kept between two larger changes is kept on purpose."""
ANCHOR = 12
"""Words in a row, standing once in each of two long texts, at which both are cut."""


def kept_blocks(left: Sequence[str], right: Sequence[str], *, most: int = MOST) -> list[Block]:
    """Return the passages that two texts have in the same order, chance included: place in each, and words.

    Args:
        left: Words of one text.
        right: Words of the other.
        most: Two texts of this many words, or of the same product, are aligned in one piece.
    """
    fewer, ahead, behind = min(len(left), len(right)), 0, 0
    while ahead < fewer and left[ahead] == right[ahead]:
        ahead += 1
    while behind < fewer - ahead and left[-behind - 1] == right[-behind - 1]:
        behind += 1
    ends = len(left) - behind, len(right) - behind
    if (ends[0] - ahead) * (ends[1] - ahead) <= most * most:
        return _blocks_of_piece(left, right)
    blocks = [(0, 0, ahead)]
    start, other_start = ahead, ahead
    for at, other_at, size in [*_anchors(left[: ends[0]], right[: ends[1]], ahead), (*ends, behind)]:
        if (at - start) * (other_at - other_start) <= most * most:
            piece = _blocks_of_piece(left[start:at], right[other_start:other_at])
            blocks += [(start + place, other_start + other, words) for place, other, words in piece]
        blocks.append((at, other_at, size))
        start, other_start = at + size, other_at + size
    return _merged(blocks)


def _blocks_of_piece(left: Sequence[str], right: Sequence[str]) -> list[Block]:
    blocks = Indel.editops(left, right).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Join passages that follow one another in both texts."""
    merged: list[Block] = []
    for at, other_at, size in blocks:
        last = merged[-1] if merged else (-1, -1, 0)
        if (last[0] + last[2], last[1] + last[2]) == (at, other_at):
            merged[-1] = (last[0], last[1], last[2] + size)
        elif size:
            merged.append((at, other_at, size))
    return merged


def _anchors(left: Sequence[str], right: Sequence[str], ahead: int) -> list[Block]:
    """Return passages after the first words that occur once in both texts, the most that are in one order."""
    theirs = _single_runs(right, ahead)
    ours = _single_runs(left, ahead)
    shared = [(at, theirs[run]) for run, at in ours.items() if run in theirs]
    anchors: list[Block] = []
    end, other_end = ahead, ahead
    for at, other_at in _longest_ascent(shared):
        seen = max(end - at, other_end - other_at, 0)
        if seen < ANCHOR:
            end, other_end = at + ANCHOR, other_at + ANCHOR
            anchors.append((at + seen, other_at + seen, ANCHOR - seen))
    return anchors


def _single_runs(words: Sequence[str], start: int) -> dict[tuple[str, ...], int]:
    """Return the runs that occur once after the first words, in their order, with their places."""
    places: dict[tuple[str, ...], int] = {}
    repeated = set()
    for place, run in enumerate(zip(*(words[start + shift :] for shift in range(ANCHOR)), strict=False)):
        if run in places:
            repeated.add(run)
        places.setdefault(run, start + place)
    return {run: place for run, place in places.items() if run not in repeated}


def _longest_ascent(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest list of places that ascend in both texts; they ascend in the first already."""
    tops: list[int] = []  # the least last place of the other text in a list of each length
    rows: list[int] = []
    before: list[int] = []
    for row, (_, other) in enumerate(places):
        length = bisect_left(tops, other)
        before.append(rows[length - 1] if length else -1)
        tops[length : length + 1] = [other]
        rows[length : length + 1] = [row]
    chain: list[int] = []
    row = rows[-1] if rows else -1
    while row >= 0:
        chain.append(row)
        row = before[row]
    return [places[row] for row in reversed(chain)]


def segments(
    left: Sequence[str], right: Sequence[str], *, most: int
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Passages by turns changed and kept, as bounds; what chance keeps between two changes is changed."""
    blocks = [*kept_blocks(left, right, most=most), (len(left), len(right), 0)]
    start = other_start = 0
    for place, (at, other_at, size) in enumerate(blocks):
        if 0 < size < CHANCE:
            following, other_following, _ = blocks[place + 1]
            before = max(at - start, other_at - other_start)
            after = max(following - at, other_following - other_at) - size
            if min(before, after) > size:
                continue
        if at > start or other_at > other_start:
            yield False, start, at, other_start, other_at
        start, other_start = at + size, other_at + size
        if size:
            yield True, at, start, other_at, other_start
