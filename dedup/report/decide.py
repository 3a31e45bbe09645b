"""Apply user decisions to the archive and the judged pairs of a run."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.model.decisions import Decisions
from dedup.model.rows import PARTIAL
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts


def choose(archive: Archive, decisions: Decisions) -> None:
    """Make the documents to keep the first choice as representatives, after the reference."""
    if decisions.keep:
        archive.choose([row for row, name in enumerate(archive.ids) if name in decisions.keep])


def part(judged: JudgedPairs, archive: Archive, texts: DistinctTexts, decisions: Decisions) -> JudgedPairs:
    """Change the verdict of pairs marked as not copies to `partial`; their measures stay."""
    if not decisions.not_copies:
        return judged
    wanted = {name for pair in decisions.not_copies for name in pair}
    rows = {name: row for row, name in enumerate(archive.ids) if name in wanted}
    text_of = np.full(len(archive), -1, dtype=np.int64)
    text_of[texts.rows] = np.repeat(np.arange(len(texts)), texts.document_counts)
    pairs = {
        frozenset((int(text_of[rows[one]]), int(text_of[rows[other]])))
        for one, other in decisions.not_copies
        if one in rows and other in rows
    }
    apart = _among(judged, pairs)
    verdicts = judged.verdicts.copy()
    verdicts[apart & judged.joins] = PARTIAL
    return replace(judged, verdicts=verdicts, drops=judged.drops & ~apart)


def _among(judged: JudgedPairs, pairs: set[frozenset[int]]) -> NDArray[np.bool_]:
    found = np.zeros(len(judged), dtype=np.bool_)
    texts = np.array(sorted({text for pair in pairs for text in pair}), dtype=np.int64)
    near = np.flatnonzero(np.isin(judged.left, texts) & np.isin(judged.right, texts))
    for row in near.tolist():
        found[row] = frozenset((int(judged.left[row]), int(judged.right[row]))) in pairs
    return found
