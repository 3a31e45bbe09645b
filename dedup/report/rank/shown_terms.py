"""The kernel's terms -> terms for display: multi-word verbs joined, auxiliaries dropped."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import islice
from typing import NamedTuple

from dedup.core.term_weights import Terms
from dedup.report.rank.stop_words import Vocabulary
from dedup.text.fold_together import fold_together
from dedup.text.written_words import WrittenText

TERMS = 6
"""Maximum number of terms shown of each kind."""

LOOKED_AT = 2 * TERMS
"""Number of heaviest terms considered for display: a verb uses several."""


class Asked(NamedTuple):
    """Terms that are shown as one text spells them.

    Attributes:
        terms: Words, heaviest first, and the kind of each in its text.
        text: Which text.
        together: Whether a word is shown with the rest of its verb.
        shared: Whether the terms are also in other texts, whose surrounding words may be spelt differently.
    """

    terms: Terms
    text: int
    together: bool
    shared: bool = False


def readable(
    asked: Sequence[Asked], vocabulary: Vocabulary, *, text: Callable[[int], str]
) -> list[tuple[str, ...]]:
    """Return the terms to show for each, spelt as in its text; a text is read once for all that need it.

    Args:
        asked: What is shown.
        vocabulary: Joins verbs and knows stop words.
        text: Returns an original text.
    """
    shown: list[tuple[str, ...]] = [()] * len(asked)
    by_text: defaultdict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    for place, each in enumerate(asked):
        words = list(islice(dict.fromkeys(_read(each, vocabulary)), LOOKED_AT))
        if words:
            by_text[each.text].append((place, words))
    for of_text, writing in zip(by_text.values(), fold_together(map(text, by_text)), strict=True):
        written = WrittenText(writing)
        for place, words in of_text:
            spelt = written.spell(words, all_known=asked[place].shared)
            shown[place] = tuple(_first_distinct(filter(None, spelt)))
    return shown


def _first_distinct(terms: Iterator[str]) -> list[str]:
    """Take as many terms as are shown, and look for no more."""
    distinct: dict[str, None] = {}
    while len(distinct) < TERMS and (term := next(terms, None)):
        distinct[term] = None
    return list(distinct)


def _read(asked: Asked, vocabulary: Vocabulary) -> Iterator[str]:
    for word, phrase in zip(*asked.terms, strict=True):
        read = word
        if asked.together and phrase != word:
            verbs = vocabulary.join(phrase.split(" "))
            read = next(verb for verb in verbs if word in verb.split("_"))
        if read not in vocabulary.stop_words:
            yield read.replace("_", " ")


def in_all(lists: Sequence[Terms]) -> Terms:
    """Return the terms that are in every list; all lists have the same order."""
    return reduce(_in_both, lists)


def _in_both(one: Terms, other: Terms) -> Terms:
    kept = set(other[0])
    pairs = [(word, phrase) for word, phrase in zip(*one, strict=True) if word in kept]
    return tuple(word for word, _ in pairs), tuple(phrase for _, phrase in pairs)
