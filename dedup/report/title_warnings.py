"""Texts that stand under unrelated titles: a wall notice or a stub page, rather than one story copied."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from dedup.core.numpy_fold import unspaced_units
from dedup.model import ReportWarning
from dedup.model.errors import quoted
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.text.fold import fold

TITLES_LEAST = 5
"""Unrelated titles of one text that are worth a warning. Editors do give a story other titles, but most of
them share a word: no text of nine real archives in seven languages has five."""

LOOKED_AT = 64
"""Documents of one text whose titles are read."""

TELLING = 3
"""Letters of a word that relates two titles, at least."""


def title_warnings(archive: Archive, texts: DistinctTexts) -> list[ReportWarning]:
    """Warn of texts that stand under unrelated titles, those of most documents first."""
    found = []
    for text in np.flatnonzero(texts.document_counts >= TITLES_LEAST).tolist():
        rows = texts.documents(text)
        titles = count_unrelated(archive.titles(rows[:LOOKED_AT]))
        if titles >= TITLES_LEAST:
            name = archive.ids[rows[0]]
            reason = (
                f"{len(rows):,} documents have the text of {quoted(name)}, under {titles} unrelated titles: "
                "hardly one story"
            )
            found.append(ReportWarning("titles", name, len(rows), titles, reason))
    return sorted(found, key=lambda warning: (-warning.documents, warning.name))


def count_unrelated(titles: Iterable[str]) -> int:
    """Count titles that share no word with any counted before; empty ones do not count."""
    chosen: list[set[str]] = []
    for title in dict.fromkeys(titles):
        words = {*_words(str(fold(title)))}
        if words and all(words.isdisjoint(other) for other in chosen):
            chosen.append(words)
    return len(chosen)


def _words(folded: str) -> Iterator[str]:
    """Give the words of a title that tell; two letters in a row where words are not spaced."""
    for word in folded.split():
        if any(unspaced_units()[min(ord(letter), 0xFFFF)] for letter in word):
            yield from (one + other for one, other in pairwise(word))
        elif len(word) >= TELLING:
            yield word
