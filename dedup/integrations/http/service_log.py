"""The log of the service: one JSON object a line on standard error, never the text of a story."""

import logging
import time
import traceback

from dedup.output.json_text import encoded, without_controls

logger = logging.getLogger("dedup.serve")


class JsonLines(logging.Formatter):
    """Formats an event and its values as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """The time, the level, the event, and the values of the event."""
        values = record.args if isinstance(record.args, dict) else {}
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        event = record.msg if values else record.getMessage()
        line = {"time": when, "level": record.levelname.lower(), "event": event.strip()}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _place_of(record.exc_info[1])
        line |= {name: str(value) for name, value in values.items()}
        return without_controls(encoded(line)).decode()


def _place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised; its message might quote a story."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return type(error).__name__ + "".join(f" in {frame.filename}, line {frame.lineno}" for frame in last)


def log_to_stderr() -> None:
    """Send the events of the service, and warnings of the server and its event loop, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    for name in ("dedup.serve", "uvicorn.error", "asyncio"):
        chosen = logging.getLogger(name)
        chosen.handlers = [handler]
        chosen.setLevel(logging.INFO if name == "dedup.serve" else logging.WARNING)
        chosen.propagate = False
