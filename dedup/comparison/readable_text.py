"""A text whose words are shown to people: what is read of it is read once, however many pairs show it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from unicodedata import normalize

from dedup import core
from dedup.core.tokenizer import cut_words, has_unspaced
from dedup.text.written_words import WrittenText, whole_words

_LONG = 100_000
"""Letters of a text in which it is worth while to note which letters follow each other."""


class ReadableText:
    """What is needed of a text to show its words; each part is read when it is first asked for.

    Attributes:
        text: As it was written.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def is_unspaced(self) -> bool:
        """Whether the text has letters of a script without spaces."""
        return has_unspaced(self.text)

    @cached_property
    def whole_words(self) -> dict[str, str]:
        """Words as ICU separates them, by their folded form, without numbers; empty without icu4py."""
        written = list(dict.fromkeys(whole_words(self.text)))
        spellings: dict[str, str] = {}
        for folded, word in zip(core.fold_texts(written), written, strict=True):
            if folded and not folded.isdecimal():
                spellings.setdefault(folded, normalize("NFC", word))
        return spellings

    def has(self, word: str) -> bool:
        """Whether a folded word occurs in the text; in a script without spaces, anywhere in it."""
        return word in self._words or (has_unspaced(word) and self._contains(word))

    def spell(self, words: Sequence[str]) -> list[str]:
        """Spell folded words as at their first occurrence, as `as_written` does."""
        return self._written.spell(words) if words else []

    def _contains(self, letters: str) -> bool:
        if len(self._folded) > _LONG and not self._neighbours.issuperset(pairwise(letters)):
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
        return WrittenText(self.text)
