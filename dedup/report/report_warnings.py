"""Warnings to check before the copies are deleted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.model import ReportWarning
from dedup.model.errors import quoted
from dedup.model.rows import ClusterRows
from dedup.report.archive import Archive
from dedup.report.date_warnings import date_warnings

# A source that loses most of its documents is an aggregator, or one whose own boilerplate passes for news; a
# cluster of a fiftieth of an archive is hardly one repeated story. Of the archives named in
# benchmarks/archives.py none has either: their most copied source loses just under a half, their largest
# cluster holds half of the share. Below the least numbers a handful of true copies would do it: a folder of
# five files is no cause for alarm.
SOURCE_SHARE = 0.5
SOURCE_LEAST = 10
CLUSTER_SHARE = 0.02
CLUSTER_LEAST = 50


def cautions(
    archive: Archive,
    clusters: ClusterRows,
    kept: NDArray[np.int64],
    *,
    walls: Sequence[ReportWarning],
    cross_source: bool,
) -> tuple[ReportWarning, ...]:
    """Warn about results that may remove more than copies.

    These are sources that would lose most of their documents, clusters too large for one story, texts under
    unrelated titles, and ambiguous dates.

    Args:
        archive: The documents.
        clusters: The largest first.
        kept: Rows of the documents that are not copies.
        walls: Texts under unrelated titles.
        cross_source: Whether only documents of different sources were compared.
    """
    warnings = [*_sources(archive, kept), *_giants(len(archive.ids), clusters), *walls]
    if cross_source and len(archive.source_names) == 1:
        warnings.append(_alone(archive.source_names[0], len(archive.ids)))
    warnings += date_warnings(archive)
    return tuple(warnings)


def _alone(source: str, documents: int) -> ReportWarning:
    all_of = (
        f"all documents are of one source, {quoted(source)}" if source else "no document names its source"
    )
    reason = f"{all_of}: between sources there is nothing to compare"
    return ReportWarning("one_source" if source else "no_source", source, documents, documents, reason)


def _sources(archive: Archive, kept: NDArray[np.int64]) -> list[ReportWarning]:
    """Warn about sources; reference documents, which are never kept, are not counted."""
    numbers = archive.source_numbers
    most = len(archive.source_names)
    of = np.bincount(numbers[archive.references :], minlength=most)
    lost = of - np.bincount(numbers[kept], minlength=most)
    large = np.flatnonzero((lost > SOURCE_SHARE * of) & (lost >= SOURCE_LEAST)).tolist()
    warnings = [
        ReportWarning(
            "source", name, int(lost[number]), int(of[number]), _losing(name, lost[number], of[number])
        )
        for number in large
        if (name := archive.source_names[number])
    ]
    return sorted(warnings, key=lambda caution: (-caution.documents, caution.name))


def _losing(name: str, lost: int, of: int) -> str:
    return f"{quoted(name)} would lose {lost:,} of its {of:,} documents as copies"


def _giants(documents: int, clusters: ClusterRows) -> list[ReportWarning]:
    least = max(CLUSTER_SHARE * documents, CLUSTER_LEAST)
    sizes = np.diff(clusters.bounds)
    warnings = []
    for place in np.flatnonzero(sizes >= least).tolist():
        name, size = clusters.ids[clusters.documents[clusters.bounds[place]]], int(sizes[place])
        reason = f"cluster {place + 1}, of {quoted(name)}, holds {size:,} of all {documents:,} documents"
        warnings.append(ReportWarning("cluster", name, size, documents, reason))
    return warnings
