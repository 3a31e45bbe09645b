"""Judged texts -> the records of the report: every document is listed, each text was judged once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dedup.comparison.reasons import IDENTICAL_REASONS, reasons
from dedup.model import Cluster, Member, Pair, Reason, Verdict
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.cluster import Stars
from dedup.report.identical_texts import DistinctTexts, cross_pairs, pairs_within
from dedup.report.judge_candidates import Judged
from dedup.report.rank import Ranking
from dedup.report.representative import SortKey, reason
from dedup.report.scope import Scope

PLACES = 6
"""Decimals of a score."""


def list_pairs(
    archive: Archive,
    texts: DistinctTexts,
    judged: Sequence[Judged],
    *,
    ranking: Ranking | None,
    recipe: Recipe,
    scope: Scope,
) -> tuple[Pair, ...]:
    """List every pair of documents with a verdict, by left, then right id."""
    ids = archive.ids
    same = (1.0, 1.0, None if ranking is None else 1.0)
    pairs = [
        _pair(archive, one, other, verdict=Verdict.IDENTICAL, scores=same)
        for text in scope.texts_with_copies(texts).tolist()
        for one, other in scope.filter_pairs(pairs_within(texts.documents(text), cap=recipe.bucket_cap))
    ]
    for number, pair in enumerate(judged):
        similarity = None if ranking is None else float(ranking.similarity[number])
        scores = (round(pair.overlap.jaccard, PLACES), round(pair.overlap.containment, PLACES), similarity)
        why: dict[bool, tuple[Reason, ...]] = {}
        for one, other in scope.filter_pairs(
            cross_pairs(texts.documents(pair.left), texts.documents(pair.right), cap=recipe.bucket_cap)
        ):
            forward = ids[one] < ids[other]
            if forward not in why:
                why[forward] = _reasons(pair, forward=forward)
            pairs.append(
                _pair(archive, one, other, verdict=pair.verdict, scores=scores, reasons=why[forward])
            )
    return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right)))


def _reasons(pair: Judged, *, forward: bool, **names: str) -> tuple[Reason, ...]:
    aligned = pair.alignment
    if forward:
        return reasons(pair.overlap, pair.difference, alignment=aligned, **names)
    return reasons(
        pair.overlap.mirrored(),
        pair.difference.mirrored(),
        alignment=None if aligned is None else aligned.mirrored(),
        **names,
    )


def _pair(
    archive: Archive,
    one: int,
    other: int,
    *,
    verdict: Verdict,
    scores: tuple[float, float, float | None],
    reasons: tuple[Reason, ...] = IDENTICAL_REASONS,
) -> Pair:
    ids = archive.ids
    left, right = (one, other) if ids[one] < ids[other] else (other, one)
    old = archive.references
    reference = "left" if left < old else "right" if right < old else ""
    return Pair(ids[left], ids[right], verdict, *scores, reasons, reference)


def list_clusters(
    archive: Archive,
    texts: DistinctTexts,
    stars: Stars,
    *,
    judged: Sequence[Judged],
    ranking: Ranking | None,
    policy: str,
    scope: Scope,
) -> tuple[Cluster, ...]:
    """List the clusters, largest first, then by representative."""
    between = {(pair.left, pair.right): pair for pair in judged if pair.verdict.joins}
    stood = list(stars.texts())
    places = _places(archive, texts, stood, policy=policy)
    clusters = []
    for at, held in enumerate(stood):
        first = texts.documents(held[0])[0]
        members = []
        for column, number in enumerate(held):
            found = _found(held[0], between.get((held[0], number)) or between.get((number, held[0])))
            if ranking is not None:
                found["tfidf"] = ranking.overlap[at][column]
                found["own_terms"] = ranking.own_terms[at][column] if column else ()
            beside = ((first, row) for row in texts.documents(number) if row != first)
            members += [(row, found) for _, row in scope.filter_pairs(beside)]
        if not members:  # of documents that are not to be compared
            continue
        leading = _LEADING | (
            {} if ranking is None else {"tfidf": 1.0, "own_terms": ranking.own_terms[at][0]}
        )
        others = [places[row] for row, _ in members]
        clusters.append(
            _cluster(
                archive,
                (first, leading),
                members,
                reason=reason(places[first], others, policy=policy),
                shared_terms=() if ranking is None else ranking.shared_terms[at],
            )
        )
    clusters.sort(key=lambda cluster: (-len(cluster.members), cluster.representative))
    return tuple(replace(cluster, id=number) for number, cluster in enumerate(clusters, start=1))


def _places(
    archive: Archive, texts: DistinctTexts, stood: Sequence[Sequence[int]], *, policy: str
) -> dict[int, SortKey]:
    """Look up where the documents of clusters stand among those that could represent them."""
    rows = [row for held in stood for number in held for row in texts.documents(number)]
    return dict(zip(rows, map(tuple, archive.sort_keys(rows, policy=policy).tolist()), strict=True))


type _Found = dict[str, Any]
"""What a member is to the representative, by the fields of `Member`."""

_LEADING: _Found = {"verdict": None, "jaccard": 1.0, "containment": 1.0, "tfidf": None}


def _found(representative: int, pair: Judged | None) -> _Found:
    """Measure a member against the representative; without a pair it has the same text."""
    if pair is None:
        return _LEADING | {"verdict": Verdict.IDENTICAL, "reasons": IDENTICAL_REASONS}
    return {
        "verdict": pair.verdict,
        "jaccard": round(pair.overlap.jaccard, PLACES),
        "containment": round(pair.overlap.containment, PLACES),
        "tfidf": None,
        "reasons": _reasons(pair, forward=pair.left == representative, left="representative", right="member"),
    }


def _cluster(
    archive: Archive,
    leading: tuple[int, _Found],
    members: Sequence[tuple[int, _Found]],
    *,
    reason: Reason,
    shared_terms: tuple[str, ...],
) -> Cluster:
    """Order the members by overlap with the representative: TF-IDF, then Jaccard, then id."""

    def strength(member: tuple[int, _Found]) -> tuple[float, float, str]:
        row, found = member
        return -(found["tfidf"] or 0.0), -found["jaccard"], archive.ids[row]

    others = sorted(members, key=strength)
    cohesion = sum(found["jaccard"] for _, found in others) / len(others)
    ranked = [_member(archive, *member, rank=rank) for rank, member in enumerate((leading, *others))]
    return Cluster(0, ranked[0].id, reason, round(cohesion, PLACES), tuple(ranked), shared_terms)


def _member(archive: Archive, row: int, found: _Found, *, rank: int) -> Member:
    document = archive.document(row, whole=False)
    return Member(
        document.id,
        document.path,
        document.title,
        document.source,
        document.published,
        document.url,
        rank=rank,
        reference=row < archive.references,
        **found,
    )
