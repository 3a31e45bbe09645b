"""Convert moments to UTC times."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_time(moment: int | None) -> datetime | None:
    """Convert seconds since 1970-01-01 UTC to a time; None stays None."""
    return None if moment is None else _EPOCH + timedelta(seconds=moment)


def iso_time(moment: int | None) -> str | None:
    """Format seconds since 1970-01-01 UTC as 2024-01-08T05:30:00Z; None stays None."""
    when = utc_time(moment)
    return None if when is None else when.isoformat().removesuffix("+00:00") + "Z"
