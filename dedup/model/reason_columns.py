"""The reasons of many pairs as columns, one per kind; records are made on request."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dedup.model.measures import ExchangedFact
from dedup.model.reason import Reason, ReasonKind, Value

if TYPE_CHECKING:  # numpy takes a tenth of a second
    import numpy as np
    from numpy.typing import NDArray


class ReasonColumn(NamedTuple):
    """One kind of reason.

    Attributes:
        kind: The kind.
        rows: int64: rows of the pairs with such a reason, ascending.
        values: The items of `Reason.values` as columns over these rows: int64 for numbers; a plain string for
            a value that is the same in all rows.
    """

    kind: ReasonKind
    rows: "NDArray[np.int64]"
    values: "tuple[str | NDArray[np.int64] | Iterable[Value], ...]" = ()

    def each(self) -> Iterator[tuple[Value, ...]]:
        """Return the values of each reason."""
        size = len(self.rows)
        if not self.values:
            return repeat((), size)
        return zip(*(_items(column, size) for column in self.values), strict=True)


def _items(column: "str | NDArray[np.int64] | Iterable[Value]", size: int) -> Iterable[Value]:
    if isinstance(column, str):
        return repeat(column, size)
    return column.tolist() if hasattr(column, "tolist") else column


def reasons_of(columns: Iterable[ReasonColumn], pairs: int) -> list[tuple[Reason, ...]]:
    """Make the reasons of each pair, in the order of the columns.

    Args:
        columns: Every kind of reason.
        pairs: Number of pairs.
    """
    reasons: list[list[Reason]] = [[] for _ in range(pairs)]
    for column in columns:
        make = Reason if Reason(column.kind).names_words else _known
        for row, values in zip(column.rows.tolist(), column.each(), strict=True):
            reasons[row].append(make(column.kind, values))
    return list(map(tuple, reasons))


@lru_cache(maxsize=1 << 15)
def _known(kind: ReasonKind, values: tuple[Value, ...]) -> Reason:
    """Make a reason that a large report repeats."""
    return Reason(kind, values)


class Explanations(Protocol):
    """Source of the reasons and changed facts of the rows of a report, from `start` to before `stop`."""

    def reasons(self, start: int, stop: int) -> Sequence[ReasonColumn]:
        """Return the reasons; their rows are counted from `start`."""

    def changes(self, start: int, stop: int) -> Sequence[tuple[ExchangedFact, ...]]:
        """Return the facts in which copies differ, row by row."""
