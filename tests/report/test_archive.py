"""The archive gives back what it was given, whatever the order, and makes every id one document's own."""

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model import Document, document_batch
from dedup.model.document_batch import pack
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.representative import UNDATED
from dedup.report.stored_documents import Documents
from dedup.text.prepare import prepare, prepare_text
from tests.archives import archive_of

FULL = Document(
    "شناسه",
    "متن یک خبر",
    title="تیتر",
    source="مهر",
    published="2024-03-01",
    url="https://example.ir/1",
    path="x.jsonl",
    line=7,
    encoding="cp1256",
)


def given_back(documents: Sequence[Document]) -> list[Document]:
    """Keep documents and load them again."""
    held, _ = archive_of(documents)
    return [held.document(row) for row in range(len(documents))]


def test_every_field_comes_back() -> None:
    """A document with all of them, and one with none."""
    nothing = Document("", "")

    assert given_back([FULL, nothing]) == [FULL, nothing]


@pytest.mark.parametrize("name", [each.name for each in fields(Document) if each.type in {str, "str"}])
@pytest.mark.parametrize(
    "written",
    ["\x00", "a\x00b", "\ud800", "\udfff\ud800 \ud83d", "\U0001f600\U00020000", "\ufeff", '"\\\n\u2028', ""],
    ids=["nul", "nul inside", "half", "halves", "astral", "mark", "quotes and lines", "empty"],
)
def test_any_text_comes_back_in_any_field(name: str, written: str) -> None:
    """And leaves the fields beside it alone."""
    given = {each.name: getattr(FULL, each.name) for each in fields(Document)} | {name: written}
    document = Document(**given)

    one, other = replace(FULL, id="one"), replace(FULL, id="other")
    assert given_back([one, document, other]) == [one, document, other]


def test_halves_in_two_fields_are_not_put_together() -> None:
    """A title that ends with half a letter before a source that begins with the other half."""
    document = Document("a", "متن\ud83d", title="x\ud83d", source="\ude00y", url="\ude00")

    assert given_back([document, Document("b", "\ude00متن")]) == [document, Document("b", "\ude00متن")]


@pytest.mark.parametrize("line", [None, 0, 1, 2**40, 2**63 - 1])
def test_a_line_comes_back(line: int | None) -> None:
    """None is no line, and 0 is not None."""
    (document,) = given_back([Document("a", "متن", line=line)])

    assert document.line == line
    assert (document.line is None) is (line is None)


pieces = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\ud800", "\udfff "]
)
texts = st.lists(pieces, max_size=3).map(" ".join)
records = st.builds(
    Document,
    id=st.uuids().map(str),
    text=texts,
    title=texts,
    source=texts,
    published=texts,
    url=texts,
    path=texts,
    line=st.none() | st.integers(0, 10**6),
    encoding=texts,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(records, max_size=7), st.integers(1, 4), st.sampled_from([0, 40, 10**6]))
