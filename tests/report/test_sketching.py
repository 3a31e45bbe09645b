"""One text to all that the index and the match need, on one process or several."""

from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
import pytest

from dedup import core
from dedup.core.numpy_kernel import UTF16
from dedup.model import Document
from dedup.model.recipe import Recipe
from dedup.report import sketching
from dedup.report.sketching import BATCH, BATCH_LETTERS, Columns, prepare_all
from dedup.text.fold import fold
from dedup.text.minhash import sketch
from dedup.text.prepare import prepare
from dedup.text.shingle import shingle, shingle_sequence
from tests.report.test_made_up_archives import some_stories

SMALL = Recipe(letters=5, winnow=3, permutations=16, seed=7)


def documents_of(texts: list[str]) -> list[Document]:
    """Make documents with the ids 0, 1, 2 and so on."""
    return [Document(str(row), text) for row, text in enumerate(texts)]


def columns_of(texts: list[str], *, workers: int = 1) -> list[Columns]:
    """Prepare texts batch by batch."""
    batches = prepare_all(documents_of(texts), SMALL, workers=workers, then=lambda columns: columns)
    return [columns for _, columns in batches]


def as_lists(columns: Columns) -> list[object]:
    """Write what was prepared so that it can be compared."""
    *parts, sketches = columns
    return [part if isinstance(part, bytes) else part.tolist() for part in (*parts, *sketches)]


def test_a_text_goes_through_every_stage() -> None:
    """Each field is what its stage gives for the settings of the recipe."""
    (text,) = some_stories(1)

    item = prepare(text, SMALL)

    folded = fold(text)
    sequence = shingle_sequence(folded, letters=5)
    assert np.array_equal(item.shingles, shingle(folded, letters=5))
    assert np.array_equal(item.fingerprints, core.winnow(sequence, window=3))
    assert np.array_equal(item.signature, sketch(item.shingles, permutations=16, seed=7))


def test_letters_are_counted_without_blanks() -> None:
    """کتاب‌های نو has nine letters; the half-space is none."""
    assert prepare("«کتاب\u200cهای  نو»", SMALL).letters == 9


def test_the_digest_is_that_of_the_folded_text() -> None:
    """BLAKE2b over UTF-16, little-endian on every machine."""
    assert prepare("كِتاب", SMALL).digest == blake2b("کتاب".encode("utf-16-le"), digest_size=16).digest()


def test_equal_folded_texts_have_one_digest() -> None:
    """Spelling does not count, words do."""
    one, same, other = (prepare(text, SMALL).digest for text in ("علي ۱۲", " علی 12.", "علی ۱۳"))

    assert one == same != other


def test_an_empty_text_has_no_shingles() -> None:
    """It is set aside later; preparing it is no error."""
    item = prepare(" \u200c!", SMALL)

    assert (item.letters, item.shingles.size, item.fingerprints.size) == (0, 0, 0)


def test_a_row_of_a_batch_is_the_text_alone() -> None:
    """Whatever stands beside it; bands are keys of two rows of the signature, heads its first values."""
    texts = ["", *some_stories(3, words=30), "یک"]
    recipe = Recipe(letters=5, winnow=3, permutations=16, seed=7, rows=2)

    ((_, columns),) = prepare_all(documents_of(texts), recipe, workers=1, then=lambda columns: columns)

    signatures = []
    fingerprints = np.split(columns.sketches.fingerprints, np.cumsum(columns.sketches.sizes))
    for row, text in enumerate(texts):
        alone = prepare(text, recipe)
        signatures.append(alone.signature)
        shingles = columns.shingle_ends
        assert columns.letters[row] == alone.letters
        assert columns.digests[16 * row : 16 * row + 16] == alone.digest
        assert np.array_equal(columns.shingles[shingles[row] : shingles[row + 1]], alone.shingles)
        assert np.array_equal(fingerprints[row], alone.fingerprints)
        written = columns.written[columns.written_ends[row] : columns.written_ends[row + 1]]
        assert written.decode(UTF16) == text
    table = np.stack(signatures)
    assert np.array_equal(columns.sketches.band_keys, core.band_keys(table, rows=2))
    assert np.array_equal(columns.sketches.heads, table[:, :8])


