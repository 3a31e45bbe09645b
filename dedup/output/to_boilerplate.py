"""The boilerplate of a report -> a file that is kept beside the archive without its copies."""

from collections.abc import Iterator

from dedup.model import Report
from dedup.model.known_boilerplate import to_lines


def to_boilerplate(report: Report) -> Iterator[bytes]:
    """Write JSON lines: the schema and the window of a shingle, then the passages, the most frequent first.

    A passage has its `text`, to read, in how many `documents` it was, and its `shingles`, each in 16
    hexadecimal digits.
    """
    return to_lines(report.known_boilerplate, letters=report.recipe.letters)