def test_what_is_kept_comes_back(documents: list[Document], batch: int, in_memory: int) -> None:
    """Any documents, in batches of any size, in memory or in the file; one by one, many, or texts alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_batch, "BATCH", batch)
        patch.setattr("dedup.report.archive.BYTES_AT_ONCE", in_memory)
        held, problems = archive_of(documents, in_memory=in_memory)
        together = list(held.documents(np.arange(len(documents))))

    rows = range(len(documents))
    assert [held.document(row) for row in rows] == together == documents
    assert [held.text(row) for row in rows] == [document.text for document in documents]
    assert [problem for problem in problems if problem.kind == "duplicate_id"] == []


def test_a_document_without_its_text_is_the_rest_of_it() -> None:
    """A title is loaded without the text."""
    held, _ = archive_of([FULL])

    loaded = held.document(0, whole=False)

    assert loaded.text == ""
    assert (loaded.id, loaded.title, loaded.line) == ("شناسه", "تیتر", 7)


def test_batches_may_be_stored_in_any_order() -> None:
    """The second of two is stored first, as threads may have it; each document has its own text."""
    documents = [Document("a", "خبر یک دو"), Document("b", "خبر سه")]
    batches = [pack([document]) for document in documents]
    held = Archive()
    later = held.store_batch(batches[1], prepare(batches[1], Recipe()))
    sooner = held.store_batch(batches[0], prepare(batches[0], Recipe()))
    held.add_batch(batches[0], sooner)
    held.add_batch(batches[1], later)
    held.settle()

    assert [held.document(row) for row in (0, 1)] == documents
    values, _ = held.shingles([1])
    assert np.array_equal(values, prepare_text("خبر سه", Recipe()).shingles)


def test_shingles_come_back_in_the_order_they_are_asked_for() -> None:
    """Those of each document one after the other; one without any takes no room."""
    written = ["خبر تازه از تهران", "", "باران در شیراز و اصفهان بارید"]
    held, _ = archive_of([Document(str(row), text) for row, text in enumerate(written)])

    values, bounds = held.shingles([2, 1, 0, 2])

    expected = [prepare_text(written[row], Recipe()).shingles for row in (2, 1, 0, 2)]
    assert np.array_equal(values, np.concatenate(expected))
    assert bounds.tolist() == np.cumsum([0, *map(len, expected)]).tolist()
    assert held.sizes.tolist() == [len(expected[2]), 0, len(expected[0])]


@pytest.mark.parametrize("in_memory", [0, 10**6])
def test_texts_come_back_in_the_order_they_are_asked_for(in_memory: int) -> None:
    """As they were written, the texts of several rows in one column."""
    written = ["خبر تازه از «تهران»", "!", "باران در شیراز‌و اصفهان"]
    held, _ = archive_of([Document(str(row), text) for row, text in enumerate(written)], in_memory=in_memory)

    assert list(held.texts([2, 1, 0, 2])) == [written[row] for row in (2, 1, 0, 2)]


def test_no_shingles_of_nobody() -> None:
    """Asked for none, or for those of an empty document."""
    held, _ = archive_of([Document("a", "")])

    for rows in ([], [0]):
        values, bounds = held.shingles(rows)
        assert (values.tolist(), values.dtype) == ([], np.uint64)
        assert bounds.tolist() == [0] * (len(rows) + 1)


def test_an_empty_archive_is_one() -> None:
    """Its arrays have their types and nothing in them."""
    held, problems = archive_of([])

    assert problems == []
    assert held.ids == []
    assert (held.digests.shape, held.digests.dtype) == ((0, 2), np.uint64)
    for column in (held.dates, held.letters, held.sizes, held.id_ranks):
        assert (column.shape, column.dtype) == ((0,), np.int64)


def test_letters_and_digests_are_those_of_the_texts() -> None:
    """Four letters; equal folded texts have one digest."""
    held, _ = archive_of([Document("a", "علي ۱"), Document("b", "علی 1"), Document("c", "حسن")])

    assert held.letters.tolist() == [4, 4, 3]
    assert held.digests[0].tolist() == held.digests[1].tolist() != held.digests[2].tolist()
    assert held.digests.tobytes()[:16] == prepare_text("علی 1", Recipe()).digest


def test_places_are_those_of_the_sorted_ids() -> None:
    """Ids sort as text: 10 before 9 before b."""
    held, _ = archive_of([Document("b", "x"), Document("10", "y"), Document("9", "z")])

    assert held.id_ranks.tolist() == [2, 0, 1]


def test_encodings_are_counted() -> None:
    """Of the documents that were bytes."""
    held, _ = archive_of([Document("a", ""), FULL, Document("b", "", encoding="utf-8"), FULL])

    assert held.encodings == {"cp1256": 2, "utf-8": 1}


def test_documents_with_one_id_are_named() -> None:
    """Each that had to take another id is a problem, with its path and line."""
    held, problems = archive_of(
        [Document("a", "3", path="p", line=9), Document("a", "1"), Document("a", "2")]
    )

    assert held.ids == ["a#3", "a", "a#2"]
    assert [held.document(row).text for row in range(3)] == ["3", "1", "2"]
    assert sorted((each.path, each.line, each.reason, each.kind) for each in problems) == [
        ("", None, "'a': another document has this id; this one is kept as 'a#2'", "duplicate_id"),
        ("p", 9, "'a': another document has this id; this one is kept as 'a#3'", "duplicate_id"),
    ]


@pytest.mark.parametrize(
    "documents",
    [
        [Document("a", "1"), Document("a", "2"), Document("b", "3")],
        [Document("a", "1", title="x"), Document("a", "1", title="y"), Document("a#2", "1")],
        [Document("a", "1", path="x", line=1), Document("a", "1", path="x", line=2)],
        [Document("a", "1", encoding="utf-8"), Document("a", "1", encoding="cp1256")],
        [Document("a", "1"), Document("a", "2"), Document("a#2", "3"), Document("a#2", "4")],
    ],
    ids=["texts", "titles", "lines", "encodings", "new ids"],
)
def test_the_order_of_the_input_leaves_no_trace(documents: list[Document]) -> None:
    """Every order of the same documents gives the same documents, places and problems."""

    def settled(order: Sequence[Document]) -> object:
        held, problems = archive_of(order)
        by_id = {held.ids[row]: (held.document(row), held.id_ranks[row]) for row in range(len(order))}
        return by_id, sorted(problems, key=lambda problem: (problem.reason, problem.path, problem.line or 0))

    first, *others = [settled(order) for order in permutations(documents)]

    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        ("2023-12-31T23:59:59", "2024-01-01"),
        ("2024-01-01", "2024-01-01T00:00:01"),
        ("1403-12-30", "1404-01-01"),
        ("2024-01-01", "1402-12-29"),
        ("2044-12-31T23:59:59", ""),
        ("2024-01-01", "yesterday"),
    ],
)
def test_dates_are_numbers_that_sort(sooner: str, later: str) -> None:
    """As the moments do; without a date, or with one that cannot be read, behind all others."""
    held, _ = archive_of([Document("a", "", published=sooner), Document("b", "", published=later)])

    assert held.dates[0] < held.dates[1]


def test_dates_are_seconds_on_one_time_line() -> None:
    """8 January 2024, noon in UTC, in Tehran's time and calendar; a missing date sorts last."""
    noon = 19_730 * 86_400 + 43_200
    published = ["2024-01-08T12:00:00", "2024-01-08T15:30:00+03:30", "۱۴۰۲/۱۰/۱۸ ۱۲:۰۰", ""]
    held, _ = archive_of([Document(str(number), "", published=date) for number, date in enumerate(published)])

    assert held.dates.tolist() == [noon, noon, noon, UNDATED]


