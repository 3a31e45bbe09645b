"""A text whose words are shown to people; it is read once, however many pairs show it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import batched, pairwise
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core.read_text import word_spans
from dedup.core.tokenizer import cut_words, has_unspaced
from dedup.text.written_words import WrittenText, whole_words

LONG_TEXT = 100_000
"""Letters of a text for which it pays to note which letters follow each other."""
_AT_ONCE = 32
"""Words that are folded at once."""


class ReadableText:
    """What is needed of a text to show its words; each part is read when it is first asked for.

    Attributes:
        text: As it was written.
    """

    def __init__(self, text: str, spans: Callable[[], NDArray[np.int64]] | None = None) -> None:
        """Keep the text; `spans` gives what `word_spans` finds in it, if something else knows it."""
        self.text = text
        self._spans = spans or partial(word_spans, text)
        self._separated: list[str] = []
        self._unseparated = whole_words(text)

    @cached_property
    def is_unspaced(self) -> bool:
        """Whether the text has letters of a script without spaces."""
        return has_unspaced(self.text)

    @cached_property
    def spans(self) -> NDArray[np.int64]:
        """Where each word that is aligned begins and ends in the text: shape (words, 2)."""
        return self._spans()

    def whole_words(self) -> Iterator[str]:
        """Give the words as ICU separates them; none without icu4py."""
        yield from self._separated
        for word in self._unseparated:
            self._separated.append(word)
            yield word

    def missing_from(self, other: "ReadableText") -> Iterator[str]:
        """Give the whole words that do not occur in another text, each once; numbers are left out."""
        new = (word for word in self.whole_words() if not other.has_as_written(word))
        known: set[str] = set()
        for some in batched(new, _AT_ONCE):
            for word, folded in zip(some, core.fold_texts(some), strict=True):
                if folded and folded not in known and not folded.isdecimal() and not other.has(folded):
                    known.add(folded)
                    yield normalize("NFC", word)

    def has_as_written(self, word: str) -> bool:
        """Whether a word of a script without spaces occurs as it is; a long text is not searched for it."""
        return len(self.text) <= LONG_TEXT and word in self.text and has_unspaced(word)

    def has(self, word: str) -> bool:
        """Whether a folded word occurs in the text; in a script without spaces, anywhere in it."""
        return word in self._words or (has_unspaced(word) and self._contains(word))

    def spell(self, words: Sequence[str]) -> list[str]:
        """Spell folded words as at their first occurrence, as `as_written` does."""
        return list(self._written.spell(words)) if words else []

    def _contains(self, letters: str) -> bool:
        if len(self._folded) > LONG_TEXT and not self._neighbours.issuperset(pairwise(letters)):
            return False
        return letters in self._folded

    @cached_property
    def _folded(self) -> str:
        (folded,) = core.fold_texts([self.text])
        return folded

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(cut_words(self._folded))

    @cached_property
    def _neighbours(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self._folded))

    @cached_property
    def _written(self) -> WrittenText:
        return WrittenText.of(self.text)
