"""Coverage-guided fuzzing of the compiled kernel alone: libFuzzer under the sanitizers, without Python.

Builds native_targets.c with all of dedup/core/native, once for each target, and runs it from a few made-up
inputs. A fault ends a target and is printed, and its input is kept as `crash-*` in the folder where this
runs.
Needs clang with its runtime (Debian: `apt install clang libclang-rt-dev`), or another one in `CC`.

    python -m benchmarks.faults.native_fuzz [--minutes N] [--seed N] [--jobs N] [--target NAME ...]
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.faults.fuzz import SLOW, Tried, print_tried
from benchmarks.faults.fuzz_targets import LONGEST, examples
from dedup.core.mixed_words import look_alikes
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.numpy_fold import packed_tables
from dedup.core.numpy_kernel import multipliers
from dedup.core.raw_units import raw_units
from dedup.core.text_column import as_column
from dedup.core.unspaced_scripts import unspaced_units

TARGETS = {"fold": "fold", "words": "words", "alignment": "alignment", "json": "jsonl"}
"""Each target, and that of fuzz_targets.py whose inputs it begins with."""
NATIVE = Path(__file__).parents[2] / "dedup" / "core" / "native"
HARNESS = Path(__file__).with_name("native_targets.c")
LETTERS = 20
"""Letters of a shingle, as in native_targets.c."""
FIELDS = ("id", "text", "title", "source", "date", "url")
FLAGS = (
    *("-g", "-O1", "-fno-omit-frame-pointer"),
    *("-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined"),
)


def tables() -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Return the arrays that Python passes to the kernel, by their names in native_targets.c."""
    names = [name.encode() for name in FIELDS]
    yield from zip(("UNITS", "CODES", "STARTS", "EXPANSIONS"), packed_tables(), strict=True)
    yield from (
        ("UNSPACED_UNITS", unspaced_units()),
        ("RAW_UNITS", raw_units()),
        ("LOOK_ALIKES", look_alikes().ravel()),
    )
    yield "FACTORS", multipliers(LETTERS)
    for name, words in (("NUMERALS", NUMERALS), ("DATES", DATES)):
        column = as_column(sorted(words))
        yield from ((name, column.data), (f"{name}_BOUNDS", column.bounds))
    yield "NAMES", np.frombuffer(b"".join(names), dtype=np.uint8)
    yield "NAMES_BOUNDS", np.array([*accumulate(map(len, names), initial=0)], dtype=np.int64)
    yield "NAMES_PARTS", np.arange(len(names), dtype=np.uint8)


def build(target: str, folder: Path) -> Path:
    """Build the fuzzer of a target in a folder.

    Raises:
        FileNotFoundError: clang is not installed.
        subprocess.CalledProcessError: clang cannot build a fuzzer.
    """
    with (folder / "tables.h").open("w", encoding="ascii") as header:
        for name, values in tables():
            ending = "u" if values.dtype.kind == "u" else ""
            numbers = ",".join(f"{value}{ending}" for value in values.tolist())
            header.write(f"enum {{ {name}_COUNT = {values.size} }};\n")
            header.write(f"static const {values.dtype}_t {name}[] = {{{numbers}}};\n")
    fuzzer = folder / "fuzzer"
    sources = [HARNESS, *sorted(NATIVE.glob("*.c"))]
    includes = [f"-I{NATIVE}", f"-I{folder}", f"-DATTACK=attack_{target}"]
    clang = os.environ.get("CC", "clang")
    subprocess.run([clang, *FLAGS, *includes, *map(str, sources), "-o", str(fuzzer)], check=True)
    return fuzzer


def fuzz(target: str, *, minutes: float, seed: int) -> Tried:
    """Build and run one target until the time is up."""
    with tempfile.TemporaryDirectory() as name:
        folder, seeds = Path(name), Path(name, "seeds")
        seeds.mkdir()
        for number, content in enumerate(examples(TARGETS[target])):
            Path(seeds, str(number)).write_bytes(content)
        limits = [f"-max_total_time={round(60 * minutes)}", f"-max_len={LONGEST}", f"-timeout={SLOW}"]
        command = [str(build(target, folder)), *limits, f"-seed={seed}", "-print_final_stats=1", str(seeds)]
        return Tried.of(
            subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        )


if __name__ == "__main__":
    sys.exit(print_tried(__doc__, [*TARGETS], fuzz))