def test_dates_that_cannot_be_read_are_named() -> None:
    """Under the id that the document ends with; 40 letters of the date are shown. No date is no problem."""
    held, _ = archive_of(
        [Document("a", "2", published="x" * 50, path="p", line=3), Document("a", "1"), Document("b", "")]
    )

    assert [(each.path, each.line, each.reason, each.kind) for each in held.unread_dates()] == [
        ("p", 3, f"'a#2': a date that cannot be read ('{'x' * 40}'), taken as undated", "undated")
    ]


@pytest.mark.parametrize(
    ("policy", "place"), [("earliest", (1_709_251_200, -8, 0)), ("longest", (-8, 1_709_251_200, 0))]
)
def test_a_place_is_made_of_date_length_and_id(policy: str, place: tuple[int, ...]) -> None:
    """In the order of the policy; eight letters."""
    held, _ = archive_of([FULL, Document("آ", "")])

    assert held.sort_keys([0], policy=policy).tolist() == [[0, *place[:2], held.id_ranks[0]]]


def test_documents_are_loaded_by_name() -> None:
    """Only those that were named; the mapping equals a dictionary of them."""
    held, _ = archive_of([Document("a", "1"), Document("b", "2"), Document("c", "3")])
    named = Documents(held, {"c": 2, "a": 0})

    assert dict(named) == {"c": Document("c", "3"), "a": Document("a", "1")}
    assert (list(named), len(named), "b" in named) == (["c", "a"], 2, False)
    assert named == Documents(held, {"a": 0, "c": 2})


def test_openings_and_closings_come_back_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """One document a batch: what opens a line of each, and what closes it, by order of arrival."""
    monkeypatch.setattr(document_batch, "BATCH", 1)
    texts = ["the first line of a story\nand the second line of it", "", "a story of a single line alone"]
    held, _ = archive_of([Document(str(row), text) for row, text in enumerate(texts)])
    batch = prepare(pack([Document("", text) for text in texts]), Recipe())

    loaded = list(held.openings.batches())

    assert [values.tolist() for values, _ in loaded] == [
        batch.openings[start:end].tolist() for start, end in pairwise(batch.opening_bounds.tolist())
    ]
    assert [bounds.tolist() for _, bounds in loaded] == [[0, 2], [0, 0], [0, 1]]
    assert held.openings.count_values() == 3
    assert held.closings.tolist() == batch.closings.tolist()
