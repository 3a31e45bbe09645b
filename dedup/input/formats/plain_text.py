"""A plain text is one document; an export of a news database, and JSON lines, have many."""

import codecs
import re
from collections.abc import Iterator

import orjson

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.formats.database_export import Story, stories
from dedup.input.formats.format import Format, Task
from dedup.input.formats.front_matter import without_front_matter
from dedup.input.formats.json_lines import documents_in_lines
from dedup.input.formats.whole_input import decode_whole, read_whole
from dedup.input.json_parsing import dump_json
from dedup.input.titles import headline
from dedup.model import Document, Problem, Reason, ReasonKind

_BEGINS_RECORD = re.compile(rb'\{\s*"[^"\n]{1,80}"\s*:')
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(.{1,300}?)[ \t#]*\r?(?:\n|\Z)")


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    if _has_json_lines(source.head):
        yield from documents_in_lines(source, task)
        return
    text, encoding = _text(source, task)
    exported = stories(text)
    if exported:
        yield from (_story(story, task, encoding=encoding) for story in exported)
    elif text or not source.damage:
        yield _whole(text, task, encoding=encoding)
    yield from _damage(source, text, task)


def _has_json_lines(head: bytes) -> bool:
    """Whether a file begins with an object of JSON on one line; a line longer than `head` counts as one."""
    beginning = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not _BEGINS_RECORD.match(beginning):
        return False
    first, newline, _ = beginning.partition(b"\n")
    try:
        return not newline or isinstance(orjson.loads(first), dict)
    except orjson.JSONDecodeError:
        return False


def _read_markdown(source: Source, task: Task) -> Iterator[Document | Problem]:
    text, encoding = _text(source, task)
    if text or not source.damage:
        yield _whole(text, task, encoding=encoding)
    yield from _damage(source, text, task)


def _text(source: Source, task: Task) -> tuple[str, str]:
    encoding = sniff_encoding(source.head)
    return decode_whole(source, read_whole(source, max_bytes=task.limits.max_bytes), encoding=encoding)


def _whole(text: str, task: Task, *, encoding: str) -> Document:
    parts, body = without_front_matter(text)
    heading = _HEADING.match(body)
    title = parts.get("title") or (heading[1] if heading else headline(body))
    identity = parts.get("id") or task.path
    return Document(
        identity,
        body,
        title=title,
        source=parts.get("source", ""),
        published=parts.get("published", ""),
        url=parts.get("url", ""),
        path=task.path,
        encoding=encoding,
    )


def _story(story: Story, task: Task, *, encoding: str) -> Document:
    parts = story.parts
    return Document(
        parts.get("id") or f"{task.path}:{story.line}",
        parts["text"],
        title=parts.get("title", ""),
        source=parts.get("source", ""),
        published=parts.get("published", ""),
        url=parts.get("url", ""),
        path=task.path,
        line=story.line,
        encoding=encoding,
        record=dump_json(parts) if task.records else b"",
    )


def _damage(source: Source, text: str, task: Task) -> Iterator[Problem]:
    if source.damage:
        line = text.count("\n") + 1
        kept = "the text before it is kept" if text else "skipped"
        yield Problem.of_input(
            task.path, line, Reason(ReasonKind.DAMAGED, (f"{source.damage} in line {line}", kept))
        )


FORMATS = (
    Format(("md", "markdown"), _read_markdown, "the file, without the fields above it (front matter)"),
    Format(
        ("txt",),
        _read,
        "the file; each story of an export of LexisNexis, Nexis Uni, Factiva or ProQuest; "
        "JSON lines as in `.jsonl`",
    ),
)
