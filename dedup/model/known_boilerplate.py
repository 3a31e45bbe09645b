"""Boilerplate that a run knew or learnt, saved for the next run."""

from typing import NamedTuple

SCHEMA = "dedup-boilerplate/1"
SUFFIX = ".boilerplate"
"""Suffix of the file name, after the name of the archive."""


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
