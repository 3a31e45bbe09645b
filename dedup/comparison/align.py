"""Two texts, word by word: what is kept, moved, respelt, exchanged and new, and where it stands.

One pair is aligned in Python, which also says what is meant; many by the kernel, with the same results.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.aligned_words import MOST, Wording, is_fact, wording
from dedup.core.alignment import align
from dedup.core.numerals import DATES, NUMERALS
from dedup.model import Alignment

__all__ = ["Wording", "align", "alignments", "is_fact", "wording"]


def alignments(
    texts: Sequence[str], *, left: NDArray[np.int64], right: NDArray[np.int64]
) -> Iterator[Alignment]:
    """Give the alignment of many pairs of texts, as `align` does of one.

    Args:
        texts: As they were written.
        left: Which of the texts is the left one of each pair.
        right: Which is the right one.
    """
    counts, exchanges, left_shown, right_shown = core.align_pairs(
        texts, left, right, numerals=NUMERALS, dates=DATES, most=MOST
    )
    for numbers, examples, left_words, right_words in zip(
        counts.tolist(), exchanges, left_shown, right_shown, strict=True
    ):
        words, other_words, kept, kept_facts, slots, exchanged, in_lead, *sides = numbers
        yield Alignment(
            words=(words, other_words),
            kept=kept,
            kept_facts=kept_facts,
            slots=slots,
            exchanged=exchanged,
            exchanged_in_lead=in_lead,
            examples=examples,
            moved=(sides[0], sides[1]),
            new=(sides[2], sides[3]),
            fresh=(sides[4], sides[5]),
            fresh_ahead=(sides[6], sides[7]),
            left_words=left_words,
            right_words=right_words,
        )
