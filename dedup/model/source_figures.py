"""Figures of one source in a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source: how much it published, how much of it is shared, and how often it was first.

    Their dates say which of two documents came first if they are at least a minute apart, and not of one day
    where the earlier date has no time.

    Attributes:
        name: Its name; empty for documents without a source.
        documents: Number of its documents.
        copies: Number of redundant ones, see `Report.copies`.
        first: Number of clusters in which it published first and another source later.
        followed: Number of its documents in clusters in which another source published first.
        unordered: Number of its documents in clusters with another source whose dates do not say which of the
            two published first.
        repeated: Number of its documents in clusters whose first document is another one of its own.
        delay: Median delay in seconds of the documents that followed; None if there are none.
        changed: Number of its documents that differ from their representative in a number, date or name.
        uncredited: Number of its documents that followed, or may have followed, and credit no source.
        credits: Names credited by its documents in clusters and the number of documents, most first.
        own_names: Names by which texts, including its own, credit it; learnt from its own texts.
    """

    name: str
    documents: int
    copies: int
    first: int
    followed: int
    unordered: int
    repeated: int
    delay: int | None
    changed: int
    uncredited: int
    credits: tuple[tuple[str, int], ...]
    own_names: tuple[str, ...]
