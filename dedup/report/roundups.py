"""Find roundups: texts that contain several unrelated stories."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dedup.report.join_graph import NOBODY, Joins
from dedup.report.representative import UNDATED

type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Roundups:
    """Texts that contain two or more unrelated others, and are not known to be older than all of them.

    Attributes:
        stories: Texts contained in each roundup, by its number.
        related: Pairs of related stories, the lower number first.
        dates: Publication time of each text, by number.
    """

    stories: dict[int, set[int]]
    related: set[tuple[int, int]]
    dates: Numbers

    def fuses(self, text: int, stories: Iterable[int]) -> bool:
        """Whether a text would fuse some of its stories: two of them are unrelated, and one text is newer."""
        some = sorted(stories)
        unrelated = any(pair not in self.related for pair in combinations(some, 2))
        return unrelated and not _oldest(text, some, self.dates)


def find_roundups(joins: Joins, *, related: tuple[Numbers, Numbers], dates: Numbers) -> Roundups:
    """Find the roundups among texts, see `cluster` for the arguments."""
    containing = joins.container != NOBODY
    containers = joins.container[containing]
    contained = joins.left[containing] + joins.right[containing] - containers
    parts: dict[int, set[int]] = {}
    for container, part in zip(containers.tolist(), contained.tolist(), strict=True):
        parts.setdefault(container, set()).add(part)
    several = {container: stories for container, stories in parts.items() if len(stories) > 1}
    roundups = Roundups(several, _related_among(set().union(*several.values()), *related), dates)
    fusing = {text: stories for text, stories in several.items() if roundups.fuses(text, stories)}
    return Roundups(fusing, roundups.related, dates)


def _related_among(texts: set[int], left: Numbers, right: Numbers) -> set[tuple[int, int]]:
    """Choose the pairs whose texts are both selected, the lower number first."""
    wanted = np.fromiter(texts, dtype=np.int64, count=len(texts))
    both = np.isin(left, wanted) & np.isin(right, wanted)
    lower, upper = np.minimum(left[both], right[both]), np.maximum(left[both], right[both])
    return set(zip(lower.tolist(), upper.tolist(), strict=True))


def _oldest(text: int, others: Iterable[int], dates: Numbers) -> bool:
    """Whether a text is known to be older than all the others, which are then excerpts of it."""
    date = int(dates[text])
    return date != UNDATED and all(date < dates[other] != UNDATED for other in others)
