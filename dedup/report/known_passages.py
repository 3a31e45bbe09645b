"""Saved boilerplate: passages that an earlier run learnt go in, those that this run knows come out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.passages import passages_of
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.lazy_rows import LazyRows
from dedup.report.archive import Archive
from dedup.report.boilerplate import SharedPassage
from dedup.text.fold import fold


def known_passages(known: Sequence[KnownPassage]) -> list[SharedPassage]:
    """Return passages that were not learnt from this run's texts: they are numbered -1, -2 and so on."""
    return [
        SharedPassage(passage.documents, -1 - row, np.array(passage.shingles, dtype=np.uint64))
        for row, passage in enumerate(known)
    ]


def digest(known: Sequence[KnownPassage]) -> str:
    """Return a digest that identifies known boilerplate."""
    return sha256(repr([tuple(passage) for passage in known]).encode()).hexdigest()


def text_with_passage(
    archive: Archive, first: NDArray[np.int64], known: Sequence[KnownPassage], number: int
) -> str:
    """Return the text from which a passage is taken; a known passage is its own text.

    Args:
        archive: The documents.
        first: The first document with each text.
        known: The passages that `known_passages` numbered.
        number: Number of the text.
    """
    return known[-1 - number].text if number < 0 else archive.text(int(first[number]))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KeptPassages(LazyRows[KnownPassage]):
    """All boilerplate of a run, to be saved for the next.

    Attributes:
        passages: The passages to save.
        text: Returns a text that contains the passage, by its number.
        letters: Window of a shingle.
    """

    passages: Sequence[SharedPassage]
    text: Callable[[int], str]
    letters: int

    def __len__(self) -> int:
        return len(self.passages)

    def records(self, start: int, stop: int) -> list[KnownPassage]:
        """Make records of some passages."""
        return [
            KnownPassage(self._spelt(passage), passage.documents, tuple(passage.shingles.tolist()))
            for passage in self.passages[start:stop]
        ]

    def _spelt(self, passage: SharedPassage) -> str:
        text = self.text(passage.text)
        spans = passages_of(fold(text), passage.shingles, letters=self.letters)
        return " … ".join(" ".join(text[start:end].split()) for start, end in spans)