def test_a_signature_shorter_than_a_head_is_all_head() -> None:
    """Four permutations of the eight that a head may have."""
    recipe = Recipe(permutations=4, rows=2)

    ((_, columns),) = prepare_all(documents_of(["یک"]), recipe, workers=1, then=lambda columns: columns)

    assert columns.sketches.heads.tolist() == [prepare("یک", recipe).signature.tolist()]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("batch", [1, 2, 5])
def test_the_workers_leave_no_trace(workers: int, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches come back in their order with their documents, whoever prepared them."""
    monkeypatch.setattr(sketching, "BATCH", batch)
    documents = documents_of(list(some_stories(5, words=30)))

    batches = list(prepare_all(documents, SMALL, workers=workers, then=as_lists))

    assert [len(some) for some, _ in batches] == {1: [1] * 5, 2: [2, 2, 1], 5: [5]}[batch]
    assert [document for some, _ in batches for document in some] == documents
    for some, columns in batches:
        ((_, alone),) = prepare_all(some, SMALL, workers=1, then=as_lists)
        assert columns == alone


def test_a_batch_is_full_by_documents_or_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents at most, and no more behind the tenth letter: 3, then 4 + 7, then 20, then 1."""
    monkeypatch.setattr(sketching, "BATCH", 3)
    monkeypatch.setattr(sketching, "BATCH_LETTERS", 10)
    texts = ["a" * length for length in (1, 1, 1, 4, 7, 20, 1)]

    assert [columns.letters.tolist() for columns in columns_of(texts)] == [[1, 1, 1], [4, 7], [20], [1]]
    assert (BATCH, BATCH_LETTERS) == (512, 2**20)


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_read_no_faster_than_they_are_prepared(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the first batch of one comes back, two are read ahead, and two for each worker."""
    monkeypatch.setattr(sketching, "BATCH", 1)
    read = 0

    def endless() -> Iterator[Document]:
        nonlocal read
        while True:
            read += 1
            yield Document(str(read), "متن")

    batches = prepare_all(endless(), SMALL, workers=workers, then=as_lists)
    next(batches)

    assert read <= 2 + 2 * workers + 1
    batches.close()  # type: ignore[attr-defined]


def test_one_batch_starts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are prepared sooner than a thread or process starts."""
    monkeypatch.setattr(sketching, "ThreadPoolExecutor", None)
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)

    assert len(columns_of(["یک", "دو"], workers=4)) == 1


@pytest.mark.parametrize("name", ["compiled", "plain"])
def test_threads_serve_the_compiled_kernel_and_processes_the_other(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numpy holds the GIL most of the time."""
    monkeypatch.setattr(core, "NAME", name)
    monkeypatch.setattr(sketching, "BATCH", 1)
    if name == "compiled":
        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    else:
        monkeypatch.setattr(sketching, "ThreadPoolExecutor", None)

    assert [columns.letters.tolist() for columns in columns_of(["یک", "دو"], workers=2)] == [[2], [2]]


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_prepared_from_nothing(workers: int) -> None:
    """An empty archive has no batches, however many workers wait."""
    assert columns_of([], workers=workers) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_fails_behind_the_stages_is_told(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of what is done with a batch ends the run, in a thread too."""
    monkeypatch.setattr(sketching, "BATCH", 1)

    def full(_: Columns) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        list(prepare_all(documents_of(["یک", "دو", "سه"]), SMALL, workers=workers, then=full))


def test_a_pasted_passage_is_found_wherever_it_stands() -> None:
    """Fourteen words, at the beginning of one text and the end of another, leave a shared fingerprint."""
    passage = "سخنگوی وزارت خارجه روز شنبه گفت مذاکرات هفته آینده در وین ادامه پیدا خواهد کرد"
    one = prepare(f"{passage} و باران تهران را فرا گرفت و خیابانها بسته شد", Recipe())
    other = prepare(f"قیمت طلا در بازار امروز بالا رفت اما دلار ارزان شد {passage}", Recipe())

    assert np.intersect1d(one.fingerprints, other.fingerprints).size
