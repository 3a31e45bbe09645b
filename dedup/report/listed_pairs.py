"""The step `rows of the report`, for pairs: judged texts -> the pairs of documents that are listed.

The pairs of a family of similar texts grow quadratically. Each document is listed with its representative and
with its strongest neighbours of each verdict, so listed pairs grow linearly. The rest are only counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.report.identical_texts import DistinctTexts, cross_pairs, pairs_within

type Numbers = NDArray[np.int64]

SAME_TEXT = -1
"""Stands for the judged pair of two documents with the same text."""


@dataclass(frozen=True, slots=True, eq=False)
class ListedPairs:
    """Pairs of documents by row.

    Attributes:
        one: int64: a document of the first text of the judged pair.
        other: int64: a document of the second.
        judged: int64: row of the judged pair, or `SAME_TEXT`.
    """

    one: Numbers
    other: Numbers
    judged: Numbers


def every_pair(texts: DistinctTexts, judged: JudgedPairs, *, repeated: Numbers, cap: int) -> ListedPairs:
    """List every pair, except copies of texts with many documents: see `pairs_within` and `cross_pairs`.

    Args:
        texts: The texts and their documents.
        judged: Pairs of texts with a verdict.
        repeated: Texts that several documents have.
        cap: Maximum number of documents of a text that are all paired.
    """
    counts = texts.document_counts
    single = counts[judged.left] * counts[judged.right] == 1
    first = texts.first
    rows = np.flatnonzero(single)
    made = [(first[judged.left[rows]], first[judged.right[rows]], rows)]
    made += [_columns(pairs_within(texts.documents(text), cap=cap), SAME_TEXT) for text in repeated.tolist()]
    for row in np.flatnonzero(~single).tolist():
        left, right = texts.documents(int(judged.left[row])), texts.documents(int(judged.right[row]))
        made.append(_columns(cross_pairs(left, right, cap=cap), row))
    return ListedPairs(*map(np.concatenate, zip(*made, strict=True)))


def _columns(pairs: Iterator[tuple[int, int]], judged: int) -> tuple[Numbers, Numbers, Numbers]:
    one, other = np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2).T
    return one, other, np.full(one.size, judged)


def strongest_pairs(
    texts: DistinctTexts,
    judged: JudgedPairs,
    *,
    repeated: Numbers,
    led: NDArray[np.bool_],
    references: int,
    neighbours: int,
) -> ListedPairs:
    """List each document's pairs with its representative and its strongest neighbours.

    The strongest neighbours of each verdict have the highest containment, then Jaccard, then representative
    priority; reference documents are counted separately.

    Args:
        texts: The texts and their documents.
        judged: Pairs of texts with a verdict.
        repeated: Texts that several documents have.
        led: Whether each judged pair is of a member and its representative.
        references: Number of reference documents; they come first.
        neighbours: Maximum number of neighbours per verdict.
    """
    counts = texts.document_counts
    ours, theirs = np.concatenate([judged.left, judged.right]), np.concatenate([judged.right, judged.left])
    rows = np.tile(np.arange(len(judged)), 2)
    turned = np.repeat([False, True], len(judged))
    jaccard, containment = judged.overlaps.jaccard[rows], judged.overlaps.containment[rows]
    old, kinds = texts.first[theirs] < references, judged.verdicts[rows]
    order = np.lexsort((theirs, -jaccard, -containment, old, kinds, ours))
    ours, theirs, rows = ours[order], theirs[order], rows[order]
    turned, old, kinds = turned[order], old[order], kinds[order]
    begins = np.ones(ours.size, dtype=np.bool_)
    begins[1:] = (np.diff(ours) != 0) | (np.diff(kinds) != 0) | (old[1:] != old[:-1])
    listed = np.clip(neighbours - _earlier(counts[theirs], begins), led[rows], counts[theirs])
    pair, place = _numbered(counts[ours] * listed)
    ours_at, theirs_at = place // listed[pair], place % listed[pair]
    asking, neighbour = (
        texts.rows[texts.bounds[side[pair]] + at] for side, at in ((ours, ours_at), (theirs, theirs_at))
    )
    one, other = np.where(turned[pair], neighbour, asking), np.where(turned[pair], asking, neighbour)
    most = int(texts.rows.max(initial=0)) + 1
    once = np.unique(one * most + other, return_index=True)[1]
    copies = _copies(texts, repeated, neighbours)
    return ListedPairs(
        np.concatenate([one[once], copies[0]]),
        np.concatenate([other[once], copies[1]]),
        np.concatenate([rows[pair[once]], np.full(copies[0].size, SAME_TEXT)]),
    )


def _copies(texts: DistinctTexts, repeated: Numbers, neighbours: int) -> tuple[Numbers, Numbers]:
    """Pair the documents of each text with the first few of them."""
    counts = texts.document_counts[repeated]
    text, leader = _numbered(np.minimum(counts - 1, neighbours))
    pair, place = _numbered(counts[text] - 1 - leader)
    start = texts.bounds[repeated[text[pair]]] + leader[pair]
    return texts.rows[start], texts.rows[start + 1 + place]


def _numbered(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Expand each number n to n rows: the index of the number, and 0 to n - 1."""
    places = np.repeat(np.arange(counts.size), counts)
    return places, np.arange(places.size) - np.repeat(np.cumsum(counts) - counts, counts)


def _earlier(counts: Numbers, begins: NDArray[np.bool_]) -> Numbers:
    """Sum the values before each row within its group; `begins` marks the starts of groups."""
    before = np.cumsum(counts) - counts
    starts = before[begins]
    earlier: Numbers = before - np.repeat(starts, np.diff(np.append(np.flatnonzero(begins), counts.size)))
    return earlier
