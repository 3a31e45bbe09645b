"""Judged texts to the records of a report."""

from collections.abc import Sequence

import numpy as np

from dedup.model import Document, Pair, Reason, ReasonKind, Verdict
from dedup.model.recipe import Recipe
from dedup.model.rows import ClusterRows, PairRows
from dedup.report.archive import Archive
from dedup.report.cluster import Stars
from dedup.report.identical_texts import DistinctTexts
from dedup.report.rank import Ranking
from dedup.report.report_rows import list_clusters, list_pairs
from dedup.report.scope import Scope
from dedup.report.star_rows import star_rows
from tests.archives import archive_of
from tests.judged_samples import Sample, judged_pairs

NEAR, IDENTICAL = Verdict.NEAR_DUPLICATE, Verdict.IDENTICAL
EVERY_PAIR = Recipe(neighbours=0)
EQUAL = (Reason(ReasonKind.EQUAL),)


def an_archive(*carried: Sequence[str | Document]) -> tuple[Archive, DistinctTexts]:
    """Keep documents, or empty ones with these ids, text by text; the rows run against the ids."""
    documents = [
        item if isinstance(item, Document) else Document(item, "") for text in carried for item in text
    ]
    archive, problems = archive_of(documents[::-1])
    assert problems == []
    bounds = np.cumsum([0, *map(len, carried)])
    return archive, DistinctTexts(np.arange(len(documents))[::-1], bounds)


def stars_of(*stars: Sequence[int]) -> Stars:
    """Write stars in columns; each is given by the numbers of its texts."""
    return Stars(
        np.array([star[0] for star in stars], dtype=np.int64),
        np.cumsum([0, *(len(star) - 1 for star in stars)]),
        np.array([text for star in stars for text in star[1:]], dtype=np.int64),
        np.empty(0, dtype=np.int64),
        np.empty(0, dtype=np.int64),
    )


def pairs_of(
    carried: Sequence[Sequence[str]],
    *judged: Sample,
    ranking: Ranking | None = None,
    recipe: Recipe = EVERY_PAIR,
) -> PairRows:
    """List the pairs of documents that carry these texts."""
    archive, texts = an_archive(*carried)
    columns = judged_pairs(judged)
    return list_pairs(
        archive,
        texts,
        columns,
        stars=star_rows(stars_of(), columns, texts=np.arange(len(texts))),
        ranking=ranking,
        recipe=recipe,
        scope=Scope(archive.source_numbers),
    )


def clusters_of(
    carried: Sequence[Sequence[str | Document]],
    *stars: list[int],
    judged: Sequence[Sample] = (),
    ranking: Ranking | None = None,
) -> ClusterRows:
    """List the clusters of documents that carry these texts; a star is given by the numbers of its texts."""
    archive, texts = an_archive(*carried)
    columns = judged_pairs(judged)
    return list_clusters(
        archive,
        texts,
        star_rows(stars_of(*stars), columns, texts=np.arange(len(texts))),
        judged=columns,
        ranking=ranking,
        kept=np.empty(0, dtype=np.int64),
        policy="earliest",
        scope=Scope(archive.source_numbers),
    )


def told(*, left: int, right: int) -> tuple[Reason, ...]:
    """Return what a sample is judged by: 1 of 3 shingles shared, and the new words of either side."""
    return (
        Reason(ReasonKind.CONTAINMENT, (33,)),
        Reason(ReasonKind.JACCARD, (20,)),
        Reason(ReasonKind.LENGTH_RATIO, (100,)),
        Reason(ReasonKind.NEW_WORDS, ("left", left, "right", right)),
    )


def a_ranking(
    *,
    similarity: tuple[float, ...] = (),
    overlap: tuple[float, ...] = (),
    own: tuple[tuple[str, ...], ...] = (),
) -> Ranking:
    """Rank one cluster."""
    return Ranking(np.array(similarity), (overlap,), (("همه",),), (own,), {})


def test_scores_have_six_decimals() -> None:
    """One of five is 0.2, one of three is 0.333333."""
    pairs = pairs_of(["a", "b"], Sample(0, 1))

    assert pairs == (Pair("a", "b", NEAR, 0.2, 0.333333, None, told(left=25, right=50)),)


def test_a_pair_and_a_member_carry_how_sure_the_verdict_is() -> None:
    """Of documents with the same text it is 1, and of the representative."""
    sure = Sample(0, 1, confidence=0.93)

    pairs = pairs_of(["ab", "c"], sure)
    (cluster,) = clusters_of(["ab", "c"], [0, 1], judged=[sure])

    assert [(pair.left, pair.right, pair.confidence) for pair in pairs] == [
        ("a", "b", 1.0),
        ("a", "c", 0.93),
        ("b", "c", 0.93),
    ]
    assert [(member.id, member.confidence) for member in cluster.members] == [
        ("a", 1.0),
        ("b", 1.0),
        ("c", 0.93),
    ]


