"""Write clusters as JSON, many at a time: each over several lines, one per field and per member."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from dedup.model import Cluster, Reason
from dedup.model.rows import UNDATED, VERDICTS, ClusterRows
from dedup.output.json_columns import (
    Columns,
    Fields,
    JsonColumn,
    changes,
    join_lists,
    lists,
    records,
    scores,
    side_by_side,
    strings,
    values,
)
from dedup.output.json_pairs import BETWEEN
from dedup.output.json_reasons import reason_code, written_columns, written_reasons
from dedup.output.json_text import encoded
from dedup.output.utc_time import iso_time

AT_ONCE = 1024
"""Maximum number of members written together; they take a few times the size of their titles and URLs."""
BETWEEN_MEMBERS = b",\n    "
"""Separator of the members of a cluster or a series."""
OPENING, FIRST_MEMBER, CLOSING = b"{\n   ", b',\n   "members":[\n    ', b"\n   ]\n  }"


def cluster_lines(clusters: Sequence[Cluster], *, against: bool) -> Iterator[Iterable[bytes]]:
    """Write clusters, each over several lines: one per field, then one per member.

    Args:
        clusters: Clusters of a report.
        against: Whether the report has a reference.

    Returns:
        The lines of several consecutive clusters, or of a large one, in pieces.
    """
    source = _Rows(clusters) if isinstance(clusters, ClusterRows) else _Records(clusters)
    fields = {name: write for name, write in _OF_MEMBERS.items() if against or name != "reference"}
    for start, stop in _together(source.bounds):
        first, last = source.bounds[[start, stop]].tolist()
        heads = _heads(source.heads(start, stop), stop - start)
        if last - first > AT_ONCE:
            yield _large_cluster(heads, source, fields, first, last)
        else:
            members = _members(source, fields, first, last)
            lines = join_lists(members, source.bounds[start : stop + 1] - first, BETWEEN_MEMBERS)
            every = side_by_side([heads, lines, CLOSING], stop - start)
            yield [join_lists(every, np.array([0, stop - start]), BETWEEN).written()]


def _together(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Group clusters to at most `AT_ONCE` members; a larger cluster is a group of its own."""
    start, clusters = 0, bounds.size - 1
    while start < clusters:
        enough = int(np.searchsorted(bounds, bounds[start] + AT_ONCE, side="right")) - 1
        stop = max(enough, start + 1)
        yield start, stop
        start = stop


def _large_cluster(
    head: JsonColumn, source: "_Rows | _Records", fields: Fields, first: int, last: int
) -> Iterator[bytes]:
    yield head.written()
    for start in range(first, last, AT_ONCE):
        stop = min(start + AT_ONCE, last)
        yield BETWEEN_MEMBERS if start > first else b""
        members = _members(source, fields, start, stop)
        yield join_lists(members, np.array([0, stop - start]), BETWEEN_MEMBERS).written()
    yield CLOSING


def _heads(columns: Columns, clusters: int) -> JsonColumn:
    pieces: list[JsonColumn | bytes] = []
    for name, write in _OF_HEADS.items():
        pieces += (b',\n   "%b":' if pieces else OPENING + b'"%b":') % name.encode(), write(columns[name])
    return side_by_side([*pieces, FIRST_MEMBER], clusters)


def _members(source: "_Rows | _Records", fields: Fields, first: int, last: int) -> JsonColumn:
    columns = source.members(first, last)
    written = {name: write(columns[name]) for name, write in fields.items()}
    return records(written | source.reasons(first, last), last - first)


def _sentences(reasons: Sequence[Reason]) -> JsonColumn:
    return strings([str(reason) for reason in reasons])


def _codes(reasons: Sequence[Reason]) -> JsonColumn:
    return JsonColumn.of([encoded(reason_code(reason)) for reason in reasons])


def _times(moments: Sequence[int | None]) -> JsonColumn:
    return values(list(map(iso_time, moments)))


