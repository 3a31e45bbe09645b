"""Pairs and clusters of a report -> JSON, a column at a time: a large report has hundreds of thousands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

from dedup.model import Cluster, ExchangedFact, Member, Pair, Reason
from dedup.model.measures import Json
from dedup.output.json_text import encoded, encoded_column, encoded_scores, fields, listed, records, rounded
from dedup.output.utc_time import iso_time


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


def cluster_lines(clusters: Sequence[Cluster], *, against: bool) -> Iterator[bytes]:
    """Write clusters, each over several lines: a line per field, then a line per member."""
    members = iter(_members([member for cluster in clusters for member in cluster.members], against=against))
    for cluster in clusters:
        head = fields(
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
        yield with_members(head, (next(members) for _ in cluster.members))


def with_members(head: Iterable[bytes], members: Iterable[bytes]) -> bytes:
    """Write a cluster or a series from its encoded fields and members."""
    return b'{\n   %b,\n   "members":[\n    %b\n   ]\n  }' % (b",\n   ".join(head), b",\n    ".join(members))


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
    written = list(map(_WRITTEN.__getitem__, chain.from_iterable(reasons)))
    spans = list(pairwise(accumulate(map(len, reasons), initial=0)))
    sides = zip(("reasons", "reason_codes"), zip(*written, strict=True) if written else ((), ()), strict=True)
    return {name: [listed(side[start:end]) for start, end in spans] for name, side in sides}


class _Written(dict[Reason, tuple[bytes, bytes]]):
    """Reasons as sentences and as codes; what a large report repeats is written once."""

    def __missing__(self, reason: Reason) -> tuple[bytes, bytes]:
        written = encoded(reason.text()), encoded(reason_code(reason))
        if not reason.names_words and len(self) < _MOST_WRITTEN:
            self[reason] = written
        return written


_MOST_WRITTEN = 1 << 15
"""Reasons that are remembered, of at most some hundred bytes each."""
_WRITTEN = _Written()


def reason_code(reason: Reason) -> dict[str, Json]:
    """Return the kind and the values of a reason."""
    return {"kind": reason.kind, "values": reason.values}
