"""moment_reader: dates without an archive."""

from dedup.text.dates.iso_dates import NO_DATE
from dedup.text.dates.moments import moment_reader

MIDNIGHT = 19_730 * 86_400
"""8 January 2024."""


def test_dates_are_read_by_the_recipe() -> None:
    """In the given zone; the day comes first unless the order says so, or the date allows no choice."""
    written = ["2024-01-08", "2024-01-08T00:00:00Z", "08/01/2024", "01/13/2024", "yesterday", ""]

    assert moment_reader("+03:30", "").moments(written).tolist() == [
        MIDNIGHT - 12_600,
        MIDNIGHT,
        MIDNIGHT - 12_600,
        MIDNIGHT + 5 * 86_400 - 12_600,
        NO_DATE,
        NO_DATE,
    ]
    assert moment_reader("", "month").moments(["01/08/2024"]).tolist() == [MIDNIGHT]
