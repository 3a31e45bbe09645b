"""Documents that are not compared: too short ones, and wall or stub pages.

They are in no cluster or pair, they are kept, and each has a problem with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

import numpy as np

from dedup.comparison.wall_pages import LEAST_OF_ONE_SOURCE, LOOKED_AT, Heading, heading, unrelated_titles
from dedup.model import Problem, ReportWarning
from dedup.model.errors import quoted
from dedup.model.reason import Reason, ReasonKind
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts, number
from dedup.report.representative import UNDATED

AT_ONCE = 1024
"""Number of texts whose titles are loaded at once."""

A_DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """The texts of an archive that are compared.

    Attributes:
        texts: The compared texts, with their documents.
        problems: The documents that are not compared.
        walls: Texts under unrelated titles, those with most documents first.
    """

    texts: DistinctTexts
    problems: list[Problem]
    walls: list[ReportWarning]


def comparable(archive: Archive, recipe: Recipe) -> Comparable:
    """Set aside documents that cannot be compared, and number the texts of the rest."""
    problems = [
        _problem(archive, row, ReasonKind.TOO_SHORT, int(archive.letters[row]), recipe.min_letters)
        for row in np.flatnonzero(archive.letters < recipe.min_letters).tolist()
    ]
    sort_keys = archive.sort_keys(policy=recipe.representative)
    wanted = archive.letters >= recipe.min_letters
    texts = number(archive.digests, sort_keys, rows=np.flatnonzero(wanted))
    walls = []
    for text, titles in _walls(archive, texts):
        rows = texts.documents(text)
        wanted[rows] = False
        name = archive.ids[rows[0]]
        problems += [_problem(archive, row, ReasonKind.WALL_PAGE, titles) for row in rows]
        reason = (
            f"{len(rows):,} documents have the text of {quoted(name)}, under {titles} unrelated titles: "
            "a wall or stub page, not a story; they are not compared, and all are kept"
        )
        walls.append(ReportWarning("titles", name, len(rows), titles, reason))
    if walls:
        texts = number(archive.digests, sort_keys, rows=np.flatnonzero(wanted))
    return Comparable(texts, problems, sorted(walls, key=lambda wall: (-wall.documents, wall.name)))


def _problem(archive: Archive, row: int, kind: ReasonKind, *values: int) -> Problem:
    return Problem.of(archive.document(row, whole=False), Reason(kind, values), kind=kind.value)


def _walls(archive: Archive, texts: DistinctTexts) -> Iterator[tuple[int, int]]:
    """Return texts that are not stories, and the number of unrelated titles of each."""
    repeated = np.flatnonzero(texts.document_counts >= LEAST_OF_ONE_SOURCE).tolist()
    for some in batched(repeated, AT_ONCE):
        rows = [texts.documents(text)[:LOOKED_AT] for text in some]
        headings = _headings(archive, [row for each in rows for row in each])
        for text, its_rows in zip(some, rows, strict=True):
            its_headings = [headings[row] for row in its_rows]
            sources = [archive.source_names[archive.source_numbers[row]] for row in its_rows]
            if titles := unrelated_titles(its_headings, sources, days=_days(archive, its_rows)):
                yield text, titles


def _days(archive: Archive, rows: list[int]) -> int:
    """Count the days on which some documents were published."""
    dates = archive.dates[rows]
    return np.unique(dates[dates != UNDATED] // A_DAY).size


def _headings(archive: Archive, rows: list[int]) -> dict[int, Heading]:
    titles = dict(zip(rows, archive.titles(rows), strict=True))
    untitled = [row for row in rows if not titles[row]]
    urls = dict(zip(untitled, archive.urls(untitled), strict=True))
    return {row: heading(title, urls.get(row, "")) for row, title in titles.items()}
