"""Boilerplate that a run was given or learnt, saved for the next run."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

SCHEMA = "dedup-boilerplate/1"
SUFFIX = ".boilerplate"
"""Suffix of the file name, after the name of the archive."""
_SHINGLES = re.compile("(?:[0-9a-f]{16})+")


class KnownPassage(NamedTuple):
    """A passage that is ignored wherever it occurs.

    Attributes:
        text: As spelt in one document, for display.
        documents: Number of texts that shared it when it was learnt.
        shingles: Shingles of the passage, ascending.
    """

    text: str
    documents: int
    shingles: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """Return the fields as JSON values; each shingle becomes 16 hexadecimal digits."""
        return {
            "text": self.text,
            "documents": self.documents,
            "shingles": "".join(f"{shingle:016x}" for shingle in self.shingles),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "KnownPassage":
        """Parse the result of `as_json`; anything else raises ValueError, TypeError or KeyError."""
        text, documents, shingles = value["text"], value["documents"], value["shingles"]
        if not (isinstance(text, str) and type(documents) is int and 0 < documents < 1 << 62):
            raise ValueError("a passage needs a text and a number of documents")
        if not _SHINGLES.fullmatch(shingles):
            raise ValueError("shingles are groups of 16 hexadecimal digits")
        values = {int(shingles[at : at + 16], 16) for at in range(0, len(shingles), 16)}
        return cls(text, documents, tuple(sorted(values)))


def to_lines(passages: Iterable[KnownPassage], *, letters: int) -> Iterator[bytes]:
    """Write JSON lines: first the schema and the length of a shingle, then the passages in their order."""
    yield json.dumps({"schema": SCHEMA, "letters": letters}).encode() + b"\n"
    for passage in passages:
        yield json.dumps(passage.as_json(), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def from_lines(lines: Iterable[str], *, letters: int) -> list[KnownPassage]:
    """Parse the result of `to_lines`.

    Raises:
        ValueError: The shingles have another length, or the lines are malformed; malformed lines can also
            raise TypeError, KeyError or AttributeError.
    """
    head, *rest = map(json.loads, lines)
    if (head["schema"], head["letters"]) != (SCHEMA, letters):
        raise ValueError(
            f"expected {SCHEMA} with letters={letters}, got {head['schema']} with letters={head['letters']}"
        )
    return [KnownPassage.from_json(value) for value in rest]


def without_repetition[Passage](
    passages: Iterable[Passage], shingles_of: Callable[[Passage], Sequence[int]]
) -> list[Passage]:
    """Remove passages all of whose shingles occur in earlier passages."""
    seen: set[int] = set()
    chosen: list[Passage] = []
    for passage in passages:
        if not seen.issuperset(shingles := shingles_of(passage)):
            chosen.append(passage)
            seen.update(shingles)
    return chosen
