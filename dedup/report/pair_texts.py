"""Texts of an archive -> candidates: learns boilerplate and pairs all texts, or pairs some of them again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup import core
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.known_passages import known_passages
from dedup.report.learn_boilerplate import learn_by_place
from dedup.report.pair import Candidates, SketchStore
from dedup.report.pair.find_candidates import find_candidates, pair_again
from dedup.report.run_steps import Material, Runner, ThreadRunner


def pair_texts(
    archive: Archive,
    material: Material,
    *,
    known: Sequence[KnownPassage],
    recipe: Recipe,
    runner: Runner,
    workers: int,
) -> tuple[Candidates, LearntBoilerplate]:
    """Find the candidates among the texts of an archive, and its boilerplate."""
    first, before = material.first, known_passages(known)
    return find_candidates(
        material,
        recipe,
        shingles_of=lambda numbers: archive.shingles(first[numbers].tolist()),
        sequences_of=lambda numbers: core.shingle_sequences(
            archive.texts(first[numbers]), letters=recipe.letters
        ),
        known=before,
        by_place=learn_by_place(
            archive, first, letters=recipe.letters, crowd=recipe.boilerplate, known=before
        ),
        runner=runner,
        workers=workers,
    )


def pair_some(
    some: NDArray[np.int64],
    archive: Archive,
    sketches: SketchStore,
    *,
    first: NDArray[np.int64],
    boilerplate: LearntBoilerplate,
    whole: bool,
    recipe: Recipe,
    workers: int,
) -> Candidates:
    """Find the candidates among some texts, in this process: it takes a few hundredths of a report.

    Args:
        some: Numbers of the texts, ascending.
        archive: The documents.
        sketches: Their sketches.
        first: Row of the first document of each text.
        boilerplate: Of the archive.
        whole: See `pair_again`.
        recipe: Every setting.
        workers: Threads.

    Returns:
        The candidates, by the numbers that the texts have in the archive.
    """
    rows = first[some]
    material = Material(sketches.view(rows), archive, rows)
    pairs = pair_again(material, recipe, boilerplate=boilerplate, whole=whole, runner=ThreadRunner(workers))
    return pairs._replace(left=some[pairs.left], right=some[pairs.right])
