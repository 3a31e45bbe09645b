"""Documents with equal folded text are one text: indexed, measured and judged once, listed each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from dedup.pipeline.preparing import Prepared
from dedup.pipeline.standing import standing
from dedup.records import Document
from dedup.stages.cluster import Moment


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One distinct text and the documents that carry it, the one that would represent them first."""

    documents: tuple[Document, ...]
    prepared: Prepared

    @property
    def id(self) -> str:
        """The first document's."""
        return self.documents[0].id


def collapse(
    documents: Sequence[Document], prepared: Sequence[Prepared], *, dates: Mapping[str, Moment], policy: str
) -> list[Text]:
    """Group documents with equal folded text, in the order of who would represent whom."""

    def place(row: int) -> tuple[object, ...]:
        return standing(documents[row], prepared[row].letters, dates=dates, policy=policy)

    groups: dict[bytes, list[int]] = {}
    for row in sorted(range(len(documents)), key=place):
        groups.setdefault(prepared[row].digest, []).append(row)
    return [Text(tuple(documents[row] for row in rows), prepared[rows[0]]) for rows in groups.values()]


def concatenated(sets: Sequence[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Lay arrays one after the other: the values, and where each begins, shape (n + 1,)."""
    bounds = np.zeros(len(sets) + 1, dtype=np.int64)
    np.cumsum([each.size for each in sets], out=bounds[1:])
    return np.concatenate(sets) if sets else np.empty(0, dtype=np.uint64), bounds


def copies(text: Text, *, cap: int) -> Iterator[tuple[Document, Document]]:
    """Pair the documents of one text: all of them up to `cap`, beyond it each with the first."""
    if len(text.documents) <= cap:
        yield from combinations(text.documents, 2)
    else:
        yield from product(text.documents[:1], text.documents[1:])


def between_copies(text: Text) -> int:
    """Count the pairs that the documents of one text make."""
    return len(text.documents) * (len(text.documents) - 1) // 2


def across(one: Text, other: Text, *, cap: int) -> Iterator[tuple[Document, Document]]:
    """Pair the documents of two texts, if that makes no more pairs than a bucket of `cap` documents.

    Else each is paired with the first of the other text.
    """
    if len(one.documents) * len(other.documents) <= cap * (cap - 1) // 2:
        yield from product(one.documents, other.documents)
    else:
        yield from product(one.documents[:1], other.documents)
        yield from product(one.documents[1:], other.documents[:1])
