"""JSON files: one object per line, concatenated objects, a list, or an object that contains the list."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.fields import Fields, to_document
from dedup.input.formats.format import Format, Task
from dedup.input.formats.json_lines import batches_of_lines, documents_in_lines
from dedup.input.formats.whole_input import decode_whole, read_whole
from dedup.input.json_parsing import NotJsonError, dump_json, items, parse_bytes
from dedup.input.missing_text import field_names, names_in, tool_of
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.document_batch import BatchTask
from dedup.model.likely_fields import dotted, likely_dates

type _Marked = tuple[str, object]

_LINES = re.compile(r"\ufeff?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_SPREAD = re.compile(r"\ufeff?\s*(?:\[\s*(?:[{\]]|\Z)|\{(?:[^\n]*[^}\s])?[ \t\r]*\n\s*[\"}\]])")
"""Beginning of a list of objects, or of an object over several lines."""
_DEEP = 6
"""Maximum depth of nested objects in which a list of stories is searched for."""
_SAMPLE = 20
"""Number of items that are searched for a text before the whole file counts as without one."""


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    is_lines = _LINES.match(_beginning(source))
    return documents_in_lines(source, task) if is_lines else _read_whole(source, task)


def _batches(source: Source, task: Task) -> Iterator[Document | Problem | BatchTask]:
    is_lines = _LINES.match(_beginning(source))
    return batches_of_lines(source, task) if is_lines else _read_whole(source, task)


def _read_lines(source: Source, task: Task) -> Iterator[Document | Problem]:
    is_spread = _SPREAD.match(_beginning(source))
    return _read_whole(source, task) if is_spread else documents_in_lines(source, task)


def _batches_of_lines(source: Source, task: Task) -> Iterator[Document | Problem | BatchTask]:
    is_spread = _SPREAD.match(_beginning(source))
    return _read_whole(source, task) if is_spread else batches_of_lines(source, task)


def _beginning(source: Source) -> str:
    return source.head.decode(sniff_encoding(source.head), "replace")


def _read_whole(source: Source, task: Task) -> Iterator[Document | Problem]:
    encoding = sniff_encoding(source.head)
    data = read_whole(source, max_bytes=task.limits.max_bytes)
    if not (source.damage or task.records) and encoding.startswith("utf-8"):
        entries = _fast(data.removeprefix(BOM_UTF8), source, task, encoding=encoding)
        if entries:
            yield from entries
            return
    text, used = decode_whole(source, data, encoding=encoding)
    yield from _strict(text, source, task, encoding=used)


def _fast(data: bytes, source: Source, task: Task, *, encoding: str) -> list[Document | Problem] | None:
    """Make documents with the fast parser; None if the strict one is needed."""
    try:
        value = parse_bytes(data)
        marked = _numbered(value) if isinstance(value, list) else iter([("", value)])
        return list(_entries(marked, source, task, encoding=encoding))
    except ValueError:
        return None


def _strict(text: str, source: Source, task: Task, *, encoding: str) -> Iterator[Document | Problem]:
    count = 0
    broken = ""
    line = text.count("\n") + 1
    marked = _Unbroken(items(text))
    for count, entry in enumerate(_entries(marked, source, task, encoding=encoding), 1):  # noqa: B007 - used below
        yield entry
    if marked.error:
        broken, line = str(marked.error), marked.error.line
    if source.damage:
        broken = f"{source.damage} in line {line}"
    if broken:
        kept = f"kept are the {count} items before it" if count else "skipped"
        yield Problem.of_input(task.path, line, Reason(ReasonKind.DAMAGED, (broken, kept)))
    elif not count:
        yield Problem.of_input(task.path, None, Reason(ReasonKind.EMPTY_INPUT, ("the list is empty",)))


class _Unbroken(Iterator[_Marked]):
    """Iterates over items up to the first that cannot be parsed.

    Attributes:
        error: The error there; None if all items could be parsed.
    """

    def __init__(self, marked: Iterator[_Marked]) -> None:
        self.error: NotJsonError | None = None
        self._marked = marked

    def __next__(self) -> _Marked:
        try:
            return next(self._marked)
        except NotJsonError as error:
            self.error = error
            raise StopIteration from None


def _entries(
    marked: Iterator[_Marked], source: Source, task: Task, *, encoding: str
) -> Iterator[Document | Problem]:
    first = list(islice(marked, _SAMPLE))
    if len(first) == 1:
        first = _list_inside(first[0][1], task.names) or first
    records = [value for _, value in first]
    names = names_in(records, task.names)
    source.date_fields = likely_dates(field_names(records), names.published)
    for mark, value in chain(first, marked):
        yield to_document(
            value,
            task.path + mark,
            names=names,
            path=task.path,
            line=None,
            encoding=encoding,
            written=dump_json(value) if task.records else b"",
        )


def _numbered(values: Iterable[object]) -> Iterator[_Marked]:
    return ((f"#{number}", value) for number, value in enumerate(values, 1))


def _list_inside(value: object, names: Fields) -> list[_Marked]:
    """Find the stories inside an object, in a list or by id: one with texts, otherwise the longest."""
    if not isinstance(value, Mapping) or names.spelt_as(list(value)).has_text(value):
        return []
    lists = list(_lists(value, _DEEP))
    with_text = [
        each for each in lists if any(isinstance(one, Mapping) and names.has_text(one) for _, one in each)
    ]
    is_story = not with_text and tool_of([*value, *dict(dotted(value))])
    return [] if is_story else max(with_text or lists, key=len, default=[])


def _lists(value: Mapping[str, object], depth: int) -> Iterator[list[_Marked]]:
    """Yield the lists of objects inside an object, and its objects by id."""
    for each in value.values():
        if isinstance(each, list) and any(isinstance(one, Mapping) for one in each):
            yield list(_numbered(each))
        elif isinstance(each, Mapping) and depth > 1:
            yield from _lists(each, depth - 1)
    if len(value) > 1 and all(isinstance(each, Mapping) for each in value.values()):
        yield [(f"#{key}", each) for key, each in value.items()]


FORMATS = (
    Format(
        ("json",),
        _read,
        "the object, or each: of a list, of one inside an object, one after another, on each line",
        batches=_batches,
        begins=lambda start: start.startswith("[") or start.split("\n", 1)[0].rstrip() == "{",
    ),
    Format(
        ("jsonl", "jl", "ndjson"),
        _read_lines,
        "the object on each line; a list or objects over several lines as in .json",
        batches=_batches_of_lines,
        begins=lambda start: start.startswith("{"),
    ),
)
