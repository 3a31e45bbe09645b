"""Documents put into an archive as `find_duplicates` does it."""

from collections.abc import Iterable

from dedup.model import Document, Problem
from dedup.model.document_batch import packed
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.sketching import sketch_all
from dedup.report.spill import MemoryBudget


def archive_of(
    documents: Iterable[Document],
    *,
    recipe: Recipe | None = None,
    references: int = 0,
    in_memory: int | None = None,
) -> tuple[Archive, list[Problem]]:
    """Store documents and settle the archive, of which the first are of the reference."""
    archive = Archive(memory=None if in_memory is None else MemoryBudget(in_memory))
    for read, stored in sketch_all(
        packed(documents), recipe or Recipe(), workers=1, store=archive.store_batch
    ):
        archive.add_batch(read.documents, stored)
    archive.references = references
    return archive, archive.settle()
