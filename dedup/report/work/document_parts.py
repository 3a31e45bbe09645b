"""Prepared documents in part files of a work folder, each named by what it holds.

The name is a digest of the documents, so a part that is there is not made again, whoever made it; and two
that make the same part at the same time do no harm.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.model import Problem
from dedup.model.document_batch import (
    BatchTask,
    CodedColumn,
    DocumentBatch,
    StringColumn,
    concatenate,
    load,
)
from dedup.model.recipe import Recipe
from dedup.report.pair.sketch_store import RUN, Run, arrange, sketches_of
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.text.prepare import SketchedBatch, prepare

_STRINGS = ("ids", "texts", "titles", "sources", "published", "urls", "records")
_CODED = ("paths", "encodings")
_SKETCHED = (
    "letters",
    "digests",
    "shingles",
    "shingle_bounds",
    "openings",
    "opening_bounds",
    "closings",
)
"""What of a prepared batch is kept as it is; the rest is kept as a run of sketches."""

_IN_RUN = ("fingerprints", "fingerprint_bounds", "band_keys", "order")
"""What is kept as a run of sketches."""


class Part(NamedTuple):
    """Prepared documents, mapped from a file.

    Attributes:
        batch: The documents.
        sketched: As `prepare` gave it, but for band keys and fingerprints, which are in `run`.
        run: Their sketches.
    """

    batch: DocumentBatch
    sketched: SketchedBatch
    run: Run


class Made(NamedTuple):
    """What came of some batches.

    Attributes:
        keys: Names of the parts.
        documents: How many are in them.
        problems: What could not be read.
    """

    keys: list[str]
    documents: int
    problems: list[Problem]


def make_parts(tasks: Sequence[BatchTask], *, folder: Path, recipe: Recipe) -> Made:
    """Load some batches, and write their documents as parts unless these are there.

    Raises:
        WorkFolderError: There is no room.
    """
    read = [load(task) for task in tasks]
    problems = [problem for each in read for problem in each.problems]
    documents = concatenate([each.documents for each in read])
    keys = [make_part(batch, folder=folder, recipe=recipe) for batch in _in_runs(documents)]
    return Made(keys, len(documents), problems)


def _in_runs(batch: DocumentBatch) -> Iterator[DocumentBatch]:
    """Cut documents into as many as a run may have."""
    for start in range(0, len(batch), RUN):
        yield batch if len(batch) <= RUN else batch.take(np.arange(start, min(start + RUN, len(batch))))


def make_part(batch: DocumentBatch, *, folder: Path, recipe: Recipe) -> str:
    """Prepare documents, `RUN` at most, and write them unless they are there; returns the name."""
    columns = _document_arrays(batch)
    key = _digest(columns)
    path = folder / f"{key}.arrow"
    if not path.exists():
        sketched = prepare(batch, recipe)
        run = arrange([sketches_of(sketched)])
        kept = {name: getattr(sketched, name) for name in _SKETCHED}
        sketches = {f"run_{name}": array for name, array in run._asdict().items()}
        write_arrays(path, {**columns, **kept, **sketches})
    return key


def open_part(path: Path) -> Part:
    """Map a part into memory.

    Raises:
        WorkFolderError: It cannot be read.
    """
    arrays = read_arrays(path)
    sketched: dict[str, Any] = {name: arrays[name] for name in _SKETCHED}
    left_out: dict[str, Any] = dict.fromkeys(_IN_RUN, np.empty(0))
    return Part(
        _documents(arrays),
        SketchedBatch(**sketched, **left_out),
        Run(**{name: arrays[f"run_{name}"] for name in Run._fields}),
    )


def _document_arrays(batch: DocumentBatch) -> dict[str, NDArray[Any]]:
    strings = {name: getattr(batch, name) for name in _STRINGS}
    strings["records"] = batch.records or StringColumn.empty(len(batch))
    coded: dict[str, CodedColumn] = {name: getattr(batch, name) for name in _CODED}
    strings |= {f"{name}_values": StringColumn.of(column.values) for name, column in coded.items()}
    arrays: dict[str, NDArray[Any]] = {"lines": batch.lines}
    for name, column in strings.items():
        arrays |= {f"{name}_data": column.data, f"{name}_bounds": column.bounds}
    return arrays | {f"{name}_codes": column.codes for name, column in coded.items()}


def _documents(arrays: dict[str, NDArray[Any]]) -> DocumentBatch:
    def strings(name: str) -> StringColumn:
        return StringColumn(arrays[f"{name}_data"], arrays[f"{name}_bounds"])

    columns: dict[str, Any] = {name: strings(name) for name in _STRINGS}
    columns |= {
        name: CodedColumn(arrays[f"{name}_codes"], tuple(strings(f"{name}_values").strings()))
        for name in _CODED
    }
    return DocumentBatch(**columns, lines=arrays["lines"])


def _digest(columns: dict[str, NDArray[Any]]) -> str:
    digest = blake2b(digest_size=16)
    for name, array in columns.items():
        digest.update(f"{name} {array.size}\n".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
