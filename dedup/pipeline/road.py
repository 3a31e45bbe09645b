"""The report's road.

documents > fold > shingle > sketch > index > match > verdict > cluster > rank > report
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import cast

import numpy as np

from dedup import kernel
from dedup.documents import DocumentLike, Frame, as_documents, is_frame
from dedup.errors import SettingError
from dedup.index.memory import Candidates, MemoryIndex, Sketches
from dedup.pipeline.archive import Archive, Documents, Stored
from dedup.pipeline.assembling import list_clusters, list_pairs
from dedup.pipeline.boilerplate import Learner
from dedup.pipeline.collapsing import Texts, collapse
from dedup.pipeline.judging import Judged, judge_all
from dedup.pipeline.preparing import Columns, prepare_all
from dedup.pipeline.ranking import rank_all
from dedup.pipeline.standing import UNDATED
from dedup.pipeline.versions import with_versions
from dedup.recipe import Recipe
from dedup.records import Cluster, Pair, Problem, Report, Verdict
from dedup.stages.cluster import Join, Star, cluster
from dedup.stages.verdict import KEPT_WHOLE

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that stands whole in another may be one of several parts."""

type Progress = Callable[[str, int, int], object]
"""Hears the stage, how much of it is done, and how much there is."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def find_duplicates(
    documents: Iterable[DocumentLike | Problem] | Frame,
    *,
    recipe: Recipe | None = None,
    workers: int | None = None,
    progress: Progress = _silent,
) -> Report:
    """Find the copies among documents.

    Args:
        documents: Records, mappings with `text`, plain strings; problems pass into the report. Or a data
            frame whose columns are named so, see `from_frame`.
        recipe: Every setting that shapes the result; None for the defaults.
        workers: Threads, or processes with the numpy kernel, that prepare the texts, 1 or more; the
            result does not depend on it.
        progress: Called now and then.

    Returns:
        The same report for the same documents, whatever their order.

    Raises:
        SettingError: `workers` is below 1.
        ReadingError: What was given is no archive: a single text, a data frame without a column `text`.
    """
    recipe = recipe or Recipe()
    workers = _workers(workers)
    archive, index, problems = _taken_in(documents, recipe, workers=workers, progress=progress)
    texts, short = _comparable(archive, recipe)

    learner = Learner(archive, texts.first)
    candidates = index.candidates(
        texts.first,
        cap=recipe.bucket_cap,
        containment=recipe.partial,
        workers=workers,
        many=recipe.boilerplate,
        boilerplate=learner.learn,
    )
    del index  # its file can go
    judged = judge_all(
        archive, texts, candidates, recipe, learner=learner, workers=workers, progress=progress
    )
    stars = _clustered(archive, texts, judged)
    ranking = (
        rank_all(archive, texts, judged, stars, recipe=recipe, workers=workers, progress=progress)
        if recipe.rank
        else None
    )

    clusters = list_clusters(
        archive, texts, stars, judged=judged, ranking=ranking, policy=recipe.representative
    )
    clusters = with_versions(clusters, archive, learner)
    pairs = list_pairs(archive, texts, judged, ranking, recipe)
    every_problem = sorted((*problems, *short, *archive.unread_dates()), key=_place)
    return Report(
        recipe=recipe,
        counts={
            **_counts(archive, clusters, pairs, problems=every_problem, candidates=candidates),
            "unlisted_pairs": _all_pairs(texts, judged) - len(pairs),
        },
        clusters=clusters,
        pairs=pairs,
        problems=tuple(every_problem),
        boilerplate=learner.boilerplate(letters=recipe.letters),
        documents=_named(archive, clusters, pairs),
        encodings=dict(sorted(archive.encodings.items())),
        tokenisers={} if ranking is None else ranking.tokenisers,
        view=_in_notebook,
    )


def _workers(wanted: int | None) -> int:
    workers = _processors() if wanted is None else wanted
    if workers < 1:
        raise SettingError("workers", workers, "1 or more")
    return workers


def _processors() -> int:
    if kernel.NAME == "plain":
        from multiprocessing import get_start_method  # noqa: PLC0415 - compiled, nobody asks

        if get_start_method() != "fork":
            return 1  # processes would run the caller's script again: never unasked
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows do not say which of them are ours


def _taken_in(
    items: Iterable[DocumentLike | Problem] | Frame, recipe: Recipe, *, workers: int, progress: Progress
) -> tuple[Archive, MemoryIndex, list[Problem]]:
    """Read every document once: the archive keeps it, the index its sketches."""
    problems: list[Problem] = []
    archive, index = Archive(preferred=recipe.sources), MemoryIndex()
    documents = as_documents(_listed(items), problems)

    def store(columns: Columns) -> tuple[Stored, Sketches]:
        return archive.store(columns), columns.sketches

    for batch, (stored, sketches) in prepare_all(documents, recipe, workers=workers, then=store):
        archive.add(batch, stored)
        index.add(sketches)
        progress("sketch", len(archive.ids), 0)
    return archive, index, [*problems, *archive.settle()]


def _listed(items: Iterable[DocumentLike | Problem] | Frame) -> Iterable[DocumentLike | Problem]:
    if is_frame(items):
        from dedup.reading.frames import from_frame  # noqa: PLC0415 - brings the readers of all formats

        return from_frame(items)
    return cast("Iterable[DocumentLike | Problem]", items)


def _in_notebook(report: Report) -> str:
    from dedup.reporting.to_notebook import to_notebook  # noqa: PLC0415 - where nobody looks, nobody pays

    return to_notebook(report)


def _comparable(archive: Archive, recipe: Recipe) -> tuple[Texts, list[Problem]]:
    """Set aside what is too short to say anything, collapse the rest."""
    short = []
    for row in np.flatnonzero(archive.letters < recipe.min_letters).tolist():
        document = archive.document(row, whole=False)
        reason = (
            f"{document.id!r} has {archive.letters[row]} letters, too short to compare "
            f"({recipe.min_letters} are needed)"
        )
        short.append(Problem(document.path, document.line, reason, "too_short"))
    places = archive.places(policy=recipe.representative)
    order = np.lexsort(places.T[::-1])
    return collapse(order[archive.letters[order] >= recipe.min_letters], archive.digests), short


def _clustered(archive: Archive, texts: Texts, judged: Sequence[Judged]) -> list[Star]:
    rows = texts.first.tolist()
    names = [archive.ids[row] for row in rows]
    joins = [
        Join(names[pair.left], names[pair.right], container=_container(pair, names))
        for pair in judged
        if pair.verdict.joins
    ]
    joined = {number for pair in judged if pair.verdict.joins for number in (pair.left, pair.right)}
    dates = {names[number]: (int(archive.dates[rows[number]]),) for number in joined}
    return cluster(
        joins,
        related=((names[pair.left], names[pair.right]) for pair in judged),
        order=names,
        published={name: date for name, date in dates.items() if date != (UNDATED,)},
        copied={names[number] for number in np.flatnonzero(texts.carried > 1).tolist()},
    )


def _container(pair: Judged, names: Sequence[str]) -> str | None:
    """The text that is clearly longer, where the other stands in it whole, be that half of it."""
    whole = pair.overlap.containment >= KEPT_WHOLE and pair.overlap.length_ratio <= CLEARLY_SHORTER
    if pair.verdict is not Verdict.CONTAINED and not whole:
        return None
    return names[pair.left if pair.overlap.left >= pair.overlap.right else pair.right]


def _counts(
    archive: Archive,
    clusters: Sequence[Cluster],
    pairs: Sequence[Pair],
    *,
    problems: Sequence[Problem],
    candidates: Candidates,
) -> dict[str, int]:
    verdicts = Counter(pair.verdict for pair in pairs)
    clustered = {member.id for cluster in clusters for member in cluster.members}
    joining = {name for pair in pairs if pair.verdict.joins for name in (pair.left, pair.right)}
    kinds = Counter(problem.kind for problem in problems)
    return {
        "documents": len(archive.ids),
        "clusters": len(clusters),
        "clustered": len(clustered),
        "unclustered": len(joining - clustered),
        **{kind: kinds[kind] for kind in ("too_short", "unreadable", "skipped", "duplicate_id", "undated")},
        "pairs": len(pairs),
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        "candidates": candidates.left.size,
        "cut_buckets": candidates.cut_buckets,
        "cut_pairs": candidates.cut_pairs,
    }


def _all_pairs(texts: Texts, judged: Sequence[Judged]) -> int:
    """Count the pairs with a verdict if every copy were paired with every other."""
    carried = texts.carried
    between = carried * (carried - 1) // 2
    return int(between.sum()) + sum(int(carried[pair.left] * carried[pair.right]) for pair in judged)


def _named(archive: Archive, clusters: Sequence[Cluster], pairs: Sequence[Pair]) -> Documents:
    """The documents that clusters and pairs name."""
    named = {name for pair in pairs for name in (pair.left, pair.right)}
    named.update(member.id for cluster in clusters for member in cluster.members)
    return Documents(archive, {name: row for row, name in enumerate(archive.ids) if name in named})


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason
