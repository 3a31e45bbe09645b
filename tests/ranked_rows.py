"""Texts that are ranked without an archive."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.core import TextColumn
from dedup.report.pair import SketchStore
from dedup.report.rank import Ranking, rank
from dedup.report.run_steps import Material, ThreadRunner


class GivenTexts:
    """The texts of documents."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def texts(self, rows: NDArray[np.int64]) -> TextColumn:
        """Return some of them, by row."""
        return core.as_column([self._texts[row] for row in rows.tolist()])


def rank_rows(
    texts: Sequence[str],
    *,
    pairs: Sequence[tuple[int, ...]] = (),
    clusters: Sequence[Sequence[int]] = (),
    background: Sequence[int] = (),
    workers: int = 1,
) -> Ranking:
    """Rank texts by their rows."""
    documents: Any = GivenTexts(texts)
    rows = np.arange(len(texts))
    material = Material(SketchStore().view(rows[:0]), documents, rows)
    return rank(
        material,
        pairs=pairs,
        clusters=clusters,
        background=background,
        letters=np.array([len(text) for text in texts], dtype=np.int64),
        runner=ThreadRunner(workers),
    )
