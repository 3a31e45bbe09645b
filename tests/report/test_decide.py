"""Decisions of people: which document represents, and what is no copy."""

import pytest

from dedup import Document, Report, find_duplicates
from dedup.model.decisions import Decisions
from dedup.model.errors import ReadingError
from tests.made_up_news import reworded, story

FIRST = story(1, words=150)


def archive() -> list[Document]:
    """Three versions of one story, and another story."""
    texts = {"a": FIRST, "b": reworded(FIRST, every=50), "c": FIRST, "z": story(2, words=150)}
    return [
        Document(name, text, published=f"2024-03-0{day}") for day, (name, text) in enumerate(texts.items(), 1)
    ]


def members(report: Report) -> list[list[str]]:
    """Return the ids of each cluster."""
    return [[member.id for member in cluster.members] for cluster in report.clusters]


def test_a_document_that_is_to_be_kept_represents() -> None:
    """Though another is earlier; the report gives the reason."""
    report = find_duplicates(archive(), decisions=Decisions(keep=frozenset({"b"})))

    assert members(report) == [["b", "a", "c"]]
    assert report.clusters[0].reason.kind == "chosen"
    assert [document.id for document in report.kept] == ["b", "z"]


def test_of_equal_texts_the_one_that_is_to_be_kept_is_kept() -> None:
    """The other goes."""
    report = find_duplicates(archive(), decisions=Decisions(keep=frozenset({"c"})))

    assert [document.id for document in report.kept] == ["c", "z"]


def test_what_is_no_copy_joins_no_cluster() -> None:
    """The pair is listed as partial; ids that the archive lacks mean nothing."""
    decisions = Decisions(not_copies=frozenset({("b", "a"), ("a", "gone")}))

    report = find_duplicates(archive(), decisions=decisions)

    assert members(report) == [["a", "c"]]
    assert {(pair.left, pair.right): str(pair.verdict) for pair in report.pairs}["a", "b"] == "partial"
    assert [document.id for document in report.kept] == ["a", "b", "z"]


def test_equal_texts_are_decided_apart() -> None:
    """Each can still have copies of its own, and both are kept."""
    report = find_duplicates(archive(), decisions=Decisions(not_copies=frozenset({("a", "c")})))

    assert members(report) == [["a", "b"]]
    assert [document.id for document in report.kept] == ["a", "c", "z"]
    assert ("a", "c") not in {(pair.left, pair.right) for pair in report.pairs}


def test_one_of_many_equal_texts_is_decided_apart() -> None:
    """From each of two others: the rest stays together, in whatever order the documents come."""
    equal = [Document(name, FIRST, published=f"2024-03-0{day}") for day, name in enumerate("abcd", 1)]
    apart = [("a", "d"), ("d", "b"), ("d", "c")]

    reports = [
        find_duplicates(given, decisions=Decisions(not_copies=frozenset(apart)))
        for given in (equal, equal[::-1])
    ]

    assert members(reports[0]) == [["a", "b", "c"]]
    assert [document.id for document in reports[0].kept] == ["a", "d"]
    assert reports[0].to_json() == reports[1].to_json()


@pytest.mark.parametrize(
    "read",
    [
        [],
        {"keep": ["a"]},
        {"schema": "dedup-decisions/1", "keep": "a"},
        {"schema": "dedup-decisions/1", "keep": [1]},
        {"schema": "dedup-decisions/1", "not_copies": [["a"]]},
        {"schema": "dedup-decisions/1", "not_copies": {"a": "b"}},
    ],
)
def test_what_is_no_decisions_file_is_refused(read: object) -> None:
    """Before any work is done on it."""
    with pytest.raises(ReadingError):
        Decisions.from_json(read)
