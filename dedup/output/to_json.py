"""A report -> JSON, schema "dedup-report/1".

What holds records is laid out over lines, a record is one line: good to diff and to grep.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from math import isfinite

import orjson

from dedup.model import Cluster, Member, Pair, Problem, Reason, Report, Series
from dedup.model.measures import Json
from dedup.model.source_figures import SourceFigures
from dedup.output.utc_time import iso_time

SCHEMA = "dedup-report/1"

_FIRST_COUNTS = ("documents", "clusters", "clustered")
_DIGITS = 4
_ACTING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_DELETE, _CONTROLS, _SIGNS, _MARK, _TAGS = 0x7F, 0xC2, 0xE2, 0xEF, 0xF3
"""The first byte of each of those in UTF-8. `bytes` looks for a number ten times as fast as for a byte."""


def to_json(report: Report) -> bytes:
    r"""Write `report` as UTF-8 JSON that ends with a newline.

    Equal reports give equal bytes. Numbers carry four decimals. Letters stand as they are; characters that
    act on a terminal, and surrogates without their other half, are escaped (`\ud800`), so every string reads
    back as it was.
    """
    return b"".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[bytes]:
    """Give the same piece by piece: the text of a large report takes more memory than the report."""
    head: dict[str, Json] = {
        "schema": SCHEMA,
        "recipe": report.recipe.as_json(),
        "counts": _counts(report.counts),
        "encodings": dict(sorted(report.encodings.items())),
        "tokenisers": dict(sorted(report.tokenisers.items())),
    }
    if report.scope:
        head["scope"] = dict(report.scope)
    yield b"{\n " + b",\n ".join(_fields(head))
    yield from _listed("warnings", map(_encoded, map(asdict, report.warnings)))
    yield from _listed("date_orders", map(_encoded, map(asdict, report.date_orders)))
    against = "reference" in report.scope
    yield from _listed("sources", map(_encoded, map(_source, report.sources)))
    yield from _listed("clusters", (_cluster(cluster, against=against) for cluster in report.clusters))
    yield from _listed("pairs", (_pair(pair, against=against) for pair in report.pairs))
    yield from _listed("series", map(_series, report.series))
    yield from _listed("boilerplate", map(_encoded, map(asdict, report.boilerplate)))
    yield from _listed("problems", map(_encoded, map(_problem, report.problems)))
    yield b"\n}\n"


def _fields(record: Mapping[str, Json]) -> Iterator[bytes]:
    return (b'"%b":%b' % (name.encode(), _encoded(value)) for name, value in record.items())


def _listed(name: str, records: Iterable[bytes]) -> Iterator[bytes]:
    """List records, each on lines of its own."""
    yield b',\n "%b":[' % name.encode()
    between = b"\n  "
    for record in records:
        yield between + record
        between = b",\n  "
    yield b"]" if between == b"\n  " else b"\n ]"


def _counts(counts: Mapping[str, int]) -> dict[str, Json]:
    first = [name for name in _FIRST_COUNTS if name in counts]
    return {name: counts[name] for name in [*first, *sorted(counts.keys() - first)]}


def _cluster(cluster: Cluster, *, against: bool) -> bytes:
    fields = _fields(
        {
            "id": cluster.id,
            "representative": cluster.representative,
            "reason": str(cluster.reason),
            "reason_code": _code(cluster.reason),
            "cohesion": _rounded(cluster.cohesion),
            "shared_terms": list(cluster.shared_terms),
            "versions": list(cluster.versions),
        }
    )
    members = b",\n    ".join(_member(member, against=against) for member in cluster.members)
    return b'{\n   %b,\n   "members":[\n    %b\n   ]\n  }' % (b",\n   ".join(fields), members)


def _series(series: Series) -> bytes:
    fields = _fields(
        {
            "id": series.id,
            "representative": series.representative,
            "skeleton": series.skeleton,
            "wording": series.wording,
            "slots": list(map(asdict, series.slots)),
        }
    )
    members = b",\n    ".join(_encoded(asdict(member)) for member in series.members)
    return b'{\n   %b,\n   "members":[\n    %b\n   ]\n  }' % (b",\n   ".join(fields), members)


def _member(member: Member, *, against: bool) -> bytes:
    fields: dict[str, Json] = {
        "id": member.id,
        "path": member.path,
        "title": member.title,
        "source": member.source,
        "published": member.published,
        "published_utc": iso_time(member.moment),
        "url": member.url,
        "verdict": member.verdict,
        "confidence": _rounded(member.confidence),
        "changed": [each.as_json() for each in member.changed],
        "credits": member.credits,
        "jaccard": _rounded(member.jaccard),
        "containment": _rounded(member.containment),
        "tfidf": _rounded(member.tfidf),
        "rank": member.rank,
        "dropped": member.dropped,
        "own_terms": member.own_terms,
    }
    if against:
        fields["reference"] = member.reference
    return _with_reasons(fields, member.reasons)


def _pair(pair: Pair, *, against: bool) -> bytes:
    fields: dict[str, Json] = {
        "left": pair.left,
        "right": pair.right,
        "verdict": pair.verdict.value,
        "confidence": _rounded(pair.confidence),
        "changed": [each.as_json() for each in pair.changed],
        "jaccard": _rounded(pair.jaccard),
        "containment": _rounded(pair.containment),
        "tfidf": _rounded(pair.tfidf),
    }
    if against:
        fields["reference"] = pair.reference or None
    return _with_reasons(fields, pair.reasons)


def _with_reasons(fields: dict[str, Json], reasons: Iterable[Reason]) -> bytes:
    """Encode a record, its reasons at the end."""
    written = list(map(_sentence_and_code, reasons))
    fields["reasons"] = [sentence for sentence, _ in written]
    fields["reason_codes"] = [code for _, code in written]
    return _encoded(fields)


def _sentence_and_code(reason: Reason) -> tuple[str, Json]:
    return (reason.text(), _code(reason)) if reason.names_words else _repeated(reason)


@lru_cache(maxsize=1 << 15)
def _repeated(reason: Reason) -> tuple[str, Json]:
    """Write what a large report repeats often."""
    return reason.text(), _code(reason)


def _code(reason: Reason) -> dict[str, Json]:
    return {"kind": reason.kind, "values": reason.values}


def _source(source: SourceFigures) -> dict[str, Json]:
    return asdict(source) | {"credits": dict(source.credits)}


def _problem(problem: Problem) -> dict[str, Json]:
    return {"path": problem.path, "line": problem.line, "reason": problem.reason, "kind": problem.kind}


def _rounded(value: float | None) -> float | None:
    if value is not None and not isfinite(value):
        raise ValueError(f"{value} is not a score")  # JSON has no word for it
    return None if value is None else round(float(value), _DIGITS)


def _encoded(value: Json) -> bytes:
    try:
        line = orjson.dumps(value)
    except TypeError:  # half a character, or a number of more than 64 bits
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        line = text.encode("utf-8", "backslashreplace")
    return _ACTING.sub(_escape, line.decode()).encode() if _may_act(line) else line


def _may_act(line: bytes) -> bool:
    """Whether a character may stand in a line that `_ACTING` names: the first byte of one does."""
    return _SIGNS in line or _CONTROLS in line or _MARK in line or _TAGS in line or _DELETE in line


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
