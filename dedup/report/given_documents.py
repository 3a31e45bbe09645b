"""Input of `find_duplicates` -> batches of documents."""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from io import IOBase
from itertools import chain, islice
from pathlib import Path
from typing import cast

from dedup.input import Fields, read
from dedup.input.fields import parts_of
from dedup.input.from_frame import FrameReading, from_frame
from dedup.model import Problem, Report
from dedup.model.document_batch import BatchSource, BatchTask, packed
from dedup.model.document_like import DocumentLike, Frame, as_documents, is_frame, listed
from dedup.model.errors import ReadingError, quoted
from dedup.model.file_names import is_there

type DocumentInput = (
    str
    | os.PathLike[str]
    | Iterable[DocumentLike | Problem]
    | Iterable[os.PathLike[str]]
    | Mapping[str, DocumentLike]
    | Frame
    | BatchSource
)
"""Accepted forms of documents: the path of a folder or file, or several; records, mappings, texts; these by
their ids; the result of `read`; a data frame."""


def batches_of(
    items: DocumentInput, problems: list[Problem], *, fields: Fields, prefix: str = ""
) -> Iterable[BatchTask]:
    """Make batches of the documents.

    Args:
        items: See `DocumentInput`.
        problems: Receives the problems of single items.
        fields: Names of a record's fields for the parts of a document.
        prefix: Prefix of the id of an item without one, which is its position.

    Raises:
        ReadingError: The file does not exist, or the input is not a collection of documents.
    """
    if isinstance(items, str | os.PathLike):
        items = read([_existing(items)], fields=fields)
    elif is_frame(items):
        items = from_frame(items, fields=fields)
    elif not isinstance(items, BatchSource | Mapping):
        items = cast("Iterable[DocumentLike | Problem]", _collection(items, fields))
    if isinstance(items, FrameReading):
        problems += items.unusable
    if isinstance(items, BatchSource):
        return items.document_batches()
    documents = cast("Iterable[DocumentLike | Problem]", items)
    if fields == Fields():
        return packed(as_documents(documents, problems, prefix=prefix))
    parts = partial(parts_of, names=fields)
    return packed(as_documents(documents, problems, prefix=prefix, names=fields.by_part(), parts=parts))


def _collection(items: object, fields: Fields) -> Iterable[object]:
    """Return the items of a collection, or the documents of the files if they are paths.

    Raises:
        ReadingError: It is not a collection of documents, or holds names of files as strings.
    """
    if isinstance(items, bytes | IOBase) or not hasattr(items, "__iter__"):
        raise ReadingError(
            f"expected a folder, a file, a data frame or a list of documents, got {type(items).__name__}"
        )
    each = iter(listed(cast("Iterable[object]", items)))
    opening = list(islice(each, 1))
    everything = chain(opening, each)
    for first in opening:
        if isinstance(first, os.PathLike):
            return read([_existing(path) for path in everything], fields=fields)
        if isinstance(first, str) and is_there(first):
            raise ReadingError(
                f"expected texts, got the name of a file or folder, {quoted(first)}; "
                "give the folder alone, or pathlib.Path objects"
            )
    return everything


def _existing(path: object) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise ReadingError(f"expected a path like the first item, got {type(path).__name__}")
    if not is_there(path):
        pattern = "; for a pattern give pathlib.Path('.').glob(pattern)" if "*" in os.fspath(path) else ""
        raise ReadingError(
            f"{quoted(os.fspath(path))} is not a file or folder{pattern}; for texts give a list of documents"
        )
    return Path(path)


def having_documents(report: Report, *, fields: Fields) -> Report:
    """Return a report, unless it has no document and fields were named: then none of them exists.

    Raises:
        ReadingError: It gives the first problem, which names the fields that there are.
    """
    if not report.counts.get("documents") and report.problems and fields != Fields():
        raise ReadingError(report.problems[0].reason)
    return report
