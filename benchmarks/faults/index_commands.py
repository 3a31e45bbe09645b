"""Commands that change an index, each with what the index may contain after a fault."""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from benchmarks.faults.commands import EXPORT, Command, finish

CHANGES = {
    "index delete": ("index", "delete", "own.dedup", "s0"),
    "index prune": ("index", "prune", "own.dedup", "--capacity", "50", "--compact"),
}
"""Changes that are made whole or not at all."""
STEPWISE = {
    "index rebuild": ("index", "rebuild", "own.dedup", "--recipe", "windows.json"),
    "index import": ("index", "import", "own.dedup", "exported.jsonl"),
    "index replace": ("index", "replace", "own.dedup", "newer.jsonl"),
}
"""Changes that are made in steps, and completed by a second run."""


def index_commands(folder: Path, names: Collection[str]) -> Iterator[Command]:
    """Run each command once without faults; return them with what their index has to contain.

    Args:
        folder: The folder that `commands` was called with.
        names: Names of the commands to return.
    """
    (folder / "windows.json").write_text(json.dumps({"letters": 18}), encoding="utf-8")
    (folder / "exported.jsonl").write_bytes((folder / EXPORT[-1]).read_bytes())
    _write_newer(folder)
    for name in filter(CHANGES.__contains__, names):
        yield Command(name, CHANGES[name], _put_index, _either(CHANGES[name], folder))
    for name in filter(STEPWISE.__contains__, names):
        prepare = _remove_index if name == "index import" else _put_index
        yield Command(name, STEPWISE[name], prepare, _completed(STEPWISE[name], prepare, folder))


def _write_newer(folder: Path) -> None:
    """Write every fourth story with a new end."""
    lines = (folder / "in.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line) for line in lines[::4]]
    newer = [story | {"text": story["text"] + " newer"} for story in stories]
    content = "".join(json.dumps(story, ensure_ascii=False) + "\n" for story in newer)
    (folder / "newer.jsonl").write_text(content, encoding="utf-8")


def _either(arguments: tuple[str, ...], folder: Path) -> Callable[[Path], str]:
    """Check that an index is as it was before a command, or as it has to be after it."""
    _put_index(folder)
    before = _content(folder)
    finish(arguments, folder)
    allowed = (before, _content(folder))
    return lambda place: "" if _content(place) in allowed else "the index is neither as before nor as after"


def _completed(
    arguments: tuple[str, ...], prepare: Callable[[Path], None], folder: Path
) -> Callable[[Path], str]:
    """Run a command again, and check that its index is as it has to be afterwards."""
    prepare(folder)
    finish(arguments, folder)
    after = _content(folder)

    def fault(place: Path) -> str:
        finish(arguments, place)
        return "" if _content(place) == after else "the index lost or repeated stories"

    return fault


def _content(folder: Path) -> tuple[object, list[tuple[str, str]]]:
    """Check an index; return its recipe, and the ids and texts of its stories, in no order."""
    finish(("index", "check", "own.dedup"), folder)
    finish(("index", "export", "own.dedup", "content.jsonl"), folder)
    head, *lines = (folder / "content.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [each for each in map(json.loads, lines) if "text" in each]  # others say what was dropped
    return json.loads(head)["recipe"], sorted((story["id"], story["text"]) for story in stories)


def _remove_index(folder: Path) -> None:
    for path in folder.glob("own.dedup*"):
        path.unlink()


def _put_index(folder: Path) -> None:
    _remove_index(folder)
    (folder / "own.dedup").write_bytes((folder / "full.dedup").read_bytes())
