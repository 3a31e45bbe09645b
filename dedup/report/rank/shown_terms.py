"""The kernel's terms -> what people read: verbs put together, auxiliaries left out."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice

from dedup.core.term_weights import Terms
from dedup.report.rank.stop_words import Vocabulary
from dedup.text.written_words import as_written

TERMS = 6
"""Terms shown of each kind."""

LOOKED_AT = 2 * TERMS
"""Heaviest terms that are examined for being shown: a verb takes more than one."""


def readable(
    terms: Terms, vocabulary: Vocabulary, *, text: str, together: bool, shared: bool = False
) -> tuple[str, ...]:
    """Give the terms to show, spelt as the text spells them.

    Args:
        terms: Words, the heaviest first, and how each is read in its text.
        vocabulary: Puts verbs together and knows what says nothing.
        text: As it was written.
        together: Whether a word is shown with the rest of the verb it is part of.
        shared: Whether other texts have the terms too, which may spell what is around them in another way.
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
    """Give the terms that stand in every list; the lists agree in their order."""
    return reduce(_in_both, lists)


def _in_both(one: Terms, other: Terms) -> Terms:
    kept = set(other[0])
    pairs = [(word, phrase) for word, phrase in zip(*one, strict=True) if word in kept]
    return tuple(word for word, _ in pairs), tuple(phrase for _, phrase in pairs)
