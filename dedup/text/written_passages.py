"""Runs of folded words -> the passages of a text that they are, as the text writes them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16

type Span = tuple[int, int]
"""Place of the first word of a run, and the one after its last."""


@dataclass(frozen=True)
class WrittenPassages:
    """Spells runs of the words of one text, which is folded when the first of them is asked for.

    Attributes:
        text: As it was written.
        words: The first words of the folded text, in order.
    """

    text: str
    words: Sequence[str]

    def passage(self, span: Span) -> str:
        """Return all that is between the first and the last word; folded if one of them was not found."""
        start, end = span
        if start == end:
            return ""
        units, origins, places = self._located
        first, last = places[start], places[end - 1]
        if first is None or last is None:
            return " ".join(self.words[start:end])
        return _with_marks(units, int(origins[first[0]]), int(origins[last[1] - 1]) + 1)

    def value(self, span: Span) -> str:
        """Return the words as written, but numbers folded, so that they can be compared."""
        runs = groupby(range(*span), key=lambda place: self.words[place].isdecimal())
        parts: list[str] = []
        for is_number, group in runs:
            places = list(group)
            run = places[0], places[-1] + 1
            parts += [self.words[place] for place in places] if is_number else [self.passage(run)]
        return " ".join(parts)

    @cached_property
    def _located(self) -> tuple[NDArray[np.uint16], NDArray[np.intp], list[Span | None]]:
        """The units of the text, those that the folded ones come from, and the folded ones of each word."""
        units = _units(self.text)
        folded, origins = core.fold_units(units)
        return units, origins, list(_places(characters_of(folded), self.words))


def _places(folded: str, words: Sequence[str]) -> Iterator[Span | None]:
    """Find each word behind the one before it; a number may have spaces between its digits."""
    at = 0
    for word, letters in zip(words, characters_of(_units("\n".join(words))).split("\n"), strict=False):
        start = at + folded.startswith(" ", at)
        if not folded.startswith(letters, start):
            start = folded.find(letters, at)
            if word.isdecimal() and (number := re.compile(" ?".join(word)).search(folded, at)):
                start, at = number.span()
                yield start, at
                continue
        if start < 0:
            yield None
        else:
            at = start + len(letters)
            yield start, at


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode(UTF16, "surrogatepass"), dtype=np.uint16)


def _with_marks(units: NDArray[np.uint16], start: int, end: int) -> str:
    """Return a passage with the marks that belong to its last letter."""
    while end < units.size and unicodedata.combining(chr(units[end])):
        end += 1
    written = units[start:end].tobytes().decode(UTF16, "replace")
    return unicodedata.normalize("NFC", " ".join(written.split()))
