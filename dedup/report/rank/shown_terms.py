"""The kernel's terms -> terms for display: multi-word verbs joined, auxiliaries dropped."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice

from dedup.core.term_weights import Terms
from dedup.report.rank.stop_words import Vocabulary
from dedup.text.written_words import as_written

TERMS = 6
"""Maximum number of terms shown of each kind."""

LOOKED_AT = 2 * TERMS
"""Number of heaviest terms considered for display: a verb uses several."""


def readable(
    terms: Terms, vocabulary: Vocabulary, *, text: str, together: bool, shared: bool = False
) -> tuple[str, ...]:
    """Return the terms to show, spelt as in the text.

    Args:
        terms: Words, heaviest first, and the kind of each in its text.
        vocabulary: Joins verbs and knows stop words.
        text: The original text.
        together: Whether a word is shown with the rest of its verb.
        shared: Whether the terms are also in other texts, whose surrounding words may be spelt differently.
    """
    read = list(islice(dict.fromkeys(_read(terms, vocabulary, together=together)), LOOKED_AT))
    return tuple(islice(dict.fromkeys(filter(None, as_written(text, read, all_known=shared))), TERMS))


def _read(terms: Terms, vocabulary: Vocabulary, *, together: bool) -> Iterator[str]:
    for word, phrase in zip(*terms, strict=True):
        read = word
        if together and phrase != word:
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
