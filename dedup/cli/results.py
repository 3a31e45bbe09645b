"""Where results may be written: never over what was read, and never where the next run would read them."""

import argparse
import os
import sys

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.model import Document, Problem, Report

RESULTS = {
    "json": "everything; - writes it instead of the summary",
    "csv": "members of clusters; - writes it instead of the summary",
    "parquet": "the same in typed columns; - writes it instead of the summary",
    "html": "a page to read; - writes it instead of the summary",
    "keep": "the archive without its copies, as JSON lines: one story of each cluster, and all that are in "
    "none; your own files are never changed",
}
"""What can be written, by option."""


def check_places(options: argparse.Namespace, outputs: "Sequence[tuple[str, str]]") -> None:
    """Refuse before the work what could not be written after it.

    Args:
        options: Where the input comes from.
        outputs: Options that name a file, and the file.

    Raises:
        SettingError: A place is an input, another output, no file or in no folder, or for two results the
            same; or a reference is an input or missing.
    """
    from dedup.model.errors import SettingError  # noqa: PLC0415

    if sum(path == "-" for _, path in outputs) > 1:
        named = ", ".join(f"--{name}" for name in [*RESULTS][:-1])
        raise SettingError(
            "output", "-", f"only one of {named} and --{[*RESULTS][-1]} can have standard output"
        )
    inputs = [path if path == "-" else os.path.realpath(path) for path in options.input]
    _check_references(options.reference, inputs)
    inputs += [os.path.realpath(path) for path in options.reference]
    taken = [*inputs]
    for name, path in outputs:
        if path == "-":
            if name == "parquet" and sys.stdout is not None and sys.stdout.isatty():
                raise SettingError("output", path, "Parquet is nothing for a terminal; name a file or a pipe")
            continue
        place = os.path.realpath(path)
        if place in taken:
            raise SettingError("output", path, "it is an input, or another output")
        taken.append(place)
        _check_folder(path)
        if name == "keep":
            _check_kept(path, inputs)


def _check_kept(path: str, inputs: "Sequence[str]") -> None:
    """Refuse a file that the next run would read though it should not, or could not read though it should."""
    from dedup.input.files import form_of  # noqa: PLC0415
    from dedup.model.errors import SettingError  # noqa: PLC0415

    place = os.path.realpath(path)
    if any(place.startswith(os.path.join(each, "")) for each in inputs):  # noqa: PTH118
        allowed = "it stands in a folder that is read, and the next run would take it for stories"
        raise SettingError("output", path, allowed)
    form, packing = form_of(path)
    if packing or (form and not {"json", "jsonl"} & {*form.suffixes}):
        raise SettingError("output", path, "what is kept are plain JSON lines; name it so, as in kept.jsonl")


def _check_references(references: "Sequence[str]", inputs: "Sequence[str]") -> None:
    """Refuse a reference that is an input, or missing: without it every story would pass for new."""
    from dedup.model.errors import SettingError  # noqa: PLC0415

    for path in references:
        if (path if path == "-" else os.path.realpath(path)) in inputs:
            raise SettingError("reference", path, "it is an input; a story is no copy of itself")
        if path != "-" and not os.path.exists(path):  # noqa: PTH110
            raise SettingError("reference", path, "it cannot be found, and every story would pass for new")


def _check_folder(path: str) -> None:
    """Refuse a file that cannot be, since it is a folder, has no name or would stand in no folder."""
    from dedup.model.errors import SettingError  # noqa: PLC0415

    if not path or os.path.isdir(path):  # noqa: PTH112
        raise SettingError("output", path, "it is no file; name one")
    folder = os.path.dirname(path) or "."  # noqa: PTH120 - pathlib costs a third of `--help`
    if not os.path.isdir(folder):  # noqa: PTH112
        raise SettingError("output", path, f"there is no folder {folder!r}; make it first")


def guarded(
    found: "Iterable[Document | Problem]",
    inputs: "Sequence[str]",
    *,
    outputs: "Iterable[str]",
    prefixed: bool,
) -> "Iterator[Document | Problem]":
    """Pass on what is read, unless it comes from a file that a result would overwrite.

    Args:
        found: What `read` gives.
        inputs: What it reads.
        outputs: Files that will be written; `-` is none.
        prefixed: Whether paths begin with the input.

    Raises:
        SettingError: A story was read from such a file, also by another name.
    """
    from dedup.model import Document  # noqa: PLC0415
    from dedup.model.errors import SettingError  # noqa: PLC0415

    places = {_identity(path): path for path in outputs if path != "-"}
    places.pop(None, None)
    read = None
    for entry in found:
        if places and isinstance(entry, Document) and entry.path != read:
            read = entry.path
            if (place := _identity(read if prefixed else _inside(inputs[0], read))) in places:
                raise SettingError("output", places[place], f"it holds stories that were read, as {read!r}")
        yield entry


def _inside(given: str, path: str) -> str:
    """Where a file is that was read from the only input."""
    return os.path.join(given, path) if os.path.isdir(given) else given  # noqa: PTH112, PTH118


def _identity(path: str) -> "tuple[int, int] | None":
    """Tell a file by any of its names."""
    try:
        known = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return known.st_dev, known.st_ino


def kept_line(report: "Report", path: str) -> str:
    """Say how many documents were kept, and where."""
    from dedup.output.phrases import counted  # noqa: PLC0415
    from dedup.output.sanitize import sanitize_line  # noqa: PLC0415

    new = report.counts["documents"] - int(report.scope.get("reference", 0))
    where = "" if path == "-" else f" in {sanitize_line(path)}"
    copies = new - len(report.kept)
    left_out = "1 copy" if copies == 1 else f"{copies:,} copies"
    return f"kept {len(report.kept):,} of {counted(new, 'document')}{where}; {left_out} left out\n"
