"""Files of the format before."""

import shutil
from pathlib import Path

import pytest

from dedup import IndexFileError, PreFilter, Recipe
from dedup.cli.main import main
from dedup.story_index.sqlite import file_format
from tests.made_up_news import story
from tests.story_index.sqlite.test_recent_postings import faults_of, row

FORMAT_2 = Path(__file__).parents[2] / "compatibility" / "0.1.0" / "news.dedup"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index that does not exist yet."""
    return tmp_path / "news.dedup"


def test_a_file_of_format_2_is_upgraded(path: Path) -> None:
    """When it is opened to be written, with all its stories, which later ones follow."""
    shutil.copy(FORMAT_2, path)
    before = row(path, "SELECT stories, writes FROM tally")

    with PreFilter.open(path) as prefilter:
        found = prefilter.check({"text": story(3)})
        prefilter.add({"id": "new", "text": story(4)})

    assert (found.match, faults_of(path)) == ("e", [])
    assert row(path, "SELECT stories, writes FROM tally") == (before[0] + 1, before[1] + 1)
    assert row(path, "PRAGMA user_version") == (file_format.FORMAT,)


def test_a_file_of_format_2_is_read_as_it_is(path: Path) -> None:
    """From read-only media nothing can be changed."""
    shutil.copy(FORMAT_2, path)

    with PreFilter.open(path, read_only=True) as prefilter:
        found = prefilter.check({"text": story(3)})

    assert (found.match, path.read_bytes()) == ("e", FORMAT_2.read_bytes())


def test_an_older_dedup_that_uses_the_file_stops(path: Path) -> None:
    """It compares the text of the recipe, which changes in no other way: the recipe stays the same."""
    shutil.copy(FORMAT_2, path)
    query = "SELECT value FROM header WHERE name = 'recipe'"
    (before,) = row(path, query)

    with PreFilter.open(path, recipe=Recipe()):
        pass

    assert row(path, query) != (before,)


def test_a_file_that_was_replaced_by_an_older_one_is_not_written(path: Path) -> None:
    """While the index was closed: it has to be opened again, which upgrades it."""
    prefilter = PreFilter.open(path)
    prefilter.close()
    for file in path.parent.glob("news.dedup*"):
        file.unlink()
    shutil.copy(FORMAT_2, path)

    with pytest.raises(IndexFileError, match="replaced by an index of an older dedup; open it again"):
        prefilter.check({"text": story(3)})


def test_a_copy_of_an_upgraded_index_can_be_imported(path: Path, tmp_path: Path) -> None:
    """`dedup index import NEW OLD` takes a file of format 2."""
    shutil.copy(FORMAT_2, path)

    code = main(["index", "import", str(tmp_path / "new.dedup"), str(path), "--quiet"])

    assert (code, row(tmp_path / "new.dedup", "SELECT stories FROM tally")) == (
        0,
        row(path, "SELECT stories FROM tally"),
    )
