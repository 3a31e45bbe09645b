"""Documents and sketches mapped from the files of a work folder, for tasks in other processes."""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dedup.report.pair import SketchStore
from dedup.report.run_steps import Arrays, Material
from dedup.report.spill import UNLIMITED, MemoryBudget
from dedup.report.stored_columns import StoredColumns
from dedup.report.work.arrays_file import read_arrays, write_arrays
from dedup.report.work.document_parts import open_part
from dedup.report.work.work_folder import WorkFolder, listed_parts

type Numbers = NDArray[np.int64]

_NUMBERS = "numbers.arrow"


class PartDocuments(StoredColumns):
    """Documents of part files, with the columns that this run computed over all of them; see `Archive`.

    Attributes:
        dates: int64: see `Archive`, as for the next two.
        source_numbers: int64.
        names_source: bool, one value per source.
    """

    def __init__(self, numbers: Arrays) -> None:
        super().__init__(MemoryBudget(UNLIMITED))
        self.dates: Numbers = numbers["dates"]
        self.source_numbers: Numbers = numbers["source_numbers"]
        self.names_source: NDArray[np.bool_] = numbers["names_source"]


def share_material(folder: WorkFolder, material: Material) -> None:
    """Save what the part files do not contain, before other processes open the folder."""
    path = folder.path / _NUMBERS
    if not path.exists():
        documents = material.documents
        numbers = {
            "first": material.first,
            "dates": documents.dates,
            "source_numbers": documents.source_numbers,
            "names_source": documents.names_source,
        }
        write_arrays(path, numbers)


@lru_cache(maxsize=1)
def open_material(folder: str, _run: str) -> Material:
    """Open the documents of a work folder, once per process.

    Args:
        folder: Its path.
        _run: Name of the run; distinguishes runs in the cache.

    Raises:
        WorkFolderError: A file cannot be read.
    """
    numbers = read_arrays(Path(folder) / _NUMBERS)
    documents, sketches = PartDocuments(numbers), SketchStore(MemoryBudget(UNLIMITED))
    for path in listed_parts(Path(folder)):
        batch, sketched, run = open_part(path)
        documents.add(documents.store(batch, sketched))
        sketches.add_run(run)
    return Material(sketches.view(numbers["first"]), documents, numbers["first"])


def run_name(folder: Path) -> str:
    """Name the run of a folder by its settings and documents."""
    settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return json.dumps([settings, *map(str, listed_parts(folder))])
