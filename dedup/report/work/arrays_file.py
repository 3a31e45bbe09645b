"""Named arrays in a memory-mappable file.

The format is an Arrow IPC file with one row and a list column per array: other tools can read it, and opening
it copies nothing. A complete file is renamed into place, so it is never partial.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from dedup.model.errors import WorkFolderError
from dedup.model.extras import optional
from dedup.model.memory import is_out_of_memory, need_arrow_memory
from dedup.model.quoting import why

_KIND, _SHAPE = b"dtype", b"shape"


def arrow() -> ModuleType:
    """Import pyarrow.

    Raises:
        MissingLibraryError: It is not installed.
    """
    need_arrow_memory()
    return optional("pyarrow", what="a work folder", library="pyarrow", extra="parquet")


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of numbers; concurrent writers of the same file write the same content.

    Raises:
        WorkFolderError: There is no room, or the folder cannot be written.
    """
    pa = arrow()
    fields, columns = [], []
    for name, array in arrays.items():
        numbers = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
        shape = ",".join(map(str, numbers.shape))
        kind = numbers.dtype.name
        flat = numbers.reshape(-1)
        values = _column(pa, flat.view(np.uint8) if kind == "bool" else flat)
        bounds = _column(pa, np.array([0, flat.size], dtype=np.int64))
        columns.append(pa.LargeListArray.from_arrays(bounds, values))
        fields.append(pa.field(name, columns[-1].type, metadata={_KIND: kind, _SHAPE: shape}))
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        with open(unfinished, "wb") as file:  # noqa: PTH123 - pyarrow writes into it
            with pa.ipc.new_file(file, pa.schema(fields)) as writer:
                writer.write_batch(pa.record_batch(columns, pa.schema(fields)))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise WorkFolderError(
            f"{path.parent}: cannot be written ({why(error)}); make room and start the run again: what is "
            "done is kept"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _column(pa: ModuleType, numbers: NDArray[Any]) -> Any:  # noqa: ANN401 - pyarrow is optional
    """Return numbers, in the byte order of the machine, as an array of Arrow that shares their memory.

    `pyarrow.array`, and `to_numpy` for the way back, load pandas where it is installed: half a second of
    processor in each process.
    """
    kind = pa.from_numpy_dtype(numbers.dtype)
    return pa.Array.from_buffers(kind, numbers.size, [None, pa.py_buffer(numbers)])


def _numbers(values: Any, kind: np.dtype[Any]) -> NDArray[Any]:  # noqa: ANN401 - pyarrow is optional
    """Return an array of Arrow as numbers that share its memory, read-only."""
    numbers = np.frombuffer(values.buffers()[1] or b"", dtype=kind)
    return numbers[values.offset : values.offset + len(values)]


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Map the arrays of a file into memory, read-only.

    Raises:
        WorkFolderError: The file cannot be read, or is damaged.
    """
    pa = arrow()
    try:
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    except (OSError, pa.ArrowException) as error:
        if is_out_of_memory(error):
            raise
        raise WorkFolderError(
            f"{path}: cannot be read ({why(error)}); remove this file, and the run computes it again"
        ) from error
    arrays = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        shape = [int(size) for size in field.metadata[_SHAPE].split(b",")]
        kind = np.dtype(field.metadata[_KIND].decode())
        arrays[field.name] = _numbers(column.values, kind).reshape(shape)
    return arrays
