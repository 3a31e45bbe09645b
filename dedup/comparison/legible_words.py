"""Words of an alignment -> words that people read.

Folded letters of Korean are jamo, and in scripts without spaces a word of the alignment is one letter: such
words are shown as the text writes them, and whole where they can be told apart.
"""

import re
from collections.abc import Callable, Sequence

from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.text.written_words import as_written

_UNSPACED = re.compile(f"[{chr(FIRST_UNSPACED)}-\U0010ffff]")
"""Jamo are among these letters too."""


def legible(words: Sequence[str], text: Callable[[], str]) -> tuple[str, ...]:
    """Spell folded words as their text does, where that is needed to read them; each once.

    Args:
        words: Folded, in reading order, each once.
        text: Gives the text; not asked where no word needs it.
    """
    if not _UNSPACED.search("".join(words)):
        return tuple(words)
    return tuple(dict.fromkeys(as_written(text(), words)))
