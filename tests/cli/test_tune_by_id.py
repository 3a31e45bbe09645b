"""`dedup tune` on pairs that name stories of an archive by their ids."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.test_main import run

SNOW = "Heavy snow closed the mountain roads of three provinces overnight, the traffic police reported."
TEXTS = {
    "snow-1": SNOW,
    "snow-2": f"Agencies: {SNOW}",
    "power": "The ministry of energy said on Monday that two power stations will feed the grid this summer.",
}
"""A story, its copy, and another story."""


def write_lines(path: Path, lines: Sequence[dict[str, str]]) -> None:
    """Write JSON lines."""
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an archive, and labelled pairs that name its stories as a report does."""
    write_lines(tmp_path / "news.jsonl", [{"id": name, "text": text} for name, text in TEXTS.items()])
    write_lines(tmp_path / "other.jsonl", [{"key": name, "body": text} for name, text in TEXTS.items()])
    write_lines(
        tmp_path / "pairs.jsonl",
        [
            {"left": "snow-1", "right": "snow-2", "label": "near-duplicate"},
            {"left": "snow-1", "right": "power", "label": "unrelated"},
        ],
    )
    return tmp_path


def test_ids_stand_for_the_stories_of_the_archive(folder: Path) -> None:
    """The figures are those of the same pairs with their texts."""
    pairs = [("snow-1", "snow-2", "near-duplicate"), ("snow-1", "power", "unrelated")]
    texts = [{"left": TEXTS[left], "right": TEXTS[right], "label": label} for left, right, label in pairs]
    write_lines(folder / "texts.jsonl", texts)

    by_id = run("tune", "pairs.jsonl", "--archive", "news.jsonl", cwd=folder)
    by_text = run("tune", "texts.jsonl", "--archive", "news.jsonl", cwd=folder)

    assert by_id.returncode == 0
    assert "near-duplicate  precision 1.000  recall 1.000" in by_id.stdout
    assert by_id.stdout == by_text.stdout


def test_fields_of_the_archive_can_have_other_names(folder: Path) -> None:
    """They are named as for a report."""
    fields = ("--field", "id=key", "--field", "text=body")

    done = run("tune", "pairs.jsonl", "--archive", "other.jsonl", *fields, cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert "near-duplicate  precision 1.000  recall 1.000" in done.stdout


def test_ids_without_their_archive_are_refused(folder: Path) -> None:
    """One line says what is missing."""
    done = run("tune", "pairs.jsonl", cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "dedup: in no labelled pair are both texts long enough to compare (40 letters or more); if they are "
        "ids of stories, name their archive with --archive\n"
    )


def test_an_id_that_the_archive_lacks_is_named(folder: Path) -> None:
    """With the id that is most like it."""
    pairs = [("snow-1", "snow-2", "near-duplicate"), ("snow-1", "powr", "unrelated")]
    lines = [{"left": left, "right": right, "label": label} for left, right, label in pairs]
    write_lines(folder / "pairs.jsonl", lines)

    done = run("tune", "pairs.jsonl", "--archive", "news.jsonl", cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert "no story of the archive has the id 'powr'; did you mean 'power'" in done.stderr
