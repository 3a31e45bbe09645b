"""The step `rows of the report`: judged texts and clusters -> columns of pairs and of members.

Every document is listed although each text was judged once. Records and reasons are made on request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JOINING, JudgedPairs
from dedup.comparison.reasons import reason_columns
from dedup.model import ExchangedFact, Reason, ReasonKind
from dedup.model.memory import return_freed_memory
from dedup.model.reason_columns import ReasonColumn
from dedup.model.recipe import Recipe
from dedup.model.rows import IDENTICAL, REPRESENTS, ClusterRows, PairRows
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.listed_pairs import SAME_TEXT, every_pair, strongest_pairs
from dedup.report.rank import Ranking
from dedup.report.representative import reason
from dedup.report.scope import Scope
from dedup.report.star_rows import StarRows, taken

type Numbers = NDArray[np.int64]

PLACES = 6
"""Decimals of a score."""
NOT_COMPARED = SAME_TEXT - 1
"""The judged pair of a representative, which is not compared with itself."""


def list_pairs(
    archive: Archive,
    texts: DistinctTexts,
    judged: JudgedPairs,
    *,
    stars: StarRows,
    ranking: Ranking | None,
    recipe: Recipe,
    scope: Scope,
) -> PairRows:
    """List pairs of documents with a verdict, sorted by left, then right id."""
    repeated = scope.texts_with_copies(texts)
    if not recipe.neighbours:
        listed = every_pair(texts, judged, repeated=repeated, cap=recipe.bucket_cap)
    else:
        led = np.zeros(len(judged), dtype=np.bool_)
        led[stars.judged[stars.judged != SAME_TEXT]] = True
        listed = strongest_pairs(
            texts,
            judged,
            repeated=repeated,
            led=led,
            references=archive.references,
            neighbours=recipe.neighbours,
        )
    wanted = scope.compares_pairs(listed.one, listed.other)
    one, other, rows = listed.one[wanted], listed.other[wanted], listed.judged[wanted]
    forward = archive.id_ranks[one] < archive.id_ranks[other]
    left, right = np.where(forward, one, other), np.where(forward, other, one)
    order = np.lexsort((archive.id_ranks[right], archive.id_ranks[left]))
    left, right, rows, forward = left[order], right[order], rows[order], forward[order]
    jaccard, containment = _scores(judged, rows)
    similarity = None if ranking is None else taken(ranking.similarity, rows, same=1.0)
    return_freed_memory()
    return PairRows(
        archive.ids,
        left,
        right,
        taken(judged.verdicts, rows, same=IDENTICAL),
        jaccard,
        containment,
        _confidence(judged, rows),
        similarity,
        archive.references,
        _Explanations(judged, rows, forward, "left", "right"),
    )


def _scores(judged: JudgedPairs, rows: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    overlaps = judged.overlaps
    jaccard, containment = (
        taken(shares.round(PLACES), rows, same=1.0) for shares in (overlaps.jaccard, overlaps.containment)
    )
    return jaccard, containment


def _confidence(judged: JudgedPairs, rows: Numbers) -> NDArray[np.float64]:
    return taken(judged.confidence.astype(np.float64).round(PLACES), rows, same=1.0)


@dataclass(frozen=True, slots=True)
class _Explanations:
    """Reasons and changed facts of rows.

    Attributes:
        judged: The judged pairs of texts.
        rows: Which of them each row is; `SAME_TEXT` for documents with the same text, or `NOT_COMPARED`.
        forward: Whether the left text of that pair is the left one of the row.
        left: The side that the left text is named as.
        right: The side that the right text is named as.
    """

    judged: JudgedPairs
    rows: Numbers
    forward: NDArray[np.bool_]
    left: str
    right: str

    def reasons(self, start: int, stop: int) -> list[ReasonColumn]:
        """Return the reasons of the rows from `start` up to but excluding `stop`."""
        rows, forward = self.rows[start:stop], self.forward[start:stop]
        measured = np.flatnonzero(rows >= 0)
        rows_of, judged = rows[measured], self.judged
        columns = reason_columns(
            judged.overlaps.where(rows_of),
            judged.alignments.where(rows_of).turned(~forward[measured]),
            judged.contexts.where(rows_of),
            left=self.left,
            right=self.right,
        )
        if measured.size < rows.size:
            columns = [column._replace(rows=measured[column.rows]) for column in columns]
        return [ReasonColumn(ReasonKind.EQUAL, np.flatnonzero(rows == SAME_TEXT)), *columns]

    def changes(self, start: int, stop: int) -> list[tuple[ExchangedFact, ...]]:
        """Return the facts that differ between copies, for the rows from `start` up to `stop`."""
        rows, forward = self.rows[start:stop], self.forward[start:stop]
        made: list[tuple[ExchangedFact, ...]] = [()] * rows.size
        measured = np.flatnonzero(rows >= 0)
        places = measured[JOINING[self.judged.verdicts[rows[measured]]]]
        facts = self.judged.alignments.facts(rows[places])
        for place, exchanged in zip(places.tolist(), facts, strict=True):
            made[place] = exchanged if forward[place] else tuple(each.mirrored() for each in exchanged)
        return made


def list_clusters(
    archive: Archive,
    texts: DistinctTexts,
    stars: StarRows,
    *,
    judged: JudgedPairs,
    ranking: Ranking | None,
    kept: Numbers,
    policy: str,
    scope: Scope,
) -> ClusterRows:
    """List the clusters, largest first, then by representative; members by overlap with it.

    Args:
        archive: The documents.
        texts: The distinct texts, or the groups of documents that are compared with the same others.
        stars: The clusters of those.
        judged: The judged pairs of texts.
        ranking: The overlaps of the members; None when ranking is off.
        kept: Documents that are not dropped.
        policy: How representatives are chosen; see `Recipe.representative`.
        scope: Which documents are compared.
    """
    tfidf = None if ranking is None else _flat(ranking.overlap)
    jaccard, containment = _scores(judged, stars.judged)
    entries, documents, represents = _ordered_members(
        archive, texts, stars, jaccard=jaccard, tfidf=tfidf, scope=scope
    )
    bounds = np.append(np.flatnonzero(represents), entries.size)
    rows = stars.judged[entries]
    verdicts = taken(judged.verdicts, rows, same=IDENTICAL)
    verdicts[represents] = REPRESENTS
    compared = np.where(represents, NOT_COMPARED, rows)
    clusters = stars.stars[entries[bounds[:-1]]].tolist()
    dropped = np.ones(len(archive.ids), dtype=np.bool_)
    dropped[kept] = dropped[: archive.references] = False
    return ClusterRows(
        ids=archive.ids,
        bounds=bounds,
        documents=documents,
        verdicts=verdicts,
        jaccard=jaccard[entries],
        containment=containment[entries],
        confidence=_confidence(judged, rows),
        tfidf=None if tfidf is None else np.where(represents, 1.0, tfidf[entries]),
        own_terms=None if ranking is None else _own_terms(ranking, stars, entries, represents),
        references=archive.references,
        cohesion=_cohesion(jaccard[entries], bounds),
        shared_terms=None if ranking is None else [ranking.shared_terms[each] for each in clusters],
        versions={},
        dropped=dropped[documents],
        moments=archive.dates[documents],
        ground=_Grounds(archive.sort_keys(documents, policy=policy), bounds, stars.roundups[entries], policy),
        explanations=_Explanations(judged, compared, stars.ahead[entries], "representative", "member"),
        heads=archive.heads,
    )


def _ordered_members(
    archive: Archive,
    texts: DistinctTexts,
    stars: StarRows,
    *,
    jaccard: NDArray[np.float64],
    tfidf: NDArray[np.float64] | None,
    scope: Scope,
) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Order the members of all clusters, see `list_clusters`.

    Args:
        archive: See `list_clusters`.
        texts: Likewise.
        stars: Likewise.
        jaccard: Of each row of `stars` with its representative.
        tfidf: Likewise; None when ranking is off.
        scope: See `list_clusters`.

    Returns:
        For each member the row of `stars`, the document, and whether it is the representative.
    """
    counts = texts.document_counts[stars.texts]
    entries = np.repeat(np.arange(counts.size), counts)
    offsets = np.arange(entries.size) - np.repeat(np.cumsum(counts) - counts, counts)
    documents = texts.rows[texts.bounds[stars.texts[entries]] + offsets]
    leaders = texts.first[stars.leads[entries]]
    represents = documents == leaders
    order = np.lexsort(
        (
            archive.id_ranks[documents],
            -jaccard[entries],
            np.zeros(entries.size) if tfidf is None else -tfidf[entries],
            ~represents,
            stars.stars[entries],
        )
    )
    wanted = represents | scope.compares_pairs(leaders, documents)
    order = order[wanted[order]]
    order = order[_by_size(stars.stars[entries[order]], archive.id_ranks[leaders[order]])]
    return entries[order], documents[order], represents[order]


