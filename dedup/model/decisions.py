"""User decisions about an archive: which documents are kept, and which pairs are not copies."""

from collections.abc import Mapping
from dataclasses import dataclass

from dedup.model.errors import ReadingError

SCHEMA = "dedup-decisions/1"


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions by document id; ids that are not in an archive have no effect on it.

    Attributes:
        keep: Documents that represent their clusters, before those of preferred sources.
        not_copies: Pairs that must not join. Two documents with equal folded texts are not compared at all;
            if the texts differ, all documents with these texts stay apart.
    """

    keep: frozenset[str] = frozenset()
    not_copies: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def from_json(cls, read: object) -> "Decisions":
        """Parse decisions as the page saves them: `{"schema", "keep": [id], "not_copies": [[id, id]]}`.

        Raises:
            ReadingError: The data have another structure.
        """
        if not isinstance(read, Mapping) or read.get("schema") != SCHEMA:
            raise ReadingError(f"expected decisions, an object with the schema {SCHEMA!r}")
        pairs = read.get("not_copies", [])
        if not isinstance(pairs, list):
            raise ReadingError("`not_copies` is not a list of pairs of ids")
        return cls(
            frozenset(_ids(read.get("keep", []), "`keep` is not a list of ids")),
            frozenset(_pair(pair) for pair in pairs),
        )


def _pair(value: object) -> tuple[str, str]:
    match _ids(value, "`not_copies` is not a list of pairs of ids"):
        case [one, other]:
            return one, other
        case _:
            raise ReadingError("`not_copies` is not a list of pairs of ids")


NO_DECISIONS = Decisions()
"""No decisions."""


def _ids(value: object, fault: str) -> list[str]:
    if not isinstance(value, list):
        raise ReadingError(fault)
    names = [name for name in value if isinstance(name, str)]
    if len(names) < len(value):
        raise ReadingError(fault)
    return names
