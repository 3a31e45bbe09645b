"""The words of a text that are left out before it is aligned. The twin of native/left_out.c."""

from collections.abc import Sequence
from itertools import pairwise

from dedup.core.unspaced_scripts import size_in_words
from dedup.core.word_sequence import BEGINS_LINE, IS_BOILERPLATE, LEFT_OUT, LEFT_OUT_WHOLE

STAMP_LINES = 3
"""Lines at either end of a text that may be stamps: a date, a clock, a code, a counter."""
STAMP = 20
"""Words of such a line, at most; a fourth of them are numbers or dates, or more. See `size_in_words`."""
BODY = 20
"""Words that must be left of a text without its stamps; six tenths of it, or more."""
OWN = 5
"""Words that must be left of a text without its boilerplate."""
REPEATED = 10
"""Words in a row that occur earlier in the same text and are left out; three tenths of it must remain."""

type Places = Sequence[int]


def leave_out(words: Sequence[str], flags: bytearray, *, facts: Sequence[bool]) -> None:
    """Flag the words that are left out: LEFT_OUT, and LEFT_OUT_WHOLE where texts are alike as wholes.

    Left out are lines of numbers and dates at either end, then boilerplate, but not of texts that are alike
    as wholes, and what the text repeats.

    Args:
        words: Of the text.
        flags: Of each word; changed.
        facts: Whether each word is of digits or a date.
    """
    body = _body(words, flags, facts)
    own: Places = [at for at in body if not flags[at] & IS_BOILERPLATE]
    own = own if len(own) >= OWN else body
    own_once = frozenset(_once(words, own))
    body_once = own_once if len(own) == len(body) else frozenset(_once(words, body))
    for once, flag in ((own_once, LEFT_OUT), (body_once, LEFT_OUT_WHOLE)):
        for at in range(len(words)):
            if at not in once:
                flags[at] |= flag


def _body(words: Sequence[str], flags: bytearray, facts: Sequence[bool]) -> Places:
    """Find the words that are in no stamp."""
    every = range(len(flags))
    lines = _lines(flags)
    gone: set[int] = set()
    for side in (lines, lines[::-1]):
        for line in side[:STAMP_LINES]:
            size = size_in_words([words[at] for at in line])
            if size > STAMP or 4 * sum(facts[at] for at in line) < size:
                break
            gone.update(line)
    left = len(every) - len(gone)
    if left < BODY or 5 * left < 3 * len(every):
        return every
    return [at for at in every if at not in gone]


def _lines(flags: bytearray) -> Sequence[range]:
    starts = [at for at, flag in enumerate(flags) if flag & BEGINS_LINE]
    return [range(start, end) for start, end in pairwise([*starts, len(flags)])]


def _once(words: Sequence[str], places: Places) -> Places:
    """Find the words without those runs that stood before."""
    seen: set[tuple[str, ...]] = set()
    gone: set[int] = set()
    written = tuple(words[at] for at in places)
    for start in range(len(places) - REPEATED + 1):
        run = written[start : start + REPEATED]
        if run in seen:
            gone.update(places[start : start + REPEATED])
        seen.add(run)
    if 10 * (len(places) - len(gone)) < 3 * len(places):
        return places
    return [at for at in places if at not in gone]
