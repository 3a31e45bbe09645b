"""Which copies pass a pre-filter, and which stories are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from dedup.model.errors import SettingError


class Versions(StrEnum):
    """Which later versions of a story pass: none, those at least a tenth longer, or also changed ones."""

    FIRST = "first"
    LONGEST = "longest"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of a pre-filter that are not stored in the index.

    Attributes:
        versions: Which later versions of a story pass.
        cross_source: Whether only stories of different sources are compared, as in reports; stories without a
            source count as one source. The same story again is recognised all the same.
        sources: Preferred sources: a copy passes if the stored story is of a source that comes later in this
            order, or is not in it.
    """

    versions: Versions = Versions.FOLLOW
    cross_source: bool = False
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, versions: str, *, cross_source: bool, sources: Iterable[str]) -> Self:
        """Check the settings; SettingError for one that is not allowed."""
        if versions not in set(Versions):
            raise SettingError("versions", versions, f"expected {', '.join(Versions)}")
        if isinstance(sources, str):
            raise SettingError("sources", sources, "expected a list of names")
        return cls(Versions(versions), cross_source, tuple(sources))

    def prefers(self, source: str, other: str) -> bool:
        """Whether stories of a source pass although one of the other source is stored."""
        return self._rank(source) < self._rank(other)

    def _rank(self, source: str) -> int:
        return self.sources.index(source) if source in self.sources else len(self.sources)
