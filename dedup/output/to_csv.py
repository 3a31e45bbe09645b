"""Write CSV for spreadsheets: one row per member of a cluster, or per pair.

Source: RFC 4180; OWASP, "CSV Injection".
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import batched, chain

from dedup.model import Member, Pair, Report
from dedup.output.phrases import changes
from dedup.output.sanitize import sanitize_line
from dedup.output.utc_time import iso_time

COLUMNS = (
    "cluster",
    "representative",
    "id",
    "verdict",
    "jaccard",
    "containment",
    "tfidf",
    "rank",
    "title",
    "source",
    "published",
    "url",
    "path",
    "confidence",
    "dropped",
    "published_utc",
    "changed",
    "credits",
)

PAIR_COLUMNS = (
    "verdict",
    "confidence",
    "jaccard",
    "containment",
    "tfidf",
    *("left", "right", "left_title", "right_title", "left_source", "right_source"),
    *("left_published", "right_published", "left_url", "right_url"),
    "changed",
    "reasons",
    "reference",
)

CELL = 32_000
"""Maximum number of characters in a cell: Excel moves those beyond 32,767 to the next row."""

_FORMULA = re.compile(r'(^|;)(?=[\s"\u200c-\u200f\u061c]*[=+\-@\uff1d\uff0b\uff0d\uff20])')


ROWS = 4096
"""Number of rows written together."""


def to_csv(report: Report) -> bytes:
    """Write the members of every cluster after a header line, representatives before their copies.

    UTF-8 with a byte order mark, without which Excel reads Persian as mojibake; Python reads it as
    `utf-8-sig`. If there was a reference, a last column shows whether a member is in it. The verdict of a
    representative is empty, and so is a TF-IDF that was not measured. `changed` lists facts as the
    representative has them and as the member does: `40 -> 14; 3 -> 4`. Text is on one line. A cell that a
    spreadsheet would run as a formula (beginning with `=`, `+`, `-` or `@`) gets a leading apostrophe, also
    after a `;`, where a spreadsheet set to semicolons begins a cell. The exact text is in the JSON.
    """
    return b"".join(csv_pieces(report))


def csv_pieces(report: Report) -> Iterator[bytes]:
    """Yield the result of `to_csv` in pieces, with few members in memory at a time."""
    against = "reference" in report.scope
    yield codecs.BOM_UTF8
    rows = chain([(*COLUMNS, "reference") if against else COLUMNS], _rows(report, against=against))
    for batch in batched(rows, ROWS):
        yield _table(batch)


def _rows(report: Report, *, against: bool) -> Iterator[tuple[str | int, ...]]:
    for cluster in report.clusters:
        for member in cluster.members:
            side = (str(member.reference).lower(),) if against else ()
            yield cluster.id, _cell(cluster.representative), *_member_cells(member), *side


def _member_cells(member: Member) -> tuple[str | int, ...]:
    return (
        _cell(member.id),
        member.verdict or "",
        _figure(member.jaccard),
        _figure(member.containment),
        _figure(member.tfidf),
        member.rank,
        _cell(member.title),
        _cell(member.source),
        _cell(member.published),
        _cell(member.url),
        _cell(member.path),
        _figure(member.confidence),
        str(member.dropped).lower(),
        iso_time(member.moment) or "",
        _cell("; ".join(changes(member.changed))),
        _cell("; ".join(member.credits)),
    )


def pairs_to_csv(report: Report) -> Iterator[bytes]:
    """Yield the pairs with a verdict in pieces, one row per pair, in the form of `to_csv`."""
    yield codecs.BOM_UTF8
    for batch in batched(chain([PAIR_COLUMNS], map(partial(_pair_row, report), report.pairs)), ROWS):
        yield _table(batch)


def _pair_row(report: Report, pair: Pair) -> tuple[str, ...]:
    left, right = report.documents[pair.left], report.documents[pair.right]
    return (
        pair.verdict,
        _figure(pair.confidence),
        _figure(pair.jaccard),
        _figure(pair.containment),
        _figure(pair.tfidf),
        _cell(pair.left),
        _cell(pair.right),
        *(_cell(text) for text in (left.title, right.title, left.source, right.source)),
        *(_cell(text) for text in (left.published, right.published, left.url, right.url)),
        _cell("; ".join(changes(pair.changed))),
        _cell("; ".join(map(str, pair.reasons))),
        pair.reference,
    )


def _table(rows: Iterable[Sequence[str | int]]) -> bytes:
    table = io.StringIO(newline="")
    csv.writer(table).writerows(rows)
    return table.getvalue().encode()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _cell(text: str) -> str:
    return _FORMULA.sub(r"\1'", sanitize_line(text, limit=CELL))
