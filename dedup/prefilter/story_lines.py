"""Lines of JSON -> stories, with the line to pass on; lines are independent."""

import json
from dataclasses import dataclass

from dedup.input.decoding import decode
from dedup.input.fields import Fields, to_document
from dedup.input.json_parsing import NotJsonError, parse
from dedup.input.missing_text import missing_text, what_to_try
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError

_MOST_ADVICE = 3
"""Maximum number of kinds of objects without a text for which a stream gets suggestions."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line that is a story.

    Attributes:
        base: The line without an earlier tag, and without blanks around it.
        document: The story.
    """

    base: bytes
    document: Document


class LineReader:
    """Reads the lines of one stream; the case of field names may differ in each line.

    Args:
        names: Names of the fields for the parts of a document.
        max_bytes: Longest line; None for any.
    """

    def __init__(self, names: Fields, *, max_bytes: int | None = None) -> None:
        self._names = names
        self._max_bytes = max_bytes
        self._given: set[str] = set()

    def read(self, raw: bytes | None, number: int) -> StoryLine | Problem | None:
        """Read a line.

        Args:
            raw: The line; None if it was too long.
            number: For messages.

        Returns:
            The story; or the problem, or None if an earlier problem covers all such lines.
        """
        if raw is None:
            return Problem(
                "-", number, f"the line is longer than the {self._max_bytes} bytes allowed; left out"
            )
        try:
            text, encoding = decode(raw, "utf-8")
            value = parse(text)
        except NotJsonError as error:
            return Problem("-", number, f"column {error.column}: {error.message}")
        except ReadingError as error:
            return Problem("-", number, str(error))
        names = self._names
        if isinstance(value, dict):
            names = names.spelt_as(list(value))
            if not names.has_text(value):
                return self._without_text(value, number)
        document = to_document(value, "", names=names, path="-", line=number, encoding=encoding)
        if isinstance(document, Problem):
            return document
        return _story_line(text.strip(), value, document)

    def _without_text(self, value: dict[str, object], number: int) -> Problem | None:
        """Suggest the likely fields, once for each kind of object."""
        advice = what_to_try(list(value), self._names, value)
        if advice in self._given or len(self._given) == _MOST_ADVICE:
            return None
        self._given.add(advice)
        reason = missing_text(list(value), self._names, values=value, thing="field")
        return Problem("-", number, f"{reason}; this line and others like it are rejected")


def _story_line(line: str, value: object, document: Document) -> StoryLine | Problem:
    """Remove an earlier tag from a line."""
    if isinstance(value, dict) and "dedup" in value:
        rest = {name: value[name] for name in value if name != "dedup"}
        try:
            line = json.dumps(rest, allow_nan=False)
        except ValueError:
            return Problem("-", document.line, "the object has an earlier tag and a number out of range")
    return StoryLine(line.encode("utf-8", "replace"), document)
