"""Pairs and clusters -> overlap (TF-IDF cosine), and the terms that members share or have alone.

Document frequencies are the archive's, not the cluster's, where every word is common; a word the archive
does not hold weighs most. Stop words count and are not shown: without them the ROC AUC of near-duplicates
is the same (benchmarks/ranking.py).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched, chain, islice

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core import Texts
from dedup.core.term_weights import Lexicon, Terms
from dedup.report.rank.batches import AT_ONCE, Batch, batches
from dedup.report.rank.language import are_persian, persian
from dedup.report.rank.lexicon import Words, learn
from dedup.report.rank.shown_terms import LOOKED_AT, in_all, readable
from dedup.report.rank.stop_words import NO_WORDS, Vocabulary, general_vocabulary, persian_vocabulary

type TextsOf[K] = Callable[[Sequence[K]], Texts]

_MANY = 4096
"""Terms that are looked at where a cluster is put together from parts: what one part lacks is left out."""

_DECIMALS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """How far documents overlap, and in which words; terms are spelt as in the text, weightiest first.

    Attributes:
        similarity: float64, shape (n_pairs,): cosine of the TF-IDF vectors of each pair, 0 to 1, 6 decimals.
        overlap: One tuple a cluster, one value a member as given: its cosine with the representative.
        shared_terms: One tuple a cluster: terms that each of its documents holds.
        own_terms: One tuple a cluster, one tuple a member as given: terms the representative lacks; for the
            representative, terms that every member lacks.
        tokenisers: Documents by whose words they were ranked with: `hazm` where its stop words and verbs
            chose the terms of a Persian text, else `unicode`.
    """

    similarity: NDArray[np.float64]
    overlap: tuple[tuple[float, ...], ...]
    shared_terms: tuple[tuple[str, ...], ...]
    own_terms: tuple[tuple[tuple[str, ...], ...], ...]
    tokenisers: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Work[K: Hashable]:
    """What every batch needs."""

    texts_of: TextsOf[K]
    pairs: Sequence[tuple[K, ...]]
    lexicon: Lexicon
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What a batch finds out of a cluster, or of a part of one; own terms those of the members."""

    number: int
    overlap: tuple[float, ...]
    shared: Terms
    alone: Terms
    own: tuple[tuple[str, ...], ...]
    persian: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Done[K: Hashable]:
    """What a batch finds out."""

    similarity: NDArray[np.float64]
    parts: list[_Part]
    persian: list[K]


def rank[K: Hashable](
    texts_of: TextsOf[K],
    *,
    pairs: Sequence[tuple[K, ...]],
    clusters: Sequence[Sequence[K]],
    background: Sequence[K],
    workers: int = 1,
) -> Ranking:
    """Measure the overlap of pairs and of cluster members, and name what they share and do not.

    Args:
        texts_of: Gives some hundred texts, as they were written or folded; asked in many threads.
        pairs: Keys of the documents to compare; an empty text has overlap 0 with any other.
        clusters: Keys, each representative first.
        background: Keys of a sample of the archive, for document frequencies; none: those named serve.
        workers: Threads, 1 or more.

    Returns:
        The same numbers and terms whatever the order of `background` and the number of workers. Where
        nothing is named, nothing is read and no library is loaded; hazm where a cluster is Persian.
    """
    named = dict.fromkeys(chain(chain.from_iterable(pairs), chain.from_iterable(clusters)), "unicode")
    if not named:
        return Ranking(np.zeros(len(pairs)), (), (), (), {})
    vocabulary = _vocabulary(texts_of, clusters)
    similarity = np.zeros(len(pairs))
    parts: list[list[_Part]] = [[] for _ in clusters]
    with ThreadPoolExecutor(workers) as pool:
        counted = _counted(pool, texts_of, background or list(named))
        work = _Work(texts_of, pairs, learn(counted, vocabulary if clusters else None), vocabulary)
        some = list(batches(pairs, clusters))
        for batch, done in zip(some, pool.map(lambda batch: _done(batch, work), some), strict=True):
            similarity[batch.pairs] = done.similarity
            named.update(dict.fromkeys(done.persian, vocabulary.name))
            for part in done.parts:
                parts[part.number].append(part)
    terms = list(_terms(texts_of, clusters, parts, vocabulary))
    return Ranking(
        similarity=similarity,
        overlap=tuple(_overlap(each) for each in parts),
        shared_terms=tuple(shared for shared, _ in terms),
        own_terms=tuple(own for _, own in terms),
        tokenisers=dict(sorted(Counter(named.values()).items())),
    )


