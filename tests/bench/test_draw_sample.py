"""A sample does not depend on the order in which its archive is read."""

import json
from pathlib import Path

import pytest

from dedup.bench.draw_sample import draw_sample
from dedup.model import Document, Problem
from dedup.model.document_batch import ReadBatch, pack, packed
from dedup.model.errors import WritingError
from dedup.report.progress_notes import silent

ARCHIVE = [Document(f"d{number}", f"text {number}") for number in range(40)]


def drawn(documents: list[Document], size: int) -> list[str]:
    """Return the ids that are drawn."""
    batches = [ReadBatch(pack(documents[start : start + 4])) for start in range(0, len(documents), 4)]
    return [each.id for each in draw_sample(batches, size=size, progress=silent)[1].documents]


def test_the_order_of_an_archive_leaves_no_trace() -> None:
    """Nor does the drawing in between, which keeps twice the sample at most."""
    assert drawn(ARCHIVE, 5) == drawn(ARCHIVE[::-1], 5)


def test_a_smaller_sample_is_the_beginning_of_a_larger_one() -> None:
    """And an archive that is smaller than the sample is in it whole."""
    assert drawn(ARCHIVE, 5) == drawn(ARCHIVE, 30)[:5]
    assert sorted(drawn(ARCHIVE, 100)) == sorted(each.id for each in ARCHIVE)


def test_the_archive_is_counted() -> None:
    """Stories, bytes of their texts, and what could not be read."""
    problem = Problem("a.txt", None, "cannot be read")

    census, _ = draw_sample(packed([Document("a", "xé"), problem]), size=16, progress=silent)

    assert (census.stories, census.text_bytes, census.problems) == (1, 3, (problem,))


def test_stories_of_one_id_are_told_apart(tmp_path: Path) -> None:
    """So that figures can name them; what a sample writes can be read again."""
    documents = [Document("a", "one", source="s"), Document("a", "two"), Document("a", "two")]

    _, sample = draw_sample(packed(documents), size=16, progress=silent)
    sample.write(tmp_path / "sample.jsonl", stories=2)

    assert sorted(each.id for each in sample.documents) == ["a", "a#2", "a#3"]
    lines = [json.loads(line) for line in (tmp_path / "sample.jsonl").read_bytes().splitlines()]
    assert [line["id"] for line in lines] == [each.id for each in sample.documents[:2]]


def test_a_full_temporary_folder_is_named(tmp_path: Path) -> None:
    """The sample is written to the folder for temporary files."""
    _, sample = draw_sample(packed([Document("a", "x")]), size=16, progress=silent)

    with pytest.raises(WritingError, match="TMPDIR names another temporary folder"):
        sample.write(tmp_path, stories=1)
