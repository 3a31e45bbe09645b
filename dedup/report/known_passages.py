"""Boilerplate that is kept: what an earlier run learnt goes in, what this one knows comes out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.passages import passages_of
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.lazy_rows import Rows
from dedup.report.archive import Archive
from dedup.report.boilerplate import SharedPassage
from dedup.text.fold import fold


def known_passages(known: Sequence[KnownPassage]) -> list[SharedPassage]:
    """Give passages that no text of this run taught: they are numbered -1, -2 and so on."""
    return [
        SharedPassage(passage.documents, -1 - row, np.array(passage.shingles, dtype=np.uint64))
        for row, passage in enumerate(known)
    ]


def digest(known: Sequence[KnownPassage]) -> str:
    """Tell known boilerplate apart by what it holds."""
    return sha256(repr([tuple(passage) for passage in known]).encode()).hexdigest()


def text_with_passage(
    archive: Archive, first: NDArray[np.int64], known: Sequence[KnownPassage], number: int
) -> str:
    """Give the text that a passage is taken from, by its number; one that was known is a text itself.

    Args:
        archive: The documents.
        first: The document that carries each text.
        known: What `known_passages` numbered.
        number: Of the text.
    """
    return known[-1 - number].text if number < 0 else archive.text(int(first[number]))


def without_repetition(passages: Sequence[SharedPassage]) -> list[SharedPassage]:
    """Leave out passages all of whose shingles are in those before them."""
    seen: set[int] = set()
    chosen: list[SharedPassage] = []
    for passage in passages:
        if not seen.issuperset(shingles := passage.shingles.tolist()):
            chosen.append(passage)
            seen.update(shingles)
    return chosen


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KeptPassages(Rows[KnownPassage]):
    """All boilerplate of a run, to be kept for the next.

    Attributes:
        passages: Those that the next run is to know.
        text: Gives a text that has the passage, by its number.
        letters: Window of a shingle.
    """

    passages: Sequence[SharedPassage]
    text: Callable[[int], str]
    letters: int

    def __len__(self) -> int:
        return len(self.passages)

    def records(self, start: int, stop: int) -> list[KnownPassage]:
        """Spell some of the passages."""
        return [
            KnownPassage(self._spelt(passage), passage.documents, tuple(passage.shingles.tolist()))
            for passage in self.passages[start:stop]
        ]

    def _spelt(self, passage: SharedPassage) -> str:
        text = self.text(passage.text)
        spans = passages_of(fold(text), passage.shingles, letters=self.letters)
        return " … ".join(" ".join(text[start:end].split()) for start, end in spans)
