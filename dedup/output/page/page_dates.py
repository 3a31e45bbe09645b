"""Convert dates to the minutes that the page shows."""

from collections.abc import Sequence
from datetime import UTC

import numpy as np

from dedup.model import Report
from dedup.model.document_batch import StringColumn
from dedup.model.time_zone import time_zone
from dedup.output.page.page_packing import Json
from dedup.text.dates.iso_dates import NO_DATE
from dedup.text.dates.read_dates import DateReader, in_order
from dedup.text.dates.time_line import local_seconds, utc_seconds

FIRST_MINUTE = -135_140 * 1440
"""1600-01-01 in minutes since 1970-01-01, from which the page counts: all dates are above 0."""


class PageDates:
    """Reads dates as the report did.

    The page shows local times of publication, so that a search for a day finds what appeared on that day. If
    the recipe has a time zone, times are shown in that zone.
    """

    def __init__(self, report: Report) -> None:
        self._zone = time_zone(report.recipe.timezone) if report.recipe.timezone else None
        self._month_first = {order.source for order in report.date_orders if order.first == "month"}
        self._reader = DateReader(self._zone or UTC)

    def span(self, seconds: tuple[int, int] | None) -> list[Json] | None:
        """Convert a first and a last time in seconds since 1970-01-01 UTC; None stays None."""
        if seconds is None:
            return None
        local = np.array(seconds, dtype=np.int64)
        if self._zone:
            local = local_seconds(local, self._zone)
        return [*(local // 60 - FIRST_MINUTE).tolist()]

    def moments(self, published: Sequence[str], sources: Sequence[str]) -> list[int]:
        """Return the minutes from 1600-01-01 00:00 to each date; 0 for no date."""
        readings = self._reader.read(StringColumn.of(published))
        month = np.array([source in self._month_first for source in sources], dtype=np.bool_)
        seconds = in_order(readings, month)
        if self._zone:
            seconds = local_seconds(utc_seconds(seconds, readings.offsets, self._zone), self._zone)
        moments: list[int] = np.where(seconds == NO_DATE, 0, seconds // 60 - FIRST_MINUTE).tolist()
        return moments
