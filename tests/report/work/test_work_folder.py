"""A run in a work folder gives what a run without one gives, however often it was ended."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dedup.comparison.weights import learnt_weights
from dedup.model import Document
from dedup.model.document_batch import DocumentBatch
from dedup.model.errors import WorkFolderError
from dedup.model.recipe import Recipe
from dedup.output.to_json import json_pieces
from dedup.report.find_duplicates import find_duplicates
from dedup.report.work import document_parts, folder_runner
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.report.work.work_folder import WorkFolder
from dedup.text.prepare import SketchedBatch, prepare
from tests.fork_server import ForkedProcess
from tests.full_disk import full_disk
from tests.trying_archive import RECIPE, reference, trying_archive

pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")


def reported(work_dir: Path | None, documents: list[Document] | None = None, **named: object) -> bytes:
    """Report on the trying archive; gives the JSON."""
    settings = {"recipe": RECIPE, "reference": reference(), "workers": 1, **named}
    found = find_duplicates(documents or trying_archive(), work_dir=work_dir, **settings)  # type: ignore[arg-type]
    return b"".join(json_pieces(found))


@pytest.fixture(scope="module")
def expected() -> bytes:
    """Return the JSON of a run without a work folder."""
    return reported(None)


def test_the_archive_has_what_it_is_for(expected: bytes) -> None:
    """A bucket over the cap, a repeated id, boilerplate, an unread date, a short text, a reference."""
    report = json.loads(expected)
    counts = report["counts"]

    assert (counts["duplicate_id"], counts["undated"], counts["too_short"]) == (1, 1, 1)
    assert counts["cut_buckets"] > 0
    assert counts["cut_pairs"] > 0
    assert report["boilerplate"]
    assert report["scope"] == {"reference": 2}


@pytest.mark.parametrize("workers", [1, 3])
def test_a_work_folder_changes_no_byte(tmp_path: Path, expected: bytes, workers: int) -> None:
    """Neither the first run nor the second, which finds all results there."""
    assert reported(tmp_path, workers=workers) == expected
    assert reported(tmp_path, workers=workers) == expected


def test_a_second_run_computes_nothing(tmp_path: Path, expected: bytes) -> None:
    """No file is written a second time."""
    reported(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}

    assert reported(tmp_path) == expected
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
    assert {path.parent.name for path in before} >= {"bands", "ranges", "judge", "rank"}


IMPORTED = ("dedup.report.find_duplicates", "tests.report.work.test_work_folder")
KILLED = """
import os, signal, sys
from dedup.report.work import arrays_file, document_parts, folder_runner
from tests.report.work.test_work_folder import reported
from pathlib import Path

left = int(sys.argv[2])
write = arrays_file.write_arrays

def dying(path, arrays):
    global left
    write(path, arrays)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

document_parts.write_arrays = folder_runner.write_arrays = dying
reported(Path(sys.argv[1]))
"""


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, expected: bytes) -> None:
    """Killed after 1, 3 and 10 more files, each of which is written once; then the bytes are the same."""
    written: dict[Path, int] = {}
    for files in (1, 3, 10):
        process = ForkedProcess(tmp_path, files, program=KILLED, imported=IMPORTED)
        process.rest()
        assert process.returncode == -signal.SIGKILL
        now = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
        assert written.items() <= now.items()
        assert len(now) == len(written) + files
        written = now

    assert reported(tmp_path) == expected


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"recipe": RECIPE.__class__()}, "boilerplate=8, this one has 20"),
        ({"cross_source": True}, "cross_source=False"),
        ({"documents": trying_archive()[1:]}, "other documents"),
        ({"reference": []}, "other documents"),
    ],
)
def test_another_run_is_refused(tmp_path: Path, named: dict[str, object], said: str) -> None:
    """Other settings or other documents would give other results."""
    reported(tmp_path)

    with pytest.raises(WorkFolderError, match=said):
        reported(tmp_path, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "named", [{"documents": trying_archive()[1:]}, {"reference": trying_archive()[:1]}], ids=["new", "known"]
)
def test_other_documents_take_no_room_in_the_folder(
    tmp_path: Path, expected: bytes, named: dict[str, object]
) -> None:
    """They are refused before the first of their parts is written, and the folder stays as it was."""
    reported(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}

    with pytest.raises(WorkFolderError, match="holds a run over other documents"):
        reported(tmp_path, **named)  # type: ignore[arg-type]

    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
    assert reported(tmp_path) == expected


def test_a_part_that_is_lost_is_made_again(tmp_path: Path, expected: bytes) -> None:
    """It is one of the run, whose documents are known."""
    reported(tmp_path)
    lost = next((tmp_path / "documents").glob("*.arrow"))
    lost.unlink()

    assert reported(tmp_path) == expected
    assert lost.exists()


def test_a_folder_in_another_format_is_refused_in_words(tmp_path: Path) -> None:
    """What an earlier release judged is not mixed with what this one judges."""
    reported(tmp_path)
    run = tmp_path / "run.json"
    settings = json.loads(run.read_text(encoding="utf-8"))
    for stored in (settings | {"format": 1}, {"version": "0.1.0"}, []):
        run.write_text(json.dumps(stored), encoding="utf-8")

        with pytest.raises(WorkFolderError, match="holds a run of another release of dedup, in format"):
            reported(tmp_path)


def test_a_run_with_other_built_in_weights_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recipe does not name them; weights of its own it does."""
    learnt = learnt_weights()
    reported(tmp_path / "learnt")
    reported(tmp_path / "own", recipe=replace(RECIPE, weights=learnt))
    other = replace(learnt, join=(learnt.join[0] + 1, *learnt.join[1:]))
    monkeypatch.setattr("dedup.report.work.run_settings.learnt_weights", lambda: other)

    with pytest.raises(WorkFolderError, match="holds a run with weights="):
        reported(tmp_path / "learnt")
    reported(tmp_path / "own", recipe=replace(RECIPE, weights=learnt))


