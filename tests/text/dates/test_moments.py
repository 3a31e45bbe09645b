"""MomentReader: dates without an archive."""

from dedup.model.recipe import Recipe
from dedup.text.dates.iso_dates import NO_DATE
from dedup.text.dates.moments import MomentReader

MIDNIGHT = 19_730 * 86_400
"""8 January 2024."""


def test_dates_are_read_by_the_recipe() -> None:
    """In its zone; the day is first unless it says the month, or the date allows no choice."""
    written = ["2024-01-08", "2024-01-08T00:00:00Z", "08/01/2024", "01/13/2024", "yesterday", ""]

    assert MomentReader(Recipe(timezone="+03:30")).moments(written).tolist() == [
        MIDNIGHT - 12_600,
        MIDNIGHT,
        MIDNIGHT - 12_600,
        MIDNIGHT + 5 * 86_400 - 12_600,
        NO_DATE,
        NO_DATE,
    ]
    assert MomentReader(Recipe(date_order="month")).moments(["01/08/2024"]).tolist() == [MIDNIGHT]
