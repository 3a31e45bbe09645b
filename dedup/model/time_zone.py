"""The name of a time zone -> the zone."""

import re
from datetime import UTC, timedelta, timezone, tzinfo

from dedup.model.errors import SettingError

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


def time_zone(name: str) -> tzinfo:
    """Find a time zone.

    Args:
        name: An IANA name ("Asia/Tehran"), an offset ("+03:30"), or empty for UTC.

    Raises:
        SettingError: There is no such zone.
    """
    if name in {"", "UTC"}:
        return UTC
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - most runs need none

    try:
        if offset := _OFFSET.fullmatch(name):
            ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(-ahead if offset[1] == "-" else ahead)
        return ZoneInfo(name)
    except (LookupError, OSError, TypeError, ValueError):
        raise SettingError(
            "timezone", name, "expected a zone such as Asia/Tehran, or an offset such as +03:30"
        ) from None
