"""The shape of the house: imports only go down, stages do not know each other."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dedup"
LAYERS = (
    ("recipe", "errors", "numerals"),
    ("records",),
    ("documents", "spill"),
    ("kernel",),
    ("stages",),
    ("index", "reading", "reporting"),
    ("pipeline", "prefilter"),
    ("adapters",),
    ("commands",),
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


@pytest.mark.parametrize("path", MODULES, ids=_module)
def test_imports_only_go_down(path: Path) -> None:
    """A room imports itself and the rooms below it."""
    room = _room(_module(path))
    if room in {"", "__main__"}:
        return

    above = {name for name in _imports(path) if HEIGHT[_room(name)] > HEIGHT[room]}
    beside = {name for name in _imports(path) if HEIGHT[_room(name)] == HEIGHT[room] and _room(name) != room}

    assert above == set()
    assert {_room(name) for name in beside} <= {"recipe", "errors", "numerals"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "stages").rglob("*.py")), ids=_module)
def test_stages_do_not_import_each_other(path: Path) -> None:
    """A stage knows the kernel and the records; only a stage that is a package knows its own parts."""
    stage = ".".join(_module(path).split(".")[:3])

    others = {
        name
        for name in _imports(path)
        if name.startswith("dedup.stages.") and ".".join(name.split(".")[:3]) != stage
    }

    assert others == set()


def test_every_room_has_a_place() -> None:
    """A new room is put into the picture above before it is built."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix in {"", ".py"}}

    assert rooms - {"__init__", "__main__", "__pycache__"} <= set(HEIGHT)
