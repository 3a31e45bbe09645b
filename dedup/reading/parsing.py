"""JSON to documents."""

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from dedup.errors import ReadingError
from dedup.records import Document, Problem

_NOT_BLANK = re.compile(r"[^ \t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_JSON_TYPES = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
}


class NotJsonError(ReadingError):
    """A text is not JSON.

    Attributes:
        said: What the parser said.
        line: Where, from 1.
        column: Where in that line, in characters from 1.
    """

    def __init__(self, said: str, *, line: int, column: int) -> None:
        super().__init__(f"line {line} column {column}: {said}")
        self.said = said
        self.line = line
        self.column = column


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


_DECODER = json.JSONDecoder(parse_constant=_reject_constant)


def parse(text: str) -> object:
    """Parse one JSON value, strictly: the place to change for another parser.

    Raises:
        NotJsonError: The text is not JSON, is nested too deeply, or holds a number of thousands of digits.
    """
    try:
        value: object = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise _not_json(error, text, start=0) from None
    return value


def items(text: str) -> Iterator[tuple[str, object]]:
    """Yield the items of a JSON list beside `#1`, `#2`..., or a single value beside an empty string.

    Raises:
        NotJsonError: As for `parse`, after the items that stand before the error.
    """
    start = _skip_blanks(text, 0)
    if not text.startswith("[", start):
        yield "", parse(text)
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
    if not text.startswith("]", start):
        raise _not_json(ValueError("Expecting ',' or ']'"), text, start=start)
    if _skip_blanks(text, start + 1) < len(text):
        raise _not_json(ValueError("Extra data after the list"), text, start=start + 1)


def _parse_at(text: str, start: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise _not_json(error, text, start=start) from None


def _not_json(error: Exception, text: str, *, start: int) -> NotJsonError:
    if isinstance(error, json.JSONDecodeError):
        return NotJsonError(error.msg, line=error.lineno, column=error.colno)
    said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split(";")[0]
    line = text.count("\n", 0, start) + 1
    return NotJsonError(said, line=line, column=start - text.rfind("\n", 0, start))


def _skip_blanks(text: str, start: int) -> int:
    found = _NOT_BLANK.search(text, start)
    return found.start() if found else len(text)


def to_document(
    value: object, default_id: str, *, path: str, line: int | None, encoding: str
) -> Document | Problem:
    """Take the known fields of a JSON object; numbers become strings, other types count as missing."""
    where = f" (item {default_id.rpartition('#')[2]})" if line is None and default_id != path else ""
    if not isinstance(value, dict):
        came = _JSON_TYPES[type(value)]
        return Problem(path, line, f"{came} stands where an object is wanted{where}; skipped")
    text = value.get("text")
    if not isinstance(text, str):
        came = _JSON_TYPES.get(type(text), "an object") if "text" in value else "missing"
        return Problem(path, line, f"the field `text` is {came}, not a string{where}; skipped")
    return Document(
        _string(value.get("id")) or default_id,
        _sound(text),
        title=_string(value.get("title")),
        source=_string(value.get("source")),
        published=_string(value.get("published")) or _string(value.get("date")),
        url=_string(value.get("url")),
        path=path,
        line=line,
        encoding=encoding,
    )


def _string(value: object) -> str:
    if isinstance(value, str):
        return _sound(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def _sound(text: str) -> str:
    r"""Replace half characters (JSON can spell them as "\ud800"), which no encoding could write again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
