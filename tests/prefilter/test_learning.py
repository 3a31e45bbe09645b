"""Boilerplate that an index learns."""

import json
from pathlib import Path

import pytest

from dedup import PreFilter, Recipe, find_duplicates
from dedup.model.errors import SettingError
from dedup.model.known_boilerplate import KnownPassage, to_lines
from dedup.prefilter.checked_export import checked_export
from dedup.prefilter.export_index import export_lines
from dedup.prefilter.import_stories import import_stories
from dedup.prefilter.rebuild_index import rebuild
from dedup.story_index.open_index import open_index
from tests.cli.test_main import run
from tests.report.test_made_up_archives import some_stories

NOTICE = (
    "Please switch off your ad blocker and subscribe to the evening letter of our paper. All rights reserved "
    "by the publisher, reprints need written consent of the editors in chief, see the imprint for our terms."
)
TEXTS = [f"{NOTICE}\n{story}" for story in some_stories(40, words=12)]


@pytest.fixture(scope="module")
def known() -> list[KnownPassage]:
    """What a report on thirty short stories under one notice learns."""
    return list(find_duplicates(TEXTS[:30], recipe=Recipe(rank=False)).known_boilerplate)


def copies(prefilter: PreFilter) -> int:
    """How many of the stories are copies of others."""
    answers = (prefilter.check_and_add({"id": str(row), "text": text}) for row, text in enumerate(TEXTS))
    return sum(answer.duplicate_of is not None for answer in answers)


def test_stories_under_one_notice_are_no_copies_once_it_is_learnt(
    tmp_path: Path, known: list[KnownPassage]
) -> None:
    """Most are copies to an index that knows nothing; none to one that was taught, while it was open."""
    with PreFilter.open(tmp_path / "plain.dedup") as plain:
        assert copies(plain) > 20
    with (
        PreFilter.open(tmp_path / "taught.dedup") as running,
        PreFilter.open(tmp_path / "taught.dedup") as other,
    ):
        assert other.learn(known) == len(known) == 1
        assert copies(running) == 0


def test_learning_twice_adds_nothing_and_forgetting_starts_anew(
    tmp_path: Path, known: list[KnownPassage]
) -> None:
    """The same passage is known once; what is no passage is refused."""
    with PreFilter.open(tmp_path / "i.dedup") as prefilter:
        assert [prefilter.learn(known), prefilter.learn(known)] == [1, 1]
        assert prefilter.learn([KnownPassage("read more", 9, (5,))], forget=True) == 1
        assert prefilter.learn([], forget=True) == 0
        with pytest.raises(SettingError):
            prefilter.learn(["read more"])  # type: ignore[list-item]


def test_an_export_carries_it_and_other_letters_forget_it(tmp_path: Path, known: list[KnownPassage]) -> None:
    """A copy made by export and import knows the notice; a rebuild with other shingles does not."""
    index, copy = open_index(tmp_path / "i.dedup"), open_index(tmp_path / "copy.dedup")
    with PreFilter(index) as prefilter:
        prefilter.learn(known)
        with checked_export(export_lines(index)) as export:
            import_stories(copy, export)
    with copy.reading() as view:
        assert list(view.boilerplate.passages) == known
    rebuild(copy, Recipe(letters=12))
    with copy.reading() as view:
        assert view.boilerplate.passages == ()
    copy.close()


def test_an_export_has_letters_as_they_are_written(tmp_path: Path) -> None:
    """As escapes, Persian would take three times the room."""
    index = open_index(tmp_path / "i.dedup")
    with PreFilter(index) as prefilter:
        prefilter.add({"id": "خبر", "text": some_stories(1)[0]})

        assert '"خبر"' in [*export_lines(index)][1]


def test_the_command_teaches_a_file_and_says_how_many_it_knows(
    tmp_path: Path, known: list[KnownPassage]
) -> None:
    """By the name of the archive; `info` counts them; without a file, or with none there, it asks for one."""
    index, kept = str(tmp_path / "i.dedup"), tmp_path / "kept.jsonl"
    Path(f"{kept}.boilerplate").write_bytes(b"".join(to_lines(known, letters=20)))
    PreFilter.open(index).close()

    assert run("index", "learn", index, str(kept)).stdout.endswith("1 passage of boilerplate known\n")
    assert json.loads(run("index", "info", index).stdout)["boilerplate"] == 1
    assert run("index", "learn", index, "--forget").stdout.endswith("0 passages of boilerplate known\n")
    assert run("index", "learn", index).returncode == 2
    missing = run("index", "learn", index, "gone.jsonl")
    assert (missing.returncode, missing.stderr) == (
        2,
        "dedup: gone.jsonl.boilerplate: no such file; `dedup report ARCHIVE --keep KEPT` writes one\n",
    )
