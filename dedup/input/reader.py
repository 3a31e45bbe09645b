"""Inputs -> documents: find the files, unpack them, and read each with the reader of its format."""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from typing import BinaryIO

from dedup.input.byte_source import MAX_BYTES, MAX_RATIO, MAX_UNPACKED, Limits, Source
from dedup.input.fields import Fields
from dedup.input.files import Choice, Found, find, special
from dedup.input.formats import Format, Task, by_content
from dedup.input.read_progress import Intake
from dedup.input.unread_file import reason_of
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import BatchTask, packed
from dedup.model.errors import ReadingError
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why

_OPENING = getattr(os, "O_NONBLOCK", 0)

type FormReader[Entry] = Callable[[Format], Callable[[Source, Task], Iterator[Entry]]]
"""Picks how a format is read."""


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
    intake: Intake | None = None,
) -> "Reading":
    """Stream the documents of folders, files and standard input (`-`), in a fixed order.

    `dedup.input.formats.FORMATS` lists what is read, and docs/reference/inputs.md shows it; each may also end
    in .gz, .bz2, .xz or .zst. The format of standard input, and of a file with an unknown suffix or none, is
    recognised by its beginning: `{` for JSON lines, `[` for a JSON list, `<html` for a page. If that fails,
    standard input or a file without a suffix is one text; a file with an unknown suffix is a problem.

    Args:
        inputs: Folders (read recursively, sorted), files, or `-`. With several of them, ids and paths begin
            with the input as it was named.
        stdin: What `-` reads; the process's own standard input by default.
        fields: Names of the parts of a document in JSON objects and rows, such as `{"text": "body"}`.
        glob: Patterns; of a folder, only files are read that match one of them, by path in the folder or by
            name. `*` also matches across folders. A file chosen in this way may have any suffix.
        exclude: Patterns of files and folders to skip.
        follow_links: Whether to follow symbolic links inside a folder, wherever they lead.
        max_bytes: Longest line or row, and largest text or JSON file, in unpacked bytes.
        max_ratio: Unpacked bytes for each packed one, once there are 64 MiB of them (1 MiB for another ratio
            than the default); more is a bomb.
        max_unpacked: Unpacked bytes of one packed file.
        records: Whether documents carry the whole record that they were read from; pages, WARC archives and
            plain texts have none.
        prefixed: Whether ids and paths begin with the input as it was named, even if it is the only one.
        apart: Files and folders to skip inside the inputs.
        intake: Is told of every file that is opened.

    Returns:
        An iterator over documents, with problems in place of what cannot be read; everything else is still
        read. `find_duplicates` reads the same in columns, without an object for each document.

    Raises:
        SettingError: A limit is below 1, or `fields` names no part of a document.
    """
    limits = Limits(max_bytes=max_bytes, max_ratio=max_ratio, max_unpacked=max_unpacked)
    named = [inputs] if isinstance(inputs, str | PathLike) else inputs
    choice = Choice(
        glob=tuple(glob),
        exclude=tuple(exclude),
        follow_links=follow_links,
        apart=frozenset(os.path.realpath(path) for path in apart),
        prefixed=prefixed or len(named) > 1,
    )
    task = Task("", Fields.of(fields), limits, records)
    return Reading(named, stdin, choice=choice, task=task, intake=intake or Intake())


class Reading(Iterator[Document | Problem]):
    """Inputs that are read once: document by document, or in batches."""

    def __init__(
        self,
        inputs: Sequence[str | PathLike[str]],
        stdin: BinaryIO | None,
        *,
        choice: Choice,
        task: Task,
        intake: Intake,
    ) -> None:
        self._inputs = inputs
        self._stdin = stdin
        self._choice = choice
        self._task = task
        self._intake = intake
        self._entries = self._read_all(_documents_of)

    def __next__(self) -> Document | Problem:
        """Return the next document or problem."""
        return next(self._entries)

    def document_batches(self) -> Iterator[BatchTask]:
        """Return the documents in columns; those of JSON lines are parsed when a task is called."""
        return packed(self._read_all(_batches_of))

    def _read_all[Entry](self, form_reader: FormReader[Entry]) -> Iterator[Entry | Problem]:
        for found in find(self._inputs, choice=self._choice):
            if isinstance(found, Problem):
                yield found
                continue
            task = replace(self._task, path=found.name)
            if found.path:
                yield from self._read_file(found, task, form_reader)
            elif stream := self._stdin or getattr(sys.stdin, "buffer", None):
                yield from self._read_stream(stream, found, task, form_reader=form_reader)
            else:
                yield Problem(found.name, None, "standard input is closed; nothing was read")

    def _read_file[Entry](
        self, found: Found, task: Task, form_reader: FormReader[Entry]
    ) -> Iterator[Entry | Problem]:
        try:
            stream = open(found.path or "", "rb", opener=_regular)  # noqa: SIM115 - closed below
        except OSError as error:
            if is_out_of_memory(error):
                raise
            yield Problem.of_input(found.name, None, Reason(ReasonKind.UNOPENED, (why(error),)))
            return
        except ReadingError as error:
            yield Problem(found.name, None, str(error))
            return
        with stream:
            yield from self._read_stream(stream, found, task, form_reader=form_reader)

    def _read_stream[Entry](
        self, stream: BinaryIO, found: Found, task: Task, *, form_reader: FormReader[Entry]
    ) -> Iterator[Entry | Problem]:
        try:
            source = Source(stream, packing=found.packing, limits=task.limits)
            form = found.form or by_content(source.head, unknown_suffix=found.unknown)
            size = os.fstat(stream.fileno()).st_size if found.path else 0
            self._intake.opened(stream, form, found.packing, size=size)
            yield from form_reader(form)(source, task)
            self._intake.date_fields.update(source.date_fields)
        except ReadingError as error:
            yield Problem.of_input(found.name, None, reason_of(error))


def _documents_of(form: Format) -> Callable[[Source, Task], Iterator[Document | Problem]]:
    return form.read


def _batches_of(form: Format) -> Callable[[Source, Task], Iterator[Document | Problem | BatchTask]]:
    return form.batches or form.read


def _regular(path: str, flags: int) -> int:
    """Open a file, unless it was replaced since it was found: opening a pipe could block for ever."""
    number = os.open(path, flags | _OPENING)
    mode = os.fstat(number).st_mode
    if not stat.S_ISREG(mode):
        os.close(number)
        raise ReadingError(special(mode))
    return number
