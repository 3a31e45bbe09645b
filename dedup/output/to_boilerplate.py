"""Write the boilerplate of a report to a file next to the archive without its copies."""

from collections.abc import Iterator

from dedup.model import Report
from dedup.model.known_boilerplate import to_lines


def to_boilerplate(report: Report) -> Iterator[bytes]:
    """Write JSON lines: the schema and the length of a shingle, then the passages, the most frequent first.

    A passage has its `text` for display, the number of `documents` with it, and its `shingles`, each as 16
    hexadecimal digits.
    """
    return to_lines(report.known_boilerplate, letters=report.recipe.letters)
