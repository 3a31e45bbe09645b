"""Read an archive once: count it, and draw a sample in which every story has the same chance.

A story is in the sample if the digest of its id and text is among the smallest. The sample does
not depend on the order of the archive, and a smaller sample is the beginning of a larger one.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np

from dedup.model import Document, Problem
from dedup.model.document_batch import BatchTask, DocumentBatch, load
from dedup.model.errors import WritingError
from dedup.output.to_archive import json_line
from dedup.report.progress_notes import Progress
from dedup.report.sketching import map_ahead


@dataclass(frozen=True, slots=True)
class Census:
    """What an archive is.

    Attributes:
        stories: How many it has.
        text_bytes: Of their texts in UTF-8, without markup and other fields.
        seconds: What reading took: unpacking, parsing, drawing the sample.
        problems: What could not be read.
    """

    stories: int
    text_bytes: int
    seconds: float
    problems: tuple[Problem, ...]


class Sample:
    """Stories that were drawn, in the order of their digests.

    Attributes:
        documents: With ids that are unique in the sample.
    """

    def __init__(self, drawn: Iterable[Document]) -> None:
        self.documents = list(_told_apart(drawn))

    def __len__(self) -> int:
        return len(self.documents)

    def write(self, path: Path, *, stories: int) -> None:
        """Write the first stories as JSON lines.

        Raises:
            WritingError: There is no room in the folder for temporary files.
        """
        try:
            with path.open("wb") as file:
                file.writelines(json_line(document) + b"\n" for document in self.documents[:stories])
        except OSError as error:
            raise WritingError(
                f"the sample cannot be written: {error.strerror}; TMPDIR names another temporary folder"
            ) from error


def draw_sample(
    tasks: Iterable[BatchTask], *, size: int, workers: int = 1, progress: Progress
) -> tuple[Census, Sample]:
    """Read an archive and draw stories; at most twice as many are in memory as are drawn.

    Args:
        tasks: Batches of the archive.
        size: Stories to be drawn, at most.
        workers: Threads or processes that parse.
        progress: Hears how many stories were read.
    """
    began = time.perf_counter()
    drawn: list[tuple[bytes, Document]] = []
    problems: list[Problem] = []
    below = b"\xff" * 9  # no digest is as large
    stories = text_bytes = 0
    progress("read", 0, 0)
    for read in map_ahead(load, tasks, workers=workers):
        problems += read.problems
        stories += len(read.documents)
        text_bytes += int(read.documents.texts.lengths.sum())
        drawn += _below(read.documents, below)
        if len(drawn) >= 2 * size:
            drawn = _smallest(drawn, size)
            below = drawn[-1][0]
        progress("read", stories, 0)
    census = Census(stories, text_bytes, time.perf_counter() - began, tuple(problems))
    return census, Sample(document for _, document in _smallest(drawn, size))


def _below(batch: DocumentBatch, bound: bytes) -> Iterator[tuple[bytes, Document]]:
    """Return the documents whose digest is below a bound."""
    if not len(batch):
        return
    names = zip(batch.ids.encoded(), batch.texts.encoded(), strict=True)
    digests = [blake2b(name + b"\0" + text, digest_size=8).digest() for name, text in names]
    rows = [row for row, digest in enumerate(digests) if digest < bound]
    some = batch.take(np.array(rows, dtype=np.int64)).documents()
    yield from zip((digests[row] for row in rows), some, strict=True)


def _smallest(drawn: list[tuple[bytes, Document]], size: int) -> list[tuple[bytes, Document]]:
    """Sort by digest; equal digests, the same story twice, by position."""
    return sorted(drawn, key=lambda each: (each[0], each[1].path, each[1].line or 0))[:size]


def _told_apart(documents: Iterable[Document]) -> Iterator[Document]:
    """Append a number to ids that occur again."""
    seen: set[str] = set()
    for document in documents:
        name, number = document.id, 1
        while name in seen:
            number += 1
            name = f"{document.id}#{number}"
        seen.add(name)
        yield document if name == document.id else replace(document, id=name)
