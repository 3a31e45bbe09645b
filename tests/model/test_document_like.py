"""Items to documents: what is taken, what becomes a problem, and that order leaves no trace."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from dedup.model import Document, Problem
from dedup.model.document_like import DocumentLike, as_document, as_documents, renamed
from dedup.model.errors import ReadingError


def gathered(items: Iterable[DocumentLike | Problem]) -> tuple[list[Document], list[Problem]]:
    """Make records of items in their order, and list what was wrong with the others."""
    problems: list[Problem] = []
    return list(as_documents(items, problems)), problems


def named(*items: DocumentLike) -> list[Document]:
    """Make records of items and give each an id of its own, by id."""
    documents, _ = gathered(items)
    names = dict(renamed([document.id for document in documents], documents.__getitem__))
    unique = [replace(document, id=names.get(row, document.id)) for row, document in enumerate(documents)]
    return sorted(unique, key=lambda document: document.id)


def ids_of(*items: DocumentLike) -> list[str]:
    """Return the ids that items end up with."""
    return [document.id for document in named(*items)]


def test_a_record_stays_itself() -> None:
    """A Document is passed on, not copied."""
    document = Document("a", "متن")

    assert as_document(document, position=7) is document


def test_a_string_is_known_by_its_position() -> None:
    """A bare text has no id but its place."""
    assert as_document("متن", position=7) == Document("7", "متن")


def test_a_mapping_gives_every_field_of_a_record() -> None:
    """Fields keep their names; unknown ones are left alone."""
    item = {
        "id": 12,
        "text": "متن",
        "title": "تیتر",
        "source": "مهر",
        "published": "2024-03-01",
        "url": "https://example.ir/1",
        "path": "x.jsonl",
        "views": 3,
    }

    assert as_document(item) == Document(
        "12",
        "متن",
        title="تیتر",
        source="مهر",
        published="2024-03-01",
        url="https://example.ir/1",
        path="x.jsonl",
    )


def test_missing_fields_are_empty() -> None:
    """None and absence are one; an item without an id is known by its position."""
    assert as_document({"text": "متن", "title": None, "id": None}, position=3) == Document("3", "متن")


def test_zero_is_an_id() -> None:
    """An id is missing only when it is None."""
    assert as_document({"id": 0, "text": "متن"}, position=5).id == "0"


@pytest.mark.parametrize(
    ("item", "published"),
    [
        ({"date": "2024-03-01"}, "2024-03-01"),
        ({"date": "2024-03-01", "published": "2024-03-02"}, "2024-03-02"),
        ({"date": "2024-03-01", "published": ""}, "2024-03-01"),
        ({"published": date(2024, 3, 1)}, "2024-03-01"),
        ({"date": datetime(2024, 3, 1, 9, 30, tzinfo=UTC)}, "2024-03-01T09:30:00+00:00"),
        ({"published": 1402}, "1402"),
        ({}, ""),
    ],
)
def test_the_date_is_text(item: dict[str, object], published: str) -> None:
    """`published` comes before `date`; dates and times are written in ISO 8601."""
    assert as_document({"text": "متن", **item}).published == published


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (None, "item 4: expected a text, a mapping with a text or a Document, got NoneType"),
        (7, "item 4: expected a text, a mapping with a text or a Document, got int"),
        (b"text", "item 4: expected a text, a mapping with a text or a Document, got bytes"),
        (
            {"id": 1, "body": "x"},
            "item 4 has no string under 'text' (it has: id, body); its text is likely under 'body'",
        ),
        ({"id": 1, "n": "x"}, "item 4 has no string under 'text' (it has: id, n)"),
        ({"text": None}, "item 4 has no string under 'text' (it has: text)"),
        ({"text": 5, 6: 7}, "item 4 has no string under 'text' (it has: text, 6)"),
    ],
)
def test_an_item_without_a_text_is_refused(item: object, said: str) -> None:
    """The error says what came and what to give."""
    with pytest.raises(ReadingError) as caught:
        as_document(item, position=4)  # type: ignore[arg-type]

    assert str(caught.value) == said


def test_an_unreadable_item_is_a_problem_and_ends_nothing() -> None:
    """The items beside it are read, and its position is named."""
    documents, problems = gathered([None, "متن", {}])  # type: ignore[list-item]

    assert documents == [Document("1", "متن")]
    assert [(problem.kind, problem.reason[:6]) for problem in problems] == [
        ("unreadable", "item 0"),
        ("unreadable", "item 2"),
    ]


def test_a_problem_passes_through() -> None:
    """What reading found wrong arrives as it was."""
    problem = Problem("x.jsonl", 3, "column 7: broken", "skipped")

    assert gathered([problem]) == ([], [problem])


def test_a_problem_takes_a_position() -> None:
    """What comes behind it is counted on."""
    assert ids_of(Problem("x", 1, "broken"), "متن") == ["1"]  # type: ignore[arg-type]


def test_nothing_gives_nothing() -> None:
    """No items, no documents, no problems."""
    assert gathered([]) == ([], [])


def test_documents_come_one_by_one() -> None:
    """An endless archive gives its first documents, in the order of the items."""
    problems: list[Problem] = []

    endless = as_documents(iter(lambda: {"text": "متن"}, None), problems)

    assert [next(endless).id for _ in range(3)] == ["0", "1", "2"]


def test_documents_with_one_id_are_all_kept() -> None:
    """The first in the order of texts keeps the id, the others are numbered from 2."""
    documents = named(Document("a", "3", path="p", line=9), Document("a", "1"), Document("a", "2"))

    assert [(document.id, document.text) for document in documents] == [
        ("a", "1"),
        ("a#2", "2"),
        ("a#3", "3"),
    ]


def test_only_documents_of_one_id_are_looked_at() -> None:
    """Of three documents, only the two with one id are loaded."""
    documents = [Document("a", "1"), Document("b", "2"), Document("a", "0")]
    asked = []

    def document(row: int) -> Document:
        asked.append(row)
        return documents[row]

    assert list(renamed(["a", "b", "a"], document)) == [(0, "a#2")]
    assert sorted(asked) == [0, 2]


def test_a_new_id_takes_nobody_elses() -> None:
    """When `a#2` is taken the next number serves."""
    assert ids_of(Document("a", "1"), Document("a#2", "2"), Document("a", "3"), Document("a", "4")) == [
        "a",
        "a#2",
        "a#3",
        "a#4",
    ]


def test_renamed_ids_do_not_clash_among_themselves() -> None:
    """Two documents `a` and two documents `a#2` end with four ids."""
    items = [Document(name, text) for name, text in (("a", "1"), ("a", "2"), ("a#2", "3"), ("a#2", "4"))]

    assert ids_of(*items) == ["a", "a#2", "a#2#2", "a#3"]


def test_an_empty_id_is_an_id() -> None:
    """One document without a name keeps it; the second is numbered."""
    assert ids_of(Document("", "1"), Document("", "2")) == ["", "#2"]


def test_a_position_may_clash_with_an_id() -> None:
    """A string at place 1 and a mapping with the id 1 are two documents."""
    assert ids_of({"id": "1", "text": "الف"}, "ب") == ["1", "1#2"]


@pytest.mark.parametrize(
    "items",
    [
        [Document("a", "1"), Document("a", "2"), Document("b", "3")],
        [Document("a", "1", title="x"), Document("a", "1", title="y"), Document("a#2", "1")],
        pytest.param(
            [Document("a", "1", path="x", line=1), Document("a", "1", path="x", line=2)],
        ),
        pytest.param(
            [Document("a", "1", encoding="utf-8"), Document("a", "1", encoding="cp1256")],
        ),
    ],
    ids=["texts", "titles", "lines", "encodings"],
)
def test_the_order_of_the_input_leaves_no_trace(items: list[Document]) -> None:
    """Every order of the same documents gives the same documents."""
    results = [named(*order) for order in permutations(items)]

    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("items", ["a text", {"text": "a text"}], ids=["string", "mapping"])
def test_one_text_is_no_archive(items: object) -> None:
    """Its letters would be taken for documents."""
    with pytest.raises(ReadingError, match="expected a list of documents, got one text"):
        as_documents(items, [])  # type: ignore[arg-type]


def test_texts_are_given_by_their_ids() -> None:
    """The keys of a mapping are the ids, unless a record has one of its own."""
    found, _ = gathered({"a": "one", "b": {"text": "two"}, "c": {"id": "d", "text": "three"}})

    assert [(document.id, document.text) for document in found] == [
        ("a", "one"),
        ("b", "two"),
        ("d", "three"),
    ]


def test_items_of_a_wrong_kind_are_no_archive() -> None:
    """An error names the first; beside a text each is a problem."""
    with pytest.raises(ReadingError, match=r"item 0: expected a text, .* got bytes"):
        gathered([b"one", b"two"])

    found, problems = gathered([b"one", "two"])
    assert ([document.text for document in found], len(problems)) == (["two"], 1)


def test_items_of_which_none_has_a_text_are_no_archive() -> None:
    """One error names the keys there are; where one item has a text, the others are problems."""
    lacking = [{"body": "x"}, {"body": "y", "title": "t"}]

    with pytest.raises(
        ReadingError,
        match=r"no item has a text under 'text' \(the first has: 'body'\); try fields=\{'text': 'body'\}$",
    ):
        gathered(lacking)
    found, problems = gathered([*lacking, {"text": "z"}])
    assert ([document.text for document in found], len(problems)) == (["z"], 2)
    assert gathered([{"text": None}])[1][0].reason.startswith("item 0 has no string under 'text'")