_OF_HEADS: Fields = {
    "id": values,
    "representative": strings,
    "reason": _sentences,
    "reason_code": _codes,
    "cohesion": scores,
    "shared_terms": lists,
    "versions": lists,
}
_OF_MEMBERS: Fields = {
    "id": strings,
    "path": strings,
    "title": strings,
    "source": strings,
    "published": strings,
    "published_utc": _times,
    "url": strings,
    "verdict": values,
    "confidence": scores,
    "changed": changes,
    "credits": lists,
    "jaccard": scores,
    "containment": scores,
    "tfidf": scores,
    "rank": values,
    "dropped": values,
    "own_terms": lists,
    "reference": values,
}
_ATTRIBUTES = {"reason_code": "reason", "published_utc": "moment"}
"""Attributes of `Cluster` and `Member` by the JSON field, if the names differ."""


class _Records:
    """Clusters as objects."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._clusters = clusters
        self._members = list(chain.from_iterable(cluster.members for cluster in clusters))
        self.bounds = np.array([0, *accumulate(len(cluster.members) for cluster in clusters)])

    def heads(self, start: int, stop: int) -> Columns:
        return _attributes(self._clusters[start:stop], _OF_HEADS)

    def members(self, first: int, last: int) -> Columns:
        return _attributes(self._members[first:last], _OF_MEMBERS)

    def reasons(self, first: int, last: int) -> dict[str, JsonColumn]:
        return written_reasons([each.reasons for each in self._members[first:last]])


def _attributes(some: Sequence[object], fields: Iterable[str]) -> Columns:
    return {name: [getattr(each, _ATTRIBUTES.get(name, name)) for each in some] for name in fields}


class _Rows:
    """Clusters as columns."""

    def __init__(self, clusters: ClusterRows) -> None:
        self._clusters = clusters
        self.bounds = clusters.bounds

    def heads(self, start: int, stop: int) -> Columns:
        rows, every = self._clusters, range(start, stop)
        leaders = rows.documents[rows.bounds[start:stop]].tolist()
        grounds = list(map(rows.ground, every))
        return {
            "id": list(range(start + 1, stop + 1)),
            "representative": [rows.ids[leader] for leader in leaders],
            "reason": grounds,
            "reason_code": grounds,
            "cohesion": rows.cohesion[start:stop].tolist(),
            "shared_terms": [()] * len(every) if rows.shared_terms is None else rows.shared_terms[start:stop],
            "versions": [[rows.ids[place] for place in rows.versions.get(row, ())] for row in every],
        }

    def members(self, first: int, last: int) -> Columns:
        rows, some, count = self._clusters, slice(first, last), last - first
        documents, moments = rows.documents[some], rows.moments[some].tolist()
        heads = rows.heads(documents)
        clusters = np.searchsorted(rows.bounds, np.arange(first, last), side="right") - 1
        of_codes = (*VERDICTS, None)
        return {
            **_attributes(heads, ("id", "path", "title", "source", "published", "url")),
            "published_utc": [None if moment == UNDATED else moment for moment in moments],
            "verdict": [of_codes[code] for code in rows.verdicts[some].tolist()],
            "confidence": rows.confidence[some].tolist(),
            "changed": rows.explanations.changes(first, last),
            "credits": [credited for _, credited in zip(heads, rows.credits(first, last), strict=False)],
            "jaccard": rows.jaccard[some].tolist(),
            "containment": rows.containment[some].tolist(),
            "tfidf": [None] * count if rows.tfidf is None else rows.tfidf[some].tolist(),
            "rank": (np.arange(first, last) - rows.bounds[clusters]).tolist(),
            "dropped": rows.dropped[some].tolist(),
            "own_terms": [()] * count if rows.own_terms is None else rows.own_terms[some],
            "reference": (documents < rows.references).tolist(),
        }

    def reasons(self, first: int, last: int) -> dict[str, JsonColumn]:
        return written_columns(self._clusters.explanations.reasons(first, last), last - first)
