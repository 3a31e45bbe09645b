"""Which pairs a run asks about: new stories against old ones, copies between sources."""

import random
from itertools import combinations

import numpy as np
import pytest

from dedup import Document, Recipe, Report, Verdict, find_duplicates
from dedup.output.to_json import to_json
from dedup.report import cluster_archive
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts, number
from dedup.report.scope import Scope
from tests.archives import archive_of
from tests.made_up_news import reworded as reworded_by
from tests.made_up_news import story

UNRANKED = Recipe(rank=False)
ONE, TWO = story(1), story(2)


def reworded(text: str, *, seed: int = 1) -> str:
    """Exchange two of eighty words: a near-duplicate."""
    return reworded_by(text, every=40, seed=seed)


def against(new: list[Document | str], old: list[Document | str], *, recipe: Recipe = UNRANKED) -> Report:
    """Hold new documents against old ones."""
    return find_duplicates(new, reference=old, recipe=recipe)


def between_sources(*documents: Document) -> Report:
    """Look for copies between sources."""
    return find_duplicates(documents, cross_source=True, recipe=UNRANKED)


def pairs_of(report: Report) -> list[tuple[str, str, str]]:
    """Ids of the pairs, and which side is the reference."""
    return [(pair.left, pair.right, pair.reference) for pair in report.pairs]


def members_of(report: Report) -> list[list[tuple[str, bool]]]:
    """Ids of the members, and whether they are of the reference, a list a cluster."""
    return [[(member.id, member.reference) for member in cluster.members] for cluster in report.clusters]


def kept_in(report: Report) -> list[str]:
    """Ids of the documents that are kept, in their order."""
    return [document.id for document in report.kept]


# -- new stories against old ones ---------------------------------------------------------------------------


def test_two_old_stories_are_no_pair() -> None:
    """`o` and `p` are copies, and `n` is one of both: listed are the pairs with `n`."""
    old = [Document("o", ONE, published="2024-01-01"), Document("p", reworded(ONE))]

    report = against([Document("n", ONE)], old)

    assert pairs_of(report) == [("n", "o", "right"), ("n", "p", "right")]
    assert members_of(report) == [[("o", True), ("n", False)]]


def test_old_copies_alone_are_nothing() -> None:
    """An archive that is full of copies gives no cluster when no new story has one."""
    report = against(
        [Document("n", TWO)], [Document("o", ONE), Document("p", ONE), Document("q", reworded(ONE))]
    )

    assert (report.clusters, report.pairs, report.counts["unclustered"]) == ((), (), 0)
    assert kept_in(report) == ["n"]


