"""JSON lines in, JSON lines out: what `dedup filter` does.

A story is stored on hold, and kept once its line is written. So a crash loses nothing: running the same input
again outputs the lines that were missing, and a file gets each line once.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO, Protocol

from dedup.input.decoding import check_lines, decode
from dedup.input.fields import Fields, to_document
from dedup.input.json_parsing import NotJsonError, parse
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError
from dedup.output.whole_files import named_errors
from dedup.prefilter.answer import Answer, Relation
from dedup.prefilter.append_once import TAG, lines_at_hand
from dedup.prefilter.prefilter import PreFilter

AT_ONCE = 32
"""Most lines in one transaction; other writers wait for it."""
MAX_BYTES = 64 * 1024 * 1024
"""Longer lines, in bytes, are rejected."""


class Mode(StrEnum):
    """What happens to copies: tagged, dropped, or written to a file of their own."""

    TAG = "tag"
    DROP = "drop"
    SPLIT = "split"


class Lines(Protocol):
    """A destination of lines."""

    def add(self, line: bytes, *, base: bytes) -> None:
        """Append a line, given without its newline; `base` is the line without its tag."""

    def contains(self, base: bytes) -> bool:
        """Whether the destination had the line before this run."""

    def flush(self, *, sync: bool = False) -> None:
        """Write buffered lines."""


class Stream:
    """Standard output as a destination of lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, line: bytes, *, base: bytes) -> None:  # noqa: ARG002 - a pipe cannot be read back
        """Append a line, given without its newline."""
        with named_errors("standard output"):
            self._stream.write(line + b"\n")

    def contains(self, base: bytes) -> bool:  # noqa: ARG002
        """False: a pipe cannot be read back."""
        return False

    def flush(self, *, sync: bool = False) -> None:  # noqa: ARG002 - a pipe has no disk
        """Write buffered lines."""
        with named_errors("standard output"):
            self._stream.flush()


@dataclass(frozen=True, slots=True)
class FilterOutputs:
    """Output files of `dedup filter`.

    Attributes:
        stories: New stories; with `Mode.TAG` all stories.
        duplicates: Copies with their tags, except lines that `stories` has already.
        rejects: Lines that are not stories, unchanged.
        sync: Whether lines must be on the disk before their stories are kept.
    """

    stories: Lines
    duplicates: Lines
    rejects: Lines
    sync: bool = False


@dataclass(slots=True)
class _Line:
    base: bytes
    document: Document
    answer: Answer = field(init=False)


def filter_lines(
    stream: BinaryIO,
    prefilter: PreFilter,
    *,
    mode: Mode,
    outputs: FilterOutputs,
    problem: Callable[[Problem], object],
    fields: Fields | None = None,
    at_once: int = AT_ONCE,
    max_bytes: int = MAX_BYTES,
) -> Counter[str]:
    """Run a stream of JSON lines through an index.

    Args:
        stream: One object a line, UTF-8 or Windows-1256.
        prefilter: The index.
        mode: What happens to copies.
        outputs: Destinations of the lines.
        problem: Called for each rejected line.
        fields: Names of the fields of a document; None for those that `dedup report` uses.
        at_once: Most lines in one transaction; with 1 each line is answered before the next is read.
        max_bytes: Longest line.

    Returns:
        Counts of `stories`, divided into `new`, `copies`, `changed` (copies that are kept), `versions`
        (longer or updated ones), `same` (offered before), `listed` and `too_short`; and of `rejected` lines.

    Raises:
        ReadingError: The stream is compressed, or in UTF-16 or UTF-32.
        WritingError: A line cannot be written; its story was not stored.
    """
    counts: Counter[str] = Counter()
    number, names = 0, fields or Fields()
    for batch in lines_at_hand(stream, most=at_once, max_bytes=max_bytes):
        read: list[_Line] = []
        if not number:
            check_lines(batch[0] or b"")
        for raw in batch:
            number += 1
            if raw is not None and not raw.strip():
                continue
            line = _read(raw, number, names=names, max_bytes=max_bytes)
            if isinstance(line, Problem):
                counts["rejected"] += 1
                problem(line)
                if raw is not None:
                    outputs.rejects.add(raw, base=raw)
            else:
                read.append(line)
        _pass_on(read, prefilter, mode=mode, outputs=outputs)
        counts.update(kind for line in read for kind in _kinds(line.answer))
    return counts


