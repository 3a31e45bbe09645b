"""Every error that this package raises deliberately.

DedupError
├── SettingError         a setting of the recipe or the command is out of range
├── ReadingError         an input that cannot be read at all
├── WritingError         a result cannot be written
├── EngineError          Spark is missing or too old, or an executor failed
├── WorkFolderError      a work folder belongs to another run, is damaged, or its disk is full
├── IndexFileError       a file is not an index, is damaged, or has a newer version
│   └── RecipeMismatchError  the index was built with other settings
├── IndexWriteError      the index could not be written; nothing of the request is in it
├── IndexBusyError       another process kept the index locked for too long
├── ClockError           the machine's clock contradicts the timestamps of an index
├── TicketError          no story of the index is on hold under this ticket
└── IndexServerError     the server of a shared index is unreachable, refused a request, or disconnected
"""

from datetime import UTC, datetime, timedelta

QUOTED = 100
"""Maximum number of characters of external text quoted in a message."""


def quoted(text: str) -> str:
    """Return the `repr` of a text, cut to `QUOTED` characters: a hostile id may have a million."""
    return repr(text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}\u2026")


def _brief(value: object) -> str:
    """Return the `repr` of a value, cut likewise: weights have sixty numbers."""
    shown = repr(value)
    return shown if len(shown) <= QUOTED else f"{shown[: QUOTED - 1]}\u2026"


class DedupError(Exception):
    """Base class: catch it to catch every error that this package raises deliberately."""


class SettingError(DedupError, ValueError):
    """A setting is out of range."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(f"{name}={_brief(value)} is not usable: {allowed}")


class ReadingError(DedupError):
    """An input cannot be read; reading other inputs continues."""


class WritingError(DedupError):
    """A result cannot be written to its destination."""


class EngineError(DedupError):
    """Spark cannot run, or an executor cannot do its work."""


class WorkFolderError(DedupError):
    """A work folder cannot be used; its content is kept."""


class IndexFileError(DedupError):
    """A file cannot be used as an index; it was not modified."""


class RecipeMismatchError(IndexFileError):
    """A stored index and the current settings give results that cannot be compared."""

    def __init__(self, field: str, stored: object, wanted: object) -> None:
        super().__init__(
            f"the index was built with {field}={_brief(stored)}, this run asks for {_brief(wanted)}; "
            "use the stored value or rebuild with `dedup index rebuild`"
        )


class IndexWriteError(DedupError):
    """The index could not be written; its content is unchanged."""


class IndexBusyError(DedupError):
    """Another process kept the index locked for too long."""


class TicketError(DedupError):
    """No story of the index is on hold under this ticket; nothing was kept or released."""

    def __init__(self, place: str, ticket: object, fault: str) -> None:
        super().__init__(f"{place}: ticket {quoted(str(ticket))}: {fault}")


class ClockError(DedupError):
    """The machine's clock contradicts the timestamps of an index; no story was removed."""

    def __init__(self, place: str, wall: int, newest: int | None) -> None:
        """Make the error from the clock and the newest timestamp, both in milliseconds since 1970.

        Args:
            place: Address of the index.
            wall: Time of the machine's clock.
            newest: Newest timestamp of the index; None if the index is empty.
        """
        stored = "" if newest is None else f", and the latest story was offered on {_day(newest)}"
        super().__init__(
            f"{place}: the clock says {_day(wall)}{stored}; set the clock. If it is right, "
            "`dedup index prune` with the window believes it, and forgets what is too old"
        )


def _day(stamp: int) -> str:
    """Format milliseconds since 1970 as a date, however far away."""
    day = datetime(1970, 1, 1, tzinfo=UTC)
    try:
        return (day + timedelta(milliseconds=stamp)).date().isoformat()
    except OverflowError:
        return "a day after the year 9999"


class IndexServerError(DedupError):
    """The server of a shared index is unreachable, refused a request, or disconnected.

    Transactions keep the index consistent: no story is stored in part.
    """
