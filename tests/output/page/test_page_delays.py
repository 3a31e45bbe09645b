"""How long after the first of its cluster a member was published."""

from datetime import UTC

from dedup.model.time_zone import time_zone
from dedup.output.page.page_delays import NO_DATE, SAME_TIME, delays

DAY = 86_400
HOUR = 3600


def test_the_first_is_the_earliest_and_the_others_have_minutes() -> None:
    """Also where the representative was published later; one without a date has no delay."""
    assert delays([[9 * HOUR, 8 * HOUR, None], [9 * HOUR, 9 * HOUR + 150]], UTC) == [60, 0, NO_DATE, 0, 2]


def test_a_day_does_not_say_who_was_first_on_it() -> None:
    """The earlier date is midnight: it has no time. The next day came later."""
    assert delays([[DAY, DAY, DAY + 14 * HOUR, 2 * DAY]], UTC) == [0, SAME_TIME, SAME_TIME, 1440]


def test_midnight_is_that_of_the_zone() -> None:
    """20:30 in UTC is midnight in Tehran in winter, and ten hours later is the same day there."""
    midnight = 20 * HOUR + 1800

    assert delays([[midnight, midnight + 10 * HOUR]], time_zone("Asia/Tehran")) == [0, SAME_TIME]
    assert delays([[midnight, midnight + 10 * HOUR]], UTC) == [0, 600]


def test_clusters_without_dates_have_no_delays() -> None:
    """The first too: nobody knows when it was published."""
    assert delays([[None, None]], UTC) == [NO_DATE, NO_DATE]
