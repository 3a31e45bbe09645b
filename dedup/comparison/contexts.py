"""What is known about a pair apart from its texts: dates, sources and titles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from dedup import core
from dedup.model import Document
from dedup.model.recipe import Recipe
from dedup.text.dates.iso_dates import NO_DATE
from dedup.text.dates.moments import moment_reader

type Column = NDArray[np.float64]

SECONDS_IN_AN_HOUR = 3600
UNKNOWN_SOURCE = 0.5
"""Value of `other_source` if a source is unknown: halfway between the same source and different ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Contexts:
    """The contexts of many pairs, one row per pair.

    Attributes:
        hours: float64: hours between the two publication dates, 0 or more; NaN if a date is missing.
        other_source: float64: 1 if the sources differ, 0 if they are the same, 0.5 if one is unknown.
        title: float64: similarity of the titles, 0 to 1; NaN if one is missing.
    """

    hours: Column
    other_source: Column
    title: Column

    @classmethod
    def unknown(cls, pairs: int) -> "Contexts":
        """Return contexts for pairs of which only the texts are known."""
        return cls(np.full(pairs, np.nan), np.full(pairs, UNKNOWN_SOURCE), np.full(pairs, np.nan))

    def where(self, wanted: "NDArray[np.bool_ | np.int64] | slice") -> "Contexts":
        """Return the selected rows."""
        return Contexts(self.hours[wanted], self.other_source[wanted], self.title[wanted])


def joined_contexts(parts: Sequence[Contexts]) -> Contexts:
    """Concatenate contexts."""
    return Contexts(
        np.concatenate([np.empty(0), *(part.hours for part in parts)]),
        np.concatenate([np.empty(0), *(part.other_source for part in parts)]),
        np.concatenate([np.empty(0), *(part.title for part in parts)]),
    )


def contexts_of(left: Sequence[Document], right: Sequence[Document], recipe: Recipe) -> Contexts:
    """Return the contexts of pairs of documents outside an archive; each date is read on its own."""
    sources = [(one.source, other.source) for one, other in zip(left, right, strict=True)]
    return Contexts(
        _hours_between([one.published for one in left], [one.published for one in right], recipe),
        np.array([float(one != other) if one and other else UNKNOWN_SOURCE for one, other in sources]),
        title_likeness([one.title for one in left], [one.title for one in right]),
    )


def _hours_between(one: Sequence[str], other: Sequence[str], recipe: Recipe) -> Column:
    """Return the hours between two dates, given as text; NaN if one is missing or cannot be parsed."""
    hours = np.full(len(one), np.nan)
    dated = [row for row, dates in enumerate(zip(one, other, strict=True)) if all(dates)]
    if dated:
        reader = moment_reader(recipe.timezone, recipe.date_order)
        ours, theirs = reader.moments([side[row] for side in (one, other) for row in dated]).reshape(2, -1)
        apart = np.abs(ours - theirs) / SECONDS_IN_AN_HOUR
        hours[dated] = np.where((ours == NO_DATE) | (theirs == NO_DATE), np.nan, apart)
    return hours


def title_likeness(left: Sequence[str], right: Sequence[str]) -> Column:
    """Compare titles letter by letter, ignoring spaces: Indel similarity of the folded titles.

    Returns:
        float64, 0 to 1, one row per pair; NaN if a title is empty.
    """
    written = list(dict.fromkeys([*left, *right]))
    folded = (title.replace(" ", "") for title in core.fold_texts(written))
    letters = dict(zip(written, folded, strict=True))
    ours, theirs = ([letters[title] for title in side] for side in (left, right))
    likeness: Column = cpdist(ours, theirs, scorer=Indel.normalized_similarity, dtype=np.float64)
    missing = np.array(
        [not one or not other for one, other in zip(ours, theirs, strict=True)], dtype=np.bool_
    )
    return np.where(missing, np.nan, likeness)
