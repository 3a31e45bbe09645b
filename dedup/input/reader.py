"""Read inputs: find the files, unpack them, and read each with the reader of its format."""

import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import BinaryIO

from dedup.input.byte_source import MAX_BYTES, MAX_RATIO, MAX_UNPACKED, Limits, Source
from dedup.input.fields import Fields
from dedup.input.files import FileSelection, InputFile, find, special
from dedup.input.formats import Task, by_content
from dedup.input.formats.format import ReaderChoice, batch_reader, document_reader
from dedup.input.read_progress import ReadProgress
from dedup.input.unread_file import reason_of
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import BatchTask, packed
from dedup.model.errors import ReadingError
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

_OPENING = getattr(os, "O_NONBLOCK", 0)


def read(
    inputs: Sequence[str | PathLike[str]],
    *,
    stdin: BinaryIO | None = None,
    fields: Fields | Mapping[str, str] | None = None,
    glob: Sequence[str] = (),
    exclude: Sequence[str] = (),
    follow_links: bool = False,
    max_bytes: int = MAX_BYTES,
    max_ratio: int = MAX_RATIO,
    max_unpacked: int = MAX_UNPACKED,
    records: bool = False,
    prefixed: bool = False,
    apart: Sequence[str | PathLike[str]] = (),
    read_progress: ReadProgress | None = None,
) -> "Reading":
    """Stream the documents of folders, files and standard input (`-`), in a fixed order.

    `dedup.input.formats.FORMATS` lists what is read, and docs/reference/inputs.md shows it; each may also end
    in .gz, .bz2, .xz or .zst. The format of standard input, and of a file with an unknown suffix or none, is
    recognised by its beginning: `{` for JSON lines, `[` for a JSON list, `<html` for a page. If that fails,
    standard input or a file without a suffix is one text; a file with an unknown suffix is a problem.

    Args:
        inputs: Folders (read recursively, sorted), files, or `-`. If there are several, ids and paths begin
            with the input as given.
        stdin: The stream that `-` reads; by default the standard input of the process.
        fields: Names of the parts of a document in JSON objects and rows, such as `{"text": "body"}`.
        glob: Patterns; only the files of a folder whose path in it or name matches one are read. `*` also
            matches across folders. A file chosen in this way may have any suffix.
        exclude: Patterns of files and folders to skip.
        follow_links: Whether to follow symbolic links inside a folder, wherever they lead.
        max_bytes: Maximum size in unpacked bytes of a line or row, and of a text or JSON file.
        max_ratio: Maximum ratio of unpacked to packed size, checked above 64 MiB unpacked (above 1 MiB for a
            ratio other than the default); more is a decompression bomb.
        max_unpacked: Maximum size in bytes of one unpacked file.
        records: Whether documents keep the whole record that they were read from; pages, WARC archives and
            plain texts have none.
        prefixed: Whether ids and paths begin with the input as given, even if it is the only one.
        apart: Files and folders to skip inside the inputs.
        read_progress: Counts the files and bytes read.

    Returns:
        An iterator over documents, with a problem in place of anything that cannot be read.
        `find_duplicates` reads its columns instead, without an object per document.

    Raises:
        SettingError: A limit is below 1, or `fields` has an unknown part of a document.
    """
    limits = Limits(max_bytes=max_bytes, max_ratio=max_ratio, max_unpacked=max_unpacked)
    named = [inputs] if isinstance(inputs, str | PathLike) else inputs
    selection = FileSelection(
        glob=tuple(glob),
        exclude=tuple(exclude),
        follow_links=follow_links,
        apart=frozenset(os.path.realpath(path) for path in apart),
        prefixed=prefixed or len(named) > 1,
    )
    task = Task("", Fields.of(fields), limits, records)
    return Reading(
        named, stdin, selection=selection, task=task, read_progress=read_progress or ReadProgress()
    )


class Reading(Iterator[Document | Problem]):
    """Inputs that can be read once, document by document or in batches."""

    def __init__(
        self,
        inputs: Sequence[str | PathLike[str]],
        stdin: BinaryIO | None,
        *,
        selection: FileSelection,
        task: Task,
        read_progress: ReadProgress,
    ) -> None:
        self._inputs = inputs
        self._stdin = stdin
        self._selection = selection
        self._task = task
        self._progress = read_progress
        self._entries = self._read_all(document_reader)

    def __next__(self) -> Document | Problem:
        """Return the next document or problem."""
        return next(self._entries)

    def document_batches(self) -> Iterator[BatchTask]:
        """Return the documents as columns; those of JSON lines are parsed when a task is called."""
        return packed(self._read_all(batch_reader))

    def _read_all[Entry](self, form_reader: ReaderChoice[Entry]) -> Iterator[Entry | Problem]:
        for file in find(self._inputs, selection=self._selection):
            if isinstance(file, Problem):
                yield file
                continue
            task = replace(self._task, path=file.name)
            if file.path:
                yield from self._read_file(file, task, form_reader)
            elif stream := self._stdin or getattr(sys.stdin, "buffer", None):
                yield from self._read_stream(stream, file, task, form_reader=form_reader)
            else:
                yield Problem(file.name, None, "standard input is closed; nothing was read")

    def _read_file[Entry](
        self, file: InputFile, task: Task, form_reader: ReaderChoice[Entry]
    ) -> Iterator[Entry | Problem]:
        try:
            stream = open(file.path or "", "rb", opener=_regular)  # noqa: SIM115 - closed below
        except OSError as error:
            if is_out_of_memory(error):
                raise
            yield Problem.of_input(file.name, None, Reason(ReasonKind.UNOPENED, (why(error),)))
            return
        except ReadingError as error:
            yield Problem(file.name, None, str(error))
            return
        with stream:
            yield from self._read_stream(stream, file, task, form_reader=form_reader)

    def _read_stream[Entry](
        self, stream: BinaryIO, file: InputFile, task: Task, *, form_reader: ReaderChoice[Entry]
    ) -> Iterator[Entry | Problem]:
        try:
            source = Source(stream, packing=file.packing, limits=task.limits)
            form = file.form or by_content(source.head, unknown_suffix=file.unknown)
            size = os.fstat(stream.fileno()).st_size if file.path else 0
            self._progress.opened(stream, form, file.packing, size=size)
            yield from form_reader(form)(source, task)
            self._progress.date_fields.update(source.date_fields)
        except ReadingError as error:
            yield Problem.of_input(file.name, None, reason_of(error))


def _regular(path: str, flags: int) -> int:
    """Open a file, unless it was replaced after it was found: opening a pipe could block for ever."""
    number = os.open(path, flags | _OPENING)
    mode = os.fstat(number).st_mode
    if not stat.S_ISREG(mode):
        os.close(number)
        raise ReadingError(special(mode))
    return number
