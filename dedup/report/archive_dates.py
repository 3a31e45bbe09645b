"""The dates of an archive, and whether its sources write the day or the month first."""

from collections.abc import Sequence
from datetime import UTC, tzinfo

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn
from dedup.model.report import DateOrder
from dedup.report.representative import UNDATED
from dedup.text.dates.iso_dates import NO_DATE
from dedup.text.dates.read_dates import DateReader
from dedup.text.dates.time_line import utc_seconds
from dedup.text.dates.zone_names import SHARED, UNKNOWN, SharedName

type Numbers = NDArray[np.int64]


class ArchiveDates:
    """Collects the dates of a run batch by batch.

    A date whose day and month could be swapped is ambiguous; one with 13 to 31 in either place proves the
    order of its source. A source without proof, or with equally many of each kind, follows the archive.
    """

    def __init__(self, *, zone: tzinfo = UTC, order: str = "archive") -> None:
        """Begin without dates.

        Args:
            zone: Time zone of dates that do not name one.
            order: `day` or `month`, whichever comes first; `archive` for the order that the dates prove.
        """
        self._zone = zone
        self._order = order
        self._reader = DateReader(zone)
        self._zones = np.zeros(UNKNOWN + 1, dtype=np.int64)
        self._rows = 0
        nothing = np.empty(0, dtype=np.int64)
        self._dates = [nothing]
        self._either = [np.empty((4, 0), dtype=np.int64)]

    def add(self, published: StringColumn, sources: Numbers) -> None:
        """Add the dates of a batch, and the source number of each."""
        readings = self._reader.read(published)
        self._zones += np.bincount(readings.shared, minlength=self._zones.size)
        dates = utc_seconds(readings.day_first, readings.offsets, self._zone)
        rows = np.flatnonzero(readings.day_first != readings.month_first)
        month_first = utc_seconds(readings.month_first[rows], readings.offsets[rows], self._zone)
        self._either.append(np.stack((self._rows + rows, sources[rows], dates[rows], month_first)))
        self._dates.append(np.where(published.lengths == 0, UNDATED, dates))
        self._rows += len(published)

    def settle(self, sources: Sequence[str]) -> tuple[Numbers, Numbers, tuple[DateOrder, ...]]:
        """Decide whether day or month comes first in ambiguous dates.

        Args:
            sources: The names of the sources, by number.

        Returns:
            int64, one value per document: seconds since 1970-01-01 UTC, `UNDATED` for none. Then the rows
                whose date cannot be read, and the order chosen for ambiguous dates, by source.
        """
        dates = np.concatenate(self._dates)
        rows, source, day_first, month_first = np.concatenate(self._either, axis=1)
        proofs = [
            np.bincount(source[other == NO_DATE], minlength=len(sources))
            for other in (month_first, day_first)
        ]
        opened = np.bincount(
            source[(day_first != NO_DATE) & (month_first != NO_DATE)], minlength=len(sources)
        )
        by_archive = int(np.sign(proofs[0].sum() - proofs[1].sum()))
        by_source = np.sign(proofs[0] - proofs[1])
        order = np.where(by_source != 0, by_source, by_archive)  # 1 day first, -1 month first, 0 unknown
        if self._order != "archive":
            order[:] = 1 if self._order == "day" else -1
        takes_month = (day_first == NO_DATE) | ((order[source] < 0) & (month_first != NO_DATE))
        dates[rows] = np.where(takes_month, month_first, day_first)
        orders = [
            DateOrder(
                name,
                "month" if order[number] < 0 else "day",
                self._proof(int(by_source[number]), sum(int(proof.sum() > 0) for proof in proofs)),
                int(opened[number]),
                int(proofs[0][number]),
                int(proofs[1][number]),
            )
            for number, name in enumerate(sources)
            if opened[number]
        ]
        unread = np.flatnonzero(dates == NO_DATE)
        dates[unread] = UNDATED
        return dates, unread, tuple(sorted(orders, key=lambda each: (-each.dates, each.source)))

    def assumed_zones(self) -> tuple[tuple[SharedName, int], ...]:
        """Count the dates by the zone's name, where several zones have it and one was assumed."""
        counts = zip(SHARED, self._zones[1:UNKNOWN].tolist(), strict=True)
        return tuple((name, count) for name, count in counts if count)

    def unknown_zones(self) -> tuple[str, int]:
        """Return the abbreviation of an unknown zone, and the number of dates with any such zone."""
        return self._reader.unknown_zone, int(self._zones[UNKNOWN])

    def _proof(self, by_source: int, orders: int) -> str:
        if self._order != "archive":
            return "setting"
        return "source" if by_source else "archive" if orders == 1 else "none"
