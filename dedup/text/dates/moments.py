"""Dates of single documents -> moments, where no archive tells what stands first in 02/11/2024."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.model.document_batch import StringColumn
from dedup.model.recipe import Recipe
from dedup.model.time_zone import time_zone
from dedup.text.dates.read_dates import DateReader, in_order
from dedup.text.dates.time_line import utc_seconds


class MomentReader:
    """Reads dates as a recipe says; remembers their forms."""

    def __init__(self, recipe: Recipe) -> None:
        self._zone = time_zone(recipe.timezone)
        self._month_first = recipe.date_order == "month"
        self._reader = DateReader(self._zone)

    def moments(self, published: Sequence[str]) -> NDArray[np.int64]:
        """Count the seconds since 1970-01-01 UTC; `NO_DATE` stands for no date.

        Where day and month may change places the day is first, unless the recipe says the month.
        """
        readings = self._reader.read(StringColumn.of(published))
        seconds = in_order(readings, np.full(len(published), self._month_first))
        return utc_seconds(seconds, readings.offsets, self._zone)
