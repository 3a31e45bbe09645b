"""Folded text -> words: Persian by hazm, any other language by blanks, digits and letter pairs.

Both tokenisers keep numbers and part them from the letters they are glued to. They differ only in the
verbs hazm joins (`گفته_شده_است`) and in their stop words, so a text taken for the wrong language still
compares. benchmarks/ranking.py chose: hazm's words and stop words leave the ROC AUC of near-duplicates as it
is (+0.000 ± 0.003 over blanks) and make readable terms; its stems lower it by 0.006 and are not used.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dedup import kernel
from dedup.numerals import NUMERALS
from dedup.records import FoldedText

_UTF16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"

_PERSIAN_WORDS = frozenset(
    "از در را است این برای شد های بر شده یک می شود کند نیز ها با تا کرد خود".split()  # noqa: SIM905
)
"""Frequent in Persian, next to absent in Arabic, Urdu, Sorani and Pashto once folded (که به و are not)."""

_PERSIAN_SHARE = 0.02
"""Share of those words above which a text is Persian (error rates: benchmarks/ranking.py)."""

_LANGUAGE_SAMPLE = 4000
"""Letters that tell the language of a text."""

_PIECE = 8000
"""Letters hazm gets at once: joining verbs is quadratic in a run of auxiliaries (80,000 take 0.7 s)."""

"""Stop words to hazm, and all that tells the second night of a programme from the fourth."""

_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"  # Thai, Lao, Myanmar, Khmer, Tai
    "\u3005-\u3007\u3041-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf"  # Kana, Bopomofo, Han, Yi
    "\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\U00020000-\U000323af"  # Myanmar, Tai Viet, rarer Han
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_WORD = re.compile(rf"\d+|[{_UNSPACED}]+|[^\s\d{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """One way to cut a folded text.

    Attributes:
        name: What a report calls it.
        cut: Folded text to its words, in reading order, repeats included; a verb of several parts is one
            word, its parts joined by `_`.
        stop_words: Words that say nothing about a text, as `cut` gives them.
    """

    name: str
    cut: Callable[[str], list[str]]
    stop_words: frozenset[str]


def is_persian(text: str) -> bool:
    """Tell Persian from every other language by the share of its function words, on folded text."""
    words = text[:_LANGUAGE_SAMPLE].split()
    return sum(word in _PERSIAN_WORDS for word in words) > _PERSIAN_SHARE * len(words)


def general_tokeniser() -> Tokeniser:
    """Give the tokeniser for any language: words by blanks and digits, unspaced scripts by letter pairs."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # noqa: PLC0415 - takes 1.4 s

    return Tokeniser("unicode", _cut, frozenset(ENGLISH_STOP_WORDS) | _PERSIAN_WORDS)


def persian_tokeniser() -> Tokeniser:
    """Give hazm's tokeniser and stop words in folded spelling; the general one where hazm is absent."""
    try:
        import hazm  # noqa: PLC0415 - takes 2 s
    except ImportError:
        return general_tokeniser()
    # its 190,000 words take 0.4 s to read, and tokenising never looks at them
    tokenizer = hazm.WordTokenizer(words_file=os.devnull)
    for verbs in ("before_verbs", "after_verbs", "verbe"):
        setattr(tokenizer, verbs, _folded(getattr(tokenizer, verbs)))

    def cut_piece(piece: str) -> list[str]:
        # an auxiliary at the very end is lost (hazm 0.12.1), so a stop is put after it
        *words, last = tokenizer.tokenize(f"{piece} .")
        return words if last == "." else [*words, last.removesuffix("_.")]

    def cut(text: str) -> list[str]:
        return [word for piece in _pieces(text) for word in cut_piece(piece)]

    stop_words = _folded(hazm.stopwords_list()) | _PERSIAN_WORDS
    return Tokeniser("hazm", cut, stop_words - NUMERALS)


def _cut(text: str) -> list[str]:
    words: list[str] = _WORD.findall(text)
    if not _UNSPACED_RUN.search(text):
        return words
    return [part for word in words for part in _letter_pairs(word)]


def _letter_pairs(word: str) -> Iterable[str]:
    if len(word) == 1 or not _UNSPACED_RUN.match(word):
        return (word,)
    return (first + second for first, second in pairwise(word))


def _pieces(text: str) -> Iterator[str]:
    """Part a long text at blanks into pieces of about `_PIECE` letters."""
    start = 0
    while (end := text.find(" ", start + _PIECE)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _folded(words: Iterable[str]) -> frozenset[str]:
    """Bring hazm's words to folded spelling; the `_` that joins the parts of a verb stays."""
    return frozenset("_".join(map(_folded_part, word.split("_"))) for word in words)


def _folded_part(part: str) -> str:
    units = np.frombuffer(part.encode(_UTF16), dtype=np.uint16)
    return str(FoldedText(*kernel.fold_units(units)))
