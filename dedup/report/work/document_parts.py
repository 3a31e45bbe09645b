"""Prepared documents in part files of a work folder, named by a digest of their content.

An existing part is never made again, whichever process made it, and two processes may make the same part at
the same time.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple
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
from dedup.model.errors import quoted
from dedup.model.memory import is_out_of_memory
from dedup.model.quoting import why
from dedup.model.recipe import Recipe
from dedup.report.pair.sketch_store import RUN, Run, arrange, sketches_of
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.report.work.work_folder import check_part
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
"""Fields of a prepared batch that are stored unchanged; the rest is stored as a run of sketches."""

_IN_RUN = ("fingerprints", "fingerprint_bounds", "band_keys", "order")
"""Fields that are stored as a run of sketches."""


class Part(NamedTuple):
    """Prepared documents, mapped from a file.

    Attributes:
        batch: The documents.
        sketched: Result of `prepare`, without band keys and fingerprints, which are in `run`.
        run: Sketches of the documents.
    """

    batch: DocumentBatch
    sketched: SketchedBatch
    run: Run


class Made(NamedTuple):
    """Result of making parts of some batches.

    Attributes:
        keys: Names of the parts.
        documents: Number of documents in the parts.
        problems: Documents that could not be read.
    """

    keys: list[str]
    documents: int
    problems: list[Problem]


def make_parts(tasks: Sequence[BatchTask], *, folder: Path, recipe: Recipe) -> Made:
    """Load some batches, and write their documents as parts that do not exist yet.

    Raises:
        WorkFolderError: The folder has a run over other documents, or the disk is full.
    """
    read = [load(task) for task in tasks]
    problems = [problem for each in read for problem in each.problems]
    documents = concatenate([each.documents for each in read])
    del read  # its columns have been copied
    made = [make_part(batch, folder=folder, recipe=recipe) for batch in _in_runs(documents)]
    problems += [problem for _, found in made for problem in found]
    return Made([key for key, _ in made], len(documents), problems)


def _in_runs(batch: DocumentBatch) -> Iterator[DocumentBatch]:
    """Split documents into groups that fit a run."""
    for start in range(0, len(batch), RUN):
        yield batch if len(batch) <= RUN else batch.take(np.arange(start, min(start + RUN, len(batch))))


def make_part(batch: DocumentBatch, *, folder: Path, recipe: Recipe) -> tuple[str, list[Problem]]:
    """Prepare at most `RUN` documents, and write their part unless it exists.

    Returns:
        The name of the part, and the documents that could not be prepared.

    Raises:
        WorkFolderError: The folder has a run over other documents, or the disk is full.
    """
    key = _digest(_document_arrays(batch))
    path = folder / f"{key}.arrow"
    if not path.exists():
        check_part(folder, key)
        usable, sketched, problems = _prepared(batch, recipe)
        run = arrange([sketches_of(sketched)])
        kept = {name: getattr(sketched, name) for name in _SKETCHED}
        sketches = {f"run_{name}": array for name, array in run._asdict().items()}
        described = np.frombuffer(json.dumps([astuple(each) for each in problems]).encode(), dtype=np.uint8)
        write_arrays(path, {**_document_arrays(usable), **kept, **sketches, "problems": described})
    return key, [Problem(*each) for each in json.loads(read_arrays(path)["problems"].tobytes())]


def _prepared(batch: DocumentBatch, recipe: Recipe) -> tuple[DocumentBatch, SketchedBatch, list[Problem]]:
    """Prepare documents, dropping any that cannot be prepared so that the others are not lost."""
    try:
        return batch, prepare(batch, recipe), []
    except Exception as error:
        if is_out_of_memory(error):
            raise
        problems = list(_poisonous(batch, np.arange(len(batch)), recipe))
        rows = np.setdiff1d(np.arange(len(batch)), [row for row, _ in problems])
        usable = batch.take(rows)
        return usable, prepare(usable, recipe), [problem for _, problem in problems]


def _poisonous(
    batch: DocumentBatch, rows: NDArray[np.int64], recipe: Recipe
) -> Iterator[tuple[int, Problem]]:
    """Find the documents that cannot be prepared, by bisection."""
    some = batch.take(rows)
    try:
        prepare(some, recipe)
    except Exception as error:
        if is_out_of_memory(error):
            raise
        if rows.size > 1:
            for half in np.array_split(rows, 2):
                yield from _poisonous(batch, half, recipe)
            return
        (document,) = some.documents()
        reason = f"{quoted(document.id)} cannot be prepared ({why(error) or type(error).__name__}); skipped"
        yield int(rows[0]), Problem(document.path, document.line, reason)


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
        digest.update(np.ascontiguousarray(array))
    return digest.hexdigest()
