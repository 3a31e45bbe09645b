"""A long text and a much shorter one -> the words of the long text that are aligned with it.

Some texts contain thousands of others: a year of a newspaper in one file. Aligning each with the whole text
takes time that grows with the square of their number. So the runs of words that both have are looked up in an
index of the long text, built once; the words around them are aligned, and all other words of the long text
count as new.
The twin of native/run_index.c and native/align_windows.c.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dedup.core.word_sequence import WordSequence

MUCH_LONGER = 16
"""Times the words of a text from which a long one is aligned with it in windows."""
INDEXED = 4
"""Words of a run. Shorter runs occur everywhere; with one word in ten changed, most runs of four remain."""
PLACES = 16
"""Occurrences of one run that count: the first ones."""
WINDOWS = 8
"""Windows, at most, besides the words that open the long text."""
EDGE = 64
"""Words aligned at the beginning of the long text, and beyond either end of a window; a stamp has fewer."""


@dataclass(frozen=True, slots=True)
class RunIndex:
    """The words of a text that are not left out, numbered in their order.

    Attributes:
        chosen: The place of each in the text.
        places: Of each run, the first numbers at which it begins.
        boilerplate: How often each word occurs in boilerplate of the text.
    """

    chosen: Sequence[int]
    places: Mapping[tuple[str, ...], Sequence[int]]
    boilerplate: Counter[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of a long text that are not aligned.

    Attributes:
        until: The first place behind them that is aligned; beyond the text if there is none.
        words: How many there are.
    """

    until: int
    words: int


def much_longer(one: WordSequence, other: WordSequence, *, long_text: int) -> bool:
    """Whether only windows of the first text are aligned with the other."""
    return len(one.words) >= long_text and len(one.words) // MUCH_LONGER >= len(other.words)


def run_index(text: WordSequence, *, left_out: int) -> RunIndex:
    """Index the words of a text that do not have the flag `left_out`; the index is kept with the text."""
    if left_out not in text.indexes:
        chosen = [place for place, flags in enumerate(text.flags) if not flags & left_out]
        places: dict[tuple[str, ...], list[int]] = {}
        for number, run in enumerate(_runs([text.words[place] for place in chosen])):
            known = places.setdefault(run, [])
            if len(known) < PLACES:
                known.append(number)
        text.indexes[left_out] = RunIndex(chosen, places, text.boilerplate())
    return text.indexes[left_out]


def windows(shorter: Sequence[str], index: RunIndex) -> tuple[list[int], list[Gap]]:
    """Choose the words of a long text that are aligned with a much shorter one.

    The long text is cut into blocks as long as the shorter text. The block with most of its runs becomes a
    window together with its neighbours, then the block with most of the runs that are left, and so on. So a
    story that was copied in one piece lies in one window, wherever its common phrases occur besides.

    Args:
        shorter: Words of the shorter text that are not left out.
        index: Of the long text.

    Returns:
        Places in the long text, ascending, and what lies between them.
    """
    span, size = max(len(shorter), EDGE), len(index.chosen)
    blocks = _blocks(shorter, index, span)
    bounds = [(0, EDGE), *(((block - 1) * span - EDGE, (block + 2) * span + EDGE) for block in blocks)]
    chosen: list[int] = []
    gaps: list[Gap] = []
    reached = 0
    for first, last in sorted(bounds):
        start, end = max(first, reached), min(last, size)
        if start >= end:
            continue
        if start > reached:
            gaps.append(Gap(index.chosen[start], start - reached))
        chosen += index.chosen[start:end]
        reached = end
    if reached < size:
        gaps.append(Gap(index.chosen[-1] + 1, size - reached))
    return chosen, gaps


def _blocks(shorter: Sequence[str], index: RunIndex, span: int) -> Iterator[int]:
    """Return the blocks to which windows belong; of equal ones the first."""
    runs = enumerate(_runs(shorter))
    hits = {(place // span, number) for number, run in runs for place in index.places.get(run, ())}
    for _ in range(WINDOWS):
        if not hits:
            return
        counts = Counter(block for block, _ in hits)
        best = min(counts, key=lambda block: (-counts[block], block))
        covered = {run for block, run in hits if abs(block - best) <= 1}
        hits = {(block, run) for block, run in hits if run not in covered}
        yield best


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(INDEXED)), strict=False)
