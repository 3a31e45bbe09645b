"""The report's road.

documents > fold > shingle > sketch > index > match > verdict > cluster > rank > report
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dedup.documents import DocumentLike, gather
from dedup.index.memory import Candidates, find_candidates
from dedup.pipeline.assembling import list_clusters, list_pairs
from dedup.pipeline.collapsing import Text, between_copies, collapse, concatenated
from dedup.pipeline.judging import Judged, judge_all
from dedup.pipeline.preparing import Prepared, prepare_all
from dedup.recipe import Recipe
from dedup.records import Cluster, Document, Pair, Problem, Report, Verdict
from dedup.stages.cluster import Join, Moment, Star, cluster
from dedup.stages.date import moment
from dedup.stages.fold import fold
from dedup.stages.rank import Ranking, rank
from dedup.stages.verdict import KEPT_WHOLE

CLEARLY_SHORTER = 0.8
"""Length ratio up to which a near-duplicate that stands whole in another may be one of several parts."""

type Progress = Callable[[str, int, int], object]
"""Hears the stage, how much of it is done, and how much there is."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def find_duplicates(
    documents: Iterable[DocumentLike | Problem],
    *,
    recipe: Recipe | None = None,
    workers: int = 1,
    progress: Progress = _silent,
) -> Report:
    """Find the copies among documents.

    Args:
        documents: Records, mappings with `text`, plain strings; problems pass into the report.
        recipe: Every setting that shapes the result; None for the defaults.
        workers: Threads, or processes with the numpy kernel, that prepare the texts, 1 or more; the
            result does not depend on it.
        progress: Called now and then.

    Returns:
        The same report for the same documents, whatever their order.

    Raises:
        SettingError: `workers` is below 1.
    """
    recipe = recipe or Recipe()
    listed, problems = gather(documents)
    prepared = prepare_all([document.text for document in listed], recipe, workers=workers, progress=progress)
    dates, undated = _dates(listed)
    texts, short = _comparable(listed, prepared, dates, recipe)

    candidates = _candidates(texts, recipe)
    judged = judge_all(texts, candidates, recipe, progress=progress)
    stars = _clustered(texts, judged, dates)
    ranking = _ranked(texts, judged, stars, recipe, progress) if recipe.rank else None

    by_id = {text.id: text for text in texts}
    clusters = list_clusters(
        stars, by_id, judged=judged, ranking=ranking, dates=dates, policy=recipe.representative
    )
    pairs = list_pairs(texts, judged, ranking, recipe)
    every_problem = sorted((*problems, *short, *undated), key=_place)
    return Report(
        recipe=recipe,
        counts={
            **_counts(listed, clusters, pairs, problems=every_problem, candidates=candidates),
            "unlisted_pairs": _all_pairs(texts, judged) - len(pairs),
        },
        clusters=clusters,
        pairs=pairs,
        problems=tuple(every_problem),
        documents=_named(listed, clusters, pairs),
        encodings=dict(sorted(Counter(item.encoding for item in listed if item.encoding).items())),
        tokenisers={} if ranking is None else ranking.tokenisers,
    )


def _comparable(
    documents: Sequence[Document],
    prepared: Sequence[Prepared],
    dates: Mapping[str, Moment],
    recipe: Recipe,
) -> tuple[list[Text], list[Problem]]:
    """Set aside what is too short to say anything, collapse the rest."""
    short, rows = [], []
    for row, (document, item) in enumerate(zip(documents, prepared, strict=True)):
        if item.letters >= recipe.min_letters:
            rows.append(row)
        else:
            reason = (
                f"{document.id!r} has {item.letters} letters, too short to compare "
                f"({recipe.min_letters} are needed)"
            )
            short.append(Problem(document.path, document.line, reason, "too_short"))
    texts = collapse(
        [documents[row] for row in rows],
        [prepared[row] for row in rows],
        dates=dates,
        policy=recipe.representative,
    )
    return texts, short


def _dates(documents: Sequence[Document]) -> tuple[dict[str, Moment], list[Problem]]:
    """Read when each document was published; name the dates that cannot be read."""
    dates, problems = {}, []
    for document in documents:
        if not document.published:
            continue
        when = moment(document.published)
        if when is not None:
            dates[document.id] = when
        else:
            written = document.published[:40]
            reason = f"{document.id!r} has a date that cannot be read, {written!r}; taken as undated"
            problems.append(Problem(document.path, document.line, reason, "undated"))
    return dates, problems


def _candidates(texts: Sequence[Text], recipe: Recipe) -> Candidates:
    fingerprints, bounds = concatenated([text.prepared.fingerprints for text in texts])
    return find_candidates(
        [text.prepared.signature for text in texts],
        fingerprints,
        bounds,
        rows=recipe.rows,
        cap=recipe.bucket_cap,
        containment=recipe.partial,
    )


def _clustered(texts: Sequence[Text], judged: Sequence[Judged], dates: Mapping[str, Moment]) -> list[Star]:
    joins = [
        Join(pair.left.id, pair.right.id, container=_container(pair)) for pair in judged if pair.verdict.joins
    ]
    return cluster(
        joins,
        related=((pair.left.id, pair.right.id) for pair in judged),
        order=[text.id for text in texts],
        published=dates,
        copied={text.id for text in texts if len(text.documents) > 1},
    )


def _container(pair: Judged) -> str | None:
    """The text that is clearly longer, where the other stands in it whole, be that half of it."""
    whole = pair.overlap.containment >= KEPT_WHOLE and pair.overlap.length_ratio <= CLEARLY_SHORTER
    if pair.verdict is not Verdict.CONTAINED and not whole:
        return None
    return pair.left.id if pair.overlap.left >= pair.overlap.right else pair.right.id


def _ranked(
    texts: Sequence[Text], judged: Sequence[Judged], stars: Sequence[Star], recipe: Recipe, progress: Progress
) -> Ranking:
    """Rank by the words of the archive: of the texts with the smallest digests, a sample without a seed."""
    progress("rank", 0, len(judged))
    by_id = {text.id: text for text in texts}
    named = {name for star in stars for name in (star.representative, *star.members)}
    named.update(name for pair in judged for name in (pair.left.id, pair.right.id))
    sample = sorted(texts, key=lambda text: text.prepared.digest)[: recipe.rank_sample] if named else []
    ranking = rank(
        {name: _folded(by_id[name]) for name in sorted(named)},
        pairs=[(pair.left.id, pair.right.id) for pair in judged],
        clusters=[(star.representative, *star.members) for star in stars],
        background=[_folded(text) for text in sample],
    )
    progress("rank", len(judged), len(judged))
    return ranking


def _folded(text: Text) -> str:
    return str(fold(text.documents[0].text))


def _counts(
    documents: Sequence[Document],
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
        "documents": len(documents),
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


def _all_pairs(texts: Sequence[Text], judged: Sequence[Judged]) -> int:
    """Count the pairs with a verdict if every copy were paired with every other."""
    return sum(map(between_copies, texts)) + sum(
        len(pair.left.documents) * len(pair.right.documents) for pair in judged
    )


def _named(
    documents: Sequence[Document], clusters: Sequence[Cluster], pairs: Sequence[Pair]
) -> dict[str, Document]:
    names = {member.id for cluster in clusters for member in cluster.members}
    names.update(name for pair in pairs for name in (pair.left, pair.right))
    return {document.id: document for document in documents if document.id in names}


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason
