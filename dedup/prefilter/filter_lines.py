"""Filter JSON lines, as `dedup filter` does.

A story is stored on hold, and kept once its line is written, so a crash loses nothing: running the same input
again writes the missing lines, and each line is in a file once.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol

from dedup.input.decoding import check_lines
from dedup.input.fields import Fields
from dedup.model import Problem
from dedup.output.whole_files import named_errors
from dedup.prefilter.answer import Answer, Relation
from dedup.prefilter.append_once import TAG, lines_at_hand
from dedup.prefilter.prefilter import PreFilter
from dedup.prefilter.story_lines import LineReader, StoryLine

AT_ONCE = 32
"""Most lines in one transaction; other writers wait for it."""
MAX_BYTES = 64 * 1024 * 1024
"""Longer lines, in bytes, are rejected."""


class Mode(StrEnum):
    """What happens to copies: they are tagged, dropped, or written to a separate file."""

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
        problem: Called for each rejected line, but only for the first of the lines without a text field.
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
    number, reader = 0, LineReader(fields or Fields(), max_bytes=max_bytes)
    for batch in lines_at_hand(stream, most=at_once, max_bytes=max_bytes):
        read: list[StoryLine] = []
        if not number:
            check_lines(batch[0] or b"")
        for raw in batch:
            number += 1
            if raw is not None and not raw.strip():
                continue
            line = reader.read(raw, number)
            if not isinstance(line, StoryLine):
                counts["rejected"] += 1
                if line is not None:
                    problem(line)
                if raw is not None:
                    outputs.rejects.add(raw, base=raw)
            else:
                read.append(line)
        answers = _pass_on(read, prefilter, mode=mode, outputs=outputs)
        counts.update(kind for answer in answers for kind in _kinds(answer))
    return counts


def _pass_on(
    read: Sequence[StoryLine], prefilter: PreFilter, *, mode: Mode, outputs: FilterOutputs
) -> list[Answer]:
    """Check the stories, write their lines, then keep them; returns the answers."""
    answers = prefilter.check_and_add_many([line.document for line in read], hold=True) if read else []
    tickets = [answer.ticket for answer in answers if answer.ticket is not None]
    try:
        for line, answer in zip(read, answers, strict=True):
            if answer.relation is Relation.SAME and mode is not Mode.TAG:  # written in an earlier run
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
    return answers


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
