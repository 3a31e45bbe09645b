"""The C of the kernel: what Python calls of it, and that it does not know Python."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "dedup" / "core"
INCLUDE = re.compile(r'^#include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def test_python_calls_each_function_of_the_header() -> None:
    """kernel.h declares nothing that buys nothing: each function has a caller in the package."""
    header = (KERNEL / "native" / "kernel.h").read_text(encoding="utf-8")
    declared = set(re.findall(r"^[a-zA-Z][\w ]*[ *](\w+)\(", header, re.MULTILINE))
    called = {
        name
        for path in KERNEL.glob("*.py")
        for name in re.findall(r"(?<![.\w])lib\.(\w+)", path.read_text(encoding="utf-8"))
    }

    assert declared == called


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
