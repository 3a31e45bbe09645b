"""Boilerplate that a run knew or learnt, as it is kept for the next one."""

from typing import NamedTuple

SCHEMA = "dedup-boilerplate/1"
SUFFIX = ".boilerplate"
"""The file is named as the archive is, with this behind."""


class KnownPassage(NamedTuple):
    """A passage that counts for nothing wherever it stands.

    Attributes:
        text: As one document spells it, to read.
        documents: How many texts shared it where it was learnt.
        shingles: Of the passage, ascending.
    """

    text: str
    documents: int
    shingles: tuple[int, ...]
