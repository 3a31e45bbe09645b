"""Vocabulary by language: stop words, and words that belong to multi-word verbs.

The kernel splits words in the same way in every language. hazm supplies the Persian stop words, and joins
verbs of several parts (`گفته شده است`) for display. Counting such a verb as one word would gain 0.001 ± 0.001
ROC AUC of near-duplicates, at hazm's speed; hazm's stems lower the AUC by 0.005 (benchmarks/ranking.py).
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dedup import core
from dedup.core.numerals import NUMERALS
from dedup.core.text_column import UTF16
from dedup.model import FoldedText
from dedup.model.memory import is_out_of_memory, need_scientific_memory
from dedup.report.rank.language import PERSIAN_WORDS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the languages of one archive, folded.

    Attributes:
        name: Its name in a report.
        stop_words: Uninformative words and verbs; the parts of a verb are joined by `_`.
        openers: May be the first part of a verb of several parts.
        join: Takes words in reading order and joins the parts of each verb by `_`.
    """

    name: str
    stop_words: frozenset[str]
    openers: frozenset[str]
    join: Callable[[Sequence[str]], list[str]]


NO_WORDS = Vocabulary("unicode", frozenset(), frozenset(), list)
"""An empty vocabulary, for when nothing is shown."""


def general_vocabulary() -> Vocabulary:
    """Return English stop words and the most common Persian ones."""
    need_scientific_memory()
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # noqa: PLC0415 - takes 1 s

    return Vocabulary("unicode", frozenset(ENGLISH_STOP_WORDS) | PERSIAN_WORDS, frozenset(), list)


def persian_vocabulary() -> Vocabulary:
    """Return hazm's stop words and verbs with the general ones; only the general ones without hazm."""
    general = general_vocabulary()
    try:
        import hazm  # noqa: PLC0415 - takes 1.4 s
    except ImportError as error:
        if is_out_of_memory(error):
            raise
        return general
    # its 190,000 words take 0.4 s to read, and joining verbs never looks at them
    tokenizer = hazm.WordTokenizer(words_file=os.devnull)
    for verbs in ("before_verbs", "after_verbs", "verbe"):
        setattr(tokenizer, verbs, _folded(getattr(tokenizer, verbs)))

    alone = tokenizer.before_verbs | tokenizer.after_verbs
    auxiliaries = alone | {f"{one}_{other}" for one in tokenizer.before_verbs for other in alone}
    stop_words = general.stop_words | _folded(hazm.stopwords_list()) | auxiliaries
    openers = tokenizer.before_verbs | tokenizer.verbe
    return Vocabulary("hazm", stop_words - NUMERALS, frozenset(openers), _VerbJoiner(tokenizer))


class _VerbTokenizer(Protocol):
    """What is used of hazm's `WordTokenizer`."""

    def join_verb_parts(self, words: list[str], /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class _VerbJoiner:
    """Joins the parts of verbs; an object rather than a closure, so that it can go to another process."""

    tokenizer: _VerbTokenizer

    def __call__(self, words: Sequence[str]) -> list[str]:
        # hazm 0.12.1 loses an auxiliary at the very end, so a full stop is appended
        *joined, last = self.tokenizer.join_verb_parts([*words, "."])
        return joined if last == "." else [*joined, last.removesuffix("_.")]


def _folded(words: Iterable[str]) -> frozenset[str]:
    """Fold hazm's words, keeping the `_` that joins the parts of a verb."""
    return frozenset("_".join(map(_folded_part, word.split("_"))) for word in words)


def _folded_part(part: str) -> str:
    units = np.frombuffer(part.encode(UTF16), dtype=np.uint16)
    return str(FoldedText(*core.fold_units(units)))
