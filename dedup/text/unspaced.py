"""Text in a script without spaces -> the same with a space behind each letter, so that it has words.

Thai, Lao, Khmer, Myanmar, Chinese and Japanese put no space between words. What counts words, and what
aligns them, would take a whole clause for one word: one letter changed, and all of it would be new.
"""

import re
from functools import cache

import numpy as np

from dedup import core
from dedup.core.numpy_kernel import unspaced_units

DENSE = 3
"""Characters for each shingle below which a text is taken to be in such a script: there a shingle begins at
every letter, elsewhere at every word, five or six characters apart in the languages that were looked at."""
HAN_OF_TWO_UNITS = "\U00020000-\U000337ff"
FIRST_HALF, LAST_HALF = 0xD800, 0xDFFF
"""Units that are half a letter."""


def part(text: str, *, shingles: int) -> str:
    """Part the letters of scripts without spaces; any other text stays as it is.

    Args:
        text: As it was written, or folded.
        shingles: How many different ones it has.
    """
    if DENSE * shingles <= len(text):
        return text
    return _letter().sub(r"\g<0> ", core.fold_texts([text])[0])


@cache
def _letter() -> re.Pattern[str]:
    units = np.flatnonzero(unspaced_units())
    whole = units[(units < FIRST_HALF) | (units > LAST_HALF)]
    return re.compile(f"[{''.join(map(chr, whole.tolist()))}{HAN_OF_TWO_UNITS}]")
