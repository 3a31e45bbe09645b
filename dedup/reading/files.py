"""Inputs to the files that are to be read, in a fixed order; everything else becomes a problem."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dedup.records import Problem

STDIN = "-"

_FORMS = {".txt": "txt", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_READ_ARE = "read are .txt, .json, .jsonl and .ndjson, each also with .gz"
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file, or standard input.

    Attributes:
        path: Where it is; None for standard input.
        name: What reports and ids call it.
        form: `txt`, `json` or `jsonl`; empty when the content has to tell.
        packed: Whether it is gzip data.
    """

    path: Path | None
    name: str
    form: str = ""
    packed: bool = False


def find(inputs: Sequence[str | os.PathLike[str]]) -> Iterator[Found | Problem]:
    """Yield the files of every input, folders walked in sorted order, links and devices left alone.

    A file that several inputs reach is read once.
    """
    if len(inputs) == 1:
        yield from _find(inputs)
        return
    seen: set[str] = set()
    for found in _find(inputs):
        if isinstance(found, Problem):
            yield found
            continue
        place = os.path.realpath(found.path or STDIN)
        if place in seen:
            yield Problem(found.name, None, "it was given before; read once", kind="skipped")
        else:
            yield found
        seen.add(place)


def _find(inputs: Sequence[str | os.PathLike[str]]) -> Iterator[Found | Problem]:
    several = len(inputs) > 1
    for named in inputs:
        given = os.fspath(named)
        if given == STDIN:
            yield Found(None, STDIN)
            continue
        try:
            mode = os.stat(given).st_mode  # noqa: PTH116 - Path("") is the current folder
        except (OSError, ValueError) as error:
            yield Problem(printable(given), None, f"the input cannot be found ({why(error)}); skipped")
            continue
        path = Path(given)
        if stat.S_ISDIR(mode):
            yield from _folder(path, path.as_posix() if several else "")
        elif stat.S_ISREG(mode):
            form, packed = _form(path)
            yield Found(path, printable(path.as_posix() if several else path.name), form, packed)
        else:
            yield Problem(printable(given), None, f"{_special(mode)}; pipe it into `dedup report -`")


def _folder(root: Path, prefix: str) -> Iterator[Found | Problem]:
    """Walk depth first with a stack of its own: a deep folder is no deep recursion."""
    empty = True
    waiting = [(root, prefix)]
    while waiting:
        path, name = waiting.pop()
        try:
            mode = path.lstat().st_mode if name != prefix else stat.S_IFDIR
            inside = sorted(path.iterdir(), reverse=True) if stat.S_ISDIR(mode) else []
        except OSError as error:
            empty = False
            yield Problem(printable(name or str(root)), None, f"it cannot be opened ({why(error)}); skipped")
            continue
        waiting.extend((entry, _joined(name, entry.name)) for entry in inside)
        if not stat.S_ISDIR(mode):
            empty = False
            yield _entry(path, printable(name), mode=mode)
    if empty:
        yield Problem(printable(str(root)), None, f"there is no file in the folder; {_READ_ARE}")


def _joined(folder: str, name: str) -> str:
    return name if folder in {"", "."} else f"{folder.rstrip('/')}/{name}"


def _entry(path: Path, name: str, *, mode: int) -> Found | Problem:
    if stat.S_ISLNK(mode):
        reason = "a symbolic link is not followed; name its target as an input to read it"
        return Problem(name, None, reason, kind="skipped")
    if not stat.S_ISREG(mode):
        return Problem(name, None, _special(mode))
    form, packed = _form(path)
    if form:
        return Found(path, name, form, packed)
    suffix = f"the suffix {printable(path.suffix)!r}" if path.suffix else "a name without suffix"
    return Problem(name, None, f"{suffix} is not read in a folder ({_READ_ARE}); skipped", kind="skipped")


def _form(path: Path) -> tuple[str, bool]:
    suffixes = path.name.lower().rsplit(".", 2)[1:]
    packed = suffixes[-1:] == ["gz"]
    if packed:
        suffixes.pop()
    return _FORMS.get("." + suffixes[-1], "") if suffixes else "", packed


def _special(mode: int) -> str:
    kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    return f"it is {kinds.get(stat.S_IFMT(mode), 'a device')}, not a regular file; not opened"


def printable(name: str) -> str:
    r"""Spell what no terminal prints as an escape: the byte b"\xff" of a file name becomes \udcff."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").translate(_CONTROLS)


def why(error: BaseException) -> str:
    """Say in one line what the system or a library said, without the path, which the problem names."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(printable(said).split())