def _vocabulary[K: Hashable](texts_of: TextsOf[K], clusters: Sequence[Sequence[K]]) -> Vocabulary:
    """Load hazm when a cluster is Persian, by its representative; nothing where there is no cluster."""
    if not clusters:
        return NO_WORDS
    for some in batched(clusters, AT_ONCE):
        if are_persian(texts_of([cluster[0] for cluster in some])).any():
            return persian_vocabulary()
    return general_vocabulary()


def _counted[K: Hashable](pool: Executor, texts_of: TextsOf[K], keys: Sequence[K]) -> Iterator[Words]:
    return pool.map(lambda some: core.distinct_words(texts_of(some)), batched(keys, AT_ONCE))


def _done[K: Hashable](batch: Batch[K], work: _Work[K]) -> _Done[K]:
    """Read the texts of a batch, and ask the kernel all about them."""
    keys = list(batch.places)
    pairs = [tuple(batch.places[key] for key in work.pairs[number]) for number in batch.pairs]
    pairs += [(places[0], place) for _, places in batch.clusters for place in places]
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T.copy()
    texts = core.as_column(work.texts_of(keys))
    products, squares, lengths, terms = core.weigh_words(
        texts,
        left,
        right,
        documents=np.array([place for _, places in batch.clusters for place in places], dtype=np.int64),
        bounds=np.cumsum([0, *(len(places) for _, places in batch.clusters)], dtype=np.int64),
        lexicon=work.lexicon,
        most=LOOKED_AT if batch.whole else _MANY,
    )
    cosines = _cosines(products, squares[left] * squares[right])
    told = persian(lengths).tolist()
    overlap, found = iter(cosines[len(batch.pairs) :].tolist()), iter(terms)
    parts = [
        _part(
            number,
            [texts[place] for place in places],
            [told[place] for place in places],
            overlap=overlap,
            terms=found,
            vocabulary=work.vocabulary,
        )
        for number, places in batch.clusters
    ]
    clustered = {place for _, places in batch.clusters for place in places if told[place]}
    return _Done(cosines[: len(batch.pairs)], parts, [keys[place] for place in clustered])


def _cosines(products: NDArray[np.float64], squares: NDArray[np.float64]) -> NDArray[np.float64]:
    lengths = np.sqrt(squares)
    return np.divide(products, lengths, out=np.zeros(products.size), where=lengths > 0).round(_DECIMALS)


def _part(
    number: int,
    texts: Sequence[str],
    told: Sequence[bool],
    *,
    overlap: Iterator[float],
    terms: Iterator[Terms],
    vocabulary: Vocabulary,
) -> _Part:
    """Take what belongs to one cluster; `told` says which of its documents are Persian."""
    shared, alone = next(terms), next(terms)
    members = zip(texts[1:], told[1:], islice(terms, len(told) - 1), strict=True)
    own = tuple(readable(each, vocabulary, text=text, together=one) for text, one, each in members)
    return _Part(number, tuple(islice(overlap, len(told))), shared, alone, own, told[0])


def _overlap(parts: Sequence[_Part]) -> tuple[float, ...]:
    """Put the parts of a cluster together; each begins with the representative."""
    return parts[0].overlap[:1] + tuple(chain.from_iterable(part.overlap[1:] for part in parts))


def _terms[K: Hashable](
    texts_of: TextsOf[K],
    clusters: Sequence[Sequence[K]],
    parts: Sequence[Sequence[_Part]],
    vocabulary: Vocabulary,
) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Give the shared terms of each cluster, spelt as in its representative, and the own of each document."""
    for some in batched(zip(clusters, parts, strict=True), AT_ONCE):
        for text, (_, each) in zip(texts_of([cluster[0] for cluster, _ in some]), some, strict=True):
            terms = in_all([part.shared for part in each])
            shared = readable(terms, vocabulary, text=text, together=False, shared=True)
            alone = readable(
                in_all([part.alone for part in each]), vocabulary, text=text, together=each[0].persian
            )
            yield shared, (alone, *chain.from_iterable(part.own for part in each))
