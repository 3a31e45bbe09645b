"""Judged texts and clusters -> their ranking by TF-IDF over the archive."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.rank import Ranking, rank
from dedup.report.run_steps import Material, Runner, WatchedRunner


def rank_all(
    archive: Archive,
    texts: DistinctTexts,
    judged: JudgedPairs,
    *,
    clusters: Sequence[Sequence[int]],
    material: Material,
    recipe: Recipe,
    runner: Runner,
    progress: Callable[[str, int, int], object],
) -> Ranking:
    """Rank pairs and clusters, given as rows of documents; few texts are in memory at a time."""
    progress("rank", 0, 0)
    return rank(
        material,
        pairs=list(zip(texts.first[judged.left].tolist(), texts.first[judged.right].tolist(), strict=True)),
        clusters=clusters,
        background=_sample(archive, texts.first, most=recipe.rank_sample).tolist(),
        letters=archive.letters,
        runner=WatchedRunner(runner, progress, "rank", steps=("rank",)),
    )


def _sample(archive: Archive, rows: NDArray[np.int64], *, most: int) -> NDArray[np.int64]:
    """Choose the texts with the smallest digests: a sample without a seed."""
    digests = archive.digests[rows].byteswap()  # as bytes are compared
    return rows[np.lexsort((digests[:, 1], digests[:, 0]))[:most]]
