"""Lists of words in a few arrays: millions of strings would take several times the memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, chain, pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dedup.model import ExchangedFact
from dedup.model.document_batch import StringColumn, span_index

_AT_ONCE = 4096
"""Lists that are taken at once: each byte of their words takes 24 for a moment."""

type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PackedWords:
    """Lists of words, which are made when they are read.

    Attributes:
        words: The words of all lists.
        bounds: int64, shape (n + 1,), ascending from 0: list i has the words bounds[i] to bounds[i + 1].
    """

    words: StringColumn
    bounds: Numbers

    @classmethod
    def of(cls, lists: "Sequence[Sequence[str]] | PackedWords") -> "PackedWords":
        """Pack lists; packed ones are returned unchanged."""
        if isinstance(lists, PackedWords):
            return lists
        bounds = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        return cls(StringColumn.of(list(chain.from_iterable(lists))), bounds)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put lists one after the other."""
        counts = [np.diff(part.bounds) for part in parts]
        nothing = np.zeros(1, dtype=np.int64)
        bounds = np.cumsum(np.concatenate([nothing, *counts]))
        return cls(StringColumn.concatenated([part.words for part in parts]), bounds)

    def __len__(self) -> int:
        return self.bounds.size - 1

    def __getitem__(self, row: int) -> tuple[str, ...]:
        start, end = self.bounds[row : row + 2].tolist()
        return tuple(map(self.words.__getitem__, range(start, end)))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        words = self.words.strings()
        return (tuple(words[start:end]) for start, end in pairwise(self.bounds.tolist()))

    def take(self, rows: Numbers) -> "PackedWords":
        """Return some lists."""
        if rows.size > _AT_ONCE:
            parts = np.split(rows, range(_AT_ONCE, rows.size, _AT_ONCE))
            return PackedWords.joined(list(map(self.take, parts)))
        starts = self.bounds[rows]
        places, bounds = span_index(starts, self.bounds[rows + 1] - starts)
        return PackedWords(self.words.take(places), bounds)

    def first(self, count: int, *, letters: int) -> "PackedWords":
        """Return the first words of each list, of each word the first letters."""
        starts = self.bounds[:-1]
        places, bounds = span_index(starts, np.minimum(np.diff(self.bounds), count))
        return PackedWords(self.words.take(places).first_letters(letters), bounds)

    def exchanged(self, other: "PackedWords", rows: NDArray[np.bool_]) -> "tuple[PackedWords, PackedWords]":
        """Return this column and another of the same length, their lists exchanged in the flagged rows."""
        both, size = PackedWords.joined([self, other]), len(self)
        ours = np.arange(size) + np.where(rows, size, 0)
        return both.take(ours), both.take((ours + size) % (2 * size) if size else ours)


@dataclass(frozen=True, slots=True, eq=False)
class PackedFacts:
    """Lists of exchanged facts, which are made when they are read.

    Attributes:
        words: The left and the right words of each fact in turn.
        places: int64, shape (facts, 2): where they are in their texts.
    """

    words: PackedWords
    places: Numbers

    @classmethod
    def of(cls, lists: "Sequence[Sequence[ExchangedFact]] | PackedFacts") -> "PackedFacts":
        """Pack lists; packed ones are returned unchanged."""
        if isinstance(lists, PackedFacts):
            return lists
        words = [[word for fact in facts for word in (fact.left, fact.right)] for facts in lists]
        places = [(fact.left_place, fact.right_place) for facts in lists for fact in facts]
        return cls(PackedWords.of(words), np.array(places, dtype=np.int64).reshape(-1, 2))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put lists one after the other."""
        nothing = np.empty((0, 2), dtype=np.int64)
        places = np.concatenate([nothing, *(part.places for part in parts)])
        return cls(PackedWords.joined([part.words for part in parts]), places)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, row: int) -> tuple[ExchangedFact, ...]:
        (facts,) = self.take(np.array([row]))
        return facts

    def __iter__(self) -> Iterator[tuple[ExchangedFact, ...]]:
        places = iter(self.places.tolist())
        for words in self.words:
            yield tuple(ExchangedFact(left, right, *next(places)) for left, right in batched(words, 2))

    def take(self, rows: Numbers) -> "PackedFacts":
        """Return some lists."""
        starts, ends = self.words.bounds[rows] // 2, self.words.bounds[rows + 1] // 2
        facts, _ = span_index(starts, ends - starts)
        return PackedFacts(self.words.take(rows), self.places[facts])

    def mirrored(self, rows: NDArray[np.bool_]) -> "PackedFacts":
        """Return the facts with left and right exchanged in the flagged lists."""
        of_words = np.repeat(rows, np.diff(self.words.bounds))
        order = np.arange(of_words.size) ^ of_words  # the words of a fact are next to each other
        places = np.where(of_words[::2, np.newaxis], self.places[:, ::-1], self.places)
        return PackedFacts(PackedWords(self.words.words.take(order), self.words.bounds), places)
