"""Joined pairs by the names of their texts, and what they are clustered to; no tests in here."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.report.cluster import cluster
from dedup.report.join_graph import NOBODY, Joins
from dedup.report.representative import UNDATED


class Join(NamedTuple):
    """A pair that joins, by the names of its texts, and the one that contains the other.

    Where `drops_left` is None it is as `drops`.
    """

    left: str
    right: str
    container: str | None = None
    jaccard: float = 0.5
    containment: float = 0.6
    drops: bool = True
    drops_left: bool | None = None

    @property
    def spares(self) -> tuple[bool, bool]:
        """Whether the left text can be dropped for the right, and the right for the left."""
        return self.drops if self.drops_left is None else self.drops_left, self.drops


class Star(NamedTuple):
    """A representative and its members, by name."""

    representative: str
    members: tuple[str, ...]


ROUNDUP = (Join("a", "r", container="r"), Join("b", "r", container="r"))


def clustered(
    *joins: Join,
    lengths: Mapping[str, int] | None = None,
    published: Mapping[str, int] | None = None,
    related: Sequence[tuple[str, str]] = (),
    copied: Sequence[str] = (),
    old: Sequence[str] = (),
) -> tuple[list[Star], set[str]]:
    """Cluster joins; texts have 100 letters by default, and joined pairs are related.

    Texts are numbered by date, then length, then name; stars and members come back by name, and what can be
    dropped.
    """
    names = {*copied, *(name for join in joins for name in (join.left, join.right))}
    dates, length = published or {}, dict.fromkeys(names, 100) | dict(lengths or {})
    order = sorted(names, key=lambda name: (dates.get(name, UNDATED), -length[name], name))
    numbers = {name: number for number, name in enumerate(order)}

    def column(wanted: Iterable[str | None]) -> NDArray[np.int64]:
        return np.array([NOBODY if name is None else numbers[name] for name in wanted], dtype=np.int64)

    every = [*related, *((join.left, join.right) for join in joins)]
    stars = cluster(
        Joins(
            *(column(join[place] for join in joins) for place in range(3)),
            np.array([join.jaccard for join in joins], dtype=np.float64),
            np.array([join.containment for join in joins], dtype=np.float64),
            np.array([join.drops for join in joins], dtype=np.bool_),
            np.array([join.spares[0] for join in joins], dtype=np.bool_),
        ),
        related=(column(left for left, _ in every), column(right for _, right in every)),
        dates=np.array([dates.get(name, UNDATED) for name in order], dtype=np.int64),
        copied=column(copied),
        old=np.array([name in old for name in order], dtype=np.bool_),
    )
    by_name = [[order[text] for text in star] for star in stars.texts()]
    found = sorted(Star(first, tuple(sorted(members))) for first, *members in by_name)
    return found, {order[text] for text in stars.dropped.tolist()}


def stars_of(*joins: Join, **given: Any) -> list[Star]:  # noqa: ANN401 - as `clustered` takes them
    """Return the stars alone."""
    return clustered(*joins, **given)[0]


def members_of(stars: Sequence[Star]) -> dict[str, tuple[str, ...]]:
    """Members by representative."""
    return {star.representative: star.members for star in stars}


NAMES = st.sampled_from("abcdefg")
PAIRS = st.sampled_from([*combinations("abcdefg", 2)])
MEASURES = st.tuples(
    st.sampled_from(["left", "right", None]),
    st.sampled_from([0.3, 0.8, 0.9]),
    st.sampled_from([0.6, 1.0]),
    st.booleans(),
    st.booleans(),
)
EDGES = st.dictionaries(PAIRS, MEASURES, max_size=14).map(
    lambda measured: [
        Join(left, right, container and {"left": left, "right": right}[container], *rest)
        for (left, right), (container, *rest) in measured.items()
    ]
)
DATES = st.dictionaries(NAMES, st.integers(1, 3))
