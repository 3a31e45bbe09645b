"""Sequences of records that are made on request."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

AT_ONCE = 512
"""Number of records made at once."""


class LazyRows[T](Sequence[T]):
    """Records that are made on request: equal to a tuple of them, and pickled as one."""

    __slots__ = ()

    @abstractmethod
    def records(self, start: int, stop: int) -> Sequence[T]:
        """Make the records of the rows from `start` up to but excluding `stop`."""

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        rows = range(len(self))[place]  # raises IndexError as a tuple does
        if isinstance(rows, int):
            return self.records(rows, rows + 1)[0]
        if rows.step == 1:
            return tuple(self.records(rows.start, rows.stop))
        return tuple(self[row] for row in rows)

    def __iter__(self) -> Iterator[T]:
        for start in range(0, len(self), AT_ONCE):
            yield from self.records(start, min(start + AT_ONCE, len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | LazyRows):
            return NotImplemented
        return len(self) == len(other) and all(
            ours == theirs for ours, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self):,} records: {self[0]!r}, ...>" if len(self) > 1 else repr(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[tuple[T, ...]]]:
        """Pickle the records themselves: their source may be open files."""
        return tuple, (tuple(self),)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChosenRows[T](LazyRows[T]):
    """A selection of records, in its own order.

    Attributes:
        source: All records.
        places: Indices of the chosen ones.
    """

    source: Sequence[T]
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.places)

    def records(self, start: int, stop: int) -> list[T]:
        """Return some of the chosen records."""
        return [self.source[place] for place in self.places[start:stop]]
