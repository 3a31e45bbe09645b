"""Progress of reading: files by format, and the bytes read so far and expected in total."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from os import PathLike
from typing import BinaryIO

from dedup.input.compression import Packing
from dedup.input.files import STDIN, FileSelection
from dedup.input.formats import Format, form_of


class ReadProgress:
    """Counts files and bytes read so far, for the progress line.

    Attributes:
        forms: Number of files by the suffix of their format, such as `jsonl.gz`.
        size: Size on disk in bytes of all files opened so far, without standard input.
        date_fields: Fields that look like publication dates, in files without a known date field.
    """

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.size = 0
        self.date_fields: Counter[str] = Counter()
        self._stream: BinaryIO | None = None
        self._last_size = 0

    def opened(self, stream: BinaryIO, form: Format, packing: Packing | None, *, size: int) -> None:
        """Note that the next file was opened; those before it are finished."""
        self.forms[".".join((form.suffixes[0], *([packing.suffix] if packing else ())))] += 1
        self.size += size
        self._last_size = size
        self._stream = stream if size else None

    def read(self) -> int:
        """Return the number of bytes read."""
        if self._stream is None or self._stream.closed:
            return self.size
        return self.size - self._last_size + min(self._stream.tell(), self._last_size)


def expected(
    inputs: Sequence[str | PathLike[str]],
    *,
    glob: Sequence[str] = (),
    exclude: Sequence[str] = (),
    follow_links: bool = False,
    apart: Sequence[str | PathLike[str]] = (),
) -> int:
    """Return the total size in bytes of the files that `read` would read; 0 if standard input is an input.

    Symbolic links are not followed; their targets are not counted.
    """
    named = [os.fspath(each) for each in inputs]
    if STDIN in named:
        return 0
    selection = FileSelection(
        glob=tuple(glob),
        exclude=tuple(exclude),
        follow_links=follow_links,
        apart=frozenset(os.path.realpath(path) for path in apart),
    )
    return sum(map(partial(_size, selection), named))


def _size(selection: FileSelection, named: str) -> int:
    try:
        mode = os.stat(named).st_mode  # noqa: PTH116 - Path("") is the current folder
        if stat.S_ISDIR(mode):
            return sum(_sizes(named, selection))
        return os.path.getsize(named) if stat.S_ISREG(mode) else 0  # noqa: PTH202
    except (OSError, ValueError):  # reading will report it
        return 0


def _sizes(root: str, selection: FileSelection) -> Iterator[int]:
    """Yield the sizes of files in a folder tree; scandir takes half the system calls of a walk over paths."""
    waiting = [(root, "")]
    while waiting:
        folder, inside = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    below = f"{inside}/{entry.name}".lstrip("/")
                    if selection.leaves_out(below, entry.path):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, below))
                    elif _is_read(entry, below, selection):
                        yield entry.stat(follow_symlinks=False).st_size
        except OSError:  # reading will report it
            continue


def _is_read(entry: "os.DirEntry[str]", below: str, selection: FileSelection) -> bool:
    known = bool(selection.glob) or form_of(entry.name)[0] is not None
    return known and selection.takes(below) and entry.is_file(follow_symlinks=False)
