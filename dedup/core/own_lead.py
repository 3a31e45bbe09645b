"""A statement of a text's own among its first words: "The strike was called off".

New words that nothing faces were added; in the place of others they may be the same in other words, except
where they open the text and are mostly fresh. The twin of native/align_lead.c.
"""

from collections.abc import Sequence
from itertools import pairwise

from dedup.core.aligned_text import FACTS, AlignedText
from dedup.core.unspaced_scripts import is_unspaced
from dedup.core.word_sequence import BEGINS_LINE, IS_BOILERPLATE

LEAD = 60
"""Words of a text within which a statement must begin to be in its lead, a first sentence and what follows;
of a script without spaces, twice as many letters. Chosen on the statements of `benchmarks.spliced`."""
STATEMENT = 3
"""New words of a statement, at least."""
OWN_FRESH, OWN_OF = 3, 10
"""Fresh words of a statement, at least, of so many; of a script without spaces, half as many letters. Of what
was moved together from elsewhere in the other text fewer are."""


def own_lead(text: AlignedText, places: Sequence[int], fresh: Sequence[int], *, faced: bool) -> int:
    """Count the fresh words outside boilerplate of a new passage; 0 if it is no statement in the lead.

    Args:
        text: The text with the passage.
        places: Places of its new words.
        fresh: Those of them that are nowhere in the other text.
        faced: Whether the other text has new words in its place.
    """
    if len(places) < STATEMENT:
        return 0
    scale = 2 if all(is_unspaced(text.words[place]) for place in places) else 1
    own = sum(not _flags(text, place) & IS_BOILERPLATE for place in fresh)
    if faced:
        states = places[0] == 0 and 2 * own >= len(places)
    else:
        states = scale * OWN_OF * own >= OWN_FRESH * len(places)
    return own if states and places[0] < scale * LEAD else 0


def own_lines(text: AlignedText, other: AlignedText, *, end: int) -> int:
    """Count the fresh words of one line of the first `end` words, which are left out as stamps.

    A line with a number or a date is a stamp. Of the others the one with most fresh words outside boilerplate
    counts: a headline is written like the name of a reporter.
    """
    starts = [place for place in range(end) if not place or _flags(text, place) & BEGINS_LINE]
    most = 0
    for start, after in pairwise([*starts, end]):
        line = range(start, after)
        if len(line) >= STATEMENT and not any(text.kinds[place] & FACTS for place in line):
            fresh = (place for place in line if text.words[place] not in other.vocabulary)
            most = max(most, sum(not _flags(text, place) & IS_BOILERPLATE for place in fresh))
    return most


def _flags(text: AlignedText, place: int) -> int:
    return text.source.flags[text.origins[place]]
