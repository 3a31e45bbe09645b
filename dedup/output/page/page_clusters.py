"""Clusters and pairs on the page: columns for all views, and details for the view of one cluster."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from itertools import batched

from dedup.comparison.reasons import percent
from dedup.model import Cluster, ExchangedFact, Member, Pair, Reason, ReasonKind, Report, Verdict
from dedup.model.reason import Value
from dedup.output.legible_reasons import reasons_of_member, reasons_of_pair
from dedup.output.page.page_delays import delays
from dedup.output.page.page_documents import PageDocuments
from dedup.output.page.page_packing import Json
from dedup.output.sanitize import sanitize_line

BETWEEN = 200
"""Maximum number of pairs shown of a cluster besides those with the representative."""

CLUSTERS_TOGETHER = 50
"""Number of clusters whose details are packed together."""

VERDICTS = tuple(Verdict)
KINDS = tuple(ReasonKind)

_MEMBER_COLUMNS = ("members", "verdict", "jaccard", "containment", "tfidf", "confidence", "dropped")
_PAIR_COLUMNS = ("left", "right", "verdict", "jaccard", "containment", "tfidf", "confidence")


def cluster_columns(
    clusters: Sequence[Cluster], documents: PageDocuments, *, zone: tzinfo = UTC
) -> dict[str, Json]:
    """Return columns with the members of all clusters, representatives first.

    `changed` and `credits` map the index of a member to its values, if it has any; for `delay` see `delays`.
    """
    columns: dict[str, list[Json]] = {name: [] for name in ("sizes", "cohesion", "reason", *_MEMBER_COLUMNS)}
    changed: dict[str, Json] = {}
    credited: dict[str, Json] = {}
    moments: list[list[int | None]] = []
    for cluster in clusters:
        columns["sizes"].append(len(cluster.members))
        columns["cohesion"].append(percent(cluster.cohesion))
        columns["reason"].append(coded(cluster.reason))
        start = len(columns["members"])
        columns["members"].extend(documents.add(cluster.members))
        moments.append([member.moment for member in cluster.members])
        for place, member in enumerate(cluster.members, start=start):
            columns["verdict"].append(verdict_code(member.verdict))
            columns["dropped"].append(int(member.dropped))
            _score(columns, member)
            if member.changed:
                changed[str(place)] = _facts(member.changed)
            if member.credits:
                credited[str(place)] = sanitized(member.credits)
    return {**columns, "delay": delays(moments, zone), "changed": changed, "credits": credited}


def pair_columns(pairs: Sequence[Pair], documents: PageDocuments) -> dict[str, Json]:
    """Return pairs as columns, one value per pair."""
    columns: dict[str, list[Json]] = {name: [] for name in _PAIR_COLUMNS}
    for pair in pairs:
        left, right = documents.add((pair.left, pair.right))
        columns["left"].append(left)
        columns["right"].append(right)
        columns["verdict"].append(verdict_code(pair.verdict))
        _score(columns, pair)
    return {**columns}


def cluster_details(report: Report, documents: PageDocuments) -> Iterable[list[Json]]:
    """Yield the details for the view of one cluster, for several clusters at a time."""
    between = _between(report)
    for batch in batched(report.clusters, CLUSTERS_TOGETHER):
        yield [
            {
                "terms": sanitized(cluster.shared_terms),
                "own": [sanitized(member.own_terms) for member in cluster.members],
                "reasons": [
                    codes(reasons_of_member(member, cluster.representative, report.documents))
                    for member in cluster.members
                ],
                "versions": [*documents.add(cluster.versions)],
                "between": [
                    _between_members(pair, report, documents) for pair in between.get(cluster.id, [])
                ],
            }
            for cluster in batch
        ]


def codes(reasons: Iterable[Reason]) -> list[Json]:
    """Encode reasons."""
    return [coded(reason) for reason in reasons]


def coded(reason: Reason) -> list[Json]:
    """Encode a reason as the index of its kind and its values; the page fills in the phrase."""
    return [KINDS.index(reason.kind), *map(_inert_value, reason.values)]


def verdict_code(verdict: Verdict | None) -> int:
    """Return the index of a verdict, -1 for a representative."""
    return -1 if verdict is None else VERDICTS.index(verdict)


def sanitized(words: Iterable[str]) -> list[Json]:
    """Sanitize words of documents, each to one line."""
    return [sanitize_line(word) for word in words]


def _facts(changed: Iterable[ExchangedFact]) -> list[Json]:
    return [[sanitize_line(fact.left), sanitize_line(fact.right), fact.where] for fact in changed]


def _score(columns: Mapping[str, list[Json]], measured: Member | Pair) -> None:
    """Append scores as whole percents; -1 if not measured."""
    columns["jaccard"].append(percent(measured.jaccard))
    columns["containment"].append(percent(measured.containment))
    columns["tfidf"].append(-1 if measured.tfidf is None else percent(measured.tfidf))
    columns["confidence"].append(percent(measured.confidence))


def _between_members(pair: Pair, report: Report, documents: PageDocuments) -> list[Json]:
    return [
        *documents.add((pair.left, pair.right)),
        verdict_code(pair.verdict),
        percent(pair.jaccard),
        percent(pair.containment),
        -1 if pair.tfidf is None else percent(pair.tfidf),
        percent(pair.confidence),
        codes(reasons_of_pair(pair, report.documents)),
    ]


def _between(report: Report) -> dict[int, list[Pair]]:
    """Return the measured pairs of members that are not the representative, by cluster."""
    cluster_of: dict[str, int] = {}
    for cluster in report.clusters:
        for member in cluster.members[1:]:
            cluster_of.setdefault(member.id, cluster.id)
    pairs_by_cluster: dict[int, list[Pair]] = {}
    for pair in report.pairs:
        shared = cluster_of.get(pair.left)
        if (
            shared is not None
            and shared == cluster_of.get(pair.right)
            and len(pairs_by_cluster.setdefault(shared, [])) < BETWEEN
        ):
            pairs_by_cluster[shared].append(pair)
    return pairs_by_cluster


def _inert_value(value: Value) -> Json:
    if isinstance(value, str):
        return sanitize_line(value)
    return value if isinstance(value, int) else [_inert_value(item) for item in value]
