"""The documents of an archive that a report lists, loaded on request."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from dedup.model import Document
from dedup.report.archive import Archive

_REMEMBERED = 4
"""Documents that are kept after loading: one long text may be a side of every pair that is written."""


class Documents(Mapping[str, Document]):
    """The documents that a report lists, by id; loaded on request."""

    def __init__(self, archive: Archive, rows: Mapping[str, int]) -> None:
        self._document = lru_cache(_REMEMBERED)(archive.document)
        self._rows = rows

    def __getitem__(self, name: str) -> Document:
        return self._document(self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self):,} documents by id>"

    def __reduce__(self) -> tuple[type, tuple[dict[str, Document]]]:
        """Pickle the documents themselves: the archive is open files."""
        return dict, (dict(self),)


class DocumentRows(Sequence[Document]):
    """Some documents of an archive with their records, loaded on request."""

    def __init__(self, archive: Archive, rows: NDArray[np.int64]) -> None:
        self._archive = archive
        self._rows = rows

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> "DocumentRows": ...
    def __getitem__(self, place: int | slice) -> "Document | DocumentRows":
        if isinstance(place, slice):
            return DocumentRows(self._archive, self._rows[place])
        return self._archive.document(int(self._rows[place]), recorded=True)

    def __iter__(self) -> Iterator[Document]:
        return self._archive.documents(self._rows)

    def __len__(self) -> int:
        return int(self._rows.size)

    def __repr__(self) -> str:
        return f"<{len(self):,} documents>"

    def __reduce__(self) -> tuple[type, tuple[tuple[Document, ...]]]:
        """Pickle the documents themselves: the archive is open files."""
        return tuple, (tuple(self),)
