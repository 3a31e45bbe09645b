"""The step `rank`: the texts of a batch -> cosines of its pairs and members, and terms of its clusters."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core import TextColumn
from dedup.core.term_weights import Lexicon, Terms
from dedup.report.packed_results import lists, lists_arrays
from dedup.report.rank.language import persian
from dedup.report.rank.shown_terms import LOOKED_AT, Asked, readable
from dedup.report.rank.stop_words import Vocabulary
from dedup.report.run_steps import Arrays, Codec, Material

type Numbers = NDArray[np.int64]

_MANY = 4096
"""Terms that are looked at where a cluster is put together from parts: what one part lacks is left out."""

_DECIMALS = 6


class RankTask(NamedTuple):
    """Texts that are weighed together.

    Attributes:
        rows: int64: of the documents; what follows are places in it.
        left: int64: the left one of each pair.
        right: int64: the right one.
        members: int64: the documents of each cluster, cluster after cluster, the representative first.
        bounds: int64: where each cluster begins in `members`, and the end of the last.
        whole: Whether the clusters are whole, rather than one part of a large cluster.
    """

    rows: Numbers
    left: Numbers
    right: Numbers
    members: Numbers
    bounds: Numbers
    whole: bool


class RankedBatch(NamedTuple):
    """The result of a `RankTask`.

    Attributes:
        similarity: float64: the cosine of each pair.
        overlap: float64: of each member with its representative.
        persian: bool: whether each member is Persian.
        shared: Terms of each whole cluster, as they are shown.
        own: Terms of each member, as they are shown; none of the representative of a part.
        unshown: Of a part: the terms that its documents share, and those its representative has alone.
    """

    similarity: NDArray[np.float64]
    overlap: NDArray[np.float64]
    persian: NDArray[np.bool_]
    shared: list[tuple[str, ...]]
    own: list[tuple[str, ...]]
    unshown: list[Terms]


def rank_batch(
    material: Material, task: RankTask, *, lexicon: Lexicon, vocabulary: Vocabulary
) -> RankedBatch:
    """Read the texts of a batch, and ask the kernel all about them."""
    texts = core.as_column(material.documents.texts(task.rows))
    leads = np.repeat(task.members[task.bounds[:-1]], np.diff(task.bounds))
    left, right = np.concatenate([task.left, leads]), np.concatenate([task.right, task.members])
    products, squares, lengths, terms = core.weigh_words(
        texts,
        left,
        right,
        documents=task.members,
        bounds=task.bounds,
        lexicon=lexicon,
        most=LOOKED_AT if task.whole else _MANY,
    )
    cosines = _cosines(products, squares[left] * squares[right])
    similarity, overlap = np.split(cosines, [task.left.size])
    in_persian: NDArray[np.bool_] = persian(lengths)[task.members]
    return RankedBatch(similarity, overlap, in_persian, *_terms(texts, task, in_persian, terms, vocabulary))


def _cosines(products: NDArray[np.float64], squares: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.sqrt(squares)
    return np.divide(products, lengths, out=np.zeros(products.size), where=lengths > 0).round(_DECIMALS)


def _terms(
    texts: TextColumn,
    task: RankTask,
    in_persian: NDArray[np.bool_],
    terms: Sequence[Terms],
    vocabulary: Vocabulary,
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]], list[Terms]]:
    """Return `RankedBatch.shared`, `own` and `unshown`; `in_persian` marks the Persian members."""
    given = iter(terms)
    asked: list[Asked] = []
    for start, end in pairwise(task.bounds.tolist()):
        members = zip(task.members[start:end].tolist(), in_persian[start:end].tolist(), strict=True)
        asked.append(Asked(next(given), int(task.members[start]), together=False, shared=True))
        asked += [Asked(next(given), member, together=is_persian) for member, is_persian in members]
    unshown = [] if task.whole else [each.terms for each in asked[:2]]
    shown = [() for _ in unshown] + readable(asked[len(unshown) :], vocabulary, text=texts.__getitem__)
    shared = [each for each, of in zip(shown, asked, strict=True) if of.shared and task.whole]
    own = [each for each, of in zip(shown, asked, strict=True) if not of.shared]
    return shared, own, unshown


_NUMBERS = ("similarity", "overlap", "persian")


def _arrays(ranked: RankedBatch) -> Arrays:
    return {
        **{name: getattr(ranked, name) for name in _NUMBERS},
        **lists_arrays("shared", ranked.shared),
        **lists_arrays("own", ranked.own),
        **lists_arrays("words", [words for words, _ in ranked.unshown]),
        **lists_arrays("phrases", [phrases for _, phrases in ranked.unshown]),
    }


def _ranked(arrays: Arrays) -> RankedBatch:
    similarity, overlap, in_persian = (arrays[name] for name in _NUMBERS)
    unshown = list(zip(lists("words", arrays), lists("phrases", arrays), strict=True))
    return RankedBatch(
        similarity, overlap, in_persian, list(lists("shared", arrays)), list(lists("own", arrays)), unshown
    )


RANKED = Codec(_arrays, _ranked)
