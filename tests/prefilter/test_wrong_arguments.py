"""What nobody can mean is refused in one line, before the index is touched."""

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dedup import Document, IndexFileError, PreFilter, ReadingError, SettingError, TicketError
from tests.made_up_news import story

SECONDS = [-1, -0.001, math.nan, math.inf, 1e9, "5", None, True]


@pytest.fixture
def prefilter(tmp_path: Path) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(tmp_path / "news.dedup") as opened:
        yield opened


@pytest.mark.parametrize("name", ["timeout", "retry"])
@pytest.mark.parametrize("value", SECONDS)
def test_a_wait_has_an_end(tmp_path: Path, name: str, value: Any) -> None:  # noqa: ANN401
    """NaN seconds never pass: no process that waits so long would ever go on."""
    with pytest.raises(SettingError, match=f"{name}=.*a number of seconds"):
        PreFilter.open(tmp_path / "news.dedup", **{name: value})

    assert os.listdir(tmp_path) == []  # noqa: PTH208


@pytest.mark.parametrize("value", SECONDS)
def test_who_asks_again_waits_for_a_time(prefilter: PreFilter, value: Any) -> None:  # noqa: ANN401
    """And stores nothing if that is none."""
    with pytest.raises(SettingError, match=r"wait=.*a number of seconds"):
        prefilter.check_and_add({"text": story(1)}, wait=value)

    assert prefilter.size().stories == 0


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, "5", None])
def test_a_hold_has_a_length(prefilter: PreFilter, value: Any) -> None:  # noqa: ANN401
    """True is for as long as the process runs."""
    with pytest.raises(SettingError, match=r"hold=.*a millisecond to a year"):
        prefilter.check_and_add({"text": story(1)}, hold=value)


@pytest.mark.parametrize("value", [0, -1, 1.5, math.nan, "5", True])
def test_a_capacity_is_a_number_of_stories(tmp_path: Path, value: Any) -> None:  # noqa: ANN401
    """None is for no limit."""
    with pytest.raises(SettingError, match=r"capacity=.*a whole number"):
        PreFilter.open(tmp_path / "news.dedup", capacity=value)


class Frame:
    """What looks like a data frame: iterating over it gives the names of its columns."""

    columns = ("id", "text")

    def collect(self) -> None:
        """As lazy frames have it."""

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)


@pytest.mark.parametrize(
    "batch", [story(1), {"id": "a", "text": story(1)}, Document("a", story(1)), Frame()], ids=type
)
def test_one_story_is_no_batch(prefilter: PreFilter, batch: Any) -> None:  # noqa: ANN401
    """Its letters, or its keys, would be too short to compare: it would pass, and be stored nowhere."""
    with pytest.raises(ReadingError, match="expected a list of stories, got one"):
        prefilter.check_and_add_many(batch)


@pytest.mark.parametrize("call", ["keep", "release"])
def test_a_copy_has_no_ticket_to_give_back(prefilter: PreFilter, call: str) -> None:
    """The answer of a copy has None."""
    with pytest.raises(TicketError, match="not a ticket"):
        getattr(prefilter, call)(None)


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_an_impossible_name_is_refused(tmp_path: Path, name: str) -> None:
    """As the file that it cannot be."""
    with pytest.raises(IndexFileError, match="cannot be used"):
        PreFilter.open(tmp_path / name)


def test_a_pipe_is_no_index(tmp_path: Path) -> None:
    """To open it would wait for one who writes to it, for ever."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(IndexFileError, match="got a pipe"):
        PreFilter.open(tmp_path / "pipe")
    assert os.listdir(tmp_path) == ["pipe"]  # noqa: PTH208
