"""An index whose recipe has learnt weights of another release."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dedup import IndexFileError, PreFilter, Recipe
from dedup.cli.main import main
from dedup.comparison.weights import learnt_weights
from dedup.model.errors import RecipeMismatchError
from dedup.prefilter.rebuild_index import rebuild
from dedup.story_index.open_index import open_index
from tests.made_up_news import reworded, story

ADVICE = "dedup index rebuild"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index of one story, whose weights have one measure more and two fewer than those of this release."""
    path = tmp_path / "news.dedup"
    with PreFilter.open(path, recipe=Recipe(threshold=0.01, weights=learnt_weights())) as prefilter:
        prefilter.add({"id": "a", "text": story(1)})
    with closing(sqlite3.connect(path)) as connection, connection:
        (text,) = connection.execute("SELECT value FROM header WHERE name = 'recipe'").fetchone()
        recipe = json.loads(text)
        join = recipe["weights"]["join"]
        del join["own_across"], join["filled_later"]
        join["cover_more"] = 1.5
        connection.execute("UPDATE header SET value = ? WHERE name = 'recipe'", (json.dumps(recipe),))
    return path


@pytest.mark.parametrize("read_only", [False, True])
def test_no_story_can_be_offered_to_it(path: Path, *, read_only: bool) -> None:
    """It is refused in a short line that names the measures, and the command that migrates it."""
    with pytest.raises(IndexFileError, match=ADVICE) as caught:
        PreFilter.open(path, read_only=read_only)

    assert "cover_more" in str(caught.value)
    assert len(str(caught.value)) < 300 + 2 * len(str(path))


def test_every_call_that_judges_a_story_is_refused(path: Path) -> None:
    """What only reads or removes stories is not."""
    with PreFilter(open_index(path)) as prefilter:
        for call in (prefilter.check, prefilter.matches, prefilter.add, prefilter.replace):
            with pytest.raises(IndexFileError, match=ADVICE):
                call({"text": story(2)})

        assert [each.text for each in prefilter.find("a")] == [story(1)]
        assert prefilter.delete("a") == 1


@pytest.mark.parametrize("action", ["info", "export", "check", "prune"])
def test_it_can_be_inspected_and_exported(path: Path, action: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Its stories can be taken out."""
    arguments = [str(path), *(["-"] if action == "export" else [])]
    assert main(["index", action, *arguments]) == 0

    printed = capfd.readouterr().out
    assert {"info": ADVICE, "export": '"id": "a"'}.get(action, str(path)) in printed


@pytest.mark.parametrize("weights", [None, learnt_weights()], ids=["built in", "others"])
def test_a_rebuild_gives_it_weights_of_this_release(path: Path, weights: object) -> None:
    """The open index can go on, and so can others."""
    index = open_index(path)

    assert rebuild(index, Recipe(weights=weights)) == 1  # type: ignore[arg-type]

    for prefilter in (PreFilter(index), PreFilter.open(path)):
        with prefilter:
            assert prefilter.check({"text": reworded(story(1))}).match == "a"


def test_the_command_of_the_message_keeps_its_other_settings(path: Path) -> None:
    """Only the weights change."""
    assert main(["index", "rebuild", str(path), "--quiet"]) == 0

    with PreFilter.open(path) as prefilter:
        assert prefilter.recipe == Recipe(threshold=0.01)


def test_other_weights_are_refused_in_a_short_message(tmp_path: Path) -> None:
    """Not with all their numbers."""
    PreFilter.open(tmp_path / "own.dedup").close()

    with pytest.raises(RecipeMismatchError, match="built with weights=None") as caught:
        PreFilter.open(tmp_path / "own.dedup", recipe=Recipe(weights=learnt_weights()))

    assert len(str(caught.value)) < 400
