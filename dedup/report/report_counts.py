"""Rows of pairs and clusters -> the counts of a report, and the documents that it names or keeps."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.decide_pairs import JOINING
from dedup.model import Problem
from dedup.model.rows import VERDICTS, ClusterRows, PairRows
from dedup.report.archive import Archive
from dedup.report.find_series import SeriesRows
from dedup.report.pair import Candidates

KINDS = ("too_short", "unreadable", "skipped", "duplicate_id", "undated")
"""Problems that are counted."""

type Numbers = NDArray[np.int64]


def count_all(
    documents: int,
    clusters: ClusterRows,
    pairs: PairRows,
    *,
    problems: Sequence[Problem],
    candidates: Candidates,
    series: SeriesRows,
    unlisted: int,
) -> dict[str, int]:
    """Count documents, clusters, pairs by verdict, problems by kind, and what was not compared or listed."""
    clustered = np.zeros(documents, dtype=np.bool_)
    clustered[clusters.documents] = True
    joining = np.zeros(documents, dtype=np.bool_)
    joins = JOINING[pairs.verdicts]
    joining[pairs.left[joins]] = joining[pairs.right[joins]] = True
    joining[: pairs.references] = False
    verdicts = np.bincount(pairs.verdicts, minlength=len(VERDICTS)).tolist()
    kinds = Counter(problem.kind for problem in problems)
    return {
        "documents": documents,
        "clusters": len(clusters),
        "clustered": int(clustered.sum()),
        "unclustered": int((joining & ~clustered).sum()),
        **{kind: kinds[kind] for kind in KINDS},
        "pairs": len(pairs),
        **{verdict.value: count for verdict, count in zip(VERDICTS, verdicts, strict=True)},
        "candidates": candidates.left.size,
        "cut_buckets": candidates.cut_buckets,
        "cut_pairs": candidates.cut_pairs,
        "unlisted_pairs": unlisted,
        "series": len(series),
        "in_series": sum(rows.size for rows in series.series),
    }


def kept_documents(archive: Archive, clusters: ClusterRows) -> Numbers:
    """Give the documents that are not copies, those of the reference left out: see `copies_in`."""
    leaders = clusters.documents[clusters.bounds[:-1]]
    times = np.bincount(clusters.documents, minlength=len(archive.ids))
    of = np.repeat(leaders, np.diff(clusters.bounds))
    copies = (times[clusters.documents] == 1) | (times[of] > 1)
    kept = np.ones(len(archive.ids), dtype=np.bool_)
    kept[clusters.documents[copies]] = False
    kept[leaders] = True
    kept[: archive.references] = False
    return np.flatnonzero(kept)


def named_documents(
    archive: Archive, clusters: ClusterRows, pairs: PairRows, series: SeriesRows
) -> dict[str, int]:
    """Give the rows of the documents that clusters, pairs and series name, by id."""
    rows = np.unique(np.concatenate([clusters.documents, pairs.left, pairs.right, *series.series])).tolist()
    return {archive.ids[row]: row for row in rows}
