"""Indexes that can be read and not written."""

import errno
import os
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest

from dedup import DedupError, IndexWriteError, PreFilter
from dedup.story_index.sqlite.sqlite_index import SqliteIndex
from tests.made_up_news import story


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An index that does not exist yet."""
    return tmp_path / "news.dedup"


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_what_can_only_be_read_is_said_to_be_readable(
    monkeypatch: pytest.MonkeyPatch, path: Path, number: int
) -> None:
    """The error names the ways to read an index on read-only media, or of another user."""
    PreFilter.open(path).close()
    monkeypatch.setattr(os, "open", Mock(side_effect=OSError(number, os.strerror(number))))

    with pytest.raises(DedupError, match=r"cannot be written: .*; only to read it, .* read_only=True"):
        PreFilter.open(path)


def test_a_write_protected_file_is_said_to_be_readable(path: Path) -> None:
    """SQLite opens it, and tells only when it is to be written."""
    PreFilter.open(path).close()
    with closing(SqliteIndex(path)) as index:
        prefilter = PreFilter(index)
        with index.alone() as connection:
            connection.execute("PRAGMA query_only=ON")

        with pytest.raises(IndexWriteError, match=r"cannot be written .* is unchanged; .* read_only=True"):
            prefilter.add({"id": "new", "text": story(7)})


def test_an_index_that_cannot_be_created_has_nothing_to_read(
    monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    """So no way to read it is named."""
    monkeypatch.setattr(os, "open", Mock(side_effect=OSError(errno.EROFS, "Read-only file system")))

    with pytest.raises(IndexWriteError, match=r"cannot be used: Read-only file system$"):
        PreFilter.open(path)
