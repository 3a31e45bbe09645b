"""Stars and their judged pairs -> columns, one row for each text of each star."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.report.cluster import Stars
from dedup.report.listed_pairs import SAME_TEXT

type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StarRows:
    """Stars as columns, one row for each text of each star, the representative first.

    Attributes:
        stars: int64: the star of each row.
        texts: int64: the text.
        leads: int64: the text that represents the star.
        judged: int64: row of the judged pair of text and representative, `SAME_TEXT` for the representative.
        ahead: Whether the representative is the left text of that pair.
        roundups: Whether the text is a roundup.
    """

    stars: Numbers
    texts: Numbers
    leads: Numbers
    judged: Numbers
    ahead: NDArray[np.bool_]
    roundups: NDArray[np.bool_]


def star_rows(stars: Stars, judged: JudgedPairs, *, texts: Numbers) -> StarRows:
    """Convert stars to columns, with the judged pair of each member and its representative.

    Args:
        stars: Stars of texts, or of groups of their documents.
        judged: Judged pairs of texts.
        texts: int64: the text of each number in `stars`.
    """
    sizes = np.diff(stars.bounds) + 1
    star = np.repeat(np.arange(sizes.size), sizes)
    leads = stars.representatives[star]
    text = np.insert(stars.members, stars.bounds[:-1], stars.representatives)
    rows = _judged_rows(judged, texts[leads], texts[text])
    ahead = taken(judged.left, rows, same=SAME_TEXT) == texts[leads]
    return StarRows(star, text, leads, rows, ahead, np.isin(text, stars.roundups))


def _judged_rows(judged: JudgedPairs, one: Numbers, other: Numbers) -> Numbers:
    """Find the rows of the judged pairs of joining texts; `SAME_TEXT` where there is none."""
    joining = np.flatnonzero(judged.joins)
    most = int(max(one.max(initial=0), other.max(initial=0), judged.right.max(initial=0))) + 1
    ours, theirs = judged.left[joining], judged.right[joining]
    keys = np.minimum(ours, theirs) * most + np.maximum(ours, theirs)
    order = np.argsort(keys)
    wanted = np.minimum(one, other) * most + np.maximum(one, other)
    places = np.searchsorted(keys, wanted, sorter=order)
    places[places == keys.size] = 0
    if not keys.size:
        return np.full(one.size, SAME_TEXT)
    rows = order[places]
    return np.where(keys[rows] == wanted, joining[rows], SAME_TEXT)


def taken[T: np.generic](column: NDArray[T], rows: Numbers, *, same: float) -> NDArray[T]:
    """Take rows of a column; `same` for documents with the same text."""
    return np.append(column, np.array([same], dtype=column.dtype))[rows]
