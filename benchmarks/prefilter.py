"""The pre-filter: stories a second and milliseconds a story, by how many are stored and how many write.

Made-up stories of 300 words, one in ten a reworded copy of an earlier one. Each size is loaded once, in
a process of its own; every measurement opens a copy of that file in a process of its own, so that its
memory is what a scraper would see. The peers do the same work with datasketch: sketch, query, insert.

    python -m benchmarks.prefilter [--stored N ...] [--writers N ...] [--offers N] [--no-peers] [--json FILE]
    python -m benchmarks.prefilter --against-report [ARCHIVE ...]
"""

import argparse
import json
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib.metadata import version
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.archives import leave_without_data, load, present
from dedup import PreFilter, Recipe, find_duplicates, fold, shingle
from dedup.index import posted
from dedup.index.sqlite import SqliteIndex
from dedup.prefilter.offering import prepare_offer

WORDS = 300
COPIES = 10
"""One story in so many is a copy."""
ROUNDS = 8
"""A size is loaded in so many parts, so that its pages are as full as after as many small writes."""
ARCHIVES = ("farex_dev.jsonl.gz", "counter_dev.jsonl.gz", "aut_2019.jsonl.gz", "isna_2019.jsonl.gz")


class News:
    """Stories that nobody wrote, the same for the same number."""

    def __init__(self) -> None:
        draw = np.random.default_rng(1)
        letters = list("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
        self._words = ["".join(draw.choice(letters, draw.integers(2, 9))) for _ in range(30_000)]

    def story(self, number: int) -> dict[str, str]:
        """Write the story of that number, common words more often than rare ones."""
        source = number // 2 if number % COPIES == COPIES - 1 else number
        draw = np.random.default_rng([source, 5])
        drawn = (draw.random(WORDS) ** 2.5 * len(self._words)).astype(int).tolist()
        if source != number:
            drawn[7::40] = (
                np.random.default_rng(number).integers(0, len(self._words), len(drawn[7::40])).tolist()
            )
        return {"id": f"s{number}", "text": " ".join(map(self._words.__getitem__, drawn))}


def fill(path: Path, stories: int) -> None:
    """Store so many stories without asking, the keys of each part in order: minutes instead of hours."""
    news, index = News(), SqliteIndex(path)
    for part in range(ROUNDS):
        keys: list[int] = []
        owners: list[int] = []
        with index.writing() as writing:
            for number in range(stories * part // ROUNDS, stories * (part + 1) // ROUNDS):
                offered = prepare_offer(news.story(number), index.recipe)
                put = writing.put(offered.story, crowded=offered.story.keys, held=False)
                keys.extend(offered.story.keys)
                owners.extend(repeat(posted(put.seq, len(offered.story.keys)), len(offered.story.keys)))
            order = np.argsort(np.array(keys, dtype=np.int32), kind="stable").tolist()
            writing.connection.executemany(
                "INSERT INTO postings VALUES(?, ?)", ((keys[at], owners[at]) for at in order)
            )
    index.close()


def offer(path: Path, first: int, offers: int) -> dict[str, Any]:
    """Offer stories one by one, and time each."""
    stories = list(map(News().story, range(first, first + offers)))
    seconds, stored = [], 0
    with PreFilter.open(path) as prefilter:
        prefilter.check(stories[0])
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        for story in stories:
            began = time.perf_counter()
            stored += prefilter.check_and_add(story).stored
            seconds.append(time.perf_counter() - began)
        ended, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": seconds,
        "from": started,
        "to": ended,
        "stored": stored,
        "cpu": cpu,
        "megabytes": after.ru_maxrss / 1024,
    }


def measured(path: Path, stored: int, *, writers: int, offers: int) -> dict[str, Any]:
    """Let several processes offer different stories to one index at the same time."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(shutil.copy(path, folder))
        with ProcessPoolExecutor(writers, mp_context=get_context("spawn")) as pool:
            firsts = [stored + writer * offers for writer in range(writers)]
            runs = list(pool.map(offer, repeat(copy), firsts, repeat(offers)))
    seconds = sorted(each for run in runs for each in run["seconds"])
    elapsed = max(run["to"] for run in runs) - min(run["from"] for run in runs)
    return {
        "stored": stored,
        "writers": writers,
        "a second": len(seconds) / elapsed,
        "a CPU second": len(seconds) / sum(run["cpu"] for run in runs),
        "p50 ms": 1000 * statistics.median(seconds),
        "p99 ms": 1000 * seconds[int(0.99 * len(seconds))],
        "new": sum(run["stored"] for run in runs),
        "megabytes": max(run["megabytes"] for run in runs),
        "bytes a story": path.stat().st_size / stored,
    }


@contextmanager
def redis_server() -> Iterator[dict[str, Any] | None]:
    """Start a Redis for this run; None where there is no server or no client."""
    binary = shutil.which("redis-server")
    with suppress(ImportError):
        __import__("redis")
        if binary:
            with tempfile.TemporaryDirectory() as folder:
                command = [binary, "--port", "16379", "--save", "", "--dir", folder, "--bind", "127.0.0.1"]
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
                time.sleep(1)
                try:
                    yield {"type": "redis", "redis": {"host": "127.0.0.1", "port": 16379}}
                finally:
                    process.terminate()
                    process.wait()
            return
    yield None


def peer(storage: dict[str, Any] | None, *, stored: int, offers: int) -> dict[str, Any]:
    """Ask datasketch's index before storing, one story at a time."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - a second to import

    news = News()
    index = MinHashLSH(threshold=0.5, num_perm=128, storage_config=storage or {"type": "dict"})
    recipe = Recipe()

    def sketched(number: int) -> MinHash:
        sketch = MinHash(num_perm=128, seed=recipe.seed)
        sketch.update_batch([value.tobytes() for value in shingle(fold(news.story(number)["text"]))])
        return sketch

    with index.insertion_session() as session:
        for number in range(stored):
            session.insert(f"s{number}", sketched(number))
    seconds = []
    for number in range(stored, stored + offers):
        began = time.perf_counter()
        sketch = sketched(number)
        if not index.query(sketch):
            index.insert(f"s{number}", sketch)
        seconds.append(time.perf_counter() - began)
    seconds.sort()
    return {
        "stored": stored,
        "a second": len(seconds) / sum(seconds),
        "p50 ms": 1000 * statistics.median(seconds),
        "p99 ms": 1000 * seconds[int(0.99 * len(seconds))],
    }


def against_report(name: str) -> tuple[int, int, int]:
    """Stream an archive: joined pairs of the report, those missed, and those the report lacks."""
    documents = [{"id": str(row), "text": str(record["text"])} for row, record in enumerate(load(name))]
    report = find_duplicates(documents, recipe=Recipe(rank=False, boilerplate=0))
    joined = {(pair.left, pair.right) for pair in report.pairs if pair.verdict.joins}
    streamed = set()
    with tempfile.TemporaryDirectory() as folder, PreFilter.open(Path(folder) / "stream.dedup") as prefilter:
        for document in documents:
            for found in prefilter.matches(document):
                if found.duplicate_of is not None:
                    left, right = sorted((found.id, found.duplicate_of))
                    streamed.add((left, right))
            prefilter.add(document)
    return len(joined), len(joined - streamed), len(streamed - joined)


def main() -> None:
    """Print a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stored", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--offers", type=int, default=3_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--against-report", nargs="*", metavar="ARCHIVE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.against_report is not None:
        _print_against_report(options.against_report or ARCHIVES)
        return
    results = [*_ours(options)]
    if not options.no_peers:
        results += _peers(options.offers)
    if options.json:
        versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
        versions |= {name: version(name) for name in ("numpy", "datasketch")}
        options.json.write_text(json.dumps({**versions, "results": results}, indent=1), encoding="utf-8")


def _ours(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for stored in options.stored:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "news.dedup"
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                pool.submit(fill, path, stored).result()
            for writers in options.writers:
                result = measured(path, stored, writers=writers, offers=options.offers // writers)
                yield _printed(f"dedup, {stored:,} stored, {writers} writing", result)


def _peers(offers: int) -> Iterator[dict[str, Any]]:
    yield _printed("datasketch in memory, 10,000 stored", peer(None, stored=10_000, offers=offers))
    with redis_server() as storage:
        if storage is None:
            print("datasketch on Redis: skipped, there is no redis-server or no client", file=sys.stderr)
            return
        result = peer(storage, stored=1_000, offers=min(offers, 1_000))
        yield _printed("datasketch on Redis, 1,000 stored", result)


def _printed(what: str, result: dict[str, Any]) -> dict[str, Any]:
    rest = "".join(f"  {value:,.0f} {name}" for name, value in result.items() if name in _ALSO)
    rate, p50, p99 = (result[name] for name in ("a second", "p50 ms", "p99 ms"))
    print(f"{what:36} {rate:7,.0f} a second  p50 {p50:5.2f}  p99 {p99:6.2f} ms{rest}", flush=True)
    return {"what": what, **result}


_ALSO = ("a CPU second", "megabytes", "bytes a story")


def _print_against_report(names: Sequence[str]) -> None:
    if not present(*names):
        leave_without_data()
    for name in names:
        joined, missed, more = against_report(name)
        print(f"{name:24} {joined:5} joined pairs  {missed} missed  {more} more")


if __name__ == "__main__":
    main()
