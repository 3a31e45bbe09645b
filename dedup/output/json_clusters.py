"""Clusters of a report -> JSON, many at a time, each over several lines: one per field and per member."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from dedup.model import Cluster, Member
from dedup.model.rows import UNDATED, VERDICTS, ClusterRows
from dedup.output.json_columns import JsonColumn, joined, records, scores, side_by_side, strings, values
from dedup.output.json_pairs import BETWEEN, written_changes
from dedup.output.json_reasons import reason_code, written_columns, written_reasons
from dedup.output.json_text import encoded, encoded_column
from dedup.output.utc_time import iso_time

AT_ONCE = 2048
"""Members that are written together: each takes some kilobytes for a moment."""
BETWEEN_MEMBERS = b",\n    "
"""What separates the members of a cluster or a series."""
OPENING, FIRST_MEMBER, CLOSING = b"{\n   ", b',\n   "members":[\n    ', b"\n   ]\n  }"

type Columns = dict[str, JsonColumn]


def cluster_lines(clusters: Sequence[Cluster], *, against: bool) -> Iterator[Iterable[bytes]]:
    """Write clusters, each over several lines: a line per field, then a line per member.

    Args:
        clusters: Of one report.
        against: Whether the report has a reference.

    Returns:
        Lines of some clusters in a row, or of one that is large, in pieces.
    """
    source = _Rows(clusters) if isinstance(clusters, ClusterRows) else _Records(clusters)
    for start, stop in _together(source.bounds):
        first, last = source.bounds[[start, stop]].tolist()
        heads = _heads(source.heads(start, stop), stop - start)
        if last - first > AT_ONCE:
            yield _large_cluster(heads, source, first, last, against=against)
        else:
            members = _members(source.members(first, last), last - first, against=against)
            lists = joined(members, source.bounds[start : stop + 1] - first, BETWEEN_MEMBERS)
            every = side_by_side([heads, lists, CLOSING], stop - start)
            yield [joined(every, np.array([0, stop - start]), BETWEEN).written()]


def _together(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Put clusters together that have `AT_ONCE` members in all, or one that has more."""
    start, clusters = 0, bounds.size - 1
    while start < clusters:
        stop = int(np.searchsorted(bounds, bounds[start] + AT_ONCE, side="right")) - 1
        yield start, max(stop, start + 1)
        start = max(stop, start + 1)


def _large_cluster(
    head: JsonColumn, source: "_Rows | _Records", first: int, last: int, *, against: bool
) -> Iterator[bytes]:
    yield head.written()
    for start in range(first, last, AT_ONCE):
        count = min(AT_ONCE, last - start)
        members = _members(source.members(start, start + count), count, against=against)
        yield BETWEEN_MEMBERS if start > first else b""
        yield joined(members, np.array([0, count]), BETWEEN_MEMBERS).written()
    yield CLOSING


def _heads(columns: Columns, clusters: int) -> JsonColumn:
    pieces: list[JsonColumn | bytes] = []
    for place, (name, column) in enumerate(columns.items()):
        pieces += (b',\n   "%b":' if place else OPENING + b'"%b":') % name.encode(), column
    return side_by_side([*pieces, FIRST_MEMBER], clusters)


def _members(columns: Columns, members: int, *, against: bool) -> JsonColumn:
    if not against:
        del columns["reference"]
    return records(columns, members)


