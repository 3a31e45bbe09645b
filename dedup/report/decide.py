"""Apply user decisions to the archive, the scope and the judged pairs of a run."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.model.decisions import Decisions
from dedup.model.rows import PARTIAL
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.scope import COMPARED

type Numbers = NDArray[np.int64]


def choose(archive: Archive, decisions: Decisions) -> None:
    """Make the documents to keep the first choice as representatives, after the reference."""
    if decisions.keep:
        archive.choose([row for row, name in enumerate(archive.ids) if name in decisions.keep])


def equal_texts_apart(archive: Archive, texts: DistinctTexts, decisions: Decisions) -> list[Numbers]:
    """Group documents with equal texts that are marked as not copies: two of one group are not compared.

    Returns:
        As few groupings as possible; in each, the group of every document, or `COMPARED`.
    """
    groupings: list[Numbers] = []
    group = count()
    for one, other, ours, theirs in sorted(_decided(archive, texts, decisions)):
        if ours != theirs or one == other:
            continue
        free = (each for each in groupings if each[one] == each[other] == COMPARED)
        grouping = next(free, None)
        if grouping is None:
            grouping = np.full(len(archive), COMPARED, dtype=np.int64)
            groupings.append(grouping)
        grouping[[one, other]] = next(group)
    return groupings


def part(judged: JudgedPairs, archive: Archive, texts: DistinctTexts, decisions: Decisions) -> JudgedPairs:
    """Change the verdict of pairs of texts marked as not copies to `partial`; their measures stay."""
    if not decisions.not_copies:
        return judged
    pairs = {frozenset((ours, theirs)) for *_, ours, theirs in _decided(archive, texts, decisions)}
    apart = _among(judged, pairs)
    verdicts = judged.verdicts.copy()
    verdicts[apart & judged.joins] = PARTIAL
    return replace(judged, verdicts=verdicts, drops=judged.drops & ~apart)


def _decided(
    archive: Archive, texts: DistinctTexts, decisions: Decisions
) -> Iterator[tuple[int, int, int, int]]:
    """Find the pairs marked as not copies: the rows of both documents, then the numbers of their texts."""
    if not decisions.not_copies:
        return
    wanted = {name for pair in decisions.not_copies for name in pair}
    rows = {name: row for row, name in enumerate(archive.ids) if name in wanted}
    text_of = np.full(len(archive), -1, dtype=np.int64)
    text_of[texts.rows] = np.repeat(np.arange(len(texts)), texts.document_counts)
    for one, other in decisions.not_copies:
        if one in rows and other in rows:
            ours, theirs = sorted((rows[one], rows[other]))
            yield ours, theirs, int(text_of[ours]), int(text_of[theirs])


def _among(judged: JudgedPairs, pairs: set[frozenset[int]]) -> NDArray[np.bool_]:
    is_named = np.zeros(len(judged), dtype=np.bool_)
    texts = np.array(sorted({text for pair in pairs for text in pair}), dtype=np.int64)
    near = np.flatnonzero(np.isin(judged.left, texts) & np.isin(judged.right, texts))
    for row in near.tolist():
        is_named[row] = frozenset((int(judged.left[row]), int(judged.right[row]))) in pairs
    return is_named
