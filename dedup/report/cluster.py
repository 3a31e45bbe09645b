"""Judged texts -> stars around representatives, by the ids of the documents that represent the texts."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from dedup.comparison.rules import KEPT_WHOLE
from dedup.model import Verdict
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.judge_candidates import Judged
from dedup.report.pair import Candidates
from dedup.report.representative import UNDATED
from dedup.report.scope import Scope
from dedup.report.stars import Join, Star, cluster

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that stands whole in another may be one of several parts."""


def cluster_all(
    archive: Archive, texts: DistinctTexts, judged: Sequence[Judged], *, scope: Scope, left_out: Candidates
) -> list[Star]:
    """Gather the texts around representatives.

    Args:
        archive: The documents.
        texts: What they say.
        judged: Pairs with a verdict.
        scope: What was compared.
        left_out: Candidates that were not; two parts of one text that are such are no sign of a roundup.
    """
    rows = texts.first.tolist()
    names = [archive.ids[row] for row in rows]
    joined = [
        pair
        for pair in judged
        # New copies of two old texts are why these were measured; each old one represents its own.
        if pair.verdict.joins and not rows[pair.left] < archive.references > rows[pair.right]
    ]
    # A text of the reference is older than the story that it holds: that is an excerpt, it is no roundup.
    holding = [
        holds if (holds := _holding(pair)) and rows[holds[0]] >= archive.references else None
        for pair in joined
    ]
    parts = [holds[1] for holds in holding if holds]
    alike = np.isin(left_out.left, parts) & np.isin(left_out.right, parts)
    related = chain(
        ((pair.left, pair.right) for pair in judged),
        zip(left_out.left[alike].tolist(), left_out.right[alike].tolist(), strict=True),
    )
    dates = {
        names[number]: (int(archive.dates[rows[number]]),)
        for number in {number for pair in joined for number in (pair.left, pair.right)}
    }
    return cluster(
        [
            Join(names[pair.left], names[pair.right], container=names[holds[0]] if holds else None)
            for pair, holds in zip(joined, holding, strict=True)
        ],
        related=((names[left], names[right]) for left, right in related),
        order=names,
        published={name: date for name, date in dates.items() if date != (UNDATED,)},
        copied={names[number] for number in scope.repeated(texts)},
        old={name for name, row in zip(names, rows, strict=True) if row < archive.references},
    )


def _holding(pair: Judged) -> tuple[int, int] | None:
    """The text that is clearly longer, and the other, where that stands in it whole, be it half of it."""
    whole = pair.overlap.containment >= KEPT_WHOLE and pair.overlap.length_ratio <= CLEARLY_SHORTER
    if pair.verdict is not Verdict.CONTAINED and not whole:
        return None
    longer_first = pair.overlap.left >= pair.overlap.right
    return (pair.left, pair.right) if longer_first else (pair.right, pair.left)
