"""One text to all that the index and the match need, on one process or several."""

from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
import pytest

from dedup import core
from dedup.model import Document, document_batch
from dedup.model.document_batch import BATCH, BATCH_LETTERS, DocumentBatch, pack, packed
from dedup.model.recipe import Recipe
from dedup.report import sketching
from dedup.report.sketching import sketch_all
from dedup.text.fold import fold
from dedup.text.minhash import similarity_order, sketch
from dedup.text.prepare import SketchedBatch, prepare, prepare_text
from dedup.text.shingle import shingle, shingle_sequence
from tests.report.test_made_up_archives import some_stories

SMALL = Recipe(letters=5, winnow=3, permutations=16, seed=7)


def documents_of(texts: list[str]) -> list[Document]:
    """Make documents with the ids 0, 1, 2 and so on."""
    return [Document(str(row), text) for row, text in enumerate(texts)]


def sketched(texts: list[str], *, workers: int = 1) -> list[SketchedBatch]:
    """Prepare texts batch by batch."""
    batches = sketch_all(packed(documents_of(texts)), SMALL, workers=workers, store=lambda _, batch: batch)
    return [batch for _, batch in batches]


def as_lists(_: DocumentBatch, batch: SketchedBatch) -> list[object]:
    """Write what was prepared so that it can be compared."""
    return [column.tolist() for column in batch]


def test_a_text_goes_through_every_stage() -> None:
    """Each field is what its stage gives for the settings of the recipe."""
    (text,) = some_stories(1)

    item = prepare_text(text, SMALL)

    folded = fold(text)
    sequence = shingle_sequence(folded, letters=5)
    assert np.array_equal(item.shingles, shingle(folded, letters=5))
    assert np.array_equal(item.fingerprints, core.winnow(sequence, window=3))
    assert np.array_equal(item.signature, sketch(item.shingles, permutations=16, seed=7))


def test_letters_are_counted_without_blanks() -> None:
    """کتاب‌های نو has nine letters; the half-space is none."""
    assert prepare_text("«کتاب\u200cهای  نو»", SMALL).letters == 9


def test_the_digest_is_that_of_the_folded_text() -> None:
    """BLAKE2b over UTF-16, little-endian on every machine."""
    assert prepare_text("كِتاب", SMALL).digest == blake2b("کتاب".encode("utf-16-le"), digest_size=16).digest()


def test_equal_folded_texts_have_one_digest() -> None:
    """Spelling does not count, words do."""
    one, same, other = (prepare_text(text, SMALL).digest for text in ("علي ۱۲", " علی 12.", "علی ۱۳"))

    assert one == same != other


def test_an_empty_text_has_no_shingles() -> None:
    """It is set aside later; preparing it is no error."""
    item = prepare_text(" \u200c!", SMALL)

    assert (item.letters, item.shingles.size, item.fingerprints.size) == (0, 0, 0)


def test_a_row_of_a_batch_is_the_text_alone() -> None:
    """Whatever is next to it; bands are keys of two rows of the signature."""
    texts = ["", *some_stories(3, words=30), "یک"]
    recipe = Recipe(letters=5, winnow=3, permutations=16, seed=7, rows=2)

    batch = prepare(pack(documents_of(texts)), recipe)

    signatures = []
    for row, text in enumerate(texts):
        alone = prepare_text(text, recipe)
        signatures.append(alone.signature)
        assert batch.letters[row] == alone.letters
        assert batch.digests[row].tobytes() == alone.digest
        for values, bounds, expected in (
            (batch.shingles, batch.shingle_bounds, alone.shingles),
            (batch.fingerprints, batch.fingerprint_bounds, alone.fingerprints),
        ):
            assert np.array_equal(values[bounds[row] : bounds[row + 1]], expected)
    table = np.stack(signatures)
    assert np.array_equal(batch.band_keys, core.band_keys(table, rows=2))
    assert np.array_equal(batch.order, similarity_order(table))


