"""ZIP and TAR archives: their files are read like those of a folder.

The limits on unpacked size apply to all files of an archive together.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache, partial
from io import SEEK_END
from typing import IO, BinaryIO, cast

from dedup.input.byte_source import Limits, Source
from dedup.input.formats.format import Format, ReaderChoice, Task, batch_reader, document_reader
from dedup.input.unread_file import reason_of
from dedup.model import Problem, Reason, ReasonKind
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable, why

_HEADER_BYTES = 16 * 1024 * 1024
"""Maximum size in bytes of the data between two files of a TAR archive: names and attributes."""
_OFFICE = "[Content_Types].xml"
_OPEN_DOCUMENT = {"mimetype", "content.xml"}
_BOOK = "META-INF/container.xml"
_SHOWN = 8

type _Opened = tuple[str, IO[bytes] | str]
"""The name of a file in an archive, and its stream or the reason why it cannot be read."""


@cache
def _errors() -> tuple[type[Exception], ...]:
    """Return the errors that zipfile and tarfile raise for damaged, encrypted or hostile archives."""
    from tarfile import TarError  # noqa: PLC0415 - few inputs need it
    from zipfile import BadZipFile  # noqa: PLC0415

    packed = (BadZipFile, TarError, zlib.error)
    return (*packed, OSError, EOFError, ValueError, OverflowError, RuntimeError, NotImplementedError)


class _Member:
    """The stream of one file of an archive, without seeking, which raises OSError as files do.

    All `size` bytes are counted at the first read, so that nothing is read of a file that is too large.
    """

    def __init__(self, stream: IO[bytes], unpacked: "_Unpacked", *, size: int) -> None:
        self._stream = stream
        self._unpacked = unpacked
        self._uncounted = size

    def seekable(self) -> bool:
        """Return False; a format that needs to seek gets a copy."""
        return False

    def read(self, size: int) -> bytes:
        """Return `size` bytes.

        Raises:
            OSError: The data is damaged, or the archive is too large.
        """
        self._unpacked.add(self._uncounted)
        self._uncounted = 0
        try:
            return self._stream.read(size)
        except _errors() as error:
            raise OSError(why(error)) from None


class _Unpacked:
    """Counts the bytes unpacked from an archive.

    Attributes:
        bomb: Why unpacking has to stop; empty if it may continue.
    """

    def __init__(self, limits: Limits, *, packed: int) -> None:
        self.bomb = ""
        self._limits = limits
        self._packed = packed
        self._size = 0

    def add(self, size: int) -> None:
        """Count bytes.

        Raises:
            OSError: They are too many.
        """
        self._size += size
        self.bomb = self._limits.bomb(self._size, packed=self._packed)
        if self.bomb:
            raise OSError(self.bomb)


class _Stream:
    """A stream for the tarfile module that limits the data between two files."""

    def __init__(self, source: Source) -> None:
        self._chunks = iter(source)
        self._left = _HEADER_BYTES

    def allow(self, size: int) -> None:
        """Allow `size` bytes to be read, and the header after them."""
        self._left = size + _HEADER_BYTES

    def read(self, _: int) -> bytes:
        """Return the next chunk.

        Raises:
            OSError: A header is too large.
        """
        chunk = next(self._chunks, b"")
        self._left -= len(chunk)
        if self._left < 0:
            raise OSError(f"the data between two files is larger than {_HEADER_BYTES} bytes")
        return chunk


def _zip_files(source: Source, task: Task) -> Iterator[_Opened]:
    from zipfile import ZipFile  # noqa: PLC0415 - few inputs need it

    with source.seekable_file() as file:
        unpacked = _Unpacked(task.limits, packed=file.seek(0, SEEK_END))
        with ZipFile(file) as archive:
            names = frozenset(archive.namelist())
            if _OFFICE in names or names >= _OPEN_DOCUMENT:
                raise ReadingError("it is an Office document; save it as plain text (.txt), HTML or CSV")
            if _BOOK in names:
                raise ReadingError("it is an EPUB book; name it .epub")
            for entry in archive.infolist():
                if unpacked.bomb:
                    raise ReadingError(unpacked.bomb)
                if entry.is_dir():
                    continue
                try:
                    with archive.open(entry) as stream:
                        yield (
                            entry.filename,
                            cast("IO[bytes]", _Member(stream, unpacked, size=entry.file_size)),
                        )
                except _errors() as error:
                    yield entry.filename, why(error)


def _tar_files(source: Source, task: Task) -> Iterator[_Opened]:
    stream = _Stream(source)
    unpacked = _Unpacked(replace(task.limits, max_ratio=task.limits.max_unpacked), packed=1)
    try:
        yield from _tar_entries(stream, unpacked)
    except _errors():
        stream.read(0)  # lets the source notice that it ended
        raise


def _tar_entries(stream: _Stream, unpacked: _Unpacked) -> Iterator[_Opened]:
    import tarfile  # noqa: PLC0415 - few inputs need it

    from dedup.input.formats.tar_headers import strict_headers  # noqa: PLC0415

    packed, headers = cast("BinaryIO", stream), strict_headers(partial(stream.allow, 0))
    with tarfile.open(fileobj=packed, mode="r|", tarinfo=headers, ignore_zeros=True) as archive:
        while (entry := archive.next()) is not None:
            stream.allow(entry.size)
            opened = archive.extractfile(entry) if entry.isreg() and not entry.issparse() else None
            if opened:
                with closing(opened):
                    yield entry.name, cast("IO[bytes]", _Member(opened, unpacked, size=entry.size))
            archive.members = []  # type: ignore[attr-defined]  # otherwise tarfile keeps every entry


def _entries[Entry](
    source: Source,
    task: Task,
    *,
    files: Callable[[Source, Task], Iterator[_Opened]],
    reader: ReaderChoice[Entry],
) -> Iterator[Entry | Problem]:
    left_out: Counter[str] = Counter()
    count = 0
    broken = ""
    try:
        for count, (name, stream) in enumerate(files(source, task), 1):  # noqa: B007 - used below
            yield from _file(name, stream, task, reader=reader, left_out=left_out)
    except ReadingError as error:
        broken = str(error)
    except _errors() as error:
        broken = source.damage or f"the archive is damaged ({why(error)})"
    if broken or source.damage:
        kept = f"kept is what was read of the {count} files before" if count else "skipped"
        yield Problem.of_input(task.path, None, Reason(ReasonKind.DAMAGED, (broken or source.damage, kept)))
    elif not count:
        yield Problem(task.path, None, "there is no file in the archive")
    if left_out:
        shown = ", ".join(
            f"{number} {printable(suffix)}" for suffix, number in sorted(left_out.items())[:_SHOWN]
        )
        total = sum(left_out.values())
        yield Problem(
            task.path,
            None,
            f"{total} files in it are of kinds that are not read ({shown}); skipped",
            "skipped",
        )


def _file[Entry](
    name: str,
    stream: IO[bytes] | str,
    task: Task,
    *,
    reader: ReaderChoice[Entry],
    left_out: Counter[str],
) -> Iterator[Entry | Problem]:
    from dedup.input.formats import form_of  # noqa: PLC0415 - formats hold archives, which hold formats

    form, packing = form_of(name.rpartition("/")[2])
    if form is None or form in FORMATS:
        _, dot, suffix = name.rpartition("/")[2].rpartition(".")
        left_out[f".{suffix.lower()}" if dot else "without suffix"] += 1
        return
    inside = replace(task, path=f"{task.path}/{printable(name)}")
    if isinstance(stream, str):
        yield Problem(inside.path, None, f"it cannot be unpacked ({stream}); skipped")
        return
    try:
        yield from reader(form)(Source(cast("BinaryIO", stream), packing=packing, limits=task.limits), inside)
    except ReadingError as error:
        yield Problem.of_input(inside.path, None, reason_of(error))


FORMATS = (
    Format(
        ("zip",),
        lambda source, task: _entries(source, task, files=_zip_files, reader=document_reader),
        "as in a folder: each file in it of a kind named here",
        limits="no archives inside",
        begins=lambda start: start.startswith("PK\x03\x04"),
        batches=lambda source, task: _entries(source, task, files=_zip_files, reader=batch_reader),
    ),
    Format(
        ("tar",),
        lambda source, task: _entries(source, task, files=_tar_files, reader=document_reader),
        "as in a folder: each file in it of a kind named here; also .tgz",
        limits="no archives inside",
        begins=lambda start: start[257:262] == "ustar",
        batches=lambda source, task: _entries(source, task, files=_tar_files, reader=batch_reader),
    ),
)
