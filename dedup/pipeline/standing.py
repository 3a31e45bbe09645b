"""The policy for the representative: which document of a cluster comes first, and what sets it apart."""

from collections.abc import Mapping, Sequence

from dedup.records import Document
from dedup.stages.cluster import Moment

_GROUNDS = {
    "earliest": ("earliest published", "longest"),
    "longest": ("longest", "earliest published"),
}


def standing(
    document: Document, letters: int, *, dates: Mapping[str, Moment], policy: str
) -> tuple[object, object, str]:
    """Give the key that documents are ordered by; the smallest represents.

    Args:
        document: Of the archive.
        letters: Length of its folded text.
        dates: When each dated document was published, by id; these come before the undated.
        policy: `earliest` or `longest`; the other decides between equals, then the id.
    """
    when = (document.id not in dates, dates.get(document.id, ()))
    grounds = (when, -letters) if policy == "earliest" else (-letters, when)
    return (*grounds, document.id)


def reason(first: tuple[object, ...], others: Sequence[tuple[object, ...]], *, policy: str) -> str:
    """Say why the document that stands at `first` represents those that stand at `others`."""
    if any(other < first for other in others):
        return "a story that the roundup holds"
    for depth, ground in enumerate(_GROUNDS[policy], start=1):
        if all(first[:depth] < other[:depth] for other in others):
            return ground
    return "first by id among equals"
