"""The boilerplate of a report -> a file that is kept beside the archive without its copies."""

import json
from collections.abc import Iterator

from dedup.model import Report
from dedup.model.known_boilerplate import SCHEMA


def to_boilerplate(report: Report) -> Iterator[bytes]:
    """Write JSON lines: the schema and the window of a shingle, then the passages, the most frequent first.

    A passage has its `text`, to read, in how many `documents` it was, and its `shingles`, each in 16
    hexadecimal digits.
    """
    yield json.dumps({"schema": SCHEMA, "letters": report.recipe.letters}).encode() + b"\n"
    for passage in report.known_boilerplate:
        line = {
            "text": passage.text,
            "documents": passage.documents,
            "shingles": "".join(f"{shingle:016x}" for shingle in passage.shingles),
        }
        yield json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
