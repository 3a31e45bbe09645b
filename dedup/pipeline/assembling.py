"""Judged texts -> the records of the report: every document is listed, each text was judged once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dedup.pipeline.collapsing import Text, across, copies
from dedup.pipeline.judging import Judged
from dedup.pipeline.standing import reason, standing
from dedup.recipe import Recipe
from dedup.records import Cluster, Document, Member, Pair, Verdict
from dedup.stages.cluster import Moment, Star
from dedup.stages.rank import Ranking
from dedup.stages.verdict import IDENTICAL_REASONS, reasons

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
        aligned = pair.alignment
        forward = reasons(pair.overlap, pair.difference, alignment=aligned)
        backward = reasons(
            pair.overlap.mirrored(),
            pair.difference.mirrored(),
            alignment=None if aligned is None else aligned.mirrored(),
        )
        for one, other in across(pair.left, pair.right, cap=recipe.bucket_cap):
            why = forward if one.id < other.id else backward
            pairs.append(_pair(one, other, pair.verdict, scores=scores, reasons=why))
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
    policy: str,
) -> tuple[Cluster, ...]:
    """List the clusters, largest first, then by representative."""
    between = {frozenset((pair.left.id, pair.right.id)): pair for pair in judged}

    def place(document: Document, text: Text) -> tuple[object, ...]:
        return standing(document, text.prepared.letters, dates=dates, policy=policy)

    clusters = []
    for row, star in enumerate(stars):
        held = [texts[name] for name in (star.representative, *star.members)]
        first = held[0].documents[0]
        members, places = [], []
        for column, text in enumerate(held):
            pair = between.get(frozenset((first.id, text.id)))
            member = (
                _member(first.id, pair)
                if ranking is None
                else replace(
                    _member(first.id, pair),
                    tfidf=ranking.overlap[row][column],
                    own_terms=ranking.own_terms[row][column] if column else (),
                )
            )
            members += [_named(member, document) for document in text.documents if document is not first]
            places += [place(document, text) for document in text.documents if document is not first]
        leading = replace(_named(_ITSELF, first), tfidf=None if ranking is None else 1.0)
        if ranking is not None:
            leading = replace(leading, own_terms=ranking.own_terms[row][0])
        why = reason(place(first, held[0]), places, policy=policy)
        shared_terms = () if ranking is None else ranking.shared_terms[row]
        clusters.append(_cluster(leading, members, reason=why, shared_terms=shared_terms))
    clusters.sort(key=lambda cluster: (-len(cluster.members), cluster.representative))
    return tuple(replace(cluster, id=number) for number, cluster in enumerate(clusters, start=1))


_ITSELF = Member("", "", "", "", "", "", None, jaccard=1.0, containment=1.0, tfidf=None, rank=0)


def _member(representative: str, pair: Judged | None) -> Member:
    """Measure a member against the representative; without a pair it has the same text."""
    if pair is None:
        return replace(_ITSELF, verdict=Verdict.IDENTICAL, reasons=IDENTICAL_REASONS)
    overlap, differs, aligned = pair.overlap, pair.difference, pair.alignment
    if pair.left.id != representative:
        overlap, differs = overlap.mirrored(), differs.mirrored()
        aligned = None if aligned is None else aligned.mirrored()
    return replace(
        _ITSELF,
        verdict=pair.verdict,
        jaccard=round(overlap.jaccard, PLACES),
        containment=round(overlap.containment, PLACES),
        reasons=reasons(overlap, differs, alignment=aligned, left="representative", right="member"),
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
