"""Judged texts and clusters -> their ranking, by the words of the archive."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.identical_texts import DistinctTexts
from dedup.report.judge_candidates import Judged
from dedup.report.rank import Ranking, rank
from dedup.report.stars import Star


def rank_all(
    archive: Archive,
    texts: DistinctTexts,
    judged: Sequence[Judged],
    stars: Sequence[Star],
    *,
    recipe: Recipe,
    workers: int,
    progress: Callable[[str, int, int], object],
) -> Ranking:
    """Rank the pairs and the clusters; few texts are held at a time."""
    progress("rank", 0, len(judged))
    first: list[int] = texts.first.tolist()
    row_of = {archive.ids[row]: row for row in first} if stars else {}
    ranking = rank(
        archive.text,
        pairs=[(first[pair.left], first[pair.right]) for pair in judged],
        clusters=[[row_of[name] for name in (star.representative, *star.members)] for star in stars],
        background=_sample(archive, texts.first, most=recipe.rank_sample).tolist(),
        workers=workers,
    )
    progress("rank", len(judged), len(judged))
    return ranking


def _sample(archive: Archive, rows: NDArray[np.int64], *, most: int) -> NDArray[np.int64]:
    """Choose the texts with the smallest digests: a sample without a seed."""
    digests = archive.digests[rows].byteswap()  # as bytes are compared
    return rows[np.lexsort((digests[:, 1], digests[:, 0]))[:most]]
