"""Recognise wall pages: one text under many unrelated titles is a notice or stub, not a copied story.

Paywalls, cookie notices, log-in and error pages are returned in place of many stories. Editors also publish
one story under several titles, but most of these share a word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from urllib.parse import unquote, urlsplit

from dedup.core.unspaced_scripts import unspaced_units
from dedup.text.fold import fold

type Heading = frozenset[str]
"""Significant words of a title; empty if there is no title."""

LOOKED_AT = 64
"""Maximum number of documents with one text whose titles are read."""

LEAST, LEAST_OF_ONE_SOURCE = 5, 3
"""Minimum number of unrelated titles of a wall page. In the archives named in benchmarks/archives.py, stories
have at most two unrelated titles; one cluster with nineteen titles has five, but half of its titles share a
word."""

MOST_RELATED = 0.45
"""Maximum fraction of pairs of titles with a word in common. It is at least 0.48 for real clusters with many
titles, and 0.02 to 0.45 for titles drawn at random from one archive."""

DAYS = 5
"""Minimum number of days on which a source published one text, under at least as many titles, for the text to
be a wall page even if the titles are related: they may share a name that is often in the news. No story of
those archives has three unrelated titles on five days."""

SIGNIFICANT, SIGNIFICANT_WITHOUT_CASE = 4, 3
"""Minimum length in letters of a word that relates two titles, where letters have case and where they have
none. Shorter ones are mostly articles and prepositions; Arabic and Hebrew write words with fewer letters."""

_WORDS = re.compile(r"[^\W\d_]+")
_HIRAGANA = re.compile("[\u3041-\u309f]{2}")
"""Two letters in which Japanese writes endings and particles."""


def heading(title: str, url: str) -> Heading:
    """Return the words of a title; without one, those of the part of the URL that has most words."""
    if title:
        return frozenset(_words(str(fold(title))))
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:  # not a URL
        return frozenset()
    parts = [" ".join(_WORDS.findall(part.partition(".")[0])) for part in path.split("/")]
    return frozenset(_words(str(fold(max(reversed(parts), key=lambda part: len(part.split()))))))


def unrelated_titles(headings: Iterable[Heading], sources: Iterable[str], *, days: int = 0) -> int:
    """Count the unrelated titles of a text; 0 if they could all be titles of one story.

    Args:
        headings: Headings of the documents with this text; only the first `LOOKED_AT` count.
        sources: Sources of these documents. A single source publishes one story under few titles, so fewer
            unrelated titles are enough.
        days: Number of days on which they were published; 0 if that is not known.
    """
    titles = [each for each in dict.fromkeys([*headings][:LOOKED_AT]) if each]
    named = {*sources}
    is_one = len(named) == 1 and named != {""}
    unrelated = count_unrelated(titles)
    if unrelated < (LEAST_OF_ONE_SOURCE if is_one else LEAST):
        return 0
    returns = is_one and min(days, len(titles)) >= DAYS
    return unrelated if returns or _related_share(titles) <= MOST_RELATED else 0


def count_unrelated(titles: Iterable[Heading]) -> int:
    """Count the titles that share no word with one already counted; empty ones do not count."""
    chosen: list[Heading] = []
    for words in titles:
        if words and all(words.isdisjoint(other) for other in chosen):
            chosen.append(words)
    return len(chosen)


def _related_share(titles: Sequence[Heading]) -> float:
    pairs = [not one.isdisjoint(other) for one, other in combinations(titles, 2)]
    return sum(pairs) / len(pairs) if pairs else 1.0


def _words(folded: str) -> Iterator[str]:
    """Return the significant words of a title; in unspaced scripts, pairs of letters that are no endings."""
    for word in folded.split():
        if any(unspaced_units()[min(ord(letter), 0xFFFF)] for letter in word):
            pairs = (one + other for one, other in pairwise(word))
            yield from (pair for pair in pairs if not _HIRAGANA.fullmatch(pair))
        elif len(word) >= (SIGNIFICANT if word.islower() else SIGNIFICANT_WITHOUT_CASE):
            yield word