@pytest.mark.parametrize("kind", [">i8", "<i8", ">u4", ">f8", "u1", "?"])
def test_numbers_in_any_byte_order_are_read_as_they_were(tmp_path: Path, kind: str) -> None:
    """They are written in the order of the machine."""
    numbers = np.array([[0, 1, 2], [7, 250, 1]]).astype(kind)
    write_arrays(tmp_path / "0.arrow", {"numbers": numbers, "every other": numbers[:, ::2]})

    read = read_arrays(tmp_path / "0.arrow")
    np.testing.assert_array_equal(read["numbers"], numbers)
    np.testing.assert_array_equal(read["every other"], numbers[:, ::2])


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """Nobody's files are mixed with those of a run."""
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")

    with pytest.raises(WorkFolderError, match="holds something else"):
        reported(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    """The second gets an error that names the first."""
    with WorkFolder(tmp_path, {}), pytest.raises(WorkFolderError, match="another run works in this folder"):
        WorkFolder(tmp_path, {})


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path, expected: bytes) -> None:
    """The run ends in words; with room it goes on."""
    with full_disk(1000), pytest.raises(WorkFolderError, match="make room and start the run again"):
        reported(tmp_path)
    assert not list(tmp_path.rglob("*.arrow"))

    assert reported(tmp_path) == expected


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """With what to do about it."""
    damaged = tmp_path / "0.arrow"
    damaged.write_bytes(b"ARROW1\0\0 cut short")

    with pytest.raises(WorkFolderError, match=r"0\.arrow: cannot be read .*; remove this file"):
        read_arrays(damaged)


def test_a_poisonous_document_is_named_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found by halving; a second run, which prepares nothing, gives the same."""
    documents = trying_archive()

    def fragile(batch: DocumentBatch, recipe: Recipe) -> SketchedBatch:
        if "n25" in batch.ids.strings():
            raise ValueError("bad luck")
        return prepare(batch, recipe)

    monkeypatch.setattr(document_parts, "prepare", fragile)
    found = reported(tmp_path, documents, reference=[])
    again = reported(tmp_path, documents, reference=[])

    healthy = json.loads(reported(None, [each for each in documents if each.id != "n25"], reference=[]))
    assert found == again
    poisoned = json.loads(found)
    assert poisoned["clusters"] == healthy["clusters"]
    assert {"path": "", "line": None, "reason": "'n25' cannot be prepared (bad luck); skipped"} in [
        {name: problem[name] for name in ("path", "line", "reason")} for problem in poisoned["problems"]
    ]
    assert poisoned["counts"]["documents"] == len(documents) - 1


def test_documents_beyond_a_part_go_into_the_next(
    tmp_path: Path, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch of 81 documents, 32 a part, gives three parts; the bytes are the same."""
    monkeypatch.setattr("dedup.report.work.document_parts.RUN", 32)

    assert reported(tmp_path) == expected
    assert len(list((tmp_path / "documents").glob("*.arrow"))) == 4
    assert folder_runner.TASKS_OF_A_PART > 1
