"""List the files of the inputs in a fixed order; everything else becomes a problem."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from dedup.input.compression import PACKINGS, Packing
from dedup.input.formats import Format, form_of, suffixes
from dedup.input.formats.unread import unread_suffix
from dedup.model import Problem, Reason, ReasonKind
from dedup.model.quoting import printable, why

STDIN = "-"

_SUFFIXES = ", ".join(suffixes())
_PACKED = ", ".join(f".{packing.suffix}" for packing in PACKINGS)
_READABLE = f"expected names that end in {_SUFFIXES}, each also with {_PACKED}"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A regular file, or standard input.

    Attributes:
        path: Its path; None for standard input.
        name: Its name in reports and ids.
        form: Format of its suffix; None if it has to be recognised by content.
        packing: Compression of its suffix; None if there is none.
        unknown: The suffix if it belongs to no format and the file itself was given as an input.
    """

    path: Path | None
    name: str
    form: Format | None = None
    packing: Packing | None = None
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class FileSelection:
    """Which files of a folder are read.

    Attributes:
        glob: Patterns, one of which the path in the folder or the name must match; empty for all files.
        exclude: Patterns that neither path nor name may match, nor those of a parent folder.
        follow_links: Whether symbolic links are followed.
        apart: Real paths of files and folders that are skipped everywhere.
        prefixed: Whether names begin with the input as given.
    """

    glob: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    follow_links: bool = False
    apart: frozenset[str] = frozenset()
    prefixed: bool = False

    def leaves_out(self, inside: str, path: str | Path) -> bool:
        """Whether a file or folder is skipped.

        Args:
            inside: Its path in the folder.
            path: Its path on the disk.
        """
        return _matches(inside, self.exclude) or (bool(self.apart) and os.path.realpath(path) in self.apart)

    def takes(self, inside: str) -> bool:
        """Whether a file is read, by its path in the folder."""
        return not self.glob or _matches(inside, self.glob)


EVERYTHING = FileSelection()


def _matches(inside: str, patterns: tuple[str, ...]) -> bool:
    name = inside.rpartition("/")[2]
    return any(fnmatchcase(inside, pattern) or fnmatchcase(name, pattern) for pattern in patterns)


def find(
    inputs: Sequence[str | os.PathLike[str]], *, selection: FileSelection = EVERYTHING
) -> Iterator[InputFile | Problem]:
    """Yield the files of every input. Folders are walked in sorted order, devices are skipped.

    A file that is reached by several inputs or links is read once.
    """
    if len(inputs) == 1 and not selection.follow_links:
        yield from _find(inputs, selection)
        return
    seen: set[str] = set()
    for item in _find(inputs, selection):
        if isinstance(item, Problem):
            yield item
            continue
        place = os.path.realpath(item.path or STDIN)
        if place in seen:
            yield Problem(item.name, None, "it was given before; read once", kind="skipped")
        else:
            yield item
        seen.add(place)


def _find(
    inputs: Sequence[str | os.PathLike[str]], selection: FileSelection
) -> Iterator[InputFile | Problem]:
    prefixed = selection.prefixed or len(inputs) > 1
    for named in inputs:
        given = os.fspath(named)
        if given == STDIN:
            yield InputFile(None, STDIN)
            continue
        try:
            mode = os.stat(given).st_mode  # noqa: PTH116 - Path("") is the current folder
        except (OSError, ValueError) as error:
            yield Problem(printable(given), None, f"the input cannot be found ({why(error)}); skipped")
            continue
        path = Path(given)
        if stat.S_ISDIR(mode):
            yield from _folder(path, path.as_posix() if prefixed else "", selection)
        elif stat.S_ISREG(mode):
            form, packing = form_of(path.name)
            name = printable(path.as_posix() if prefixed else path.name)
            yield InputFile(path, name, form, packing, "" if form else _last_suffix(path, packing))
        else:
            yield Problem(printable(given), None, f"{special(mode)}; pipe it into `dedup report -`")


def _folder(root: Path, prefix: str, selection: FileSelection) -> Iterator[InputFile | Problem]:
    """Walk depth first with an explicit stack, so that deep folders do not exhaust the recursion limit."""
    empty = True
    waiting = [(root, "")]
    walked = {os.path.realpath(root)}
    while waiting:
        path, inside = waiting.pop()
        name = printable(_joined(prefix, inside) or str(root))
        try:
            mode = (path.stat() if selection.follow_links or not inside else path.lstat()).st_mode
            entries = sorted(path.iterdir(), reverse=True) if stat.S_ISDIR(mode) else []
        except OSError as error:
            empty = False
            yield Problem(name, None, f"it cannot be opened ({why(error)}); skipped")
            continue
        for entry in entries:
            below = _joined(inside, entry.name)
            if selection.leaves_out(below, entry) or (selection.follow_links and not _is_new(entry, walked)):
                continue
            waiting.append((entry, below))
        if not stat.S_ISDIR(mode) and selection.takes(inside):
            empty = False
            yield _entry(path, name, mode=mode, chosen=bool(selection.glob))
    if empty:
        which = " that the patterns choose" if selection.glob or selection.exclude else ""
        which += " other than those given as inputs or reference" if selection.apart else ""
        yield Problem(printable(str(root)), None, f"there is no file in the folder{which}; {_READABLE}")


def _is_new(entry: Path, walked: set[str]) -> bool:
    """Whether a folder is visited for the first time; links can lead back to a parent."""
    if not entry.is_dir():
        return True
    place = os.path.realpath(entry)
    if place in walked:
        return False
    walked.add(place)
    return True


def _joined(folder: str, name: str) -> str:
    return name if folder in {"", "."} else f"{folder.rstrip('/')}/{name}" if name else folder


def _entry(path: Path, name: str, *, mode: int, chosen: bool) -> InputFile | Problem:
    if stat.S_ISLNK(mode):
        reason = "a symbolic link is not followed; name its target as an input, or use --follow-links"
        return Problem(name, None, reason, kind="skipped")
    if not stat.S_ISREG(mode):
        return Problem(name, None, special(mode))
    form, packing = form_of(path.name)
    if form or chosen:
        return InputFile(path, name, form, packing)
    suffix = f"the suffix {printable(path.suffix)!r}" if path.suffix else "a name without suffix"
    advice = unread_suffix(_last_suffix(path, packing).removeprefix("."), [each[1:] for each in suffixes()])
    wanted = advice or _READABLE
    return Problem.of_input(name, None, Reason(ReasonKind.UNREAD_SUFFIX, (suffix, wanted)), kind="skipped")


def _last_suffix(path: Path, packing: Packing | None) -> str:
    """Return the suffix in lower case; of a compressed file, the one before `.gz` and the like."""
    named = path.with_suffix("") if packing else path
    return named.suffix.lower()


def special(mode: int) -> str:
    """Describe a file that is not a regular one."""
    kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    return f"it is {kinds.get(stat.S_IFMT(mode), 'a device')}, not a regular file; not opened"
