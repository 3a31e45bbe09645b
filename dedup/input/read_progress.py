"""How far reading has come: files by format, and bytes of how many."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from os import PathLike
from typing import BinaryIO

from dedup.input.compression import Packing
from dedup.input.files import STDIN, Choice
from dedup.input.formats import Format, form_of


class Intake:
    """Looks on while `read` opens one file after the other; what it knows costs the reading nothing.

    Attributes:
        forms: Files by the suffix that stands for their format, `jsonl.gz` for a packed one.
        size: Bytes of all files opened so far, as they lie on the disk; those of standard input not counted.
        date_fields: Fields that look like dates of publication, of files in which none is read.
    """

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.size = 0
        self.date_fields: Counter[str] = Counter()
        self._stream: BinaryIO | None = None
        self._held = 0

    def opened(self, stream: BinaryIO, form: Format, packing: Packing | None, *, size: int) -> None:
        """Take note of the next file; those before it are read, or given up."""
        self.forms[".".join((form.suffixes[0], *([packing.suffix] if packing else ())))] += 1
        self.size += size
        self._held = size
        self._stream = stream if size else None

    def read(self) -> int:
        """Count the bytes that have been read."""
        if self._stream is None or self._stream.closed:
            return self.size
        return self.size - self._held + min(self._stream.tell(), self._held)


def expected(
    inputs: Sequence[str | PathLike[str]],
    *,
    glob: Sequence[str] = (),
    exclude: Sequence[str] = (),
    follow_links: bool = False,
    apart: Sequence[str | PathLike[str]] = (),
) -> int:
    """Add up the bytes that `read` will find in the same inputs; 0 when standard input is among them.

    Symbolic links are not followed: what stands behind them is left out of the sum.
    """
    named = [os.fspath(each) for each in inputs]
    if STDIN in named:
        return 0
    choice = Choice(
        glob=tuple(glob),
        exclude=tuple(exclude),
        follow_links=follow_links,
        apart=frozenset(os.path.realpath(path) for path in apart),
    )
    return sum(map(partial(_size, choice), named))


def _size(choice: Choice, named: str) -> int:
    try:
        mode = os.stat(named).st_mode  # noqa: PTH116 - Path("") is the current folder
        if stat.S_ISDIR(mode):
            return sum(_sizes(named, choice))
        return os.path.getsize(named) if stat.S_ISREG(mode) else 0  # noqa: PTH202
    except (OSError, ValueError):  # reading will say so
        return 0


def _sizes(root: str, choice: Choice) -> Iterator[int]:
    """Sizes in a folder and below; scandir asks the system half as often as a walk over paths."""
    waiting = [(root, "")]
    while waiting:
        folder, inside = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    below = f"{inside}/{entry.name}".lstrip("/")
                    if choice.leaves_out(below, entry.path):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, below))
                    elif _is_read(entry, below, choice):
                        yield entry.stat(follow_symlinks=False).st_size
        except OSError:  # reading will say so
            continue


def _is_read(entry: "os.DirEntry[str]", below: str, choice: Choice) -> bool:
    known = bool(choice.glob) or form_of(entry.name)[0] is not None
    return known and choice.takes(below) and entry.is_file(follow_symlinks=False)
