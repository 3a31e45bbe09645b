"""Return runs of folded words as the text has them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dedup.core.text_column import UTF16

type Span = tuple[int, int]
"""Index of the first word of a run, and the index after its last word."""


@dataclass(frozen=True, slots=True)
class WrittenPassages:
    """Returns runs of words of one text as they were written.

    Attributes:
        words: The first words of the folded text, in order.
        places: Start and end of each word in the text, in characters.
        text: The text.
    """

    words: Sequence[str]
    places: Sequence[Sequence[int]]
    text: str

    def passage(self, span: Span) -> str:
        """Return the text of a run, with the combining marks of its last letter."""
        start, end = span
        if start == end:
            return ""
        first, last = self.places[start][0], self.places[end - 1][1]
        while unicodedata.combining(self.text[last : last + 1] or " "):
            last += 1
        written = self.text[first:last].encode(UTF16, "surrogatepass").decode(UTF16, "replace")
        return unicodedata.normalize("NFC", " ".join(written.split()))

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
        start, end = self.places[place - 1][1], self.places[place][0]
        return self.text[start] if end == start + 1 else " "
