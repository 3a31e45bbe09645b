"""Measures of many pairs of texts as columns, one row per pair; records are made on request."""

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.packed_words import PackedFacts, PackedWords
from dedup.core.alignment import COUNTED, OF_TWO
from dedup.core.alignment import AlignmentCount as Count
from dedup.model import Alignment, ExchangedFact, Overlap
from dedup.model.memory import return_freed_memory

type Counts = NDArray[np.int64]
type Shares = NDArray[np.float64]
type Words = Sequence[tuple[str, ...]] | PackedWords
type Exchanged = Sequence[tuple[ExchangedFact, ...]] | PackedFacts


MANY = 1 << 16
"""Rows from which the memory of a column is returned once it is joined: its pieces are small, so the next
large column would take new memory beside them."""

_FIELDS = tuple((count.name.lower(), int(count), count in OF_TWO) for count in Count)
"""Counts of an `Alignment`: name, column, and whether the next column is the count of the right text."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Sizes of the shingle sets of many pairs and of their intersections: see `Overlap`."""

    shared: Counts
    left: Counts
    right: Counts

    def __len__(self) -> int:
        return self.shared.size

    @property
    def jaccard(self) -> Shares:
        """|A∩B| / |A∪B| of each pair, 0 to 1."""
        return self.shared / (self.left + self.right - self.shared)

    @property
    def containment(self) -> Shares:
        """|A∩B| / min(|A|, |B|) of each pair, 0 to 1."""
        return self.shared / np.minimum(self.left, self.right)

    @property
    def length_ratio(self) -> Shares:
        """Size of the smaller set / size of the larger one, above 0 to 1."""
        return np.minimum(self.left, self.right) / np.maximum(self.left, self.right)

    def record(self, row: int) -> Overlap:
        """Make the record of one pair."""
        return Overlap(int(self.shared[row]), int(self.left[row]), int(self.right[row]))

    def where(self, wanted: NDArray[np.bool_ | np.int64] | slice) -> "Overlaps":
        """Return the selected rows."""
        return Overlaps(self.shared[wanted], self.left[wanted], self.right[wanted])


@dataclass(frozen=True, slots=True, eq=False)
class Alignments:
    """Many pairs of texts, aligned word by word: see `Alignment`.

    Attributes:
        counts: int64 or int32, shape (n, `COUNTED`): the counts of an `Alignment`; `Count` names the columns.
        examples: The first exchanged facts.
        left_words: The first words that do not occur in the right text.
        right_words: The first words that do not occur in the left text.
    """

    counts: NDArray[np.int64] | NDArray[np.int32]
    examples: Exchanged
    left_words: Words
    right_words: Words

    def __len__(self) -> int:
        return len(self.counts)

    def one(self, count: Count) -> Counts:
        """Return one count per pair."""
        return self.counts[:, count].astype(np.int64, copy=False)

    def sides(self, count: Count) -> Counts:
        """Return one count per text, left and right: shape (n, 2)."""
        return self.counts[:, count : count + 2].astype(np.int64, copy=False)

    def fresh_shares(self) -> Shares:
        """Return the share of fresh words of the left and of the right text of each pair: shape (2, n)."""
        shares: Shares = (self.sides(Count.FRESH) / np.maximum(self.sides(Count.WORDS), 1)).T
        return shares

    def record(self, row: int) -> Alignment:
        """Make the record of one pair."""
        counts = self.counts[row].tolist()
        numbers: dict[str, Any] = {
            name: tuple(counts[place : place + 2]) if of_two else counts[place]
            for name, place, of_two in _FIELDS
        }
        return Alignment(
            **numbers,
            examples=self.examples[row],
            left_words=self.left_words[row],
            right_words=self.right_words[row],
        )

    def where(self, wanted: NDArray[np.bool_ | np.int64]) -> "Alignments":
        """Return the selected rows."""
        rows = np.flatnonzero(wanted) if wanted.dtype == np.bool_ else wanted.astype(np.int64, copy=False)
        return Alignments(
            self.counts[wanted],
            _taken(self.examples, rows),
            _taken(self.left_words, rows),
            _taken(self.right_words, rows),
        )

    def facts(self, rows: NDArray[np.int64]) -> Exchanged:
        """Return the exchanged facts of some rows."""
        return _taken(self.examples, rows)

    def turned(self, away: NDArray[np.bool_]) -> "Alignments":
        """Return the same pairs, with left and right exchanged in the flagged rows."""
        counts = self.counts.copy()
        for count in OF_TWO:
            counts[away, count : count + 2] = self.sides(count)[away, ::-1]
        one, other = map(PackedWords.of, (self.left_words, self.right_words))
        return Alignments(counts, PackedFacts.of(self.examples).mirrored(away), *one.exchanged(other, away))


@overload
def _taken(column: Words, rows: NDArray[np.int64]) -> Words: ...
@overload
def _taken(column: Exchanged, rows: NDArray[np.int64]) -> Exchanged: ...
def _taken(column: Words | Exchanged, rows: NDArray[np.int64]) -> Words | Exchanged:
    if isinstance(column, PackedWords | PackedFacts):
        return column.take(rows)
    return [column[row] for row in rows.tolist()]


def joined_overlaps(parts: Sequence[Overlaps]) -> Overlaps:
    """Concatenate overlaps."""
    nothing = np.empty(0, dtype=np.int64)
    return Overlaps(
        *(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in Overlaps.__slots__)
    )


def joined_alignments(parts: list[Alignments], order: NDArray[np.int64] | None = None) -> Alignments:
    """Concatenate alignments, in a form that takes little memory: a report keeps those of all pairs.

    Args:
        parts: The alignments; the list is emptied, see `columns_of`.
        order: The rows to return, in their order; None for all of them as they come.
    """
    nothing = np.empty((0, COUNTED), dtype=np.int32)
    columns = columns_of(Alignments, parts)
    counts = np.concatenate([nothing, *next(columns)], dtype=np.int32, casting="same_kind")
    if order is not None:
        counts = counts[order]
    examples = PackedFacts.joined(list(map(PackedFacts.of, next(columns))))
    if order is not None:
        examples = examples.take(order)
    left, right = (
        both if order is None else both.take(order)
        for both in (PackedWords.joined(list(map(PackedWords.of, words))) for words in columns)
    )
    return Alignments(counts, examples, left, right)


def columns_of[Columns: Sized](kind: type[Columns], parts: list[Columns]) -> Iterator[list[Any]]:
    """Yield each column of some parts in turn, as a list of its pieces.

    `parts` is emptied. Whoever joins the pieces of one column before taking the next has only that column
    twice in memory, instead of all.

    Args:
        kind: A class of columns, with slots.
        parts: Its instances, which nothing else refers to if their memory is to be freed.
    """
    names: Sequence[str] = kind.__slots__  # type: ignore[attr-defined]
    columns = [[getattr(part, name) for part in parts] for name in reversed(names)]
    many = sum(map(len, parts)) >= MANY
    parts.clear()
    while columns:
        yield columns.pop()
        if many:
            return_freed_memory()
