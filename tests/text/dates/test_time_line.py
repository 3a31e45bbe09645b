"""Clock times of many zones on one time line."""

import numpy as np
import pytest

from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.model.time_zone import time_zone
from dedup.text.dates.iso_dates import NO_DATE, NO_ZONE
from dedup.text.dates.time_line import local_seconds, utc_seconds

NIGHT = 19_730 * 86_400
"""8 January 2024, midnight."""


def moments(*times: tuple[int, int], zone: str = "") -> list[int]:
    """Put clock times and their offsets on the time line."""
    seconds, offsets = np.array(times, dtype=np.int64).T
    return utc_seconds(seconds, offsets, time_zone(zone)).tolist()


def test_an_offset_is_taken_off() -> None:
    """A clock ahead of UTC shows a time that is still to come there; without an offset it is UTC."""
    assert moments((NIGHT, 12_600), (NIGHT, -3600), (NIGHT, NO_ZONE), (NO_DATE, 0)) == [
        NIGHT - 12_600,
        NIGHT + 3600,
        NIGHT,
        NO_DATE,
    ]


@pytest.mark.parametrize("zone", ["Asia/Tehran", "+03:30", "+0330"])
def test_a_zone_is_for_dates_without_an_offset(zone: str) -> None:
    """A date that names its own keeps it."""
    assert moments((NIGHT, NO_ZONE), (NIGHT, 0), (NO_DATE, NO_ZONE), zone=zone) == [
        NIGHT - 12_600,
        NIGHT,
        NO_DATE,
    ]


def test_a_zone_has_its_summer_time() -> None:
    """Berlin is an hour ahead of UTC in January 2024, two in July, 182 days later."""
    july = NIGHT + 182 * 86_400

    assert moments((NIGHT, NO_ZONE), (july, NO_ZONE), zone="Europe/Berlin") == [NIGHT - 3600, july - 7200]


def test_an_hour_that_comes_twice_is_the_first() -> None:
    """02:30 on 27 October 2024 in Berlin, 19,730 + 293 days after 1970, first comes in summer time."""
    twice = NIGHT + 293 * 86_400 + 9000

    assert moments((twice, NO_ZONE), zone="Europe/Berlin") == [twice - 7200]


def test_the_clock_of_a_zone_is_told() -> None:
    """Midnight in UTC is half past three in Tehran; no date stays none."""
    found = local_seconds(np.array([NIGHT, NO_DATE]), time_zone("Asia/Tehran"))

    assert found.tolist() == [NIGHT + 12_600, NO_DATE]


def test_no_dates_have_no_moments() -> None:
    """An empty batch."""
    nothing = np.empty(0, dtype=np.int64)

    assert utc_seconds(nothing, nothing, time_zone("Asia/Tehran")).size == 0
    assert local_seconds(nothing, time_zone("Asia/Tehran")).size == 0


@pytest.mark.parametrize(
    "name", ["Tehran", "Asia", "../../etc/passwd", "/etc/localtime", "+25:00", "UTC+3", "\x00"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    """With what could be meant, when the recipe is made."""
    with pytest.raises(SettingError, match="Asia/Tehran"):
        Recipe(timezone=name)


def test_an_order_of_dates_is_one_of_three() -> None:
    """Others are refused when the recipe is made."""
    with pytest.raises(SettingError, match="archive, day, month"):
        Recipe(date_order="year")
