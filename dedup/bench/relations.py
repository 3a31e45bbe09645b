"""Look up how a report, or another tool, relates pairs of a sample, many pairs at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.int64]


class Relations:
    """The groups that stories of a sample are in, and the pairs that are listed as well."""

    def __init__(
        self, names: Sequence[str], *, groups: Iterable[Sequence[str]], listed: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Number the stories.

        Args:
            names: Ids of all stories, by row.
            groups: Ids of stories that are together. A story may be in several groups.
            listed: Pairs of ids.
        """
        self._rows = {name: row for row, name in enumerate(names)}
        self._group = np.full(len(names), -1, dtype=np.int64)
        pairs = [(self._rows[left], self._rows[right]) for left, right in listed]
        for number, group in enumerate(groups):
            rows = [self._rows[name] for name in group]
            again = [row for row in rows if self._group[row] >= 0]
            pairs += [(row, other) for row in again for other in rows if other != row]
            fresh = [row for row in rows if self._group[row] < 0]
            self._group[fresh] = number
        self._pairs = np.unique(np.array([self._key(*pair) for pair in pairs], dtype=np.int64))

    def _key(self, left: int, right: int) -> int:
        return min(left, right) * self._group.size + max(left, right)

    def holds(self, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
        """Tell of pairs of rows, left below right, which are together or listed."""
        together = (self._group[left] == self._group[right]) & (self._group[left] >= 0)
        listed: NDArray[np.bool_] = np.isin(left * self._group.size + right, self._pairs)
        either: NDArray[np.bool_] = together | listed
        return either


def shown_by(report: Mapping[str, Any], names: Sequence[str]) -> Relations:
    """Read the relations that a report in JSON shows: clusters, series, and pairs with a verdict."""
    groups = [[member["id"] for member in group["members"]] for group in _groups(report)]
    return Relations(names, groups=groups, listed=((each["left"], each["right"]) for each in report["pairs"]))


def joined_by(report: Mapping[str, Any], names: Sequence[str]) -> Relations:
    """Read the clusters of a report in JSON."""
    groups = [[member["id"] for member in cluster["members"]] for cluster in report["clusters"]]
    return Relations(names, groups=groups)


def _groups(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*report["clusters"], *report["series"]]
