"""Files of a work folder: Arrow, as the runs write them, compared with Parquet of the same rows.

A task that judges pairs reads texts and shingles of some stories from a file. For each form: bytes, and
processor seconds to write them and to read the stories of a task, the fewest of several runs.

    python -m benchmarks.work_files [--stories N] [--taken N] [--json FILE]
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks import corpus
from benchmarks.machine import describe
from dedup.input import Fields
from dedup.model.document_batch import load
from dedup.model.recipe import Recipe
from dedup.report.given_documents import batches_of
from dedup.report.run_steps import Arrays
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.report.work.document_parts import make_parts

RUNS = 5
ROW_GROUP = 512
"""Stories that Parquet decodes together."""
COLUMNS = ("texts_data", "texts_bounds", "shingles", "shingle_bounds")

type RowNumbers = NDArray[np.int64]
type Taken = tuple[list[bytes], NDArray[np.uint64]]


class Form(NamedTuple):
    """A way to keep rows in a file."""

    path: Path
    write: Callable[[Path], object]
    take: Callable[[Path, RowNumbers], Taken]


def part_of(stories: int, folder: Path) -> Path:
    """Make up stories, and write them as a part of a work folder."""
    archive = corpus.make_up(stories, folder).path
    tasks = [load(task) for task in batches_of(archive, [], fields=Fields())]
    (key,) = make_parts(tasks, folder=folder, recipe=Recipe()).keys
    return folder / f"{key}.arrow"


def table_of(arrays: Arrays) -> pa.Table:
    """Return texts and shingles as a table with a row per story."""
    text, text_bounds, shingles, shingle_bounds = (pa.array(arrays[name]) for name in COLUMNS)
    stories = len(text_bounds) - 1
    buffers = [None, text_bounds.buffers()[1], text.buffers()[1]]
    return pa.table(
        {
            "text": pa.LargeBinaryArray.from_buffers(pa.large_binary(), stories, buffers),
            "shingles": pa.LargeListArray.from_arrays(shingle_bounds, shingles),
        }
    )


def take_arrow(path: Path, rows: RowNumbers) -> Taken:
    """Read rows from a file that is mapped into memory."""
    arrays = read_arrays(path)
    text, text_bounds, shingles, shingle_bounds = (arrays[name] for name in COLUMNS)
    return (
        [text[slice(*text_bounds[row : row + 2])].tobytes() for row in rows.tolist()],
        np.concatenate([shingles[slice(*shingle_bounds[row : row + 2])] for row in rows.tolist()]),
    )


def take_parquet(path: Path, rows: RowNumbers) -> Taken:
    """Read rows from a Parquet file, whose row groups are decoded."""
    table = pq.read_table(path).take(pa.array(rows)).combine_chunks()
    return table["text"].to_pylist(), table["shingles"].chunk(0).flatten().to_numpy()


def fewest[Result](work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the processor seconds of the fastest of some runs, and its result."""
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        result = work()
        seconds.append(time.process_time() - began)
    return min(seconds), result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.work_files", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--stories", type=int, default=5000)
    parser.add_argument("--taken", type=int, default=500, help="stories that a task needs of the file")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        part = read_arrays(part_of(options.stories, folder))
        arrays = {column: part[column] for column in COLUMNS}
        table = table_of(arrays)
        rows = np.sort(np.random.default_rng(1).choice(options.stories, options.taken, replace=False))
        forms = {"Arrow": Form(folder / "rows.arrow", partial(write_arrays, arrays=arrays), take_arrow)}
        for packing in ("none", "snappy", "zstd"):
            write = partial(pq.write_table, table, compression=packing, row_group_size=ROW_GROUP)
            forms[f"Parquet, {packing}"] = Form(folder / f"{packing}.parquet", write, take_parquet)
        found = {name: measured(form, rows) for name, form in forms.items()}
    for name, figures in found.items():
        print(f"{name:16}" + "".join(f"{value:>14,} {what}" for what, value in figures.items()))
    if options.json:
        content = {"machine": describe(), "stories": options.stories, "forms": found}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def measured(form: Form, rows: RowNumbers) -> dict[str, float]:
    """Write a file, and read rows from it."""
    writing, _ = fewest(lambda: form.write(form.path))
    taking, (texts, shingles) = fewest(lambda: form.take(form.path, rows))
    return {
        "bytes": form.path.stat().st_size,
        "ms to write": round(1000 * writing),
        "ms to take": round(1000 * taking, 1),
        "bytes taken": sum(map(len, texts)) + shingles.nbytes,
    }


if __name__ == "__main__":
    main()
