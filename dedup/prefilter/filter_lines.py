"""JSON lines in, JSON lines out: what `dedup filter` does.

A story is held while its line is on the way, and kept once the line is out. So a crash loses none:
the same input again gives what was not out yet, and to a file each line once.
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
from dedup.prefilter.answer import Answer
from dedup.prefilter.append_once import TAG, lines_at_hand, naming
from dedup.prefilter.prefilter import PreFilter

AT_ONCE = 32
"""Lines of one transaction at most, while other writers wait."""
MAX_BYTES = 64 * 1024 * 1024
"""Bytes of a line beyond which it is rejected."""


class Mode(StrEnum):
    """What becomes of copies."""

    TAG = "tag"
    DROP = "drop"
    SPLIT = "split"


class Lines(Protocol):
    """Where lines go."""

    def add(self, line: bytes, *, base: bytes) -> None:
        """Append a line, without its end, which is `base` when its tag is taken off."""

    def holds(self, base: bytes) -> bool:
        """Whether the line stood there before this run."""

    def flush(self, *, sync: bool = False) -> None:
        """Hand over what was added."""


class Stream:
    """Standard output as a place for lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, line: bytes, *, base: bytes) -> None:  # noqa: ARG002 - nobody knows what is down the pipe
        """Append a line, without its end."""
        with naming("standard output"):
            self._stream.write(line + b"\n")

    def holds(self, base: bytes) -> bool:  # noqa: ARG002
        """Know of no line."""
        return False

    def flush(self, *, sync: bool = False) -> None:  # noqa: ARG002 - a pipe has no disk
        """Hand over what was added."""
        with naming("standard output"):
            self._stream.flush()


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where what goes.

    Attributes:
        stories: New stories; with `Mode.TAG` all.
        duplicates: Copies, with their tags, but for lines that stand among the stories already.
        rejects: Lines that hold no story, as they came.
        sync: Whether to wait for the disk before a story is kept.
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
    outlets: Outlets,
    problem: Callable[[Problem], object],
    fields: Fields | None = None,
    at_once: int = AT_ONCE,
    max_bytes: int = MAX_BYTES,
) -> Counter[str]:
    """Run a stream of JSON lines through an index.

    Args:
        stream: One object a line, UTF-8 or Windows-1256.
        prefilter: The index.
        mode: What becomes of copies.
        outlets: Where what goes.
        problem: Hears of each line that was rejected.
        fields: Where the parts of a document stand in an object; None for where `dedup report` has them.
        at_once: Lines of one transaction; 1 answers each before the next is read.
        max_bytes: Longest line.

    Returns:
        How many `stories`, of which `new`, `copies`, `listed` and `too_short`; and `rejected` lines.

    Raises:
        ReadingError: The stream is packed, or in UTF-16 or UTF-32.
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
                    outlets.rejects.add(raw, base=raw)
            else:
                read.append(line)
        _pass_on(read, prefilter, mode=mode, outlets=outlets)
        counts.update(kind for line in read for kind in _kinds(line.answer))
    return counts


def _pass_on(read: Sequence[_Line], prefilter: PreFilter, *, mode: Mode, outlets: Outlets) -> None:
    """Ask about the stories, write their lines, then keep them."""
    answers = prefilter.check_and_add_many([line.document for line in read], hold=True) if read else []
    tickets = [answer.ticket for answer in answers if answer.ticket is not None]
    try:
        for line, answer in zip(read, answers, strict=True):
            line.answer = answer
            copied = answer.duplicate_of is not None and mode is not Mode.TAG
            if copied and outlets.stories.holds(line.base):  # a copy of itself, from a run that was cut off
                copied = False
            outlet = outlets.duplicates if copied else outlets.stories
            plain = mode is Mode.DROP and not copied
            outlet.add(line.base if plain else tagged(line.base, answer), base=line.base)
        for each in (outlets.stories, outlets.duplicates, outlets.rejects):
            each.flush(sync=outlets.sync)
    except BaseException:
        if tickets:
            prefilter.release(tickets)
        raise
    if tickets:
        prefilter.keep(tickets)


def _read(raw: bytes | None, number: int, *, names: Fields, max_bytes: int) -> _Line | Problem:
    """Make a document of a line, and the line as it will be passed on."""
    if raw is None:
        return Problem("-", number, f"the line is longer than the {max_bytes} bytes allowed; left out")
    try:
        text, encoding = decode(raw, "utf-8")
        value = parse(text)
    except NotJsonError as error:
        return Problem("-", number, f"column {error.column}: {error.said}")
    except ReadingError as error:
        return Problem("-", number, str(error))
    document = to_document(value, "", names=names, path="-", line=number, encoding=encoding)
    if isinstance(document, Problem):
        return document
    base = text.strip()
    if isinstance(value, dict) and "dedup" in value:
        rest = {name: value[name] for name in value if name != "dedup"}
        try:
            base = json.dumps(rest, allow_nan=False)
        except ValueError:
            return Problem("-", number, "beside an earlier tag it holds a number beyond all bounds")
    return _Line(base.encode("utf-8", "replace"), document)


def tagged(base: bytes, answer: Answer) -> bytes:
    """Put what the index knows behind the other fields of a JSON object, which stay as they were spelt."""
    tag = json.dumps(answer.as_tag(), ensure_ascii=False).encode()
    return base[:-1].rstrip() + TAG + tag.removeprefix(b'{"verdict": ') + b"}"


def _kinds(answer: Answer) -> Iterable[str]:
    yield "stories"
    if answer.duplicate_of is not None:
        yield "copies"
    elif answer.verdict is not None:
        yield "listed"
    elif not answer.stored:
        yield "too_short"
    else:
        yield "new"