def _by_size(stars: Numbers, leaders: Numbers) -> Numbers:
    """Order members by the size of their cluster, then its representative; skip clusters of one."""
    sizes = np.bincount(stars)[stars] if stars.size else stars
    order = np.lexsort((leaders, -sizes))
    kept: Numbers = order[sizes[order] > 1]
    return kept


def _flat(overlap: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    return np.fromiter(chain.from_iterable(overlap), dtype=np.float64)


def _own_terms(
    ranking: Ranking, stars: StarRows, entries: Numbers, represents: NDArray[np.bool_]
) -> list[tuple[str, ...]]:
    """Return the terms that only each member has; an identical copy of the representative has none."""
    terms = list(chain.from_iterable(ranking.own_terms))
    none = (stars.texts == stars.leads)[entries] & ~represents
    return [() if bare else terms[entry] for entry, bare in zip(entries.tolist(), none.tolist(), strict=True)]


def _cohesion(jaccard: NDArray[np.float64], bounds: Numbers) -> NDArray[np.float64]:
    """Return the mean Jaccard of the members of each cluster, excluding its representative."""
    if bounds.size == 1:
        return np.empty(0)
    sums = np.add.reduceat(jaccard, bounds[:-1]) - jaccard[bounds[:-1]]
    cohesion: NDArray[np.float64] = (sums / (np.diff(bounds) - 1)).round(PLACES)
    return cohesion


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Explains from the members' sort keys why a document represents its cluster."""

    sort_keys: Numbers
    bounds: Numbers
    roundups: NDArray[np.bool_]
    policy: str

    def __call__(self, cluster: int) -> Reason:
        members = slice(self.bounds[cluster], self.bounds[cluster + 1])
        first, *others = map(tuple, self.sort_keys[members].tolist())
        return reason(first, others, roundups=self.roundups[members][1:].tolist(), policy=self.policy)
