"""Write the members of every cluster as Parquet: the columns of the CSV, with types.

Text is exact, without the apostrophes that protect spreadsheets from formulas; lone surrogates, which UTF-8
cannot encode, become U+FFFD.
"""

from io import BytesIO
from itertools import batched
from types import ModuleType
from typing import Any

from dedup.model import Member, Report
from dedup.model.errors import WritingError
from dedup.model.memory import ARROW_AT_WORK, MB, is_out_of_memory, need_arrow_memory, need_memory
from dedup.model.rows import member_verdicts
from dedup.output.phrases import changes
from dedup.output.utc_time import utc_time

ROWS = 65_536
"""Number of members per table in memory."""
ROW_BYTES = 1200
"""Memory in bytes per member while its table is written: 70,000 with titles and URLs took 80 MB."""


def libraries() -> tuple[ModuleType, ModuleType]:
    """Return the modules pyarrow and pyarrow.parquet.

    Raises:
        WritingError: They are not installed.
    """
    need_arrow_memory()
    try:
        import pyarrow  # noqa: ICN001, PLC0415 - optional
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        if is_out_of_memory(error):
            raise
        raise WritingError(
            "writing Parquet needs pyarrow; install it with `pip install 'newsdedup[parquet]'`"
        ) from error
    return pyarrow, parquet


def to_parquet(report: Report) -> bytes:
    """Write the members of every cluster, representatives before their copies.

    The columns are those of the CSV: `cluster` and `rank` are integers; `confidence`, `jaccard`,
    `containment` and `tfidf` floats with four decimals, `tfidf` null if it was not measured; `verdict` is
    null for the representative; `dropped` is a boolean; `published_utc` a timestamp, null if the date is
    unknown; the others are strings, null if unknown. If there was a reference, `reference` is a boolean. A
    report without clusters gives a file without rows.

    Raises:
        WritingError: pyarrow is not installed.
    """
    arrow, parquet = libraries()
    need_memory(ARROW_AT_WORK + min(_count(report), ROWS) * ROW_BYTES // MB)
    schema = _schema(arrow, against="reference" in report.scope)
    members = (
        (cluster.id, cluster.representative, member)
        for cluster in report.clusters
        for member in cluster.members
    )
    written = BytesIO()
    with parquet.ParquetWriter(written, schema, compression="zstd") as writer:
        for batch in batched(members, ROWS):
            rows = [_row(cluster, representative, member) for cluster, representative, member in batch]
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
    return written.getvalue()


def _count(report: Report) -> int:
    return sum(1 for _ in member_verdicts(report.clusters))


def _schema(arrow: Any, *, against: bool) -> Any:  # noqa: ANN401 - a module, and what it makes
    whole, share, text = arrow.int64(), arrow.float64(), arrow.string()
    columns = [
        arrow.field("cluster", whole, nullable=False),
        arrow.field("representative", text, nullable=False),
        arrow.field("id", text, nullable=False),
        arrow.field("verdict", text),
        arrow.field("jaccard", share, nullable=False),
        arrow.field("containment", share, nullable=False),
        arrow.field("tfidf", share),
        arrow.field("rank", whole, nullable=False),
        *(arrow.field(name, text) for name in ("title", "source", "published", "url", "path")),
        arrow.field("confidence", share, nullable=False),
        arrow.field("dropped", arrow.bool_(), nullable=False),
        arrow.field("published_utc", arrow.timestamp("s", tz="UTC")),
        arrow.field("changed", text),
        arrow.field("credits", text),
    ]
    return arrow.schema(columns + [arrow.field("reference", arrow.bool_(), nullable=False)] * against)


def _row(cluster: int, representative: str, member: Member) -> dict[str, object]:
    return {
        "cluster": cluster,
        "representative": _text(representative),
        "id": _text(member.id),
        "verdict": member.verdict and member.verdict.value,
        "jaccard": round(member.jaccard, 4),
        "containment": round(member.containment, 4),
        "tfidf": None if member.tfidf is None else round(member.tfidf, 4),
        "rank": member.rank,
        "title": _text(member.title) or None,
        "source": _text(member.source) or None,
        "published": _text(member.published) or None,
        "url": _text(member.url) or None,
        "path": _text(member.path) or None,
        "confidence": round(member.confidence, 4),
        "dropped": member.dropped,
        "published_utc": utc_time(member.moment),
        "changed": _text("; ".join(changes(member.changed))) or None,
        "credits": _text("; ".join(member.credits)) or None,
        "reference": member.reference,
    }


def _text(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
