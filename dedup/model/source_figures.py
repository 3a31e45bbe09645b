"""Figures of one source in a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source: how much it published, how much of it is shared, and how often it was first.

    The first of a cluster is the member published first; in a tie, or without dates, the representative.

    Attributes:
        name: Its name; empty for documents without a source.
        documents: Number of its documents.
        copies: Number of redundant ones, see `Report.copies`.
        first: Number of clusters whose first document is from it.
        followed: Number of its documents in clusters whose first document is from another source.
        repeated: Number of its documents in clusters whose first document is another one of its own.
        delay: Median delay in seconds of the documents that followed; None without dates.
        changed: Number of its documents that differ from their representative in a number, date or name.
        uncredited: Number of its documents that followed without crediting any source.
        credits: Names credited by its documents in clusters and the number of documents, most first.
        own_names: Names by which texts, including its own, credit it; learnt from its own texts.
    """

    name: str
    documents: int
    copies: int
    first: int
    followed: int
    repeated: int
    delay: int | None
    changed: int
    uncredited: int
    credits: tuple[tuple[str, int], ...]
    own_names: tuple[str, ...]
