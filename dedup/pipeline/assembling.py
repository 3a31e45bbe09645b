"""Judged texts -> the records of the report: every document is listed, each text was judged once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dedup.pipeline.archive import Archive
from dedup.pipeline.collapsing import Texts, across, copies
from dedup.pipeline.judging import Judged
from dedup.pipeline.standing import Place, reason
from dedup.recipe import Recipe
from dedup.records import Cluster, Document, Member, Pair, Verdict
from dedup.stages.cluster import Star
from dedup.stages.rank import Ranking
from dedup.stages.verdict import IDENTICAL_REASONS, reasons

PLACES = 6
"""Decimals of a score."""


def list_pairs(
    archive: Archive, texts: Texts, judged: Sequence[Judged], ranking: Ranking | None, recipe: Recipe
) -> tuple[Pair, ...]:
    """List every pair of documents with a verdict, by left, then right id."""
    ids = archive.ids
    pairs = [
        _pair(ids[one], ids[other], Verdict.IDENTICAL, scores=(1.0, 1.0, None if ranking is None else 1.0))
        for text in np.flatnonzero(texts.carried > 1).tolist()
        for one, other in copies(texts.documents(text), cap=recipe.bucket_cap)
    ]
    for number, pair in enumerate(judged):
        similarity = None if ranking is None else float(ranking.similarity[number])
        scores = (round(pair.overlap.jaccard, PLACES), round(pair.overlap.containment, PLACES), similarity)
        why: dict[bool, tuple[str, ...]] = {}
        for one, other in across(
            texts.documents(pair.left), texts.documents(pair.right), cap=recipe.bucket_cap
        ):
            forward = ids[one] < ids[other]
            if forward not in why:
                why[forward] = _reasons(pair, forward=forward)
            pairs.append(_pair(ids[one], ids[other], pair.verdict, scores=scores, reasons=why[forward]))
    return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right)))


def _reasons(pair: Judged, *, forward: bool, **names: str) -> tuple[str, ...]:
    if forward:
        return reasons(pair.overlap, pair.difference, **names)
    return reasons(pair.overlap.mirrored(), pair.difference.mirrored(), **names)


def _pair(
    one: str,
    other: str,
    verdict: Verdict,
    *,
    scores: tuple[float, float, float | None],
    reasons: tuple[str, ...] = IDENTICAL_REASONS,
) -> Pair:
    left, right = (one, other) if one < other else (other, one)
    return Pair(left, right, verdict, *scores, reasons)


def list_clusters(
    archive: Archive,
    texts: Texts,
    stars: Sequence[Star],
    *,
    judged: Sequence[Judged],
    ranking: Ranking | None,
    policy: str,
) -> tuple[Cluster, ...]:
    """List the clusters, largest first, then by representative."""
    between = {(pair.left, pair.right): pair for pair in judged if pair.verdict.joins}
    numbers = {archive.ids[row]: number for number, row in enumerate(texts.first.tolist())}

    def place(row: int) -> Place:
        return archive.place(row, policy=policy)

    clusters = []
    for at, star in enumerate(stars):
        held = [numbers[name] for name in (star.representative, *star.members)]
        first = texts.documents(held[0])[0]
        members, places = [], []
        for column, number in enumerate(held):
            pair = between.get((held[0], number)) or between.get((number, held[0]))
            member = _member(held[0], pair)
            if ranking is not None:
                own_terms = ranking.own_terms[at][column] if column else ()
                member = replace(member, tfidf=ranking.overlap[at][column], own_terms=own_terms)
            rows = [row for row in texts.documents(number) if row != first]
            members += [_named(member, archive.document(row, whole=False)) for row in rows]
            places += [place(row) for row in rows]
        leading = _named(_ITSELF, archive.document(first, whole=False))
        if ranking is not None:
            leading = replace(leading, tfidf=1.0, own_terms=ranking.own_terms[at][0])
        shared_terms = () if ranking is None else ranking.shared_terms[at]
        why = reason(place(first), places, policy=policy)
        clusters.append(_cluster(leading, members, reason=why, shared_terms=shared_terms))
    clusters.sort(key=lambda cluster: (-len(cluster.members), cluster.representative))
    return tuple(replace(cluster, id=number) for number, cluster in enumerate(clusters, start=1))


_ITSELF = Member("", "", "", "", "", "", None, jaccard=1.0, containment=1.0, tfidf=None, rank=0)


def _member(representative: int, pair: Judged | None) -> Member:
    """Measure a member against the representative; without a pair it has the same text."""
    if pair is None:
        return replace(_ITSELF, verdict=Verdict.IDENTICAL, reasons=IDENTICAL_REASONS)
    return replace(
        _ITSELF,
        verdict=pair.verdict,
        jaccard=round(pair.overlap.jaccard, PLACES),
        containment=round(pair.overlap.containment, PLACES),
        reasons=_reasons(pair, forward=pair.left == representative, left="representative", right="member"),
    )


def _named(member: Member, document: Document) -> Member:
    return replace(
        member,
        id=document.id,
        path=document.path,
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
    )


def _cluster(
    leading: Member, members: Sequence[Member], *, reason: str, shared_terms: tuple[str, ...]
) -> Cluster:
    """Order the members by overlap with the representative: TF-IDF, then Jaccard, then id."""
    others = sorted(members, key=lambda member: (-(member.tfidf or 0.0), -member.jaccard, member.id))
    cohesion = sum(member.jaccard for member in others) / len(others)
    ranked = tuple(replace(member, rank=rank) for rank, member in enumerate((leading, *others)))
    return Cluster(0, leading.id, reason, round(cohesion, PLACES), ranked, shared_terms)
