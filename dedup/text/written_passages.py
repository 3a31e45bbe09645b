"""Runs of folded words -> the corresponding passages of the original text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.raw_units import characters_of
from dedup.core.text_column import UTF16

type Span = tuple[int, int]
"""Index of the first word of a run, and the index after its last word."""

LETTERS = 1 << 16
"""Letters that are folded at once: a call for each text takes longer than its folding."""


@dataclass(frozen=True, slots=True)
class WrittenPassages:
    """Spells runs of the words of one text.

    Attributes:
        words: The first words of the folded text, in order.
        places: Where each of them is in `origins`; None for a word that was not found.
        origins: The unit that each folded one comes from.
        units: UTF-16, as written; those of several texts.
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

        Parts of a decimal, a date or a time keep what is between them: `0.4`, `12:30`.
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
        """Return the sign that alone is between a word and the one before it; else a space."""
        before, here = self.places[place - 1], self.places[place]
        if before is None or here is None:
            return " "
        start, end = int(self.origins[before[1] - 1]) + 1, int(self.origins[here[0]])
        return chr(self.units[start]) if end == start + 1 else " "


def written_passages(texts: Sequence[str], words: Sequence[Sequence[str]]) -> Iterator[WrittenPassages]:
    """Prepare texts with their first folded words; texts are folded together, some at a time.

    Args:
        texts: As they were written.
        words: The first words of each folded text, in order.
    """
    for start, end in pairwise(chain([0], _cuts(list(map(len, texts))))):
        yield from _folded_together(texts[start:end], words[start:end])


def _cuts(sizes: Sequence[int]) -> Iterator[int]:
    """Give the end of each group of texts that have about `LETTERS` together."""
    letters = 0
    for end, size in enumerate(sizes, start=1):
        letters += size
        if letters >= LETTERS or end == len(sizes):
            yield end
            letters = 0


def _folded_together(texts: Sequence[str], words: Sequence[Sequence[str]]) -> Iterator[WrittenPassages]:
    units = _units("\n".join(texts))
    folded, origins = core.fold_units(units)
    letters = characters_of(folded)
    firsts = np.cumsum([0, *(_units(text).size + 1 for text in texts)])
    bounds = pairwise(np.searchsorted(origins, firsts).tolist())
    for some, (start, end) in zip(words, bounds, strict=True):
        yield WrittenPassages(some, list(_places(letters, some, start, end)), origins, units)


def _places(folded: str, words: Sequence[str], start: int, end: int) -> Iterator[Span | None]:
    """Find each word of a text behind the one before it; a number may have spaces between its digits.

    Args:
        folded: Folded texts.
        words: Of one of them.
        start: Where that one begins.
        end: Where it ends.
    """
    at = start
    for word, letters in zip(words, characters_of(_units("\n".join(words))).split("\n"), strict=False):
        start = at + folded.startswith(" ", at)
        if not folded.startswith(letters, start, end):
            start = folded.find(letters, at, end)
            if word.isdecimal() and (number := re.compile(" ?".join(word)).search(folded, at, end)):
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
    """Return a passage, including the combining marks of its last letter."""
    while end < units.size and unicodedata.combining(chr(units[end])):
        end += 1
    written = units[start:end].tobytes().decode(UTF16, "replace")
    return unicodedata.normalize("NFC", " ".join(written.split()))
