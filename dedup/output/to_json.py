"""Write a report as JSON, schema "dedup-report/1".

Each record is on a line of its own, for diff and grep.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import batched

from dedup.model import Problem, Report, Series
from dedup.model.lazy_rows import AT_ONCE
from dedup.model.measures import Json
from dedup.model.source_figures import SourceFigures
from dedup.output.json_clusters import BETWEEN_MEMBERS, CLOSING, FIRST_MEMBER, OPENING, cluster_lines
from dedup.output.json_pairs import BETWEEN, pair_lines
from dedup.output.json_text import encoded, fields, without_controls

SCHEMA = "dedup-report/1"

_FIRST_COUNTS = ("documents", "clusters", "clustered")


def to_json(report: Report) -> bytes:
    r"""Write `report` as UTF-8 JSON that ends with a newline.

    Equal reports give equal bytes. Scores have four decimals. Letters are not escaped; characters that act on
    a terminal, and lone surrogates, are (`\ud800`), so that every string can be read back unchanged.
    """
    return b"".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[bytes]:
    """Yield the result of `to_json` in pieces: for a large report, it takes more memory than the report."""
    return map(without_controls, _pieces(report))


def _pieces(report: Report) -> Iterator[bytes]:
    head: dict[str, Json] = {
        "schema": SCHEMA,
        "recipe": report.recipe.as_json(),
        "counts": _counts(report.counts),
        "encodings": dict(sorted(report.encodings.items())),
        "tokenisers": dict(sorted(report.tokenisers.items())),
    }
    if report.scope:
        head["scope"] = dict(report.scope)
    against = "reference" in report.scope
    yield b"{\n " + b",\n ".join(fields(head))
    yield from _listed("warnings", _lines(map(encoded, report.warnings)))
    yield from _listed("date_orders", _lines(map(encoded, report.date_orders)))
    yield from _listed("sources", _lines(map(encoded, map(_source, report.sources))))
    yield from _listed("clusters", cluster_lines(report.clusters, against=against))
    yield from _listed("pairs", ([lines] for lines in pair_lines(report.pairs, against=against)))
    yield from _listed("series", ([_series(each)] for each in report.series))
    yield from _listed("boilerplate", _lines(map(encoded, report.boilerplate)))
    yield from _listed("problems", _lines(map(encoded, map(_problem, report.problems))))
    yield b"\n}\n"


def _listed(name: str, records: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Write a list of records, each on its own lines.

    Args:
        name: Name of the list.
        records: Groups of records, each in pieces.
    """
    yield b',\n "%b":[' % name.encode()
    between = b"\n  "
    for pieces in records:
        yield between
        yield from pieces
        between = BETWEEN
    yield b"]" if between != BETWEEN else b"\n ]"


def _lines(records: Iterable[bytes]) -> Iterator[Iterable[bytes]]:
    """Group records, so that fewer pieces are written."""
    return ([BETWEEN.join(batch)] for batch in batched(records, AT_ONCE))


def _counts(counts: Mapping[str, int]) -> dict[str, Json]:
    first = [name for name in _FIRST_COUNTS if name in counts]
    return {name: counts[name] for name in [*first, *sorted(counts.keys() - first)]}


def _series(series: Series) -> bytes:
    head = fields(
        {
            "id": series.id,
            "representative": series.representative,
            "skeleton": series.skeleton,
            "wording": series.wording,
            "slots": list(map(asdict, series.slots)),
        }
    )
    # Joined in batches: a bytes object takes more memory than its content.
    members = (BETWEEN_MEMBERS.join(map(encoded, batch)) for batch in batched(series.members, AT_ONCE))
    return OPENING + b",\n   ".join(head) + FIRST_MEMBER + BETWEEN_MEMBERS.join(members) + CLOSING


def _source(source: SourceFigures) -> dict[str, Json]:
    return asdict(source) | {"credits": dict(source.credits)}


def _problem(problem: Problem) -> dict[str, Json]:
    return {"path": problem.path, "line": problem.line, "reason": problem.reason, "kind": problem.kind}
