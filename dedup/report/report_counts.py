"""Rows of pairs and clusters -> the counts of a report, and the documents that it lists or keeps."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JOINING
from dedup.model import Problem
from dedup.model.rows import VERDICTS, ClusterRows, PairRows
from dedup.report.archive import Archive
from dedup.report.find_series import SeriesRows
from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates
from dedup.report.scope import Scope

KINDS = ("too_short", "wall_page", "unreadable", "skipped", "duplicate_id", "undated")
"""Kinds of problems that are counted."""

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
    """Count documents, clusters, pairs by verdict, problems by kind, and pairs not compared or not listed."""
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


def kept_documents(archive: Archive, texts: DistinctTexts, *, dropped: Numbers, scope: Scope) -> Numbers:
    """Return the kept documents: the first of each text, excluding the reference.

    Args:
        archive: The documents.
        texts: The distinct texts, or the groups of documents that are compared with the same others.
        dropped: Texts that are not kept.
        scope: Which documents are compared; documents with equal texts that are not compared are all kept.
    """
    kept = np.ones(len(archive.ids), dtype=np.bool_)
    copied = np.zeros(len(texts), dtype=np.bool_)
    copied[scope.texts_with_copies(texts)] = True
    gone = np.zeros(len(texts), dtype=np.bool_)
    gone[dropped] = True
    counts = texts.document_counts
    kept[texts.rows[np.repeat(copied | gone, counts)]] = False
    kept[texts.first[~gone]] = True
    kept[: archive.references] = False
    return np.flatnonzero(kept)


def named_documents(
    archive: Archive, clusters: ClusterRows, pairs: PairRows, series: SeriesRows
) -> dict[str, int]:
    """Return the rows of the documents listed in clusters, pairs and series, by id."""
    rows = np.unique(np.concatenate([clusters.documents, pairs.left, pairs.right, *series.series])).tolist()
    return {archive.ids[row]: row for row in rows}
