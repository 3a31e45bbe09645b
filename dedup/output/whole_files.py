"""Write files atomically: all of a run, or none.

Each file is written under a temporary name in the same folder, flushed to the disk, and renamed at the end
with the others of the run. If the process is killed or the disk is full, the old files are unchanged.
"""

import errno
import glob
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dedup.model.errors import WritingError
from dedup.model.quoting import printable, why

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

type Content = Callable[[], Iterable[bytes]]

RENAME_WAIT_S = 2.0
"""Maximum time in seconds to wait for another run to rename its files, which takes milliseconds."""
_NAME = 40
"""Maximum number of characters of the name in the temporary name, which must fit into 255 bytes."""


def write_together(outputs: Sequence[tuple[str | os.PathLike[str], Content]]) -> None:
    """Write files that are all renamed at the end; if one cannot be written, none is changed.

    Symbolic links are followed, and existing files keep their permissions. If two runs write the same names,
    all files are those of the run that ended last.

    Args:
        outputs: Paths of files, each with a function that makes its content.

    Raises:
        WritingError: A file cannot be written; no file was changed.
    """
    with ExitStack() as opened:
        files: list[tuple[Path, Path]] = []
        for path, make in outputs:
            target = Path(os.path.realpath(path))
            with named_errors(path):
                unfinished, file = opened.enter_context(_temporary(target))
                _fill(file, make())
                if target.exists():
                    _keep_permissions(target, unfinished)
            files.append((target, unfinished))
        with _locked_folders({target.parent for target, _ in files}):
            for target, unfinished in files:
                with named_errors(target):
                    unfinished.replace(target)


def is_written_in_place(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a pipe, a device or an open file such as /dev/stdout."""
    place = Path(path)
    if place.exists() and not place.is_file():
        return True
    while not (inside := os.path.realpath(place.parent)).startswith(("/proc/", "/dev/fd")):
        if not place.is_symlink() or not place.exists():
            return False
        place = Path(inside, place.readlink())
    return True


@contextmanager
def named_errors(place: str | os.PathLike[str]) -> Iterator[None]:
    """Convert an OSError to a WritingError that names `place`, except for a closed pipe."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"{printable(os.fspath(place))}: cannot be written: {why(error)}") from error


@contextmanager
def locked(file: BinaryIO) -> Iterator[None]:
    """Hold an advisory lock on a file, if the system supports it."""
    with suppress(OSError):
        _lock(file.fileno())
    try:
        yield
    finally:
        with suppress(OSError):
            _unlock(file.fileno())


@contextmanager
def _temporary(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Create a temporary file in the folder of `target`; remove it at the end unless it was renamed.

    It is locked as long as this process lives; one that is not locked is left over from a killed run.
    """
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _remove_left_over(target)
    path, file = _create(target)
    try:
        yield path, file
    finally:
        with suppress(OSError):  # closing tries again to write data for which the disk was full
            file.close()
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _create(target: Path) -> tuple[Path, BinaryIO]:
    while True:
        path = target.with_name(f".{target.name[:_NAME]}.{secrets.token_hex(6)}.unfinished")
        file = path.open("xb")
        with suppress(OSError):
            _lock(file.fileno())
        if path.exists():  # otherwise another run removed it as left over before it was locked
            return path, file
        file.close()


def _fill(file: BinaryIO, content: Iterable[bytes]) -> None:
    file.writelines(content)
    file.flush()
    os.fsync(file.fileno())
    if fcntl is None:  # pragma: no cover - Windows cannot rename an open file
        file.close()


def _remove_left_over(target: Path) -> None:
    """Remove temporary files of runs that were killed."""
    if fcntl is None:  # pragma: no cover - Windows
        return
    for path in target.parent.glob(f".{glob.escape(target.name[:_NAME])}.{'[0-9a-f]' * 12}.unfinished"):
        with suppress(OSError), path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _keep_permissions(target: Path, unfinished: Path) -> None:
    """Copy owner and permissions from the file that is replaced, as far as that is allowed."""
    status = target.stat()
    if fcntl is not None:
        with suppress(OSError):
            os.chown(unfinished, status.st_uid, status.st_gid)
    shutil.copymode(target, unfinished)


@contextmanager
def _locked_folders(folders: Iterable[Path]) -> Iterator[None]:
    """Keep other runs from renaming files meanwhile; then flush the new names to the disk."""
    with ExitStack() as opened:
        handles: list[int] = []
        for folder in sorted(folders):
            with suppress(OSError):  # Windows cannot open folders, and some file systems cannot lock them
                handles.append(os.open(folder, os.O_RDONLY))
                opened.callback(os.close, handles[-1])
                _lock_soon(handles[-1])
        yield
        for handle in handles:
            with suppress(OSError):
                os.fsync(handle)


def _lock_soon(handle: int) -> None:
    """Lock, or give up after a while: the owner may be waiting for this run, as in `flock FOLDER dedup`."""
    if fcntl is None:  # pragma: no cover - Windows
        return
    until = time.monotonic() + RENAME_WAIT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return
            time.sleep(0.005)
        else:
            return


def _lock(handle: int) -> None:
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX)


def _unlock(handle: int) -> None:
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_UN)
