"""The layers: imports only go down, and no module name occurs twice."""

import ast
import re
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "dedup"
LAYERS = (
    ("model",),
    ("core",),
    ("text",),
    ("comparison",),
    ("input", "output", "story_index"),
    ("prefilter", "report", "tune"),
    ("integrations",),
    ("bench",),
    ("cli",),
)
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _imports(path: Path) -> set[str]:
    """Modules of this package that a module names anywhere, functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.startswith("dedup.") and _room(name) in HEIGHT}


def _module(path: Path) -> str:
    return ".".join(("dedup", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def test_imports_only_go_down() -> None:
    """A room imports itself and the rooms below it."""
    assert MODULES
    rooms = {path: _room(_module(path)) for path in MODULES}

    level_or_above = {
        (_module(path), name)
        for path, room in rooms.items()
        if room not in {"", "__main__"}
        for name in _imports(path)
        if HEIGHT[_room(name)] >= HEIGHT[room] and _room(name) != room
    }

    assert level_or_above == set()


def test_every_room_has_a_place() -> None:
    """A new room is put into the picture above before it is built."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix in {"", ".py"}}

    assert rooms - {"__init__", "__main__", "__pycache__"} == set(HEIGHT)


def test_no_module_name_stands_twice() -> None:
    """Two modules of one name could be distinguished by their folders only."""
    names = Counter(path.stem for path in MODULES if path.stem != "__init__")

    assert [name for name, count in names.items() if count > 1] == []


REPLACED = re.compile(
    r"""setattr\(\s*([\w.]+),\s*["']_[a-z]|["'](dedup\.[\w.]*)\._[a-z]""", flags=re.IGNORECASE
)
"""A private name that a test replaces, and where; one that it reads is for ruff to refuse."""


def test_tests_speak_to_public_names() -> None:
    """What a test replaces in a module of ours has a public name there."""
    replaced = {
        (path.name, found[1] or found[2])
        for path in sorted(Path(__file__).parent.rglob("test_*.py"))
        for found in REPLACED.finditer(path.read_text(encoding="utf-8"))
    }

    assert replaced == {("test_spill.py", "tempfile")}
