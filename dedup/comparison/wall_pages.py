"""One text under many unrelated titles: a wall notice or a stub page, not a story that was copied.

Paywalls, cookie notices, log-in and error pages come back in place of many stories. Editors do give one story
several titles, but most of them share a word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from urllib.parse import unquote, urlsplit

from dedup.core.unspaced_scripts import unspaced_units
from dedup.text.fold import fold

type Heading = frozenset[str]
"""Words of a title that tell what it is about; empty if nothing is known."""

LOOKED_AT = 64
"""Documents of one text whose titles are read."""

LEAST, LEAST_OF_ONE_SOURCE = 5, 3
"""Unrelated titles from which a text is no story. No story of the archives that benchmarks/archives.py names
has more than two; a cluster with nineteen titles has five, but half of its titles share a word."""

MOST_RELATED = 0.45
"""Share of pairs of titles that have a common word, at most: of real clusters with many titles it is 0.48 and
more, of titles drawn from one archive 0.02 to 0.45."""

TELLING = 3
"""Letters of a word that relates two titles, at least."""

_WORDS = re.compile(r"[^\W\d_]+")


def heading(title: str, url: str) -> Heading:
    """Return the words of a title, or without one those of the part of an address that has most of them."""
    if title:
        return frozenset(_words(str(fold(title))))
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:  # no address
        return frozenset()
    parts = [" ".join(_WORDS.findall(part.partition(".")[0])) for part in path.split("/")]
    return frozenset(_words(str(fold(max(reversed(parts), key=lambda part: len(part.split()))))))


def unrelated_titles(headings: Iterable[Heading], sources: Iterable[str]) -> int:
    """Count unrelated titles of a text; 0 if they may be those of one story.

    Args:
        headings: Of the documents that have the text; the first `LOOKED_AT` count.
        sources: Of the same documents; a single source gives one story few titles.
    """
    titles = [each for each in dict.fromkeys([*headings][:LOOKED_AT]) if each]
    named = {*sources}
    least = LEAST_OF_ONE_SOURCE if len(named) == 1 and named != {""} else LEAST
    unrelated = count_unrelated(titles)
    return unrelated if unrelated >= least and _related_share(titles) <= MOST_RELATED else 0


def count_unrelated(titles: Iterable[Heading]) -> int:
    """Count titles that share no word with any counted before; empty ones do not count."""
    chosen: list[Heading] = []
    for words in titles:
        if words and all(words.isdisjoint(other) for other in chosen):
            chosen.append(words)
    return len(chosen)


def _related_share(titles: Sequence[Heading]) -> float:
    pairs = [not one.isdisjoint(other) for one, other in combinations(titles, 2)]
    return sum(pairs) / len(pairs) if pairs else 1.0


def _words(folded: str) -> Iterator[str]:
    """Return the words of a title that tell; two letters in a row where words are not spaced."""
    for word in folded.split():
        if any(unspaced_units()[min(ord(letter), 0xFFFF)] for letter in word):
            yield from (one + other for one, other in pairwise(word))
        elif len(word) >= TELLING:
            yield word