def _pass_on(read: Sequence[_Line], prefilter: PreFilter, *, mode: Mode, outputs: FilterOutputs) -> None:
    """Check the stories, write their lines, then keep them."""
    answers = prefilter.check_and_add_many([line.document for line in read], hold=True) if read else []
    tickets = [answer.ticket for answer in answers if answer.ticket is not None]
    try:
        for line, answer in zip(read, answers, strict=True):
            line.answer = answer
            if answer.relation is Relation.SAME and mode is not Mode.TAG:  # its line was written before
                continue
            copied = answer.drops and mode is not Mode.TAG
            if copied and outputs.stories.contains(line.base):  # a copy of itself, from an interrupted run
                copied = False
            output = outputs.duplicates if copied else outputs.stories
            plain = mode is Mode.DROP and not copied
            output.add(line.base if plain else tagged(line.base, answer), base=line.base)
        for each in (outputs.stories, outputs.duplicates, outputs.rejects):
            each.flush(sync=outputs.sync)
    except BaseException:
        if tickets:
            prefilter.release(tickets)
        raise
    if tickets:
        prefilter.keep(tickets)


def _read(raw: bytes | None, number: int, *, names: Fields, max_bytes: int) -> _Line | Problem:
    """Parse a line into a document, and into the line to pass on."""
    if raw is None:
        return Problem("-", number, f"the line is longer than the {max_bytes} bytes allowed; left out")
    parsed = _parse(raw, number, names=names)
    if isinstance(parsed, Problem):
        return parsed
    text, value, document = parsed
    base = text.strip()
    if isinstance(value, dict) and "dedup" in value:
        rest = {name: value[name] for name in value if name != "dedup"}
        try:
            base = json.dumps(rest, allow_nan=False)
        except ValueError:
            return Problem("-", number, "the object has an earlier tag and a number out of range")
    return _Line(base.encode("utf-8", "replace"), document)


def read_line(raw: bytes, number: int, *, names: Fields) -> Document | Problem:
    """Parse a line into a document; its number is for messages."""
    parsed = _parse(raw, number, names=names)
    return parsed if isinstance(parsed, Problem) else parsed[2]


def _parse(raw: bytes, number: int, *, names: Fields) -> tuple[str, object, Document] | Problem:
    """The text of a line, the value that it spells, and the document."""
    try:
        text, encoding = decode(raw, "utf-8")
        value = parse(text)
    except NotJsonError as error:
        return Problem("-", number, f"column {error.column}: {error.said}")
    except ReadingError as error:
        return Problem("-", number, str(error))
    document = to_document(value, "", names=names, path="-", line=number, encoding=encoding)
    return document if isinstance(document, Problem) else (text, value, document)


def tagged(base: bytes, answer: Answer) -> bytes:
    """Append the tag to a JSON object; the bytes of its other fields stay unchanged."""
    tag = json.dumps(answer.as_tag(), ensure_ascii=False).encode()
    return base[:-1].rstrip() + TAG + tag.removeprefix(b'{"verdict": ') + b"}"


def _kinds(answer: Answer) -> Iterable[str]:
    yield "stories"
    if answer.relation is Relation.SAME:
        yield "same"
    elif answer.relation in {Relation.UPDATED, Relation.EXTENDS} and not answer.drops:
        yield "versions"
    elif answer.drops:
        yield "copies"
    elif answer.duplicate_of is not None:
        yield "changed"
    elif answer.verdict is not None:
        yield "listed"
    elif not answer.stored:
        yield "too_short"
    else:
        yield "new"
