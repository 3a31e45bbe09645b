"""Make parts of a work folder from rows of Spark or batches of an input."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from dedup.input import Fields
from dedup.input.from_frame import from_frame, no_text_column
from dedup.input.unusable_columns import unusable_columns
from dedup.integrations.spark.damaged_files import damaged_files, skipping_damage
from dedup.integrations.spark.executor_tasks import (
    Place,
    cores,
    ends_the_run,
    engine_error,
    error_line,
    make_some,
    on_executors,
)
from dedup.model import Problem
from dedup.model.document_batch import BatchTask, ReadBatch, load, pack
from dedup.model.errors import EngineError, ReadingError
from dedup.model.recipe import Recipe
from dedup.report.pair.sketch_store import RUN
from dedup.report.work.document_parts import Made
from dedup.report.work.folder_runner import in_groups

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import RDD
    from pyspark.sql import Column, DataFrame, Row, SparkSession

LETTERS = 1 << 25
"""Bytes of texts after which a part is full, however few documents it has; preparing it takes thrice that."""

_NO_ID = ("array", "binary", "map", "struct")
"""How the types of columns begin whose values name nothing."""

_NO_TYPE = "void"
"""Spark's name of the type of a column that was given nothing but nulls."""

_UNUSUAL = {
    "array": "a list",
    "binary": "bytes",
    "boolean": "a boolean",
    "interval": "a duration",
    "map": "an object",
    "struct": "an object",
    "variant": "an object",
}
"""What columns of types that begin so contain, none of which can be part of a document."""

_SCHEMA = "keys array<string>, documents long, problems binary"


def parts_on_spark(
    tasks: Iterable[BatchTask],
    *,
    spark: "SparkSession",
    place: Place,
    documents: Path,
    recipe: Recipe,
) -> Iterator[Made]:
    """Make the parts of an input on executors, some at a time; the driver reads the input."""
    make = partial(_make_each, place=place, documents=str(documents), recipe=recipe)
    for wave in batched(in_groups(tasks), 2 * cores(spark)):
        yield from on_executors(spark, make, wave, step="prepare")


def _make_each(
    groups: Iterable[Sequence[BatchTask]], *, place: Place, documents: str, recipe: Recipe
) -> Iterator[Made]:
    return (make_some(group, place=place, documents=documents, recipe=recipe) for group in groups)


def frame_parts(
    frame: "DataFrame", *, fields: Fields, place: Place, documents: Path, recipe: Recipe
) -> list[Made]:
    """Let executors make parts of the rows of a frame; a file or partition that cannot be read is a problem.

    Raises:
        ReadingError: The frame has no column for the text, or one that holds no strings, or an id that is no
            single value; or no partition of it can be read.
        EngineError: An executor cannot do its work.
    """
    wanted, names = _wanted(frame, fields)
    make = partial(
        _make_rows, names=names, fields=fields, place=place, documents=str(documents), recipe=recipe
    )
    mapped = wanted.mapInArrow(make, _SCHEMA)
    try:
        made = list(map(_made, mapped.collect()))
    except Exception as error:
        if ends_the_run(error):
            raise engine_error(error) from error
        files = damaged_files(frame, error)
        made = _readable_files(wanted, make, files) if files else readable_partitions(mapped, error)
    return sorted(made, key=lambda each: each.keys)  # partitions come in any order


def _readable_files(
    wanted: "DataFrame", make: "partial[Iterator[pa.RecordBatch]]", damaged: list[Problem]
) -> list[Made]:
    """Read a frame of files once more, without those that are damaged.

    Raises:
        ReadingError: There is nothing else in it.
        EngineError: Spark fails all the same.
    """
    with skipping_damage(wanted.sparkSession):
        try:  # another frame: the one that failed has been planned without skipping
            made = list(map(_made, wanted.mapInArrow(make, _SCHEMA).collect()))
        except Exception as error:
            raise engine_error(error) from error
    if not any(each.documents for each in made):
        raise ReadingError(f"no file of the frame can be read: {damaged[0].path}: {damaged[0].reason}")
    return [Made([], 0, damaged), *made]


