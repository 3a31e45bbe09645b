"""A plain text is one document, unless it is an export of a news database, which has many."""

import re
from collections.abc import Iterator

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.formats.database_export import Story, stories
from dedup.input.formats.format import Format, Task
from dedup.input.formats.front_matter import without_front_matter
from dedup.input.formats.whole_input import decode_whole, read_whole
from dedup.input.json_parsing import dump_json
from dedup.input.titles import headline
from dedup.model import Document, Problem, Reason, ReasonKind

_HEADING = re.compile(r"\s*#{1,2}[ \t]+(.{1,300}?)[ \t#]*\r?(?:\n|\Z)")


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    text, encoding = _text(source, task)
    exported = stories(text)
    if exported:
        yield from (_story(story, task, encoding=encoding) for story in exported)
    elif text or not source.damage:
        yield _whole(text, task, encoding=encoding)
    yield from _damage(source, text, task)


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
        "the file; each story of an export of LexisNexis, Nexis Uni, Factiva or ProQuest",
    ),
)
