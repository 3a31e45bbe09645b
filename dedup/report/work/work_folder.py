"""The folder of a run: its settings, its documents, and the results of its steps."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from dedup.model.errors import WorkFolderError
from dedup.model.quoting import why
from dedup.report.work.folder_lock import FolderLock

FORMAT = 3
"""Format version; increase it when files of earlier releases would be misread, or hold what this one would
not compute. 1 judged with other weights, in another order of batches; 2 had two counts of a pair less, and
tasks of other sizes."""

DOCUMENTS = "documents"
SUCCESS = "_SUCCESS"
"""File that lists the documents, once all are written."""

type Json = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None


class WorkFolder:
    """A folder that belongs to one run, even if restarted; one process at a time uses it.

    Attributes:
        path: Path of the folder.
        documents: Folder of the documents, in parts.
    """

    def __init__(self, path: Path, settings: Mapping[str, Json]) -> None:
        """Create the folder, or continue in it.

        Args:
            path: An empty folder, the folder of an earlier run, or a path that does not exist.
            settings: Everything that shapes the result besides the documents.

        Raises:
            WorkFolderError: It belongs to another run, contains other files, is in use, or cannot be written.
        """
        self.path = path
        self.documents = path / DOCUMENTS
        run = path / "run.json"
        try:
            path.mkdir(parents=True, exist_ok=True)
            if not run.exists() and any(each.name != "lock" for each in path.iterdir()):
                raise WorkFolderError(f"{path}: holds something else than a run; name an empty folder")
            self._lock = FolderLock(path / "lock")
            try:
                self._claim(run, {"format": FORMAT, **settings})
            except BaseException:
                self._lock.release()
                raise
        except (OSError, ValueError) as error:
            raise _unusable(path, error) from error

    def _claim(self, run: Path, wanted: Mapping[str, Json]) -> None:
        """Write the settings, or compare them with those of the run that is there."""
        self.documents.mkdir(exist_ok=True)
        if run.exists():
            stored = json.loads(run.read_text(encoding="utf-8"))
            _check_format(self.path, stored.get("format") if isinstance(stored, dict) else None)
            _check(self.path, stored, json.loads(json.dumps(wanted)))
        else:
            _write(run, wanted)

    def part(self, key: str) -> Path:
        """Return the path of a part."""
        return self.documents / f"{key}.arrow"

    def settle_documents(self, reference: Sequence[str], documents: Sequence[str]) -> None:
        """Record the documents of the run, and remove parts that do not belong to it.

        Raises:
            WorkFolderError: The run was started with other documents.
        """
        success = self.documents / SUCCESS
        listed = {"reference": [*reference], "documents": [*documents]}
        if success.exists():
            if json.loads(success.read_text(encoding="utf-8")) != listed:
                raise _other_documents(self.path)
            return
        wanted = {*reference, *documents}
        for path in self.documents.iterdir():
            if path.name.partition(".")[0] not in wanted:
                path.unlink()
        _write(success, listed)

    def result(self, step: str, number: int) -> Path:
        """Return the path of the result of one task of a step."""
        folder = self.path / step
        folder.mkdir(exist_ok=True)
        return folder / f"{number:06}.arrow"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the folder."""
        self._lock.release()


def make_folder(path: Path) -> None:
    """Make the folder of a later run, or find out before hours of other work that it cannot be made.

    Raises:
        WorkFolderError: It cannot.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> WorkFolderError:
    return WorkFolderError(f"{path}: cannot be used as a work folder ({why(error)})")


def check_part(documents: Path, key: str) -> None:
    """Refuse a part that the run does not have, before it takes room in the folder.

    Args:
        documents: Folder of the documents.
        key: Name of the part.

    Raises:
        WorkFolderError: All documents are written, and this part is none of theirs.
    """
    success = documents / SUCCESS
    if success.exists() and all(
        key not in keys for keys in json.loads(success.read_text(encoding="utf-8")).values()
    ):
        raise _other_documents(documents.parent)


def _other_documents(path: Path) -> WorkFolderError:
    return WorkFolderError(
        f"{path}: holds a run over other documents, or the same in another order; name another folder, or "
        "remove this one"
    )


def listed_parts(folder: Path) -> list[Path]:
    """Return the paths of all parts of a run, in order, once all are written."""
    documents = folder / DOCUMENTS
    listed = json.loads((documents / SUCCESS).read_text(encoding="utf-8"))
    return [documents / f"{key}.arrow" for key in (*listed["reference"], *listed["documents"])]


def _check_format(path: Path, stored: Json) -> None:
    if stored != FORMAT:
        raise WorkFolderError(
            f"{path}: holds a run of another release of dedup, in format {stored!r} where this one has "
            f"{FORMAT}; name another folder, or remove this one"
        )


def _check(path: Path, stored: Mapping[str, Json], wanted: Mapping[str, Json]) -> None:
    """Refuse a folder whose run has other settings, naming the first that differs."""
    for name in sorted({*stored, *wanted}):
        ours, theirs = wanted.get(name), stored.get(name)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            _check(path, theirs, ours)
        elif ours != theirs:
            raise WorkFolderError(
                f"{path}: holds a run with {name}={theirs!r}, this one has {ours!r}; name another folder, or "
                "remove this one"
            )


def _write(path: Path, value: Json) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)
