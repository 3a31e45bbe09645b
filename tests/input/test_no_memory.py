"""A reader without memory ends the run: the file is not damaged, and no part of it may pass for the whole."""

import gzip
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pypdf
import pytest
from backports import zstd
from pyarrow import parquet

from dedup import find_duplicates, read
from dedup.report.work import document_parts
from tests.inputs import put
from tests.made_up_news import story


def no_rows(monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    """Let Arrow have no memory for the rows of a Parquet file."""
    parquet.write_table(pa.table({"text": [story(1), story(2)]}), path / "in.parquet")
    failing = Mock(side_effect=pa.ArrowMemoryError("realloc of size 4587520 failed"))
    monkeypatch.setattr(parquet.ParquetFile, "iter_batches", failing)
    return path / "in.parquet"


def no_page(monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    """Let pypdf have no memory."""
    monkeypatch.setattr(pypdf, "PdfReader", Mock(side_effect=MemoryError))
    return put(path / "in.pdf", b"%PDF-1.4")


def no_window(monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    """Let Zstandard have no memory for its window, which its error says only in its message."""
    words = "Unable to decompress Zstandard data: Allocation error : not enough memory"
    failing = Mock(return_value=Mock(decompress=Mock(side_effect=zstd.ZstdError(words))))
    monkeypatch.setattr(zstd, "ZstdDecompressor", failing)
    return put(path / "in.jsonl.zst", zstd.compress(b'{"text": "one"}\n'))


def no_bytes(monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    """Let the system have no memory for reading."""
    monkeypatch.setattr(gzip.GzipFile, "read1", Mock(side_effect=OSError(12, "Cannot allocate memory")))
    return put(path / "in.jsonl.gz", gzip.compress(b'{"text": "one"}\n'))


@pytest.mark.parametrize("lack", [no_rows, no_page, no_window, no_bytes])
def test_a_file_that_there_is_no_memory_for_is_not_damaged(
    lack: Callable[[pytest.MonkeyPatch, Path], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Libraries report it in many ways; each ends the run as a lack of memory does."""
    path = lack(monkeypatch, tmp_path)

    with pytest.raises((MemoryError, OSError), match=r"^$|realloc|Cannot allocate"):
        list(read([path]))


def test_documents_that_there_is_no_memory_for_are_not_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A work folder would keep it as a fault of the documents for all later runs."""
    path = put(tmp_path / "in.jsonl", b'{"text": "one"}\n{"text": "two"}\n')
    monkeypatch.setattr(document_parts, "prepare", Mock(side_effect=MemoryError))

    with pytest.raises(MemoryError):
        find_duplicates(read([path]), work_dir=tmp_path / "work")
    assert not list((tmp_path / "work").rglob("*.arrow"))
