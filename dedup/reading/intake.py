"""How far reading has come: files by format, and bytes of how many."""

from collections import Counter
from collections.abc import Sequence
from os import PathLike
from typing import BinaryIO

from dedup.reading.files import Choice, find
from dedup.reading.formats import Format
from dedup.reading.packing import Packing
from dedup.records import Problem


class Intake:
    """Looks on while `read` opens one file after the other; what it knows costs the reading nothing.

    Attributes:
        forms: Files by the suffix that stands for their format, `jsonl.gz` for a packed one.
        size: Bytes of all files opened so far, as they lie on the disk; those of standard input not counted.
    """

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.size = 0
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
) -> int:
    """Add up the bytes that `read` will find in the same inputs; 0 when standard input is among them."""
    choice = Choice(glob=tuple(glob), exclude=tuple(exclude), follow_links=follow_links)
    size = 0
    for found in find(inputs, choice=choice):
        if isinstance(found, Problem):
            continue
        if found.path is None:
            return 0
        try:
            size += found.path.stat().st_size
        except OSError:  # gone since, or not ours to ask: reading will say so
            continue
    return size
