"""Mark the words of a text that are left out of its alignment. The twin of native/left_out.c."""

from collections.abc import Sequence
from itertools import pairwise

from dedup.core.unspaced_scripts import size_in_words
from dedup.core.word_sequence import BEGINS_LINE, IS_BOILERPLATE, LEFT_OUT, LEFT_OUT_WHOLE

STAMP_LINES = 3
"""Number of lines at either end of a text that may be stamps: a date, a time, a code, a counter."""
STAMP = 20
"""Maximum number of words of a stamp line, a quarter of them numbers or dates. See `size_in_words`."""
BODY = 20
"""Minimum number of words of a text without its stamps; also at least six tenths of it."""
OWN = 5
"""Minimum number of words of a text without its boilerplate."""
REPEATED = 10
"""Length of a run of words that is left out if it repeats an earlier one; three tenths must remain."""

type Places = Sequence[int]


def leave_out(words: Sequence[str], flags: bytearray, *, facts: Sequence[bool]) -> None:
    """Flag the words that are left out: LEFT_OUT, and LEFT_OUT_WHOLE for texts that are alike as wholes.

    Left out are lines of numbers and dates at either end; boilerplate, except of texts that are alike as
    wholes; and repetitions.

    Args:
        words: Words of the text.
        flags: Flags of each word; modified.
        facts: Whether each word is a number in digits or a date.
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
    """Return the indices of the words outside stamps."""
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
    """Return the indices of the words outside repeated runs."""
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
