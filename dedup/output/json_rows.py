"""Pairs and clusters of a report -> JSON, a column at a time: a large report has hundreds of thousands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, batched, chain, pairwise

from dedup.model import Cluster, ExchangedFact, Member, Pair, Reason
from dedup.model.lazy_rows import AT_ONCE
from dedup.model.measures import Json
from dedup.output.json_text import (
    encoded,
    encoded_column,
    encoded_records,
    encoded_scores,
    fields,
    listed,
    records,
    rounded,
)
from dedup.output.utc_time import iso_time

BETWEEN = b",\n  "
"""What separates records of a list."""
_BETWEEN_MEMBERS = b",\n    "
_OPENING, _CLOSING = b'{\n   %b,\n   "members":[\n    ', b"\n   ]\n  }"


def pair_lines(pairs: Sequence[Pair], *, against: bool) -> list[bytes]:
    """Write pairs, each on one line.

    Args:
        pairs: Of one report.
        against: Whether the report has a reference.
    """
    columns = {
        "left": encoded_column([each.left for each in pairs]),
        "right": encoded_column([each.right for each in pairs]),
        "verdict": encoded_column([each.verdict for each in pairs]),
        "confidence": encoded_scores([each.confidence for each in pairs]),
        "changed": [_changed(each.changed) for each in pairs],
        "jaccard": encoded_scores([each.jaccard for each in pairs]),
        "containment": encoded_scores([each.containment for each in pairs]),
        "tfidf": encoded_scores([each.tfidf for each in pairs]),
    }
    if against:
        columns["reference"] = encoded_column([each.reference or None for each in pairs])
    return records(columns | _reasons([each.reasons for each in pairs]))


def cluster_lines(clusters: Iterable[Cluster], *, against: bool) -> Iterator[Iterable[bytes]]:
    """Write clusters, each over several lines: a line per field, then a line per member.

    Returns:
        Lines of some clusters in a row, or of one that is large, in pieces.
    """
    for some in _together(clusters):
        if len(some) == 1:
            yield _large_cluster(some[0], against=against)
        else:
            yield [BETWEEN.join(_small_clusters(some, against=against))]


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


def _small_clusters(clusters: Sequence[Cluster], *, against: bool) -> Iterator[bytes]:
    members = iter(_members([member for cluster in clusters for member in cluster.members], against=against))
    for cluster in clusters:
        yield with_members(_head(cluster), (next(members) for _ in cluster.members))


def _large_cluster(cluster: Cluster, *, against: bool) -> Iterator[bytes]:
    yield _OPENING % b",\n   ".join(_head(cluster))
    for place, members in enumerate(batched(cluster.members, AT_ONCE)):
        yield (_BETWEEN_MEMBERS if place else b"") + _BETWEEN_MEMBERS.join(_members(members, against=against))
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
    return _OPENING % b",\n   ".join(head) + _BETWEEN_MEMBERS.join(members) + _CLOSING


def _members(members: Sequence[Member], *, against: bool) -> list[bytes]:
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
    return records(columns | _reasons([each.reasons for each in members]))


def _changed(facts: Sequence[ExchangedFact]) -> bytes:
    return encoded([each.as_json() for each in facts]) if facts else b"[]"


def _strings(strings: tuple[str, ...]) -> bytes:
    return encoded(strings) if strings else b"[]"


def _reasons(reasons: Sequence[Sequence[Reason]]) -> dict[str, list[bytes]]:
    """Write the sentences of each record, and the same as codes."""
    written = _written(list(chain.from_iterable(reasons)))
    spans = list(pairwise(accumulate(map(len, reasons), initial=0)))
    sides = zip(("reasons", "reason_codes"), zip(*written, strict=True) if written else ((), ()), strict=True)
    return {name: [listed(side[start:end]) for start, end in spans] for name, side in sides}


def _written(reasons: Sequence[Reason]) -> list[tuple[bytes, bytes]]:
    """Write each reason as a sentence and as a code; what a large report repeats is written once."""
    unknown = [*dict.fromkeys(reasons).keys() - _WRITTEN.keys()]
    sentences = encoded_column([reason.text() for reason in unknown])
    codes = encoded_records(list(map(reason_code, unknown)))
    new = dict(zip(unknown, zip(sentences, codes, strict=True), strict=True))
    written = [_WRITTEN.get(reason) or new[reason] for reason in reasons]
    if len(_WRITTEN) < _MOST_WRITTEN:
        _WRITTEN.update((reason, both) for reason, both in new.items() if not reason.names_words)
    return written


_MOST_WRITTEN = 1 << 15
"""Reasons that are remembered, of at most some hundred bytes each."""
_WRITTEN: dict[Reason, tuple[bytes, bytes]] = {}


def reason_code(reason: Reason) -> dict[str, Json]:
    """Return the kind and the values of a reason."""
    return {"kind": reason.kind, "values": reason.values}
