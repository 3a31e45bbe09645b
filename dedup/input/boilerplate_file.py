"""The boilerplate that was kept beside an archive, read again."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import SCHEMA, KnownPassage
from dedup.model.quoting import printable

_SHINGLES = re.compile("(?:[0-9a-f]{16})+")


def read_boilerplate(path: Path, *, letters: int) -> list[KnownPassage]:
    """Read the passages of one file.

    Args:
        path: Of the file.
        letters: Window of a shingle in this run.

    Raises:
        ReadingError: It is damaged, is no such file, or was made with another window.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        head, *rest = map(json.loads, lines)
        if (head["schema"], head["letters"]) != (SCHEMA, letters):
            raise ReadingError(
                f"{printable(str(path))}: expected {SCHEMA} with letters={letters}, "
                f"got {head['schema']} with letters={head['letters']}; remove the file to learn anew"
            )
        return list(_passages(rest))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadingError(
            f"{printable(str(path))}: cannot be read as boilerplate ({error}); remove it to learn anew"
        ) from None


def _passages(lines: Sequence[dict[str, Any]]) -> Iterator[KnownPassage]:
    for line in lines:
        text, documents, shingles = line["text"], line["documents"], line["shingles"]
        if not (isinstance(text, str) and type(documents) is int and 0 < documents < 1 << 62):
            raise ValueError("a passage needs a text and a number of documents")
        if not _SHINGLES.fullmatch(shingles):
            raise ValueError("shingles are groups of 16 hexadecimal digits")
        values = {int(shingles[at : at + 16], 16) for at in range(0, len(shingles), 16)}
        yield KnownPassage(text, documents, tuple(sorted(values)))
