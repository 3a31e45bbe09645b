"""Map runs of folded words to the passages of the original text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16, utf16_units
from dedup.text.fold_together import fold_together

type Span = tuple[int, int]
"""Index of the first word of a run, and the index after its last word."""

_DIGITS = re.compile(r"\d(?: ?\d)*")


@dataclass(frozen=True, slots=True)
class WrittenPassages:
    """Returns runs of words of one text as they were written.

    Attributes:
        words: The first words of the folded text, in order.
        places: The span of each word in `origins`; None for a word that was not found.
        origins: The index in `units` of each folded unit.
        units: The original text in UTF-16.
    """

    words: Sequence[str]
    places: Sequence[Span | None]
    origins: NDArray[np.intp]
    units: NDArray[np.uint16]

    def passage(self, span: Span) -> str:
        """Return the text from the first to the last word of a run; folded if one of these was not found."""
        start, end = span
        if start == end:
            return ""
        first, last = self.places[start], self.places[end - 1]
        if first is None or last is None:
            return " ".join(self.words[start:end])
        return _with_marks(self.units, int(self.origins[first[0]]), int(self.origins[last[1] - 1]) + 1)

    def value(self, span: Span) -> str:
        """Return the words as written, except for numbers, which stay folded so that they can be compared.

        The parts of a decimal, a date or a time keep their separators: `0.4`, `12:30`.
        """
        if span[1] == span[0] + 1 and not self.words[span[0]].isdecimal():
            return self.passage(span)
        runs = groupby(range(*span), key=lambda place: self.words[place].isdecimal())
        parts: list[str] = []
        for is_number, group in runs:
            places = list(group)
            run = places[0], places[-1] + 1
            parts.append(self._numbers(run) if is_number else self.passage(run))
        return " ".join(parts)

    def _numbers(self, span: Span) -> str:
        start, end = span
        separated = (self._between(place) + self.words[place] for place in range(start + 1, end))
        return self.words[start] + "".join(separated)

    def _between(self, place: int) -> str:
        """Return the character between a word and the previous one if it is a single one, else a space."""
        before, here = self.places[place - 1], self.places[place]
        if before is None or here is None:
            return " "
        start, end = int(self.origins[before[1] - 1]) + 1, int(self.origins[here[0]])
        return chr(self.units[start]) if end == start + 1 else " "


def written_passages(texts: Iterable[str], words: Iterable[Sequence[str]]) -> Iterator[WrittenPassages]:
    """Prepare texts with their first folded words; a few texts are in memory at once.

    Args:
        texts: The original texts.
        words: The first words of each folded text, in order.
    """
    for writing, first_words in zip(fold_together(texts), words, strict=True):
        places = _places(writing.folded, first_words)
        yield WrittenPassages(first_words, places, writing.origins, writing.units)


def _places(folded: str, words: Sequence[str]) -> list[Span | None]:
    """Find each word of a text after the previous one; a number may have spaces between its digits."""
    letters = characters_of(utf16_units("\n".join(words))).split("\n") if words else []
    places: list[Span | None] = []
    at = 0
    for word in letters:
        start = at + folded.startswith(" ", at)
        if not folded.startswith(word, start):
            start = folded.find(word, at)
            if word.isdecimal() and (number := _number(folded, word, at)):
                places.append(number)
                at = number[1]
                continue
        if start < 0:
            places.append(None)
        else:
            at = start + len(word)
            places.append((start, at))
    return places


def _number(folded: str, digits: str, start: int) -> Span | None:
    """Find the first place from `start` on with these digits, which may have spaces between them."""
    for run in _DIGITS.finditer(folded, start):
        first = run[0].replace(" ", "").find(digits)
        if first >= 0:
            places = [place for place, letter in enumerate(run[0], run.start()) if letter != " "]
            return places[first], places[first + len(digits) - 1] + 1
    return None


def _with_marks(units: NDArray[np.uint16], start: int, end: int) -> str:
    """Return a passage, including the combining marks of its last letter."""
    while end < units.size and unicodedata.combining(chr(units[end])):
        end += 1
    written = units[start:end].tobytes().decode(UTF16, "replace")
    return unicodedata.normalize("NFC", " ".join(written.split()))
