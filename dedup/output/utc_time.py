"""A moment as a person or a program reads it."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_time(moment: int | None) -> datetime | None:
    """Return the time of a moment, in seconds since 1970-01-01 UTC; None stays."""
    return None if moment is None else _EPOCH + timedelta(seconds=moment)


def iso_time(moment: int | None) -> str | None:
    """Write a moment as 2024-01-08T05:30:00Z; None stays."""
    when = utc_time(moment)
    return None if when is None else when.isoformat().removesuffix("+00:00") + "Z"
