"""The C of the kernel: what is built, what is watched, and who may know Python."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "dedup" / "core"
INCLUDE = re.compile(r'^#include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def _extension() -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [extension] = settings["tool"]["setuptools"]["ext-modules"]
    return {key: extension[key] for key in ("sources", "depends")}


def _files(pattern: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in KERNEL.rglob(pattern))


def test_every_c_file_is_built() -> None:
    """The extension names each C file of the kernel, in order."""
    assert _extension()["sources"] == _files("*.c")


def test_every_header_is_watched() -> None:
    """A header that changes builds the extension anew."""
    assert _extension()["depends"] == _files("*.h")


def test_native_code_knows_no_python() -> None:
    """A file in native/ includes its neighbours and the C library, nothing else."""
    neighbours = {path.name for path in (KERNEL / "native").glob("*.h")}
    library = {"stddef.h", "stdint.h", "stdlib.h", "string.h", "immintrin.h", "arm_neon.h"}

    foreign = {
        f"{path.name}: {name}"
        for path in (KERNEL / "native").iterdir()
        for name in INCLUDE.findall(path.read_text(encoding="utf-8"))
        if name not in neighbours | library
    }

    assert foreign == set()