def _made(row: "Row") -> Made:
    problems = [Problem(*each) for each in orjson.loads(bytes(row.problems))]
    return Made(list(row["keys"]), row.documents, problems)


def readable_partitions(mapped: "DataFrame", error: Exception) -> list[Made]:
    """Find the partitions that cannot be read, by bisection, and read the others.

    Raises:
        ReadingError: There is no other.
        EngineError: The fault is one of executors, or comes before a shuffle.
    """
    try:
        rows = mapped.rdd  # runs what comes before a shuffle: a fault there is that of every partition
    except Exception as fault:
        if ends_the_run(fault):
            raise engine_error(fault) from fault
        raise EngineError(
            f"Spark: {error_line(fault)}; the frame was shuffled after that, so the partition cannot be "
            "named: give the frame as it was read, and only that partition is skipped"
        ) from fault
    every = range(rows.getNumPartitions())
    made = [each for half in _halves(every) for each in _read_some(rows, half)]
    unread = [problem for each in made if not each.keys for problem in each.problems]
    if len(unread) == len(every):
        raise ReadingError(f"no partition of the frame can be read: {unread[0].reason}") from error
    return made


def _halves(partitions: range) -> tuple[range, range]:
    middle = len(partitions) // 2
    return partitions[:middle], partitions[middle:]


def _read_some(rows: "RDD[Row]", partitions: range) -> Iterator[Made]:
    """Read partitions, except those that cannot be read."""
    if not partitions:
        return
    try:
        yield from map(_made, rows.context.runJob(rows, list, partitions))
    except Exception as error:
        if ends_the_run(error):
            raise engine_error(error) from error
        if len(partitions) > 1:
            for half in _halves(partitions):
                yield from _read_some(rows, half)
            return
        where = f"partition {partitions[0]} of the frame"
        reason = f"{where} cannot be read ({error_line(error)}); its rows are skipped"
        yield Made([], 0, [Problem("", None, reason)])


def _wanted(frame: "DataFrame", fields: Fields) -> "tuple[DataFrame, list[str]]":
    """Choose the columns that have parts of documents; return them named by their places, and their names."""
    kinds = dict(frame.dtypes)
    texts = [name for name in fields.text if name in kinds]
    if not texts:
        raise ReadingError(no_text_column(frame.columns, fields))
    for name in texts:
        if kinds[name] not in ("string", _NO_TYPE):
            raise ReadingError(f"the column `{name}` holds {kinds[name]}, a text is expected to be a string")
    for name in fields.id:
        if kinds.get(name, "").startswith(_NO_ID):
            raise ReadingError(
                f"the column `{name}` holds {kinds[name]}, an id is expected to be a string or a number; "
                "cast it, or drop the column to name rows by their texts"
            )
    wanted = fields.wanted()
    for name, times in Counter(frame.columns).items():
        if name in wanted and times > 1:
            raise ReadingError(f"the frame has {times} columns `{name}`; rename or drop all but one")
    chosen = [(place, name, kind) for place, (name, kind) in enumerate(frame.dtypes) if name in wanted]
    columns = [_as_text(str(place), kind) for place, _, kind in chosen]
    return _numbered(frame).select(*columns), [name for _, name, _ in chosen]


def _numbered(frame: "DataFrame") -> "DataFrame":
    """Name columns by their places: Spark does not tell names apart that differ in case, and parses them."""
    return frame.toDF(*map(str, range(len(frame.columns))))


def _as_text(name: str, kind: str) -> "Column":
    """Choose a column; one that has no type, as all of its values are null, becomes strings."""
    from pyspark.sql import functions  # noqa: PLC0415 - an extra

    column = functions.col(name)
    return column.cast("string").alias(name) if kind == _NO_TYPE else column


