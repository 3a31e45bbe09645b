"""The memory of pairing one range of fingerprints: bytes per fingerprint, in a process of its own.

`one` is a range in which every text has the same fingerprint, `some` one in which three texts share each.

    python -m benchmarks.range_memory [--fingerprints N]
"""

import argparse
import resource
import subprocess
import sys

import numpy as np

from benchmarks import processes
from dedup.model.recipe import Recipe
from dedup.report.pair.buckets import pair

KINDS = ("one", "some")
SHARED_BY = 3


def main() -> None:
    """Measure both kinds, and print a line for each."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.range_memory", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--fingerprints", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--kind", choices=KINDS, help="measure in this process")
    options = parser.parse_args()
    if options.kind:
        print(f"{options.kind:5}{bytes_each(options.kind, options.fingerprints):6.0f} bytes a fingerprint")
        return
    command = [sys.executable, "-m", "benchmarks.range_memory", "--fingerprints", str(options.fingerprints)]
    for kind in KINDS:
        subprocess.run([*command, "--kind", kind], cwd=processes.ROOT, check=True)


def bytes_each(kind: str, fingerprints: int) -> float:
    """Pair a made-up range; return what the peak of this process grew by, per fingerprint."""
    random = np.random.default_rng(1)
    recipe = Recipe()
    few = np.arange(10)
    pair(few.astype(np.uint64), few.astype(np.int32), cap=recipe.bucket_cap, crowd_size=recipe.boilerplate)
    before = _peak()
    if kind == "one":
        keys, texts = np.zeros(fingerprints, np.uint64), np.arange(fingerprints, dtype=np.int32)
    else:
        keys = np.sort(random.integers(0, -(-fingerprints // SHARED_BY), fingerprints, dtype=np.uint64))
        texts = random.integers(0, fingerprints, fingerprints, dtype=np.int32)
    pair(keys, texts, cap=recipe.bucket_cap, crowd_size=recipe.boilerplate)
    return (_peak() - before) / fingerprints


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