def test_pairs_of_old_stories_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three old near-duplicates and one new, three of six candidates reach the match."""
    asked = []
    measure = cluster_archive.judge_all

    def noting(candidates, *rest, **named):  # noqa: ANN001, ANN002, ANN003, ANN202 - as there
        asked.append(candidates.left.size)
        return measure(candidates, *rest, **named)

    monkeypatch.setattr(cluster_archive, "judge_all", noting)

    against([Document("n", ONE)], [Document(f"o{seed}", reworded(ONE, seed=seed)) for seed in range(3)])

    assert sum(asked) == 3


def test_the_old_story_represents() -> None:
    """Though it was published later, is shorter, and the other is of a preferred source."""
    new = Document("n", ONE + " " + story(9, words=10), source="wire", published="2020-01-01")
    old = Document("o", ONE, published="2024-01-01")

    report = against([new], [old], recipe=Recipe(rank=False, sources=("wire",)))

    assert (report.clusters[0].representative, str(report.clusters[0].reason)) == ("o", "in the reference")


def test_new_stories_are_reference_line_each_other_too() -> None:
    """What is kept and the reference together have no copies: of three new copies one stays."""
    new = [Document("a", ONE), Document("b", TWO), Document("c", reworded(TWO))]
    new += [Document("d", story(3)), Document("e", TWO)]

    report = against(new, [Document("o", reworded(ONE))])

    assert members_of(report) == [[("c", False), ("b", False), ("e", False)], [("o", True), ("a", False)]]
    assert kept_in(report) == ["c", "d"]


def test_an_old_text_that_holds_several_new_stories_is_no_roundup() -> None:
    """It is older than they are: they are excerpts, so none of them is new."""
    old = Document("o", f"{ONE} {TWO} {story(3)}")

    report = against([Document("a", ONE), Document("b", TWO)], [old])

    assert [sorted(members) for members in members_of(report)] == [[("a", False), ("b", False), ("o", True)]]
    assert kept_in(report) == []


def test_a_new_text_that_holds_two_old_stories_is_a_roundup() -> None:
    """It is listed with each, and kept: it is a copy of neither."""
    new = Document("r", f"{ONE} {TWO} {story(3)}")

    report = against([new], [Document("a", ONE), Document("b", TWO)])

    assert members_of(report) == [[("a", True), ("r", False)], [("b", True), ("r", False)]]
    assert kept_in(report) == ["r"]


def test_an_old_story_keeps_its_copies_beside_another_old_one() -> None:
    """The older `w` contains `a`, a pair that is not asked for: `n` is a copy of `a` all the same."""
    old = [Document("a", ONE), Document("w", f"{ONE} {TWO}", published="2024-01-01")]

    report = against([Document("n", ONE)], old)

    assert [[(member.id, member.verdict) for member in each.members] for each in report.clusters] == [
        [("a", None), ("n", Verdict.IDENTICAL)]
    ]


def test_a_new_roundup_that_is_a_copy_of_an_old_one_is_known() -> None:
    """It is listed with that one, not with the stories that both contain, and is not kept."""
    whole = f"{ONE} {TWO} {story(3)}"

    report = against(
        [Document("r", reworded(whole))], [Document("a", ONE), Document("b", TWO), Document("o", whole)]
    )

    assert members_of(report) == [[("o", True), ("r", False)]]
    assert kept_in(report) == []


def test_a_new_text_that_holds_two_copies_of_one_story_is_no_roundup() -> None:
    """Nobody measured the two old ones, but they share enough to be candidates: it is with the closer one."""
    new = Document("r", f"{ONE} {story(3)}")
    old = [Document("a", ONE, published="2024-01-02"), Document("b", reworded(ONE), published="2024-01-01")]

    report = against([new], old)

    assert members_of(report) == [[("a", True), ("r", False)]]
    assert kept_in(report) == ["r"]  # half of it is in neither


def test_the_scope_is_said_and_the_order_leaves_no_trace() -> None:
    """The number of old documents; any order of either side gives the same bytes."""
    new = [Document(f"n{number}", reworded(story(number), seed=number)) for number in range(6)]
    old = [Document(f"o{number}", story(number % 4)) for number in range(8)]

    first, second = against(new, old), against(new[::-1], old[::-1])

    assert first.scope == {"reference": 8}
    assert first.counts["documents"] == 14
    assert to_json(first) == to_json(second)


def test_texts_alone_are_called_by_their_place() -> None:
    """Those of the reference with a word before it, so that no new one has to be renamed."""
    report = against([ONE], [ONE, TWO])

    assert pairs_of(report) == [("0", "reference:0", "right")]
    assert report.problems == ()


def test_a_new_document_keeps_an_id_that_an_old_one_has_too() -> None:
    """Whatever the order of their texts."""
    for first, second in ((ONE, TWO), (TWO, ONE)):
        report = against([Document("x", first)], [Document("x", second)])

        assert kept_in(report) == ["x"]
        assert [problem.kind for problem in report.problems] == ["duplicate_id"]


def test_an_empty_reference_is_none() -> None:
    """The same bytes as without."""
    documents = [Document("a", ONE), Document("b", ONE)]

    assert to_json(against([*documents], [])) == to_json(find_duplicates(documents, recipe=UNRANKED))


# -- between sources ----------------------------------------------------------------------------------------


def test_copies_within_a_source_are_no_pair() -> None:
    """Of three copies two are of one paper: it is compared with the wire alone, and stays twice."""
    report = between_sources(
        Document("a", ONE, source="paper"),
        Document("b", ONE, source="paper"),
        Document("w", ONE, source="wire"),
    )

    assert pairs_of(report) == [("a", "w", ""), ("b", "w", "")]
    assert members_of(report) == [[("a", False), ("w", False)]]
    assert kept_in(report) == ["a", "b"]
    assert report.scope == {"cross_source": True}


def test_near_copies_within_a_source_are_no_pair() -> None:
    """The same where the texts differ."""
    report = between_sources(
        Document("a", ONE, source="paper"),
        Document("b", reworded(ONE), source="paper"),
        Document("w", reworded(ONE, seed=2), source="wire", published="2024-01-01"),
    )

    assert pairs_of(report) == [("a", "w", ""), ("b", "w", "")]
    assert [sorted(members) for members in members_of(report)] == [[("a", False), ("b", False), ("w", False)]]


def test_documents_without_a_source_are_one_source() -> None:
    """Nothing distinguishes them; against a named source they count."""
    report = between_sources(Document("a", ONE), Document("b", ONE), Document("w", ONE, source="wire"))

    assert pairs_of(report) == [("a", "w", ""), ("b", "w", "")]


def test_a_text_that_holds_two_copies_of_another_source_is_no_roundup() -> None:
    """The two were not measured, since they are of one source."""
    report = between_sources(
        Document("a", ONE, source="paper"),
        Document("b", reworded(ONE), source="paper"),
        Document("r", f"{ONE} {story(3)}", source="wire"),
    )

    assert [len(cluster.members) for cluster in report.clusters] == [3]


def test_both_can_be_asked_for() -> None:
    """New against old, and only where the sources differ."""
    report = find_duplicates(
        [Document("a", ONE, source="x"), Document("b", ONE, source="y")],
        reference=[Document("o", ONE, source="x"), Document("p", ONE, source="z")],
        cross_source=True,
        recipe=UNRANKED,
    )

    assert pairs_of(report) == [("a", "b", ""), ("a", "p", "right"), ("b", "o", "right"), ("b", "p", "right")]


def test_a_copy_of_an_old_story_that_represents_nothing_is_known() -> None:
    """`o` represents the text, but is of the source of `a`: that is a copy of `p`."""
    report = find_duplicates(
        [Document("a", ONE, source="x"), Document("c", reworded(ONE), source="x")],
        reference=[Document("o", ONE, source="x"), Document("p", ONE, source="z")],
        cross_source=True,
        recipe=UNRANKED,
    )

    assert members_of(report) == [[("p", True), ("a", False), ("c", False)]]
    assert kept_in(report) == []


def test_a_close_copy_is_listed_with_each_text_of_another_source() -> None:
    """The wire repeats its story, a pair that is not asked for: `c` would be in no cluster."""
    report = between_sources(
        Document("a", ONE, source="wire", published="2024-01-01"),
        Document("b", ONE, source="paper", published="2024-01-02"),
        Document("c", reworded(ONE), source="wire", published="2024-01-03"),
    )

    assert members_of(report) == [[("a", False), ("b", False)], [("c", False), ("b", False)]]
    assert kept_in(report) == ["a", "c"]


# -- counting -----------------------------------------------------------------------------------------------


def drawn(seed: int) -> tuple[Archive, DistinctTexts]:
    """Thirty documents of five texts and three sources, ten of them of the reference."""
    draw = random.Random(seed)
    documents = [
        Document(f"{number:02}", story(draw.randrange(5), words=20), source=draw.choice(["", "x", "y"]))
        for number in range(30)
    ]
    archive, _ = archive_of(documents, recipe=UNRANKED, references=draw.choice([0, 10]))
    return archive, number(archive.digests, archive.id_ranks[:, None], rows=archive.id_ranks)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("cross_source", [False, True])
def test_pairs_are_counted_as_if_each_were_asked_about(seed: int, *, cross_source: bool) -> None:
    """Those within a text, and those of two texts with a verdict, one by one."""
    archive, texts = drawn(seed)
    scope = Scope(archive.source_numbers, references=archive.references, cross_source=cross_source)
    left, right = np.array([0, 1]), np.array([1, 3])

    slowly = [pair for text in range(len(texts)) for pair in combinations(texts.documents(text), 2)] + [
        (one, other)
        for ours, theirs in zip(left.tolist(), right.tolist(), strict=True)
        for one in texts.documents(ours)
        for other in texts.documents(theirs)
    ]

    asked = [
        (one, other)
        for one, other in slowly
        if not (one < archive.references and other < archive.references)
        and not (cross_source and archive.source_numbers[one] == archive.source_numbers[other])
    ]
    assert scope.count_pairs(texts, left, right) == len(asked)
    one, other = np.array(slowly).T
    assert scope.compares_pairs(one, other).tolist() == [pair in asked for pair in slowly]
