"""What a caller gives to `find_duplicates` -> batches of documents."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from dedup.input import Fields, read
from dedup.input.from_frame import from_frame
from dedup.model import Problem
from dedup.model.document_batch import BatchSource, BatchTask, packed
from dedup.model.document_like import DocumentLike, Frame, as_documents, is_frame
from dedup.model.errors import ReadingError, quoted

type Documentary = str | os.PathLike[str] | Iterable[DocumentLike | Problem] | Frame | BatchSource
"""What documents may come in: the path of a folder or file; records, mappings, texts; what `read` gives; a
data frame."""


def batches_of(
    items: Documentary, problems: list[Problem], *, fields: Fields, prefix: str = ""
) -> Iterable[BatchTask]:
    """Make batches of what was given.

    Args:
        items: See `Documentary`.
        problems: Receives what is wrong with single items.
        fields: Where a record has the parts of a document.
        prefix: Stands before the position by which an item without an id is called.

    Raises:
        ReadingError: There is no such file, or what was given is no archive.
    """
    if isinstance(items, str | os.PathLike):
        items = read([_existing(items)], fields=fields)
    elif is_frame(items):
        items = from_frame(items, fields=fields)
    if isinstance(items, BatchSource):
        return items.document_batches()
    names = {} if fields == Fields() else fields.by_part()
    listed = cast("Iterable[DocumentLike | Problem]", items)
    return packed(as_documents(listed, problems, prefix=prefix, names=names))


def _existing(path: str | os.PathLike[str]) -> Path:
    try:
        there = Path(path).exists()
    except (OSError, ValueError):  # a text is too long for a name, or holds what no name does
        there = False
    if not there:
        raise ReadingError(
            f"{quoted(os.fspath(path))} is not a file or folder; for texts give a list of documents"
        )
    return Path(path)
