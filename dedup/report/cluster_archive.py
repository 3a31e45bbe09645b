"""Sketches of an archive -> its clusters: the steps pair, judge and cluster on one driver."""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.clustering import cluster_all
from dedup.report.compare_kept import Clustered, cluster_and_compare_kept
from dedup.report.decide import part
from dedup.report.identical_texts import DistinctTexts
from dedup.report.judge_candidates import judge_all
from dedup.report.memory_plan import MemoryPlan
from dedup.report.one_word_templates import with_one_word_templates
from dedup.report.packed_results import CANDIDATES
from dedup.report.pair import Candidates, SketchStore
from dedup.report.pair_texts import pair_some, pair_texts
from dedup.report.progress_notes import Progress, silent
from dedup.report.request import Request
from dedup.report.run_steps import Material, Runner, ThreadRunner, WatchedRunner, without_sketches
from dedup.report.scope import Scope


class ClusteredArchive(NamedTuple):
    """Clusters of an archive.

    Attributes:
        clustered: The clusters, and the pairs that they are made of.
        learnt: Boilerplate of the archive.
        material: What later steps read, without sketches.
    """

    clustered: Clustered
    learnt: LearntBoilerplate
    material: Material


def cluster_archive(
    archive: Archive,
    sketches: SketchStore,
    texts: DistinctTexts,
    *,
    request: Request,
    scope: Scope,
    runner: Runner,
    workers: int,
    progress: Progress,
    plan: MemoryPlan | None,
) -> ClusteredArchive:
    """Pair, judge and cluster the texts of an archive.

    Args:
        archive: The documents.
        sketches: Of the documents.
        texts: The distinct texts.
        request: What the report is asked for.
        scope: Which documents are compared.
        runner: Runs the tasks of the large steps.
        workers: Threads of this process for the other steps.
        progress: See `find_duplicates`.
        plan: Memory budget, checked once the pairs to measure are known.

    Raises:
        SettingError: There is not enough memory for the pairs.
    """
    recipe = request.recipe
    progress("index", 0, 0)
    material = Material(sketches.view(texts.first), archive, texts.first)
    if plan is not None:
        plan.check_range(len(archive), material.view.largest)
    tasks = len(material.view.bands) + len(material.view.ranges)
    watched = WatchedRunner(runner, progress, "index", steps=("bands", "ranges"), total=tasks)
    found, learnt = runner.once(
        "candidates",
        CANDIDATES,
        partial(
            pair_texts,
            archive,
            material,
            known=request.boilerplate,
            recipe=recipe,
            runner=watched,
            workers=workers,
        ),
    )
    material = without_sketches(material)
    candidates, not_compared = scope.split_candidates(texts, found)
    if plan is not None:
        plan.check(len(archive), candidates.left.size)

    def judge(pairs: Candidates, runner: Runner, progress: Progress = silent) -> JudgedPairs:
        letters = archive.letters[material.first]
        judged = judge_all(
            pairs,
            recipe,
            letters=letters,
            boilerplate=learnt,
            material=material,
            runner=runner,
            progress=progress,
        )
        return part(with_one_word_templates(judged, recipe), archive, texts, request.decisions)

    def pair(some: NDArray[np.int64], *, whole: bool) -> Candidates:
        again = pair_some(
            some,
            archive,
            sketches,
            first=texts.first,
            boilerplate=learnt,
            whole=whole,
            recipe=recipe,
            workers=workers,
        )
        return scope.split_candidates(texts, again)[0]

    judged = judge(candidates, runner, progress)
    progress("cluster", 0, 0)
    clustered = cluster_and_compare_kept(
        candidates,
        judged,
        cluster=partial(cluster_all, archive, texts, not_compared=not_compared, recipe=recipe, scope=scope),
        pair=pair,
        judge=partial(judge, runner=ThreadRunner(workers)),
    )
    return ClusteredArchive(clustered, learnt, material)
