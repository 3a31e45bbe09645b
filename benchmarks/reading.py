"""Seconds to read archives of JSON lines, beside those that orjson alone needs for the same lines.

Both run in turn in this process, on uncompressed copies; the median counts. Then the slowest page that is
still parsed: it has as many tags as are allowed, all of them links.

    python -m benchmarks.reading [--runs N] [ARCHIVE...]
"""

import argparse
import gzip
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from benchmarks.archives import DATA, leave_without_data, present
from dedup.input import read
from dedup.input.formats.web_page import PAGE_TAGS, story

ARCHIVES = ("isna_2019.jsonl.gz", "saudinews_2015.jsonl.gz")


def bare(path: Path) -> None:
    """Parse every line, and do nothing else."""
    with path.open("rb") as lines:
        for line in lines:
            orjson.loads(line)


def whole(path: Path) -> None:
    """Make a document of every line."""
    for _ in read([path]):
        pass


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(path: Path, *, runs: int) -> tuple[float, float]:
    """Median seconds of orjson alone and of reading."""
    pairs = [(seconds(lambda: bare(path)), seconds(lambda: whole(path))) for _ in range(runs)]
    return statistics.median(first for first, _ in pairs), statistics.median(second for _, second in pairs)


def main() -> None:
    """Print one line per archive, then one for the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", default=ARCHIVES)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    if not all(map(present, options.archives)):
        leave_without_data()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.archives:
            path = Path(folder, name).with_suffix("")
            with gzip.open(DATA / name) as packed, path.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
            alone, all_of_it = compare(path, runs=options.runs)
            print(f"{name}: orjson {alone:.3f} s, reading {all_of_it:.3f} s, {all_of_it / alone:.2f} times")
    link = b"<a href=x>link words here</a> "
    page = b"<html><body><article>" + link * ((PAGE_TAGS - 3) // 2)
    print(f"a page of {PAGE_TAGS} tags, all links: {seconds(lambda: story(page, 'a', path='a')):.1f} s")


if __name__ == "__main__":
    main()
