"""Parse JSON: fast in the usual case, strictly if an error has to be explained."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, time

import orjson

from dedup.model.errors import ReadingError

_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotJsonError(ReadingError):
    """A text is not JSON.

    Attributes:
        message: Message of the parser.
        line: Line of the error, from 1.
        column: Character in that line, from 1.
    """

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(f"line {line} column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class SpeltFloat(float):
    """A number written with a point or an exponent, as opposed to an integer too large for 64 bits."""


def _missing(_: str) -> None:
    """Read NaN and Infinity, which Python writes for missing numbers, as None."""


def _without_surrogates(fields: dict[str, object]) -> dict[str, object]:
    r"""Replace lone surrogates, such as "\ud800", which cannot be encoded."""
    return {
        name: _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


_DECODER = json.JSONDecoder(object_hook=_without_surrogates, parse_float=SpeltFloat, parse_constant=_missing)


def parse_bytes(data: bytes) -> object:
    """Parse one JSON value in UTF-8, fast. Integers beyond 64 bits become floats.

    Raises:
        ValueError: It is not JSON, or only `decode` and `parse` can read it or explain the error: it may be
            blank, have a byte order mark, be in another encoding, or contain a lone surrogate.
    """
    value: object = orjson.loads(data)
    return value


def parse(text: str) -> object:
    """Parse one JSON value strictly.

    Raises:
        NotJsonError: The text is not JSON, is nested too deeply, or has a number of thousands of digits.
    """
    try:
        value: object = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise _not_json(error, text, start=0) from None
    return value


def dump_json(record: object) -> bytes:
    """Format a record as one line of JSON in UTF-8; empty if that is impossible.

    Dates become ISO 8601, bytes UTF-8 or base64, and other values that JSON does not support their `str`.
    Lone surrogates are escaped, so that the line can be read again.
    """
    try:
        line = json.dumps(record, ensure_ascii=False, allow_nan=False, default=_as_string)
    except (ValueError, TypeError, RecursionError):  # for example an infinite number
        return b""
    return line.encode("utf-8", "backslashreplace")


def _as_string(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return b64encode(value).decode("ascii")
    return str(value)


def items(text: str) -> Iterator[tuple[str, object]]:
    """Yield the items of a JSON list, or concatenated values, with marks `#1`, `#2`...; "" for a single one.

    A comma after the last item is allowed.

    Raises:
        NotJsonError: As in `parse`, after the items before the error.
    """
    start = _skip_blanks(text, 0)
    if not text.startswith("[", start):
        yield from _values(text, start)
        return
    start = _skip_blanks(text, start + 1)
    number = 0
    more = not text.startswith("]", start)
    while more:
        number += 1
        value, start = _parse_at(text, start)
        yield f"#{number}", value
        start = _skip_blanks(text, start)
        more = text.startswith(",", start)
        if more:
            start = _skip_blanks(text, start + 1)
            more = not text.startswith("]", start)
    if not text.startswith("]", start):
        raise _not_json(ValueError("Expecting ',' or ']'"), text, start=start)
    if _skip_blanks(text, start + 1) < len(text):
        raise _not_json(ValueError("Extra data after the list"), text, start=start + 1)


def _values(text: str, start: int) -> Iterator[tuple[str, object]]:
    value, end = _parse_at(text, start)
    start = _skip_blanks(text, end)
    if start >= len(text):
        yield "", value
        return
    number = 1
    yield "#1", value
    while start < len(text):
        if not text.startswith(("{", ","), start):
            raise _not_json(ValueError("Extra data behind an object"), text, start=start)
        start = _skip_blanks(text, start + text.startswith(",", start))
        if start >= len(text):
            return
        value, end = _parse_at(text, start)
        start = _skip_blanks(text, end)
        number += 1
        yield f"#{number}", value


def _parse_at(text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise _not_json(error, text, start=start) from None


def _not_json(error: Exception, text: str, *, start: int) -> NotJsonError:
    if isinstance(error, json.JSONDecodeError):
        return NotJsonError(error.msg, line=error.lineno, column=error.colno)
    message = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split(";")[0]
    line = text.count("\n", 0, start) + 1
    return NotJsonError(message, line=line, column=start - text.rfind("\n", 0, start))


def _skip_blanks(text: str, start: int) -> int:
    match = _NOT_BLANK.search(text, start)
    return match.start() if match else len(text)
