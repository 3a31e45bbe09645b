"""Pairs and clusters -> overlap (TF-IDF cosine), and the terms that members share or that only one has.

Document frequencies come from the archive: within a cluster every word is common. A word that is not in the
archive weighs most. Stop words are counted but not shown: without them the ROC AUC of near-duplicates is the
same (benchmarks/ranking.py). Clusters know nothing of each other: they are ranked in tasks, with the lexicon
and the vocabulary of the run.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.report.pair_order import side_by_side
from dedup.report.rank.batches import AT_ONCE, Batch, batches
from dedup.report.rank.language import are_persian
from dedup.report.rank.lexicon import Words, learn
from dedup.report.rank.rank_batch import RANKED, RankedBatch, RankTask, rank_batch
from dedup.report.rank.shown_terms import Asked, in_all, readable
from dedup.report.rank.stop_words import NO_WORDS, Vocabulary, general_vocabulary, persian_vocabulary
from dedup.report.run_steps import Codec, JudgedDocuments, Material, Runner, Step

type Numbers = NDArray[np.int64]
type Terms = tuple[str, ...]

_MANY = 4096
"""Texts whose language is looked at in one task."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Overlaps of documents, and the words they overlap in; terms are spelt as in the text, weightiest first.

    Attributes:
        similarity: float64, shape (n_pairs,): cosine of the TF-IDF vectors of each pair, 0 to 1, 6 decimals.
        overlap: A tuple per cluster with a value per member, in the given order: its cosine with the
            representative.
        shared_terms: A tuple per cluster: terms in all of its documents.
        own_terms: A tuple per cluster with a tuple per member, in the given order: terms not in the
            representative; for the representative, terms not in any other member.
        tokenisers: Number of documents by tokeniser: `hazm` where its stop words and verbs chose the terms of
            a Persian text, else `unicode`.
    """

    similarity: NDArray[np.float64]
    overlap: tuple[tuple[float, ...], ...]
    shared_terms: tuple[Terms, ...]
    own_terms: tuple[tuple[Terms, ...], ...]
    tokenisers: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """What is known of a cluster."""

    overlap: tuple[float, ...]
    shared: Terms
    own: tuple[Terms, ...]


def rank(
    material: Material,
    *,
    pairs: Sequence[tuple[int, ...]],
    clusters: Sequence[Sequence[int]],
    background: Sequence[int],
    letters: Numbers,
    runner: Runner,
) -> Ranking:
    """Measure the overlap of pairs and cluster members, and choose shared and distinguishing terms.

    Args:
        material: Its documents are read, some hundred at a time.
        pairs: Rows of the documents to compare; an empty text has overlap 0 with any other.
        clusters: Rows, each representative first.
        background: Rows of a sample of the archive, for document frequencies; none: those named serve.
        letters: Letters of each document, by row.
        runner: Runs the tasks.

    Returns:
        The same numbers and terms whatever the order of `background` and who runs the tasks. Where
        nothing is named, nothing is read and no library is loaded; hazm where a cluster is Persian.
    """
    named = {*chain.from_iterable(pairs), *chain.from_iterable(clusters)}
    if not named:
        return Ranking(np.zeros(len(pairs)), (), (), (), {})
    vocabulary = _vocabulary(material, clusters, runner)
    counted = _counted(material.documents, background or sorted(named))
    lexicon = learn(counted, vocabulary if clusters else None)
    step = Step("rank", partial(rank_batch, lexicon=lexicon, vocabulary=vocabulary), RANKED)
    order = side_by_side(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T)
    pairs = [pairs[place] for place in order.tolist()]
    some = list(batches(pairs, clusters, letters=letters.item))
    tasks = [_task(batch, pairs) for batch in some]
    similarity, persian = np.zeros(len(pairs)), set[int]()
    ranked: dict[int, _Ranked] = {}
    parts: defaultdict[int, list[RankedBatch]] = defaultdict(list)
    for batch, task, result in zip(some, tasks, runner.run(step, tasks, material), strict=True):
        similarity[order[batch.pairs]] = result.similarity
        persian.update(task.rows[task.members[result.persian]].tolist())
        if batch.whole:
            ranked.update(_whole(batch, task, result))
        else:
            parts[batch.clusters[0][0]].append(result)
    for number, of_cluster in parts.items():
        text = material.documents.texts(np.array(clusters[number][:1]))[0]
        ranked[number] = _put_together(of_cluster, vocabulary, text=text)
    every = [ranked[number] for number in range(len(clusters))]
    tokenisers = Counter({vocabulary.name: len(persian)})
    tokenisers["unicode"] += len(named - persian)
    return Ranking(
        similarity=similarity,
        overlap=tuple(each.overlap for each in every),
        shared_terms=tuple(each.shared for each in every),
        own_terms=tuple(each.own for each in every),
        tokenisers=dict(sorted((+tokenisers).items())),
    )


def _are_persian(material: Material, rows: Numbers) -> NDArray[np.bool_]:
    return are_persian(material.documents.texts(rows))


_LANGUAGE = Step(
    "language",
    _are_persian,
    Codec(lambda in_persian: {"persian": in_persian}, lambda arrays: arrays["persian"]),
)


def _vocabulary(material: Material, clusters: Sequence[Sequence[int]], runner: Runner) -> Vocabulary:
    """Load hazm if the representative of any cluster is Persian; load nothing if there are no clusters."""
    if not clusters:
        return NO_WORDS
    leads = np.array([cluster[0] for cluster in clusters])
    if _are_persian(material, leads[:AT_ONCE]).any():
        return persian_vocabulary()
    rest = [leads[start : start + _MANY] for start in range(AT_ONCE, leads.size, _MANY)]
    if any(in_persian.any() for in_persian in runner.run(_LANGUAGE, rest, material)):
        return persian_vocabulary()
    return general_vocabulary()


def _counted(documents: JudgedDocuments, rows: Sequence[int]) -> Iterator[Words]:
    return (core.distinct_words(documents.texts(np.array(some))) for some in batched(rows, AT_ONCE))


def _task(batch: Batch[int], pairs: Sequence[tuple[int, ...]]) -> RankTask:
    """Name documents by their places in the batch."""
    sides = [batch.places[row] for number in batch.pairs for row in pairs[number]]
    left, right = np.array(sides, dtype=np.int64).reshape(-1, 2).T.copy()
    return RankTask(
        np.fromiter(batch.places, dtype=np.int64, count=len(batch.places)),
        left,
        right,
        members=np.array([place for _, places in batch.clusters for place in places], dtype=np.int64),
        bounds=np.cumsum([0, *(len(places) for _, places in batch.clusters)], dtype=np.int64),
        whole=batch.whole,
    )


def _whole(batch: Batch[int], task: RankTask, result: RankedBatch) -> Iterator[tuple[int, _Ranked]]:
    """Return what is known of each cluster of a batch, by its number."""
    overlap, spans = result.overlap.tolist(), pairwise(task.bounds.tolist())
    for (number, _), shared, (start, end) in zip(batch.clusters, result.shared, spans, strict=True):
        yield number, _Ranked(tuple(overlap[start:end]), shared, tuple(result.own[start:end]))


def _put_together(parts: Sequence[RankedBatch], vocabulary: Vocabulary, *, text: str) -> _Ranked:
    """Put the parts of a cluster together; each begins with the representative, whose text is given."""
    first = parts[0].overlap[:1].tolist()
    in_every, alone = (in_all([part.unshown[which] for part in parts]) for which in range(2))
    asked = [
        Asked(in_every, 0, together=False, shared=True),
        Asked(alone, 0, together=bool(parts[0].persian[0])),
    ]
    shared, own = readable(asked, vocabulary, text=lambda _: text)
    return _Ranked(
        (*first, *chain.from_iterable(part.overlap[1:].tolist() for part in parts)),
        shared,
        (own, *chain.from_iterable(part.own[1:] for part in parts)),
    )
