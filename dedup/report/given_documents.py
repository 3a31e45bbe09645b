"""Input of `find_duplicates` -> batches of documents."""

import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import cast

from dedup.input import Fields, read
from dedup.input.fields import parts_of
from dedup.input.from_frame import from_frame
from dedup.model import Problem
from dedup.model.document_batch import BatchSource, BatchTask, packed
from dedup.model.document_like import DocumentLike, Frame, as_documents, is_frame
from dedup.model.errors import ReadingError, quoted

type Documentary = str | os.PathLike[str] | Iterable[DocumentLike | Problem] | Frame | BatchSource
"""Accepted forms of documents: the path of a folder or file; records, mappings, texts; the result of `read`;
a data frame."""


def batches_of(
    items: Documentary, problems: list[Problem], *, fields: Fields, prefix: str = ""
) -> Iterable[BatchTask]:
    """Make batches of the documents.

    Args:
        items: See `Documentary`.
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
    if isinstance(items, BatchSource):
        return items.document_batches()
    listed = cast("Iterable[DocumentLike | Problem]", items)
    if fields == Fields():
        return packed(as_documents(listed, problems, prefix=prefix))
    parts = partial(parts_of, names=fields)
    return packed(as_documents(listed, problems, prefix=prefix, names=fields.by_part(), parts=parts))


def _existing(path: str | os.PathLike[str]) -> Path:
    try:
        there = Path(path).exists()
    except (OSError, ValueError):  # a text can be too long for a path, or invalid as one
        there = False
    if not there:
        raise ReadingError(
            f"{quoted(os.fspath(path))} is not a file or folder; for texts give a list of documents"
        )
    return Path(path)
