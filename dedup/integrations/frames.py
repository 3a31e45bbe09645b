"""A report -> data frames: result columns added to the input frame, or a frame of members or pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from operator import attrgetter
from typing import Any, Literal, NamedTuple, cast

from dedup.input.fields import Fields
from dedup.input.from_frame import as_table, from_frame, narwhals_module
from dedup.model import Document, Report, Verdict
from dedup.model.document_like import Frame, renamed
from dedup.model.errors import ReadingError, SettingError
from dedup.output.main_cluster import MainCluster, main_clusters
from dedup.output.phrases import changes
from dedup.output.to_csv import COLUMNS
from dedup.output.utc_time import utc_time

BACKENDS = ("pandas", "polars", "pyarrow")

_PAIR_COLUMNS = (
    "left",
    "right",
    "verdict",
    "confidence",
    "jaccard",
    "containment",
    "tfidf",
    "reasons",
    "changed",
)
_WHOLE = frozenset({"cluster", "rank"})
_FLAGS = frozenset({"dropped"})
_TIMES = frozenset({"published_utc"})
_SHARES = frozenset({"confidence", "jaccard", "containment", "tfidf"})


class _Place(NamedTuple):
    """The result columns of one row."""

    report_id: str | None = None
    cluster: int | None = None
    representative: str | None = None
    verdict: str | None = None
    confidence: float | None = None
    jaccard: float | None = None
    containment: float | None = None
    dropped: bool = False


def annotate[Native: Frame](
    frame: Native, report: Report, *, fields: Fields | Mapping[str, str] | None = None
) -> Native:
    """Add the results of a report to the data frame that it was made from.

    The rows that are not `dropped` are the frame without its copies.

    Args:
        frame: The frame given to `find_duplicates`, with its rows in the same order. Columns that are not
            part of a document may have been added or removed since.
        report: The report on it.
        fields: The `fields` given to `find_duplicates`.

    Returns:
        The frame with its rows, order and index unchanged, and these columns, which replace earlier ones of
        the same names: `report_id`, the id of the row in the report, missing for a row without a text;
        `cluster`, `representative` (the `report_id` of the row that represents the cluster), `verdict`
        (missing for the representative itself), `confidence` (how likely the verdict is right), and
        `jaccard` and `containment` with the representative, all missing for a row outside clusters; and
        `dropped`, whether `Report.kept` excludes the row. For a roundup, which is in several clusters, they
        describe the cluster whose representative it resembles most.

    Raises:
        ReadingError: The report was made from another frame, or the frame is lazy, so that its rows have no
            fixed order.
    """
    narwhals = narwhals_module()
    table = as_table(frame)
    if not isinstance(table, narwhals.DataFrame):
        raise ReadingError(
            "a lazy frame may come in another order each time; collect it before its copies are found"
        )
    ids = _report_ids(list(from_frame(frame, fields=fields)), report)
    chosen = main_clusters(report)
    places = [_Place() if name is None else _place(name, chosen.get(name)) for name in ids]
    columns = _series(_Place._fields, places, backend=table.implementation)
    return cast("Native", table.with_columns(*columns).to_native())


def to_frame(
    report: Report,
    rows: Literal["members", "pairs"] = "members",
    *,
    backend: Literal["pandas", "polars", "pyarrow"] = "pandas",
) -> Any:  # noqa: ANN401 - a frame of the library that was asked for
    """Make a data frame of a report.

    Args:
        report: The report.
        rows: One row per member of a cluster, with the columns of the CSV, or one per pair with a verdict.
        backend: The library of the frame.

    Returns:
        A frame, which has its columns even if it has no rows. Its ids are those of the report; join them
        with the `report_id` of `annotate`.

    Raises:
        SettingError: There are no such rows, or the library is not installed.
        ReadingError: narwhals is not installed.
    """
    if rows not in {"members", "pairs"}:
        raise SettingError("rows", rows, "expected members or pairs")
    if backend not in BACKENDS or find_spec(backend) is None:
        raise SettingError("backend", backend, f"expected one of {', '.join(BACKENDS)}, and installed")
    names, records = (COLUMNS, _members(report)) if rows == "members" else (_PAIR_COLUMNS, _pairs(report))
    first, *others = _series(names, list(records), backend=backend)
    return first.to_frame().with_columns(*others).to_native()


def _report_ids(items: Sequence[object], report: Report) -> list[str | None]:
    """Return the id of each item in the report; None for an item that is not a document.

    Documents that share an id are renamed as the report renamed them, by their content.
    """
    documents = [item for item in items if isinstance(item, Document)]
    if len(documents) != report.counts["documents"]:
        raise ReadingError(
            f"the report is about {report.counts['documents']} documents, the frame has {len(documents)}; "
            "give the frame in which the copies were found"
        )
    names = [document.id for document in documents]
    for number, name in list(renamed(names, documents.__getitem__)):
        names[number] = name
    _check(dict(zip(names, documents, strict=True)), report)
    left = iter(names)
    return [next(left) if isinstance(item, Document) else None for item in items]


def _check(documents: Mapping[str, Document], report: Report) -> None:
    for name, document in report.documents.items():
        if name not in documents or documents[name].text != document.text:
            raise ReadingError(
                f"the text of {name!r} is not the one that the report is about; "
                "give the frame in which the copies were found, its rows in the same order"
            )


def _place(name: str, main: MainCluster | None) -> _Place:
    if main is None:
        return _Place(name)
    cluster, member = main
    return _Place(
        name,
        cluster.id,
        cluster.representative,
        _text(member.verdict),
        member.confidence,
        member.jaccard,
        member.containment,
        member.dropped,
    )


def _members(report: Report) -> Iterator[tuple[object, ...]]:
    values = attrgetter(*(name for name in COLUMNS[4:] if name not in {*_TIMES, "changed", "credits"}))
    for cluster in report.clusters:
        for member in cluster.members:
            place = (cluster.id, cluster.representative, member.id, _text(member.verdict))
            yield (
                *place,
                *values(member),
                utc_time(member.moment),
                _joined(changes(member.changed)),
                _joined(member.credits),
            )


def _pairs(report: Report) -> Iterator[tuple[object, ...]]:
    for pair in report.pairs:
        scores = (pair.confidence, pair.jaccard, pair.containment, pair.tfidf)
        reasons, changed = _joined(map(str, pair.reasons)), _joined(changes(pair.changed))
        yield (pair.left, pair.right, str(pair.verdict), *scores, reasons, changed)


def _joined(phrases: Iterable[str]) -> str:
    return "; ".join(phrases)


def _text(verdict: Verdict | None) -> str | None:
    return None if verdict is None else str(verdict)


def _series(names: Sequence[str], rows: Sequence[tuple[object, ...]], *, backend: object) -> list[Any]:
    """Make a series of each column; any value may be missing."""
    narwhals = narwhals_module()
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    made = []
    for name, values in zip(names, columns, strict=True):
        listed = list(map(_without_surrogates, values))
        series = narwhals.new_series(name, listed, _type(name), backend=backend)
        made.append(_whole(series) if name in _WHOLE else series)
    return made


def _type(name: str) -> Any:  # noqa: ANN401 - a type of narwhals
    """Return the type of a column; whole numbers are converted later."""
    narwhals = narwhals_module()
    if name in _TIMES:
        return narwhals.Datetime("us", "UTC")
    if name in _WHOLE | _SHARES:
        return narwhals.Float64()
    return narwhals.Boolean() if name in _FLAGS else narwhals.String()


def _without_surrogates(text: object) -> object:
    """Replace lone surrogates in a string, which columns cannot store; other values stay as they are."""
    if not isinstance(text, str) or text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _whole(series: Any) -> Any:  # noqa: ANN401 - of narwhals
    """Convert to whole numbers; in pandas to its nullable type, as values can be missing."""
    narwhals = narwhals_module()
    if series.implementation.is_pandas_like():
        return narwhals.from_native(series.to_native().astype("Int64"), series_only=True)
    return series.cast(narwhals.Int64())
