"""Words of an alignment -> words that a person can read.

Folding turns Korean letters into jamo. In scripts without spaces a word of the alignment is a single letter,
which the other text may have as part of another word. Words are therefore shown as the text spells them; with
icu4py, unspaced scripts are shown in whole words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import cast

from dedup.comparison.readable_text import ReadableText
from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.model import Reason, ReasonKind
from dedup.model.measures import ExchangedFact
from dedup.text.written_words import as_written

_UNSPACED = re.compile(f"[^\0-{chr(FIRST_UNSPACED - 1)}]")
"""Letters of unspaced scripts; jamo are among them."""
_RUN = re.compile(r"[^\W_]+")

MANY = 32
"""Number of words from which a text is searched for all of them at once."""
type Facts = tuple[ExchangedFact, ...]


def legible_pair(
    ours: Sequence[str],
    theirs: Sequence[str],
    left: Callable[[], ReadableText],
    right: Callable[[], ReadableText],
    *,
    differ: bool = True,
    most: int | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that only one of two texts has, in a form that people can read.

    Args:
        ours: Words that only the left text has: folded, in reading order, each once.
        theirs: Words that only the right text has.
        left: Returns the left text; called only if a word needs it.
        right: Returns the right text; likewise.
        differ: Whether the texts differ. If they do but no words are given, they may differ in whole words
            of an unspaced script whose letters both texts have.
        most: Words of each text; None for all.
    """
    folded = [*ours, *theirs]
    if (not folded and differ) or not are_legible(folded):
        one, other = left(), right()
        if one.is_unspaced and other.is_unspaced and any(one.whole_words()):
            return tuple(islice(one.missing_from(other), most)), tuple(islice(other.missing_from(one), most))
    return legible(ours, left)[:most], legible(theirs, right)[:most]


def legible(words: Sequence[str], text: Callable[[], ReadableText]) -> tuple[str, ...]:
    """Spell folded words as in their text if they could not be read otherwise; each word once.

    Args:
        words: Folded, in reading order, each once.
        text: Returns the text; called only if a word needs it.
    """
    if are_legible(words):
        return tuple(words)
    return tuple(dict.fromkeys(text().spell(words)))


def are_legible(words: Iterable[str]) -> bool:
    """Whether folded words can all be shown as they are."""
    return _UNSPACED.search("".join(words)) is None


def spelt_words(words: Sequence[str], text: Callable[[], str]) -> tuple[str, ...]:
    """Spell folded words as in their text, each once: `کارڈ`, not `کارد`.

    Args:
        words: Folded or as written; a word that occurs in the text as it is stays unchanged.
        text: Returns the text.
    """
    written = text() if words else ""
    unchanged = _occurring(words, written)
    folded = [word for word in words if word not in unchanged]
    spellings = dict(zip(folded, as_written(written, folded), strict=True))
    return tuple(dict.fromkeys(spellings.get(word) or word for word in words))


def spelt_reasons(reasons: Iterable[Reason], texts: Mapping[str, Callable[[], str]]) -> tuple[Reason, ...]:
    """Spell the words in reasons as in the texts; `texts` is keyed by the side named in a reason."""
    return tuple(_spelt_reason(reason, texts) for reason in reasons)


def _spelt_reason(reason: Reason, texts: Mapping[str, Callable[[], str]]) -> Reason:
    if reason.kind is not ReasonKind.ONLY_IN:
        return reason
    side, words = cast("tuple[str, tuple[str, ...]]", reason.values)
    if side not in texts:
        return reason
    return Reason(reason.kind, (side, spelt_words(words, texts[side])))


def _occurring(words: Sequence[str], text: str) -> frozenset[str]:
    """Return the words that a text contains letter for letter, so that it need not be folded for them."""
    if len(words) < MANY:
        return frozenset(word for word in words if _is_in(text, word))
    runs = frozenset(run[0] for run in _RUN.finditer(text) if not _is_marked(text, run.end()))
    return frozenset(word for word in words if (word in runs if word.isalnum() else _is_in(text, word)))


def _is_in(text: str, word: str) -> bool:
    """Whether a text contains a word letter for letter, as a whole word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum() or _is_marked(text, end)):
            return True
        at = text.find(word, at + 1)
    return False


def _is_marked(text: str, end: int) -> bool:
    """Whether a combining mark follows the first `end` letters of a text."""
    return unicodedata.combining(text[end : end + 1] or " ") > 0


def spelt(
    facts: Sequence[ExchangedFact], left: Callable[[], ReadableText], right: Callable[[], ReadableText]
) -> Facts:
    """Spell the names and dates among exchanged facts as in their texts: `Nancy`, not `nancy`.

    Numbers stay folded: in Western digits, without thousands separators.

    Args:
        facts: Folded.
        left: Returns the left text; called only if there is a word to spell.
        right: Returns the right text; likewise.
    """
    if not any(word.isalpha() for fact in facts for word in (fact.left, fact.right)):
        return tuple(facts)
    ours = _spellings([fact.left for fact in facts], left)
    theirs = _spellings([fact.right for fact in facts], right)
    return tuple(
        fact._replace(left=one, right=other) for fact, one, other in zip(facts, ours, theirs, strict=True)
    )


def _spellings(words: Sequence[str], text: Callable[[], ReadableText]) -> list[str]:
    """Spell folded words as in a text, if they consist of letters only."""
    lettered = [*dict.fromkeys(word for word in words if word.isalpha())]
    written = dict(zip(lettered, text().spell(lettered), strict=True)) if lettered else {}
    return [written.get(word) or word for word in words]