def unusable(frame: "DataFrame", fields: Fields) -> list[Problem]:
    """Return a problem for each column that has values which cannot be part of a document."""
    unusual = {
        name: content
        for name, kind in frame.dtypes
        for beginning, content in _UNUSUAL.items()
        if kind.startswith(beginning)
    }
    named = unusable_columns(unusual, fields)
    return unusable_columns(_having_values(frame, unusual), fields) if named else []


def _having_values(frame: "DataFrame", columns: dict[str, str]) -> dict[str, str]:
    """Leave out the columns of which every value is null; none where the frame cannot be read."""
    from pyspark.sql import functions  # noqa: PLC0415 - an extra

    places = [place for place, name in enumerate(frame.columns) if name in columns]
    given = [functions.max(functions.col(str(place)).isNotNull()) for place in places]
    try:
        row = _numbered(frame).select(*given).first()
    except Exception as error:
        if ends_the_run(error):
            raise engine_error(error) from error
        return columns  # what cannot be read is named with the rows
    filled = {frame.columns[place] for place, has_any in zip(places, row or (), strict=False) if has_any}
    return {name: content for name, content in columns.items() if name in filled}


def _make_rows(
    batches: "Iterable[pa.RecordBatch]",
    *,
    names: Sequence[str],
    fields: Fields,
    place: Place,
    documents: str,
    recipe: Recipe,
) -> "Iterator[pa.RecordBatch]":
    """Make the parts of a partition, whose columns have these names."""
    import pyarrow as pa  # noqa: PLC0415 - on executors

    named = (pa.RecordBatch.from_arrays(batch.columns, names) for batch in batches)
    for group in batch_groups(named, fields):
        made = make_some(group, place=place, documents=documents, recipe=recipe)
        problems = orjson.dumps([(each.path, each.line, each.reason, each.kind) for each in made.problems])
        yield pa.RecordBatch.from_pydict(
            {"keys": [made.keys], "documents": [made.documents], "problems": [problems]}
        )


def batch_groups(batches: "Iterable[pa.RecordBatch]", fields: Fields) -> Iterator[list[ReadBatch]]:
    """Read rows, as many together as make a part."""
    group: list[ReadBatch] = []
    rows = size = 0
    for batch in batches:
        read = _read(batch, fields)
        group += read
        rows += batch.num_rows
        size += sum(each.documents.texts.data.size for each in read)
        if rows + batch.num_rows > RUN or size > LETTERS:
            yield group
            group, rows, size = [], 0, 0
    if group:
        yield group


def _read(batch: "pa.RecordBatch", fields: Fields) -> list[ReadBatch]:
    """Read rows; one without a text is a problem, one without an id is named by a digest of its text."""
    import pyarrow as pa  # noqa: PLC0415 - on executors
    import pyarrow.compute as pc  # noqa: PLC0415

    texts = [batch.column(name) for name in fields.text if name in batch.schema.names]
    filled = pc.coalesce(*texts)
    names = [name for name in fields.id if name in batch.schema.names]
    nothing = pa.nulls(len(filled), pa.string())
    ids = pc.coalesce(nothing, *(batch.column(name).cast(pa.string()) for name in names))
    ids = pc.if_else(pc.equal(ids, ""), None, ids)
    digests = pa.array(
        [
            None if text is None else blake2b(text.encode(), digest_size=8).hexdigest()
            for text in (filled.to_pylist() if ids.null_count else ())
        ]
    )
    lacking = pc.is_null(filled)
    problems = tuple(
        Problem("", None, f"the row {'without an id' if name is None else repr(name)} has no text; skipped")
        for name in ids.filter(lacking).to_pylist()
    )
    table = pa.Table.from_batches([batch]).drop_columns(names)
    table = table.append_column(fields.id[0], pc.coalesce(ids, digests) if ids.null_count else ids)
    rows = from_frame(table.filter(pc.invert(lacking)), fields=fields)
    return [*map(load, rows.document_batches()), ReadBatch(pack([]), problems)]
