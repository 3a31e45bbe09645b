"""Judged texts -> the records of the report: every document is listed, each text was judged once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dedup.pipeline.collapsing import Text, across, copies
from dedup.pipeline.judging import Judged
from dedup.recipe import Recipe
from dedup.records import Cluster, Document, Member, Pair, Verdict
from dedup.stages.cluster import Moment, Star
from dedup.stages.rank import Ranking
from dedup.stages.verdict import IDENTICAL_REASONS

PLACES = 6
"""Decimals of a score."""


def list_pairs(
    texts: Sequence[Text], judged: Sequence[Judged], ranking: Ranking | None, recipe: Recipe
) -> tuple[Pair, ...]:
    """List every pair of documents with a verdict, by left, then right id."""
    pairs = [
        _pair(one, other, Verdict.IDENTICAL, scores=(1.0, 1.0, None if ranking is None else 1.0))
        for text in texts
        for one, other in copies(text, cap=recipe.bucket_cap)
    ]
    for number, pair in enumerate(judged):
        similarity = None if ranking is None else float(ranking.similarity[number])
        scores = (round(pair.overlap.jaccard, PLACES), round(pair.overlap.containment, PLACES), similarity)
        for one, other in across(pair.left, pair.right, cap=recipe.bucket_cap):
            reasons = pair.reasons if one.id < other.id else pair.mirrored
            pairs.append(_pair(one, other, pair.verdict, scores=scores, reasons=reasons))
    return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right)))


def _pair(
    one: Document,
    other: Document,
    verdict: Verdict,
    *,
    scores: tuple[float, float, float | None],
    reasons: tuple[str, ...] = IDENTICAL_REASONS,
) -> Pair:
    left, right = sorted((one.id, other.id))
    return Pair(left, right, verdict, *scores, reasons)


def list_clusters(
    stars: Sequence[Star],
    texts: Mapping[str, Text],
    *,
    judged: Sequence[Judged],
    ranking: Ranking | None,
    dates: Mapping[str, Moment],
) -> tuple[Cluster, ...]:
    """List the clusters, largest first, then by representative."""
    between = {frozenset((pair.left.id, pair.right.id)): pair for pair in judged}
    clusters = []
    for row, star in enumerate(stars):
        names = (star.representative, *star.members)
        overlaps = (None,) * len(names) if ranking is None else ranking.overlap[row]
        terms = ((),) * len(names) if ranking is None else ranking.own_terms[row]
        members = [
            _member(document, between.get(frozenset((star.representative, name))), tfidf=tfidf, own_terms=own)
            for name, tfidf, own in zip(names, overlaps, terms, strict=True)
            for document in texts[name].documents
        ]
        first = earliest(texts[star.representative], dates)
        lengths = {one.id: texts[name].prepared.letters for name in names for one in texts[name].documents}
        clusters.append(
            _cluster(
                first,
                members,
                reason=_reason(first.id, lengths, dates),
                shared_terms=() if ranking is None else ranking.shared_terms[row],
            )
        )
    clusters.sort(key=lambda cluster: (-len(cluster.members), cluster.representative))
    return tuple(replace(cluster, id=number) for number, cluster in enumerate(clusters, start=1))


def earliest(text: Text, dates: Mapping[str, Moment]) -> Document:
    """Give the document that represents its identical copies: the earliest, then by id."""
    return min(text.documents, key=lambda one: (one.id not in dates, dates.get(one.id, ()), one.id))


def _reason(first: str, lengths: Mapping[str, int], dates: Mapping[str, Moment]) -> str:
    """Say what sets the representative apart from the other members."""

    def standing(name: str) -> tuple[object, ...]:
        return name not in dates, dates.get(name, ())

    rivals = [name for name in lengths if name != first and standing(name) <= standing(first)]
    if any((standing(name), -lengths[name]) < (standing(first), -lengths[first]) for name in rivals):
        return "a story that the roundup holds"
    if first in dates and not rivals:
        return "earliest published"
    if all(lengths[name] < lengths[first] for name in rivals):
        return "longest"
    return "first by id among equals"


def _member(
    document: Document, pair: Judged | None, *, tfidf: float | None, own_terms: tuple[str, ...]
) -> Member:
    """Make the record of a document, measured against the representative's text."""
    return Member(
        id=document.id,
        path=document.path,
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        verdict=Verdict.IDENTICAL if pair is None else pair.verdict,
        jaccard=1.0 if pair is None else round(pair.overlap.jaccard, PLACES),
        containment=1.0 if pair is None else round(pair.overlap.containment, PLACES),
        tfidf=tfidf,
        rank=0,
        own_terms=own_terms,
    )


def _cluster(
    first: Document, members: Sequence[Member], *, reason: str, shared_terms: tuple[str, ...]
) -> Cluster:
    """Order the members by overlap with the representative: TF-IDF, then Jaccard, then id."""
    others = sorted(
        (member for member in members if member.id != first.id),
        key=lambda member: (-(member.tfidf or 0.0), -member.jaccard, member.id),
    )
    leading = [replace(member, verdict=None) for member in members if member.id == first.id]
    cohesion = sum(member.jaccard for member in others) / len(others)
    ranked = tuple(replace(member, rank=rank) for rank, member in enumerate((*leading, *others)))
    return Cluster(0, first.id, reason, round(cohesion, PLACES), ranked, shared_terms)