class _Rows:
    """The clusters of a run, whose members stand in columns."""

    def __init__(self, clusters: ClusterRows) -> None:
        self._clusters = clusters
        self.bounds = clusters.bounds

    def heads(self, start: int, stop: int) -> Columns:
        rows, every = self._clusters, range(start, stop)
        leaders = rows.documents[rows.bounds[start:stop]].tolist()
        grounds = [rows.ground(row) for row in every]
        return {
            "id": values(range(start + 1, stop + 1)),
            "representative": strings([rows.ids[leader] for leader in leaders]),
            "reason": strings([str(ground) for ground in grounds]),
            "reason_code": JsonColumn.of([encoded(reason_code(ground)) for ground in grounds]),
            "cohesion": scores(rows.cohesion[start:stop].tolist()),
            "shared_terms": _lists(
                [() for _ in every] if rows.shared_terms is None else rows.shared_terms[start:stop]
            ),
            "versions": _lists([[rows.ids[place] for place in rows.versions.get(row, ())] for row in every]),
        }

    def members(self, first: int, last: int) -> Columns:
        rows, some, count = self._clusters, slice(first, last), last - first
        documents, verdicts, moments = rows.documents[some], rows.verdicts[some], rows.moments[some].tolist()
        heads = rows.heads(documents)
        clusters = np.searchsorted(rows.bounds, np.arange(first, last), side="right") - 1
        own_terms = [()] * count if rows.own_terms is None else rows.own_terms[some]
        return {
            "id": strings([head.id for head in heads]),
            "path": strings([head.path for head in heads]),
            "title": strings([head.title for head in heads]),
            "source": strings([head.source for head in heads]),
            "published": strings([head.published for head in heads]),
            "published_utc": values([None if moment == UNDATED else iso_time(moment) for moment in moments]),
            "url": strings([head.url for head in heads]),
            "verdict": JsonColumn.coded(encoded_column([*VERDICTS, None]), verdicts),
            "confidence": scores(rows.confidence[some].tolist()),
            "changed": written_changes(rows.explanations.changes(first, last)),
            "credits": _lists(
                [credited for credited, _ in zip(rows.credits(first, last), heads, strict=False)]
            ),
            "jaccard": scores(rows.jaccard[some].tolist()),
            "containment": scores(rows.containment[some].tolist()),
            "tfidf": scores([None] * count if rows.tfidf is None else rows.tfidf[some].tolist()),
            "rank": values((np.arange(first, last) - rows.bounds[clusters]).tolist()),
            "dropped": JsonColumn.coded([b"false", b"true"], rows.dropped[some]),
            "own_terms": _lists(own_terms),
            "reference": JsonColumn.coded([b"false", b"true"], documents < rows.references),
            **written_columns(rows.explanations.reasons(first, last), count),
        }


class _Records:
    """Clusters that are objects."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._clusters = clusters
        self._every = list(chain.from_iterable(cluster.members for cluster in clusters))
        self.bounds = np.array([0, *accumulate(len(cluster.members) for cluster in clusters)])

    def heads(self, start: int, stop: int) -> Columns:
        some = self._clusters[start:stop]
        return {
            "id": values([each.id for each in some]),
            "representative": strings([each.representative for each in some]),
            "reason": strings([str(each.reason) for each in some]),
            "reason_code": JsonColumn.of([encoded(reason_code(each.reason)) for each in some]),
            "cohesion": scores([each.cohesion for each in some]),
            "shared_terms": _lists([each.shared_terms for each in some]),
            "versions": _lists([each.versions for each in some]),
        }

    def members(self, first: int, last: int) -> Columns:
        some: Sequence[Member] = self._every[first:last]
        return {
            "id": strings([each.id for each in some]),
            "path": strings([each.path for each in some]),
            "title": strings([each.title for each in some]),
            "source": strings([each.source for each in some]),
            "published": strings([each.published for each in some]),
            "published_utc": values([iso_time(each.moment) for each in some]),
            "url": strings([each.url for each in some]),
            "verdict": values([each.verdict for each in some]),
            "confidence": scores([each.confidence for each in some]),
            "changed": written_changes([each.changed for each in some]),
            "credits": _lists([each.credits for each in some]),
            "jaccard": scores([each.jaccard for each in some]),
            "containment": scores([each.containment for each in some]),
            "tfidf": scores([each.tfidf for each in some]),
            "rank": values([each.rank for each in some]),
            "dropped": values([each.dropped for each in some]),
            "own_terms": _lists([each.own_terms for each in some]),
            "reference": values([each.reference for each in some]),
            **written_reasons([each.reasons for each in some]),
        }


def _lists(lists: Iterable[Sequence[str]]) -> JsonColumn:
    """Write lists of strings; most are empty."""
    return JsonColumn.of([encoded(some) if some else b"[]" for some in lists])
