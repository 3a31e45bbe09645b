"""Parse dates of single documents, without an archive that shows whether day or month comes first."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn
from dedup.model.time_zone import time_zone
from dedup.text.dates.read_dates import DateReader, in_order
from dedup.text.dates.time_line import utc_seconds


class MomentReader:
    """Reads dates, and caches their forms; threads may share it.

    Args:
        timezone: See `Recipe.timezone`.
        date_order: See `Recipe.date_order`.
    """

    def __init__(self, timezone: str, date_order: str) -> None:
        self._zone = time_zone(timezone)
        self._month_first = date_order == "month"
        self._reader = DateReader(self._zone)

    def moments(self, published: Sequence[str]) -> NDArray[np.int64]:
        """Return seconds since 1970-01-01 UTC, `NO_DATE` for no date.

        If day and month may be swapped, the day comes first unless the recipe says otherwise.
        """
        readings = self._reader.read(StringColumn.of(published))
        seconds = in_order(readings, np.full(len(published), self._month_first))
        return utc_seconds(seconds, readings.offsets, self._zone)


@lru_cache(8)
def moment_reader(timezone: str, date_order: str) -> MomentReader:
    """Return the shared reader for these settings, with its cached forms."""
    return MomentReader(timezone, date_order)
