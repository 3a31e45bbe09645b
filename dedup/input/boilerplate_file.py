"""Read the boilerplate that was written beside an archive."""

from pathlib import Path

from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import KnownPassage, from_lines
from dedup.model.quoting import printable


def read_boilerplate(path: Path, *, letters: int) -> list[KnownPassage]:
    """Read the passages of one file.

    Args:
        path: Of the file.
        letters: Window of a shingle in this run.

    Raises:
        ReadingError: It is damaged, is no such file, or was made with another window.
    """
    try:
        return from_lines(path.read_text(encoding="utf-8").splitlines(), letters=letters)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadingError(
            f"{printable(str(path))}: cannot be read as boilerplate ({error}); remove it to learn anew"
        ) from None
