"""Leads of which only a credit is new, «به گزارش خبرگزاری مهر،» or "(Reuters) -", state nothing."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.pair_columns import Alignments
from dedup.comparison.verdict_model import repeats_but_for_lead, states_first
from dedup.core import WordColumn
from dedup.core.alignment import AlignmentCount as Count
from dedup.text.without_credits import without_credits

type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]

AT_ONCE = 256
"""Pairs whose texts are read again at once: their words take memory."""
STATED = slice(Count.OWN_LEAD, Count.OWN_FACTS + 2)
"""The counts of what the leads of both texts state."""


def with_uncredited_leads(
    aligned: Alignments, words: WordColumn, left: Numbers, right: Numbers, *, whole: Flags, among: Flags
) -> Alignments:
    """Count what the leads of pairs state without the credits of both texts.

    Args:
        aligned: Alignments of pairs.
        words: The words of the texts.
        left: Number of the left text of each pair.
        right: Number of the right text of each pair.
        whole: Whether the two texts of each pair are alike as wholes.
        among: The pairs in which a lead matters. Few of them have one that decides, and these are aligned
            again.
    """
    decides = among[:, None] & repeats_but_for_lead(aligned) & states_first(aligned)
    rows = np.flatnonzero(decides.any(axis=1))
    counts = aligned.counts.copy() if rows.size else aligned.counts
    for some in (rows[start : start + AT_ONCE] for start in range(0, rows.size, AT_ONCE)):
        numbers, places = np.unique(np.stack([left[some], right[some]]), return_inverse=True)
        texts = [words.text(number) for number in numbers.tolist()]
        bare = without_credits(texts)
        credited = np.array([one != other for one, other in zip(texts, bare, strict=True)])[places]
        again = (credited.T & decides[some]).any(axis=1)
        if again.any():
            ours, theirs = places[:, again].astype(np.int64)
            found = words.like(bare).align(ours, theirs, whole[some[again]])
            counts[some[again], STATED] = np.minimum(counts[some[again], STATED], found.counts[:, STATED])
    return replace(aligned, counts=counts)
