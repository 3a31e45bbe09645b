"""One text to all that the index and the match need, on one process or several."""

from hashlib import blake2b

import numpy as np
import pytest
from test_pipeline_archives import some_stories

from dedup import kernel
from dedup.errors import SettingError
from dedup.pipeline import preparing
from dedup.pipeline.preparing import Prepared, prepare, prepare_all
from dedup.recipe import Recipe
from dedup.stages.fold import fold
from dedup.stages.shingle import shingle, shingle_sequence
from dedup.stages.sketch import sketch

SMALL = Recipe(letters=5, winnow=3, permutations=16, seed=7)


def prepared(
    texts: list[str], *, workers: int, heard: list[tuple[str, int, int]] | None = None
) -> list[Prepared]:
    """Prepare texts and note the progress."""
    notes: list[tuple[str, int, int]] = [] if heard is None else heard
    return prepare_all(texts, SMALL, workers=workers, progress=lambda *note: notes.append(note))


def alike(one: Prepared, other: Prepared) -> bool:
    """Whether every field is equal."""
    return (one.letters, one.digest) == (other.letters, other.digest) and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("shingles", "fingerprints", "signature")
    )


def test_a_text_goes_through_every_stage() -> None:
    """Each field is what its stage gives for the settings of the recipe."""
    (text,) = some_stories(1)

    item = prepare(text, SMALL)

    folded = fold(text)
    sequence = shingle_sequence(folded, letters=5)
    assert np.array_equal(item.shingles, shingle(folded, letters=5))
    assert np.array_equal(item.fingerprints, kernel.winnow(sequence, window=3))
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


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_workers_leave_no_trace(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts come back in their order, whoever prepared them, and progress counts the batches."""
    monkeypatch.setattr(preparing, "BATCH", 2)
    texts = list(some_stories(5, words=30))
    heard: list[tuple[str, int, int]] = []

    items = prepared(texts, workers=workers, heard=heard)

    assert all(alike(item, prepare(text, SMALL)) for item, text in zip(items, texts, strict=True))
    assert heard == [("sketch", 2, 5), ("sketch", 4, 5), ("sketch", 5, 5)]


def test_one_batch_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are prepared sooner than a process starts."""
    monkeypatch.setattr(preparing, "ProcessPoolExecutor", None)

    assert len(prepared(["یک", "دو"], workers=4)) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_prepared_from_nothing(workers: int) -> None:
    """An empty archive has no batches, however many workers wait."""
    assert prepared([], workers=workers) == []


@pytest.mark.parametrize("workers", [0, -1])
def test_somebody_must_work(workers: int) -> None:
    """Fewer than one worker is refused, and the message says what is allowed."""
    with pytest.raises(SettingError, match=rf"workers={workers} is not usable: 1 or more"):
        prepared([], workers=workers)


def test_a_pasted_passage_is_found_wherever_it_stands() -> None:
    """Fourteen words, at the beginning of one text and the end of another, leave a shared fingerprint."""
    passage = "سخنگوی وزارت خارجه روز شنبه گفت مذاکرات هفته آینده در وین ادامه پیدا خواهد کرد"
    one = prepare(f"{passage} و باران تهران را فرا گرفت و خیابانها بسته شد", Recipe())
    other = prepare(f"قیمت طلا در بازار امروز بالا رفت اما دلار ارزان شد {passage}", Recipe())

    assert np.intersect1d(one.fingerprints, other.fingerprints).size
