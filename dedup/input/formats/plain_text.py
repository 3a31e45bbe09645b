"""A plain text is one document."""

from collections.abc import Iterator

from dedup.input.byte_source import Source
from dedup.input.decoding import sniff_encoding
from dedup.input.formats.format import Format, Task
from dedup.input.formats.whole_input import decoded, whole
from dedup.input.titles import headline
from dedup.model import Document, Problem


def _read(source: Source, task: Task) -> Iterator[Document | Problem]:
    encoding = sniff_encoding(source.head)
    text, used = decoded(source, whole(source, max_bytes=task.limits.max_bytes), encoding=encoding)
    if text or not source.damage:
        yield Document(task.path, text, title=headline(text), path=task.path, encoding=used)
    if source.damage:
        line = text.count("\n") + 1
        kept = "the text before it is kept" if text else "skipped"
        yield Problem(task.path, line, f"{source.damage} in line {line}; {kept}")


FORMAT = Format(("txt",), _read, begins=lambda _: True)
