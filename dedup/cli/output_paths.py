"""Check where results are written: never over an input, and never where the next run would read them."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from dedup.cli.arguments.report_arguments import option
from dedup.input.formats import form_of
from dedup.model.document_batch import BatchSource, BatchTask, ReadBatch, load
from dedup.model.errors import SettingError

_NOWHERE = os.path.realpath(os.devnull)
"""The null device, to which any number of outputs may be written."""


def check_distinct(paths: Sequence[str]) -> None:
    """Refuse to write over an input or another output; SettingError if two paths are the same file."""
    seen: set[str] = set()
    for path in paths:
        place = os.path.realpath(path)
        if place == _NOWHERE:
            continue
        if path != "-" and place in seen:
            raise SettingError(
                "output", path, "expected a file that is not the input, the index or another output"
            )
        if path != "-":
            seen.add(place)


def check_outputs(options: argparse.Namespace, outputs: Sequence[tuple[str, str]]) -> None:
    """Refuse outputs that could not be written, before the work starts.

    Args:
        options: Options with the inputs and references.
        outputs: The options that name output files, with their files.

    Raises:
        SettingError: An output is an input, the same as another output, a folder, or in a folder that does
            not exist; or a reference is an input or does not exist.
    """
    if sum(path == "-" for _, path in outputs) > 1:
        *names, last = (option(name) for name, path in outputs if path == "-")
        raise SettingError(
            "output", "-", f"only one of {', '.join(names)} and {last} can use standard output"
        )
    inputs = [path if path == "-" else os.path.realpath(path) for path in options.input]
    _check_references(options.reference, inputs)
    inputs += [os.path.realpath(path) for path in options.reference]
    taken = [*inputs]
    for name, path in outputs:
        if path == "-":
            if name == "parquet" and sys.stdout is not None and sys.stdout.isatty():
                raise SettingError(
                    "output", path, "a terminal cannot show Parquet; name a file or use a pipe"
                )
            continue
        place = os.path.realpath(path)
        if place != _NOWHERE and place in taken:
            raise SettingError("output", path, "expected a file that is not an input or another output")
        taken.append(place)
        _check_folder(path)
        if name == "keep":
            _check_kept(path, inputs)


def _check_kept(path: str, inputs: Sequence[str]) -> None:
    """Refuse a file for `--keep` inside an input folder, or with a name that is not read as JSON lines."""
    place = Path(os.path.realpath(path))
    if any(place.is_relative_to(folder) for folder in inputs):
        raise SettingError(
            "output", path, "it is in an input folder, so the next run would read it; name a file elsewhere"
        )
    form, packing = form_of(path)
    if packing or (form and not {"json", "jsonl"} & {*form.suffixes}):
        raise SettingError("output", path, "--keep writes plain JSON lines; use a name such as kept.jsonl")


def _check_references(references: Sequence[str], inputs: Sequence[str]) -> None:
    """Refuse a reference that is an input, or that does not exist: every story would count as new."""
    for path in references:
        if (path if path == "-" else os.path.realpath(path)) in inputs:
            raise SettingError("reference", path, "it is an input too; name it only once")
        if path != "-" and not Path(path).exists():
            raise SettingError("reference", path, "not found; without it every story would count as new")


def _check_folder(path: str) -> None:
    """Refuse a path that is a folder, has no name, or is in a folder that does not exist."""
    if not path or Path(path).is_dir():
        raise SettingError("output", path, f"expected a file, got {'a folder' if path else 'an empty name'}")
    folder = Path(path).parent
    if not folder.is_dir():
        raise SettingError("output", path, f"the folder {str(folder)!r} does not exist; create it first")


class Guarded:
    """Batches of documents; raises if a document was read from a file that is also an output."""

    def __init__(
        self, reading: BatchSource, inputs: Sequence[str], *, outputs: Iterable[str], prefixed: bool
    ) -> None:
        """Look up the identities of the output files.

        Args:
            reading: The result of `read`.
            inputs: The inputs that it reads.
            outputs: Output files; `-` is ignored.
            prefixed: Whether paths of documents begin with their input.
        """
        self._reading = reading
        self._inputs = inputs
        self._prefixed = prefixed
        self._outputs = {file: path for path in outputs if path != "-" and (file := _identity(path))}

    def document_batches(self) -> Iterator[BatchTask]:
        """Return the same batches.

        Raises:
            SettingError: When a task is run, if a document came from an output file under any name.
        """
        tasks = self._reading.document_batches()
        check = partial(_checked, inputs=self._inputs, prefixed=self._prefixed, outputs=self._outputs)
        return (partial(check, task) for task in tasks) if self._outputs else tasks


def _checked(
    task: BatchTask, *, inputs: Sequence[str], prefixed: bool, outputs: Mapping[tuple[int, int], str]
) -> ReadBatch:
    batch = load(task)
    paths = batch.documents.paths
    for code in {*paths.codes.tolist()}:
        path = paths.values[code]
        file = _identity(path if prefixed else _inside(inputs[0], path))
        if file and file in outputs:
            raise SettingError("output", outputs[file], f"stories were read from it, as {path!r}")
    return batch


def _inside(given: str, path: str) -> str | Path:
    """Return the path of a file that was read from the only input."""
    return Path(given, path) if Path(given).is_dir() else given


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Return the device and inode of a file, the same for all of its names; None if it does not exist."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
