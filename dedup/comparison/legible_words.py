"""Words of an alignment -> words that people read.

Folded letters of Korean are jamo, and in scripts without spaces a word of the alignment is one letter, which
the other text may have in another word. Words are shown as the text writes them, and whole with icu4py.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from dedup.core.tokenizer import cut_words, has_unspaced
from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.model import Reason, ReasonKind
from dedup.model.measures import ExchangedFact
from dedup.text.fold import fold
from dedup.text.written_words import as_written, whole_words

_UNSPACED = re.compile(f"[^\0-{chr(FIRST_UNSPACED - 1)}]")
"""Jamo are among these letters too."""

type Facts = tuple[ExchangedFact, ...]


def legible_pair(
    ours: Sequence[str],
    theirs: Sequence[str],
    left: Callable[[], str],
    right: Callable[[], str],
    *,
    differ: bool = True,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that each of two texts has alone, for people to read.

    Args:
        ours: Words of the left text that the right one does not have: folded, in reading order, each once.
        theirs: Those of the right text.
        left: Gives the left text; not asked where no word needs it.
        right: Gives the right text.
        differ: Whether the texts differ; if so, and no word is given, they may differ in whole words that
            consist of known letters.
    """
    found = [*ours, *theirs]
    if (not found and differ) or not are_legible(found):
        one, other = left(), right()
        if has_unspaced(one) and has_unspaced(other) and (words := whole_words(one)):
            return _missing(words, other), _missing(whole_words(other), one)
    return legible(ours, left), legible(theirs, right)


def _missing(words: Sequence[str], other: str) -> tuple[str, ...]:
    """Return the words that another text has nowhere, each once, without numbers."""
    text = str(fold(other))
    known = frozenset(cut_words(text))
    missing: dict[str, str] = {}
    for word in words:
        folded = str(fold(word))
        has_letters = folded and not folded.isdecimal()
        if has_letters and folded not in known and not (has_unspaced(folded) and folded in text):
            missing.setdefault(folded, unicodedata.normalize("NFC", word))
    return tuple(missing.values())


def legible(words: Sequence[str], text: Callable[[], str]) -> tuple[str, ...]:
    """Spell folded words as their text does, where that is needed to read them; each once.

    Args:
        words: Folded, in reading order, each once.
        text: Gives the text; not asked where no word needs it.
    """
    if are_legible(words):
        return tuple(words)
    return tuple(dict.fromkeys(as_written(text(), words)))


def are_legible(words: Iterable[str]) -> bool:
    """Whether all of some folded words can be read as they are."""
    return _UNSPACED.search("".join(words)) is None


def spelt_words(words: Sequence[str], text: Callable[[], str]) -> tuple[str, ...]:
    """Spell all folded words as their text does, each once: `کارڈ`, not `کارد`.

    Args:
        words: Folded or as written; a word that the text has as it is stays so.
        text: Gives the text.
    """
    written = text() if words else ""
    folded = [word for word in words if not _is_in(written, word)]
    spellings = dict(zip(folded, as_written(written, folded), strict=True))
    return tuple(dict.fromkeys(spellings.get(word) or word for word in words))


def spelt_reasons(reasons: Iterable[Reason], texts: Mapping[str, Callable[[], str]]) -> tuple[Reason, ...]:
    """Spell the words that reasons name as the texts do; texts by the side that reasons call them."""
    return tuple(_spelt_reason(reason, texts) for reason in reasons)


def _spelt_reason(reason: Reason, texts: Mapping[str, Callable[[], str]]) -> Reason:
    if reason.kind is not ReasonKind.ONLY_IN:
        return reason
    side, words = cast("tuple[str, tuple[str, ...]]", reason.values)
    if side not in texts:
        return reason
    return Reason(reason.kind, (side, spelt_words(words, texts[side])))


def _is_in(text: str, word: str) -> bool:
    """Whether a word is in a text letter by letter, so that the text need not be folded."""
    at = text.find(word)
    before, behind = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
    return at >= 0 and not before.isalnum() and not (behind.isalnum() or unicodedata.combining(behind or " "))


def spelt(facts: Sequence[ExchangedFact], left: Callable[[], str], right: Callable[[], str]) -> Facts:
    """Spell the names and dates among exchanged facts as their texts do: `Nancy`, not `nancy`.

    Numbers stay folded: in Western digits, without thousands separators.

    Args:
        facts: Folded.
        left: Gives the left text; not asked where there is no word to spell.
        right: Gives the right text.
    """
    if not any(word.isalpha() for fact in facts for word in (fact.left, fact.right)):
        return tuple(facts)
    ours = _spellings([fact.left for fact in facts], left)
    theirs = _spellings([fact.right for fact in facts], right)
    return tuple(
        fact._replace(left=one, right=other) for fact, one, other in zip(facts, ours, theirs, strict=True)
    )


def _spellings(words: Sequence[str], text: Callable[[], str]) -> list[str]:
    """Spell those of some folded words that are letters alone."""
    lettered = [*dict.fromkeys(word for word in words if word.isalpha())]
    written = dict(zip(lettered, as_written(text(), lettered), strict=True)) if lettered else {}
    return [written.get(word) or word for word in words]
