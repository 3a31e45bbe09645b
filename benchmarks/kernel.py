"""Microseconds of the hot loops, compiled and in numpy, on seeded stories; needs no archive.

The kernels take turns on the same stories; the best of all rounds counts, since other work of the machine
only adds time. Quote the ratio, since machines differ.

    python -m benchmarks.kernel [--stories N] [--rounds N] [--json FILE]
"""

import argparse
import importlib
import json
import platform
import random
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dedup import core
from dedup.core import numpy_kernel
from dedup.text.minhash import permutation_parameters

WORDS = 300
LETTERS = "اااااایییییررررنننندددمممهههوووتتتبببسسکشلپزخجفعقگحطصضغچثذظژ"
BEGINNINGS = ("", "", "", "می\u200c", "ن")
ENDINGS = ("", "", "", "", "ها", "\u200cهای", "ی", "،", ".")

type Loop = Callable[[], object]


def stories(count: int, *, words: int = WORDS, seed: int = 1) -> list[str]:
    """Make stories of about 2,000 code points: half-spaces, punctuation, frequent words often."""
    source = random.Random(seed)
    lexicon = [
        source.choice(BEGINNINGS) + "".join(source.choices(LETTERS, k=source.randint(2, 7)))
        for _ in range(5000)
    ]
    weights = [1 / rank for rank in range(1, len(lexicon) + 1)]
    return [
        " ".join(word + source.choice(ENDINGS) for word in source.choices(lexicon, weights, k=words))
        for _ in range(count)
    ]


def loops(compiled: ModuleType | None, texts: list[str]) -> dict[str, Loop]:
    """List what is timed, by name; each goes over all stories or pairs once."""
    a, b = permutation_parameters(128, 1)
    settings: dict[str, Any] = {"letters": 20, "window": 8, "a": a, "b": b}
    _, _, values, bounds, *_ = numpy_kernel.prepare_many(texts, **settings)
    left, right = (side.astype(np.int64) for side in np.triu_indices(len(texts), 1))
    pairs = (values, bounds, left[: len(texts)], right[: len(texts)])
    todo: dict[str, Loop] = {
        "prepare, numpy": lambda: [numpy_kernel.prepare(text, **settings) for text in texts],
        "shared_counts, numpy": lambda: numpy_kernel.shared_counts(*pairs),
    }
    if compiled is None:
        return todo
    for name in compiled.simd_paths():

        def one_by_one(name: str = name) -> object:
            compiled.use_simd(name)
            return [compiled.prepare(text, **settings) for text in texts]

        def together(name: str = name) -> object:
            compiled.use_simd(name)
            return compiled.prepare_many(texts, **settings)

        todo[f"prepare, {name}"] = one_by_one
        todo[f"prepare_many, {name}"] = together
    todo["shared_counts, compiled"] = lambda: compiled.shared_counts(*pairs)
    return todo


def main() -> None:
    """Print one line per loop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    compiled = importlib.import_module("dedup.core.compiled_kernel") if core.NAME == "compiled" else None
    texts = stories(options.stories)
    todo = loops(compiled, texts)
    best = dict.fromkeys(todo, float("inf"))
    for _ in range(options.rounds):
        for name, loop in todo.items():
            started = time.perf_counter()
            loop()
            best[name] = min(best[name], (time.perf_counter() - started) / len(texts) * 1e6)
    print(f"{len(texts)} stories of {WORDS} words, {sum(map(len, texts)) // len(texts):,} code points each")
    for name, microseconds in best.items():
        twin = best[f"{name.split(',')[0].removesuffix('_many')}, numpy"]
        print(f"{name:24} {microseconds:8.1f} µs  {twin / microseconds:6.1f} x the twin")
    if options.json:
        result = {
            "machine": {**core.describe(), "processor": platform.machine(), "numpy": version("numpy")},
            "microseconds": best,
        }
        options.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
