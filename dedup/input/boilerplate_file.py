"""Read a boilerplate file that an earlier run wrote next to an archive."""

from pathlib import Path

from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import KnownPassage, from_lines
from dedup.model.quoting import printable


def read_boilerplate(path: Path, *, letters: int) -> list[KnownPassage]:
    """Read the passages of one file.

    Args:
        path: Path of the file.
        letters: Length of a shingle in this run.

    Raises:
        ReadingError: It is damaged, not a boilerplate file, or was made with another shingle length.
    """
    try:
        return from_lines(path.read_text(encoding="utf-8").splitlines(), letters=letters)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadingError(
            f"{printable(str(path))}: cannot be read as boilerplate ({error}); remove it to learn again"
        ) from None
