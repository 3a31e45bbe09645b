"""Judged texts to the records of a report."""

import numpy as np

from dedup.pipeline.assembling import list_clusters, list_pairs
from dedup.pipeline.collapsing import Text
from dedup.pipeline.judging import Judged
from dedup.pipeline.preparing import prepare
from dedup.recipe import Recipe
from dedup.records import Difference, Document, Overlap, Pair, Verdict
from dedup.stages.cluster import Star
from dedup.stages.rank import Ranking

NEAR, IDENTICAL = Verdict.NEAR_DUPLICATE, Verdict.IDENTICAL
EQUAL = ("the folded texts are equal",)


def a_text(*ids: str) -> Text:
    """Make a text that these documents carry."""
    return Text(tuple(Document(name, "") for name in ids), prepare("", Recipe()))


def a_pair(left: Text, right: Text, *, shared: int = 1, verdict: Verdict = NEAR) -> Judged:
    """Judge two texts of three shingles each."""
    return Judged(left, right, Overlap(shared, 3, 3), verdict, Difference((), (), 0.25, 0.5, (), (), 0))


def told(*, left: int, right: int) -> tuple[str, ...]:
    """Say what `a_pair` is judged by: 1 of 3 shingles shared, and the new words of either side."""
    return (
        "33 % of the shorter text stands in the longer one",
        "20 % of both texts together is shared",
        "the shorter text is 100 % as long as the longer",
        f"new words: left {left} %, right {right} %",
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
    pairs = list_pairs([], [a_pair(a_text("a"), a_text("b"))], None, Recipe())

    assert pairs == (Pair("a", "b", NEAR, 0.2, 0.333333, None, told(left=25, right=50)),)


def test_pairs_stand_by_left_then_right() -> None:
    """Copies of one text among the pairs of several."""
    one, other = a_text("a", "d"), a_text("b", "c")

    pairs = list_pairs([one, other], [a_pair(one, other)], None, Recipe())

    assert [(pair.left, pair.right, pair.verdict) for pair in pairs] == [
        ("a", "b", NEAR),
        ("a", "c", NEAR),
        ("a", "d", IDENTICAL),
        ("b", "c", IDENTICAL),
        ("b", "d", NEAR),
        ("c", "d", NEAR),
    ]


def test_reasons_follow_the_order_of_the_ids() -> None:
    """Document d carries the left text and sorts behind b: its pair is told from the right."""
    one, other = a_text("a", "d"), a_text("b")

    reasons = {
        (pair.left, pair.right): pair.reasons
        for pair in list_pairs([one, other], [a_pair(one, other)], None, Recipe())
    }

    assert reasons == {
        ("a", "b"): told(left=25, right=50),
        ("a", "d"): EQUAL,
        ("b", "d"): told(left=50, right=25),
    }


def test_ranked_pairs_carry_their_similarity() -> None:
    """Copies have 1."""
    one, other = a_text("a", "c"), a_text("b")

    pairs = list_pairs([one, other], [a_pair(one, other)], a_ranking(similarity=(0.25,)), Recipe())

    assert [pair.tfidf for pair in pairs] == [0.25, 1.0, 0.25]


def test_more_copies_than_the_cap_are_a_star() -> None:
    """Three copies at a cap of two: each with the first; beside two of another text, four pairs of six."""
    one, other = a_text("a", "b", "c"), a_text("x", "y")

    pairs = list_pairs([one, other], [a_pair(one, other)], None, Recipe(bucket_cap=2))

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
    one, other = a_text("d", "a"), a_text("b", "c")

    (cluster,) = list_clusters(
        [Star("d", ("b",))],
        {"d": one, "b": other},
        judged=[a_pair(one, other, shared=2)],
        ranking=None,
        dates={"d": (2024,)},
        policy="earliest",
    )

    assert (cluster.id, cluster.representative, cluster.reason) == (1, "d", "earliest published")
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
    texts = {name: a_text(name) for name in "abcde"}
    judged = [a_pair(texts["a"], texts[name], shared=2 if name == "d" else 1) for name in "bcde"]

    (cluster,) = list_clusters(
        [Star("a", tuple("bcde"))],
        texts,
        judged=judged,
        ranking=a_ranking(overlap=(1, 0.5, 0.9, 0.5, 0.5), own=(("ا",), ("ب",), ("پ",), ("ت",), ())),
        dates={},
        policy="earliest",
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
    text = Text((document, Document("b", "")), prepare("", Recipe()))

    (cluster,) = list_clusters(
        [Star("a", ())], {"a": text}, judged=[], ranking=None, dates={}, policy="earliest"
    )

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
    texts = {"a": a_text("a", "a2"), "b": a_text("b", "b2"), "c": a_text("c", "c2", "c3")}

    clusters = list_clusters(
        [Star(name, ()) for name in "bac"], texts, judged=[], ranking=None, dates={}, policy="earliest"
    )

    assert [(cluster.id, cluster.representative) for cluster in clusters] == [(1, "c"), (2, "a"), (3, "b")]
