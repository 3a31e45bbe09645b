"""Pairs and clusters of a report -> JSON, a column at a time: a large report has hundreds of thousands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import batched

from dedup.model import Cluster, ExchangedFact, Member, Pair
from dedup.model.lazy_rows import AT_ONCE
from dedup.model.reason_columns import Explanations, WithoutReasons
from dedup.model.rows import ClusterRows, PairRows
from dedup.output.json_reasons import reason_code, written_columns, written_reasons
from dedup.output.json_text import encoded, encoded_column, encoded_scores, fields, records, rounded
from dedup.output.utc_time import iso_time

BETWEEN = b",\n  "
"""What separates records of a list."""
BETWEEN_MEMBERS = b",\n    "
"""What separates the members of a cluster or a series."""
_OPENING, _CLOSING = b'{\n   %b,\n   "members":[\n    ', b"\n   ]\n  }"


def pair_lines(pairs: Sequence[Pair], *, against: bool) -> Iterator[bytes]:
    """Write pairs, each on one line.

    Args:
        pairs: Of one report.
        against: Whether the report has a reference.
    """
    explained = _Explained(pairs.explanations if isinstance(pairs, PairRows) else None)
    if isinstance(pairs, PairRows):
        pairs = replace(pairs, explanations=WithoutReasons(pairs.explanations))
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        columns = {
            "left": encoded_column([each.left for each in some]),
            "right": encoded_column([each.right for each in some]),
            "verdict": encoded_column([each.verdict for each in some]),
            "confidence": encoded_scores([each.confidence for each in some]),
            "changed": [_changed(each.changed) for each in some],
            "jaccard": encoded_scores([each.jaccard for each in some]),
            "containment": encoded_scores([each.containment for each in some]),
            "tfidf": encoded_scores([each.tfidf for each in some]),
        }
        if against:
            columns["reference"] = encoded_column([each.reference or None for each in some])
        yield from records(columns | explained.reasons(some))


def cluster_lines(clusters: Sequence[Cluster], *, against: bool) -> Iterator[Iterable[bytes]]:
    """Write clusters, each over several lines: a line per field, then a line per member.

    Returns:
        Lines of some clusters in a row, or of one that is large, in pieces.
    """
    explained = _Explained(clusters.explanations if isinstance(clusters, ClusterRows) else None)
    if isinstance(clusters, ClusterRows):
        clusters = replace(clusters, explanations=WithoutReasons(clusters.explanations))
    write = partial(_members, explained=explained, against=against)
    for some in _together(clusters):
        if len(some) == 1:
            yield _large_cluster(some[0], write)
        else:
            yield [BETWEEN.join(_small_clusters(some, write))]


class _Explained:
    """Writes the reasons of consecutive rows: from columns if there are any, else from the records."""

    def __init__(self, explanations: Explanations | None) -> None:
        self._explanations = explanations
        self._row = 0

    def reasons(self, rows: Sequence[Pair | Member]) -> dict[str, list[bytes]]:
        """Write the reasons of the next rows."""
        start, self._row = self._row, self._row + len(rows)
        if self._explanations is None:
            return written_reasons([each.reasons for each in rows])
        return written_columns(self._explanations.reasons(start, self._row), len(rows))


type _Write = Callable[[Sequence[Member]], list[bytes]]


def _together(clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    """Put clusters together that have some hundred members in all, as they come."""
    some: list[Cluster] = []
    size = 0
    for cluster in clusters:
        if some and size + len(cluster.members) > AT_ONCE:
            yield some
            some, size = [], 0
        some.append(cluster)
        size += len(cluster.members)
    if some:
        yield some


def _small_clusters(clusters: Sequence[Cluster], write: _Write) -> Iterator[bytes]:
    members = iter(write([member for cluster in clusters for member in cluster.members]))
    for cluster in clusters:
        yield with_members(_head(cluster), (next(members) for _ in cluster.members))


def _large_cluster(cluster: Cluster, write: _Write) -> Iterator[bytes]:
    yield _OPENING % b",\n   ".join(_head(cluster))
    for place, members in enumerate(batched(cluster.members, AT_ONCE)):
        yield (BETWEEN_MEMBERS if place else b"") + BETWEEN_MEMBERS.join(write(members))
    yield _CLOSING


def _head(cluster: Cluster) -> Iterator[bytes]:
    return fields(
        {
            "id": cluster.id,
            "representative": cluster.representative,
            "reason": str(cluster.reason),
            "reason_code": reason_code(cluster.reason),
            "cohesion": rounded(cluster.cohesion),
            "shared_terms": list(cluster.shared_terms),
            "versions": list(cluster.versions),
        }
    )


def with_members(head: Iterable[bytes], members: Iterable[bytes]) -> bytes:
    """Write a cluster or a series from its encoded fields and members."""
    return _OPENING % b",\n   ".join(head) + BETWEEN_MEMBERS.join(members) + _CLOSING


def _members(members: Sequence[Member], *, explained: _Explained, against: bool) -> list[bytes]:
    columns = {
        "id": encoded_column([each.id for each in members]),
        "path": encoded_column([each.path for each in members]),
        "title": encoded_column([each.title for each in members]),
        "source": encoded_column([each.source for each in members]),
        "published": encoded_column([each.published for each in members]),
        "published_utc": encoded_column([iso_time(each.moment) for each in members]),
        "url": encoded_column([each.url for each in members]),
        "verdict": encoded_column([each.verdict for each in members]),
        "confidence": encoded_scores([each.confidence for each in members]),
        "changed": [_changed(each.changed) for each in members],
        "credits": [_strings(each.credits) for each in members],
        "jaccard": encoded_scores([each.jaccard for each in members]),
        "containment": encoded_scores([each.containment for each in members]),
        "tfidf": encoded_scores([each.tfidf for each in members]),
        "rank": encoded_column([each.rank for each in members]),
        "dropped": encoded_column([each.dropped for each in members]),
        "own_terms": [_strings(each.own_terms) for each in members],
    }
    if against:
        columns["reference"] = encoded_column([each.reference for each in members])
    return records(columns | explained.reasons(members))


def _changed(facts: Sequence[ExchangedFact]) -> bytes:
    return encoded([each.as_json() for each in facts]) if facts else b"[]"


def _strings(strings: tuple[str, ...]) -> bytes:
    return encoded(strings) if strings else b"[]"