def test_an_empty_batch_has_columns_too() -> None:
    """Of their types, with nothing in them."""
    batch = prepare(pack([]), SMALL)

    assert (batch.digests.shape, batch.band_keys.shape, batch.order.shape) == ((0, 2), (4, 0), (0,))
    assert batch.shingles.dtype == np.uint64
    assert batch.shingle_bounds.tolist() == [0]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("batch", [1, 2, 5])
def test_the_workers_leave_no_trace(workers: int, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches come back in their order with their documents, whichever thread prepared them."""
    monkeypatch.setattr(document_batch, "BATCH", batch)
    documents = documents_of(list(some_stories(5, words=30)))

    batches = list(sketch_all(packed(documents), SMALL, workers=workers, store=as_lists))

    assert [len(read.documents) for read, _ in batches] == {1: [1] * 5, 2: [2, 2, 1], 5: [5]}[batch]
    assert [document for read, _ in batches for document in read.documents.documents()] == documents
    for read, columns in batches:
        ((_, alone),) = sketch_all([read], SMALL, workers=1, store=as_lists)
        assert columns == alone


def test_a_batch_is_full_by_documents_or_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents at most, and no more behind the tenth letter: 3, then 4 + 7, then 20, then 1."""
    monkeypatch.setattr(document_batch, "BATCH", 3)
    monkeypatch.setattr(document_batch, "BATCH_LETTERS", 10)
    texts = ["a" * length for length in (1, 1, 1, 4, 7, 20, 1)]

    assert [batch.letters.tolist() for batch in sketched(texts)] == [[1, 1, 1], [4, 7], [20], [1]]
    assert (BATCH, BATCH_LETTERS) == (512, 2**20)


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_read_no_faster_than_they_are_prepared(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the first batch of one comes back, two are read ahead, and two for each worker."""
    monkeypatch.setattr(document_batch, "BATCH", 1)
    read = 0

    def endless() -> Iterator[Document]:
        nonlocal read
        while True:
            read += 1
            yield Document(str(read), "متن")

    batches = sketch_all(packed(endless()), SMALL, workers=workers, store=as_lists)
    next(batches)

    assert read <= 2 + 2 * workers + 1
    batches.close()  # type: ignore[attr-defined]


def test_one_batch_starts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are prepared sooner than a thread or process starts."""
    monkeypatch.setattr(sketching, "ThreadPoolExecutor", None)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)

    assert len(sketched(["یک", "دو"], workers=4)) == 1


@pytest.mark.parametrize("name", ["compiled", "numpy"])
def test_threads_serve_the_compiled_kernel_and_processes_the_other(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numpy holds the GIL most of the time."""
    monkeypatch.setattr(core, "NAME", name)
    monkeypatch.setattr(document_batch, "BATCH", 1)
    if name == "compiled":
        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    else:
        monkeypatch.setattr(sketching, "ThreadPoolExecutor", None)

    assert [batch.letters.tolist() for batch in sketched(["یک", "دو"], workers=2)] == [[2], [2]]


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_prepared_from_nothing(workers: int) -> None:
    """An empty archive has no batches, however many workers wait."""
    assert sketched([], workers=workers) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_fails_behind_the_stages_is_told(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of what is done with a batch ends the run, in a thread too."""
    monkeypatch.setattr(document_batch, "BATCH", 1)

    def full(*_: object) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        list(sketch_all(packed(documents_of(["یک", "دو", "سه"])), SMALL, workers=workers, store=full))


def test_a_pasted_passage_is_found_wherever_it_stands() -> None:
    """Fourteen words, at the beginning of one text and the end of another, leave a shared fingerprint."""
    passage = "سخنگوی وزارت خارجه روز شنبه گفت مذاکرات هفته آینده در وین ادامه پیدا خواهد کرد"
    one = prepare_text(f"{passage} و باران تهران را فرا گرفت و خیابانها بسته شد", Recipe())
    other = prepare_text(f"قیمت طلا در بازار امروز بالا رفت اما دلار ارزان شد {passage}", Recipe())

    assert np.intersect1d(one.fingerprints, other.fingerprints).size