def test_pairs_stand_by_left_then_right() -> None:
    """Copies of one text among the pairs of several."""
    pairs = pairs_of(["ad", "bc"], Sample(0, 1))

    assert [(pair.left, pair.right, pair.verdict) for pair in pairs] == [
        ("a", "b", NEAR),
        ("a", "c", NEAR),
        ("a", "d", IDENTICAL),
        ("b", "c", IDENTICAL),
        ("b", "d", NEAR),
        ("c", "d", NEAR),
    ]


def test_reasons_follow_the_order_of_the_ids() -> None:
    """Document d has the left text and sorts after b: its pair is described from the right."""
    reasons = {(pair.left, pair.right): pair.reasons for pair in pairs_of(["ad", "b"], Sample(0, 1))}

    assert reasons == {
        ("a", "b"): told(left=25, right=50),
        ("a", "d"): EQUAL,
        ("b", "d"): told(left=50, right=25),
    }


def test_ranked_pairs_carry_their_similarity() -> None:
    """Copies have 1."""
    pairs = pairs_of(["ac", "b"], Sample(0, 1), ranking=a_ranking(similarity=(0.25,)))

    assert [pair.tfidf for pair in pairs] == [0.25, 1.0, 0.25]


def test_more_copies_than_the_cap_are_a_star() -> None:
    """Three copies at a cap of two: each with the first; beside two of another text, four pairs of six."""
    pairs = pairs_of(["abc", "xy"], Sample(0, 1), recipe=Recipe(bucket_cap=2, neighbours=0))

    assert [(pair.left, pair.right) for pair in pairs] == [
        ("a", "b"),
        ("a", "c"),
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
        ("c", "x"),
        ("x", "y"),
    ]


def test_a_cluster_lists_every_document_of_its_texts() -> None:
    """Copies of the representative are identical to it; cohesion is the mean over the others.

    (1 + 0.5 + 0.5) / 3 = 0.666667; two of the four shingles together are shared.
    """
    dated = Document("d", "", published="2024-01-01")

    (cluster,) = clusters_of([[dated, "a"], "bc"], [0, 1], judged=[Sample(0, 1, shared=2)])

    assert (cluster.id, cluster.representative, str(cluster.reason)) == (1, "d", "earliest published")
    assert cluster.cohesion == 0.666667
    assert [
        (each.id, each.verdict, each.jaccard, each.containment, each.rank) for each in cluster.members
    ] == [
        ("d", None, 1, 1, 0),
        ("a", IDENTICAL, 1, 1, 1),
        ("b", NEAR, 0.5, 0.666667, 2),
        ("c", NEAR, 0.5, 0.666667, 3),
    ]
    assert {each.tfidf for each in cluster.members} == {None}


def test_ranked_members_stand_by_tfidf_then_jaccard_then_id() -> None:
    """The representative first; terms stay with their member."""
    judged = [Sample(0, number, shared=2 if number == 3 else 1) for number in (1, 2, 3, 4)]

    (cluster,) = clusters_of(
        ["a", "b", "c", "d", "e"],
        [0, 1, 2, 3, 4],
        judged=judged,
        ranking=a_ranking(overlap=(1, 0.5, 0.9, 0.5, 0.5), own=(("ا",), ("ب",), ("پ",), ("ت",), ())),
    )

    assert [(each.id, each.rank, each.tfidf, each.own_terms) for each in cluster.members] == [
        ("a", 0, 1, ("ا",)),
        ("c", 1, 0.9, ("پ",)),
        ("d", 2, 0.5, ("ت",)),
        ("b", 3, 0.5, ("ب",)),
        ("e", 4, 0.5, ()),
    ]
    assert cluster.shared_terms == ("همه",)


def test_a_member_keeps_what_its_document_says() -> None:
    """Path, title, source, date and address are carried over."""
    document = Document("a", "", title="تیتر", source="مهر", published="2024", url="u", path="p")

    (cluster,) = clusters_of([[document, "b"]], [0])

    member = cluster.members[0]
    assert (member.path, member.title, member.source, member.published, member.url) == (
        "p",
        "تیتر",
        "مهر",
        "2024",
        "u",
    )


def test_clusters_are_numbered_from_the_largest() -> None:
    """Then by representative."""
    carried = [["a", "a2"], ["b", "b2"], ["c", "c2", "c3"]]

    clusters = clusters_of(carried, [1], [0], [2])

    assert [(cluster.id, cluster.representative) for cluster in clusters] == [(1, "c"), (2, "a"), (3, "b")]


def test_a_member_is_told_from_its_representative_whichever_side_it_was_judged_on() -> None:
    """Text 1 represents text 0, which would come before it: a quarter new is the member's, not its own."""
    (cluster,) = clusters_of(["a", "b"], [1, 0], judged=[Sample(0, 1)])

    assert [each.id for each in cluster.members] == ["b", "a"]
    assert tuple(map(str, cluster.members[1].reasons)) == (
        "33 % of the shorter text is in the longer one",
        "20 % of both texts together is shared",
        "the shorter text is 100 % as long as the longer",
        "new words: representative 50 %, member 25 %",
    )
    assert cluster.reason.kind is ReasonKind.MOST_ALIKE


def test_nothing_found_is_nothing_listed() -> None:
    """No pairs, no clusters."""
    assert pairs_of(["a", "b"]) == ()
    assert clusters_of(["a", "b"]) == ()
