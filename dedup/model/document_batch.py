"""Documents as columns, passed from a reader to the archive without an object per document."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from dedup.model.document import Document, Problem

NO_LINE = np.iinfo(np.int64).min
"""Line number of a document that is a whole file, or does not come from a file."""


def gather_spans(
    data: NDArray[np.generic], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.generic], NDArray[np.int64]]:
    """Concatenate spans of an array.

    Args:
        data: Any dtype, shape (m,).
        starts: int64, shape (n,): start of each span.
        lengths: int64, shape (n,): number of values of each span.

    Returns:
        The values of all spans, and their bounds: int64, shape (n + 1,).
    """
    index, bounds = span_index(starts, lengths)
    return data[index], bounds


def span_index(
    starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the index of every value of some spans, and the bounds of the spans among them."""
    bounds = np.zeros(starts.size + 1, dtype=np.int64)
    np.cumsum(lengths, out=bounds[1:])
    return np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], lengths), bounds


@dataclass(frozen=True, slots=True, eq=False)
class StringColumn:
    """Strings in one buffer.

    Attributes:
        data: uint8: concatenated UTF-8; lone surrogates are encoded as by Python's `surrogatepass`.
        bounds: int64, shape (n + 1,), ascending from 0: string i is data[bounds[i]:bounds[i + 1]].
    """

    data: NDArray[np.uint8]
    bounds: NDArray[np.int64]

    @classmethod
    def of(cls, strings: Sequence[str]) -> Self:
        """Pack strings; adjacent surrogates that form a pair become one character."""
        try:
            encoded = [string.encode() for string in strings]
        except UnicodeEncodeError:
            encoded = list(map(_encoded, strings))
        return cls.of_bytes(encoded)

    @classmethod
    def of_bytes(cls, encoded: Sequence[bytes]) -> Self:
        """Pack encoded strings."""
        bounds = np.fromiter(accumulate(map(len, encoded), initial=0), np.int64, len(encoded) + 1)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), bounds)

    @classmethod
    def empty(cls, rows: int) -> Self:
        """Make a column of empty strings."""
        return cls(np.empty(0, dtype=np.uint8), np.zeros(rows + 1, dtype=np.int64))

    @classmethod
    def concatenated(cls, parts: Sequence[Self]) -> Self:
        """Put columns one after the other."""
        starts = accumulate((part.data.size for part in parts), initial=0)
        bounds = [part.bounds[1:] + start for part, start in zip(parts, starts, strict=False)]
        nothing = np.empty(0, dtype=np.uint8)
        return cls(
            np.concatenate([nothing, *(part.data for part in parts)]),
            np.concatenate([np.zeros(1, dtype=np.int64), *bounds]),
        )

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Bytes of each string."""
        return np.diff(self.bounds)

    def take(self, rows: NDArray[np.int64]) -> Self:
        """Pick strings by their rows."""
        starts = self.bounds[rows]
        data, bounds = gather_spans(self.data, starts, self.bounds[rows + 1] - starts)
        return type(self)(data.view(np.uint8), bounds)

    def first_letters(self, count: int) -> Self:
        """Cut each string after its first code points."""
        if not (self.lengths > count).any():
            return self
        letters = np.append(np.flatnonzero((self.data & 0xC0) != 0x80), self.data.size)  # noqa: PLR2004 - UTF-8
        firsts = np.searchsorted(letters, self.bounds)
        ends = letters[np.minimum(firsts[:-1] + count, firsts[1:])]
        data, bounds = gather_spans(self.data, self.bounds[:-1], ends - self.bounds[:-1])
        return type(self)(data.view(np.uint8), bounds)

    def encoded(self) -> list[bytes]:
        """List the bytes of each string."""
        data, bounds = self.data.tobytes(), self.bounds.tolist()
        return [data[start:end] for start, end in pairwise(bounds)]

    def strings(self) -> list[str]:
        """List the strings; faster than accessing them one by one."""
        return [string.decode("utf-8", "surrogatepass") for string in self.encoded()]

    def with_defaults(self, default: Callable[[int], str]) -> Self:
        """Replace empty strings by the default for their row."""
        empty = np.flatnonzero(self.lengths == 0)
        if not empty.size:
            return self
        strings = self.encoded()
        for row in empty.tolist():
            strings[row] = default(row).encode()
        return self.of_bytes(strings)

    def __len__(self) -> int:
        return self.bounds.size - 1

    def __getitem__(self, row: int) -> str:
        start, end = self.bounds[row : row + 2].tolist()
        return self.data[start:end].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self.strings())


def _encoded(string: str) -> bytes:
    """Encode a string that may contain lone surrogates."""
    whole = string.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return whole.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class CodedColumn:
    """Column with few distinct strings, such as paths or encodings.

    Attributes:
        codes: int32, shape (n,): index of each string in `values`.
        values: The distinct strings.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    @classmethod
    def of(cls, strings: Sequence[str]) -> Self:
        """Pack strings."""
        numbers = {value: number for number, value in enumerate(dict.fromkeys(strings))}
        codes = np.fromiter(map(numbers.__getitem__, strings), np.int32, len(strings))
        return cls(codes, tuple(numbers))

    @classmethod
    def constant(cls, value: str, rows: int) -> Self:
        """Make a column of one value."""
        return cls(np.zeros(rows, dtype=np.int32), (value,))

    @classmethod
    def concatenated(cls, parts: Sequence[Self]) -> Self:
        """Put columns one after the other."""
        return cls.of([part.values[code] for part in parts for code in part.codes.tolist()])

    def take(self, rows: NDArray[np.int64]) -> Self:
        """Pick strings by their rows."""
        return type(self)(self.codes[rows], self.values)

    def strings(self) -> list[str]:
        """List the strings."""
        return [self.values[code] for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class DocumentBatch:
    """Documents as columns, one for each field of `Document`, where the fields are explained.

    Attributes:
        ids: Not yet made unique.
        texts: The bodies.
        titles: Empty where unknown, as are the next three.
        sources: Agencies or newspapers.
        published: Dates as given in the input.
        urls: Addresses.
        records: The raw records; None if not requested.
        paths: Files, relative to the input.
        lines: int64, shape (n,): lines of those files from 1; `NO_LINE` for none.
        encodings: Encodings of the bytes.
    """

    ids: StringColumn
    texts: StringColumn
    titles: StringColumn
    sources: StringColumn
    published: StringColumn
    urls: StringColumn
    records: StringColumn | None
    paths: CodedColumn
    lines: NDArray[np.int64]
    encodings: CodedColumn

    def __len__(self) -> int:
        return self.lines.size

    def take(self, rows: NDArray[np.int64]) -> "DocumentBatch":
        """Pick documents by their rows."""
        return DocumentBatch(
            ids=self.ids.take(rows),
            texts=self.texts.take(rows),
            titles=self.titles.take(rows),
            sources=self.sources.take(rows),
            published=self.published.take(rows),
            urls=self.urls.take(rows),
            records=None if self.records is None else self.records.take(rows),
            paths=self.paths.take(rows),
            lines=self.lines[rows],
            encodings=self.encodings.take(rows),
        )

    def documents(self) -> list[Document]:
        """Make a record of each document."""
        count = len(self)
        return [
            Document(*values)
            for values in zip(
                self.ids.strings(),
                self.texts.strings(),
                self.titles.strings(),
                self.sources.strings(),
                self.published.strings(),
                self.urls.strings(),
                self.paths.strings(),
                [None if line == NO_LINE else line for line in self.lines.tolist()],
                self.encodings.strings(),
                [b""] * count if self.records is None else self.records.encoded(),
                strict=True,
            )
        ]


def pack(documents: Sequence[Document]) -> DocumentBatch:
    """Pack documents into columns. A line number beyond 64 bits becomes the largest that fits."""
    last = np.iinfo(np.int64).max
    lines = [NO_LINE if document.line is None else min(document.line, last) for document in documents]
    records = [document.record for document in documents]
    return DocumentBatch(
        StringColumn.of([document.id for document in documents]),
        StringColumn.of([document.text for document in documents]),
        StringColumn.of([document.title for document in documents]),
        StringColumn.of([document.source for document in documents]),
        StringColumn.of([document.published for document in documents]),
        StringColumn.of([document.url for document in documents]),
        StringColumn.of_bytes(records) if any(records) else None,
        CodedColumn.of([document.path for document in documents]),
        np.array(lines, dtype=np.int64),
        CodedColumn.of([document.encoding for document in documents]),
    )


def concatenate(batches: Sequence[DocumentBatch]) -> DocumentBatch:
    """Put batches one after the other."""
    records = [
        StringColumn.empty(len(batch)) if batch.records is None else batch.records for batch in batches
    ]
    none = all(batch.records is None for batch in batches)
    return DocumentBatch(
        ids=StringColumn.concatenated([batch.ids for batch in batches]),
        texts=StringColumn.concatenated([batch.texts for batch in batches]),
        titles=StringColumn.concatenated([batch.titles for batch in batches]),
        sources=StringColumn.concatenated([batch.sources for batch in batches]),
        published=StringColumn.concatenated([batch.published for batch in batches]),
        urls=StringColumn.concatenated([batch.urls for batch in batches]),
        records=None if none else StringColumn.concatenated(records),
        paths=CodedColumn.concatenated([batch.paths for batch in batches]),
        lines=np.concatenate([np.empty(0, dtype=np.int64), *(batch.lines for batch in batches)]),
        encodings=CodedColumn.concatenated([batch.encodings for batch in batches]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class ReadBatch:
    """Result of reading a piece of an input.

    Attributes:
        documents: Documents that could be read.
        problems: Problems of the rest.
    """

    documents: DocumentBatch
    problems: tuple[Problem, ...] = ()


type BatchTask = ReadBatch | Callable[[], ReadBatch]
"""A batch, or a task that makes one in any thread or process."""


BATCH = 512
"""Maximum number of documents per batch."""

BATCH_LETTERS = 1 << 20
"""Number of code points after which a batch is full."""


def packed(entries: Iterable[Document | Problem | BatchTask]) -> Iterator[BatchTask]:
    """Pack a stream of documents and problems into batches; batches in the stream are passed through."""
    documents: list[Document] = []
    problems: list[Problem] = []
    letters = 0
    for entry in entries:
        if isinstance(entry, Document):
            documents.append(entry)
            letters += len(entry.text)
        elif isinstance(entry, Problem):
            problems.append(entry)
        full = len(documents) == BATCH or letters >= BATCH_LETTERS
        is_task = not isinstance(entry, Document | Problem)
        if full or (is_task and (documents or problems)):
            yield ReadBatch(pack(documents), tuple(problems))
            documents, problems, letters = [], [], 0
        if not isinstance(entry, Document | Problem):
            yield entry
    if documents or problems:
        yield ReadBatch(pack(documents), tuple(problems))


@runtime_checkable
class BatchSource(Protocol):
    """An input that can be read as columns."""

    def document_batches(self) -> Iterator[BatchTask]:
        """Return the batches in their order; documents are parsed when a task is called."""


def load(task: BatchTask) -> ReadBatch:
    """Run a task, or return a batch unchanged."""
    return task if isinstance(task, ReadBatch) else task()
