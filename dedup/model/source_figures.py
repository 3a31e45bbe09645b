"""What a report says of one source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source: what it published, what of it others have too, and who had it first.

    The first of a cluster is the member that was published first; of equal ones, and without dates, the
    representative.

    Attributes:
        name: Its name; empty for documents that name no source.
        documents: Documents of it.
        copies: Those of them that are not needed, see `Report.copies`.
        first: Clusters whose first document is one of it.
        followed: Its documents in clusters whose first document is of another source.
        repeated: Its documents in clusters whose first document is another one of it.
        delay: Median seconds by which the documents that followed came later; None where no date tells.
        changed: Its documents that differ from their representative in a number, a date or a name.
        uncredited: Its documents that followed and credit nobody.
        credits: Whom its documents in clusters credit and how many of them do, most first.
        own_names: Names by which texts credit it, itself included: learnt from texts of its own.
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
