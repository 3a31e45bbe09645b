"""Durations as people write them, `30d`, `12h`, `90m` or `45s` -> seconds."""

from numbers import Real

from dedup.model.errors import SettingError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ALLOWED = "expected a time such as 30d, 12h, 90m or 45s"
_SHORTEST = 0.001
"""Shortest duration in seconds: an index stores milliseconds."""
LONGEST_WAIT = 366 * 86400.0
"""Longest wait in seconds; no call that waits longer is meant."""


def seconds_of(value: object, name: str) -> float:
    """Return the seconds of a duration.

    Args:
        value: A number of seconds, or a text such as `30d`.
        name: Name of the setting, for error messages.

    Raises:
        SettingError: The value is not a duration, or is shorter than a millisecond.
    """
    text = str(value).strip()
    unit = _UNITS.get(text[-1:])
    try:
        seconds = float(text if unit is None else text[:-1]) * (unit or 1)
    except ValueError:
        raise SettingError(name, value, _ALLOWED) from None
    if not _SHORTEST <= seconds < float("inf"):
        raise SettingError(name, value, _ALLOWED)
    return seconds


def seconds_to_wait(value: object, name: str) -> float:
    """Return how long to wait for others.

    Args:
        value: A number of seconds; a call that waits for NaN seconds would never end.
        name: Name of the setting, for error messages.

    Raises:
        SettingError: It is not a number from 0 to a year.
    """
    seconds = float(value) if isinstance(value, Real) and not isinstance(value, bool) else -1.0
    if not 0.0 <= seconds <= LONGEST_WAIT:
        raise SettingError(name, value, "expected a number of seconds, from 0 to a year")
    return seconds
