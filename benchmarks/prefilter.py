"""The pre-filter: stories per second and milliseconds per story, by the number stored and of writers.

Made-up stories of 300 words, one in ten a reworded copy of an earlier one. Each size is loaded once;
every measurement of a file opens a copy of it in a process of its own, so that its memory is what a
scraper would see. Beside it is the least time that any index in a file takes: to prepare and write stories.
The PostgreSQL server is started for the run. The peers do the same work with datasketch: sketch,
query, insert.

    python -m benchmarks.prefilter [--stored N ...] [--writers N ...] [--offers N] [--no-peers] [--json FILE]
    python -m benchmarks.prefilter --postgres [--stored N ...] [--writers N ...]
    python -m benchmarks.prefilter --load STORIES [--writers N] [--batch N ...]
    python -m benchmarks.prefilter --against-report [ARCHIVE ...]
    python -m benchmarks.prefilter --check
"""

import argparse
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.archives import leave_without_data, load, present
from benchmarks.machine import describe
from benchmarks.postgres_server import postgres_server
from benchmarks.prefilter_peers import peer, peer_load, redis_server
from benchmarks.prefilter_runs import (
    apart,
    bytes_a_story,
    fill,
    measured,
    notice,
    teach,
    to_floor,
    written_only,
)
from dedup import PreFilter, Recipe, Report, find_duplicates
from dedup.model.known_boilerplate import KnownPassage

ARCHIVES = ("farex_dev.jsonl.gz", "counter_dev.jsonl.gz", "aut_2019.jsonl.gz", "isna_2019.jsonl.gz")
FLOORS = Path(__file__).with_name("floors.json")
CHECKED = 3
"""Rounds of a check, of which the median counts."""


def ours(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Measure an index in a file."""
    for stored in options.stored:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "news.dedup"
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                pool.submit(fill, str(path), stored).result()
            for writers in options.writers:
                with tempfile.TemporaryDirectory(dir=folder) as place:
                    copy = shutil.copy(path, place)
                    result = measured(str(copy), stored, writers=writers, offers=options.offers // writers)
                yield _printed(f"dedup, {stored:,} stored, {writers} writing", result)


def least(offers: int) -> Iterator[dict[str, Any]]:
    """Measure the least that any index in a file must do."""
    yield _printed("prepared and written only", written_only(0, offers))


def on_postgres(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Measure an index on a server: each round continues where the last one ended."""
    for stored in options.stored:
        with postgres_server(*SERVER) as server:
            if server is None:
                print("PostgreSQL: skipped, there is no server", file=sys.stderr)
                return
            fill(server.address(), stored)
            first = stored
            for writers in options.writers:
                each = options.offers // writers
                result = measured(server.address(), first, writers=writers, offers=each)
                first += writers * each
                yield _printed(f"PostgreSQL, {stored:,} stored, {writers} writing", result)


SERVER = ("shared_buffers=512MB", "max_wal_size=4GB")
"""What anybody sets who runs a server for more than a trial."""


def peers(offers: int) -> Iterator[dict[str, Any]]:
    """Measure datasketch."""
    yield _printed("datasketch in memory, 10,000 stored", peer(None, stored=10_000, offers=offers))
    with redis_server() as storage:
        if storage is None:
            print("datasketch on Redis: skipped, there is no redis-server or no client", file=sys.stderr)
            return
        result = peer(storage, stored=1_000, offers=min(offers, 1_000))
        yield _printed("datasketch on Redis, 1,000 stored", result)


def loads(stories: int, writers: int, batches: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Offer stories to empty indexes, of dedup and of datasketch, in batches of several sizes.

    The number of stories that each drops is printed: one in twenty is a copy of another in the load. Writers
    that query Redis at the same time may all miss a copy. Writers that have an index each wait for no other:
    the processors allow no more than that.
    """
    yield _printed("datasketch in memory, load", peer_load(None, writers=1, offers=stories))
    with redis_server() as storage:
        if storage is None:
            print("datasketch on Redis: skipped, there is no redis-server or no client", file=sys.stderr)
        for batch in batches:
            with tempfile.TemporaryDirectory() as folder:
                place = str(Path(folder) / "news.dedup")
                filled = measured(place, 0, writers=writers, offers=stories // writers, batch=batch)
            what = f"load, {writers} writing, {batch} at once"
            yield _printed(f"dedup, {what}", filled)
            free = apart(writers, offers=stories // writers, batch=batch)
            yield _printed("dedup, the same, an index each", free)
            if storage is not None:
                result = peer_load(storage, writers=writers, offers=stories, batch=batch)
                result["times"] = filled["a second"] / result["a second"]
                result["times apart"] = free["a second"] / result["a second"]
                yield _printed(f"datasketch on Redis, {what}", result)


def _printed(what: str, result: dict[str, Any]) -> dict[str, Any]:
    rest = "".join(f"  {value:,.0f} {name}" for name, value in result.items() if name in _ALSO)
    rate, p50, p99 = (result[name] for name in ("a second", "p50 ms", "p99 ms"))
    if "times" in result:
        rest += f"  dedup is {result['times']:.1f} times as fast, an index each {result['times apart']:.1f}"
    print(f"{what:46} {rate:7,.0f} a second  p50 {p50:5.2f}  p99 {p99:6.2f} ms{rest}", flush=True)
    return {"what": what, **result}


_ALSO = ("a CPU second", "us in the lock", "KB to disk a story", "megabytes", "bytes a story", "dropped")


def check() -> int:
    """Compare a small run with the floors: how many times as long as bare writing, and how large.

    A file is measured a second time after it was taught a passage with which every story ends.
    """
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["prefilter"]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "news.dedup")
        _check_one("file", place, floors, found)
        teach(place)
        first = floors["stories"] + CHECKED * floors["offers"]
        found["file_taught_to_floor"] = to_floor(
            place, first, offers=floors["offers"], rounds=CHECKED, closing=notice()
        )
    with postgres_server() as server:
        if server is not None:
            _check_one("server", server.address(), floors, found)
        elif os.environ.get("DEDUP_EXPECT_POSTGRES") == "1":
            print("there is no PostgreSQL server", file=sys.stderr)
            return 1
    failed = 0
    for name, value in found.items():
        print(f"{name:24} {value:8.2f}  {floors[name]} is allowed")
        failed += value > floors[name]
    return 1 if failed else 0


def _check_one(kind: str, place: str, floors: dict[str, Any], found: dict[str, float]) -> None:
    stories = floors["stories"]
    fill(place, stories)
    found[f"{kind}_to_floor"] = to_floor(place, stories, offers=floors["offers"], rounds=CHECKED)
    found[f"{kind}_bytes_a_story"] = bytes_a_story(place)


def against_report(name: str) -> Iterator[str]:
    """Offer an archive story by story; compare the pairs with reports without and with boilerplate."""
    documents = [{"id": str(row), "text": str(record["text"])} for row, record in enumerate(load(name))]
    plain = find_duplicates(documents, recipe=Recipe(rank=False, boilerplate=0))
    learning = find_duplicates(documents, recipe=Recipe(rank=False))
    untaught = _streamed(documents, ())
    yield _differences("boilerplate=0", plain, untaught)
    yield _differences("boilerplate", learning, untaught)
    yield _differences("taught", learning, _streamed(documents, learning.known_boilerplate))


def _streamed(documents: Sequence[dict[str, str]], known: Sequence[KnownPassage]) -> set[tuple[str, str]]:
    """Return the joined pairs that an index finds after it was taught some boilerplate."""
    joined = set()
    with tempfile.TemporaryDirectory() as folder, PreFilter.open(Path(folder) / "stream.dedup") as prefilter:
        prefilter.learn(known)
        for document in documents:
            for found in prefilter.matches(document):
                if found.duplicate_of is not None:
                    left, right = sorted((found.id, found.duplicate_of))
                    joined.add((left, right))
            prefilter.add(document)
    return joined


def _differences(what: str, report: Report, streamed: set[tuple[str, str]]) -> str:
    joined = {(pair.left, pair.right) for pair in report.pairs if pair.verdict.joins}
    return (
        f"{what:14} {len(joined):5} joined pairs  {len(joined - streamed)} missed  "
        f"{len(streamed - joined)} more"
    )


def main() -> int:
    """Print one line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stored", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--offers", type=int, default=3_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--postgres", action="store_true", help="measure a server, not files and peers")
    parser.add_argument("--load", type=int, metavar="STORIES", help="fill empty indexes, and those of peers")
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 50], help="stories a call, with --load")
    parser.add_argument("--against-report", nargs="*", metavar="ARCHIVE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 beyond the ratios of floors.json")
    options = parser.parse_args()
    if options.check:
        return check()
    if options.against_report is not None:
        _print_against_report(options.against_report or ARCHIVES)
        return 0
    if options.load:
        results = [*loads(options.load, max(options.writers), options.batch)]
    else:
        results = [*(on_postgres(options) if options.postgres else (*ours(options), *least(options.offers)))]
        if not options.no_peers and not options.postgres:
            results += peers(options.offers)
    if options.json:
        machine = describe() | {"sqlite": sqlite3.sqlite_version, "datasketch": version("datasketch")}
        options.json.write_text(
            json.dumps({"machine": machine, "results": results}, indent=1), encoding="utf-8"
        )
    return 0


def _print_against_report(names: Sequence[str]) -> None:
    if not present(*names):
        leave_without_data()
    for name in names:
        for line in against_report(name):
            print(f"{name:24} {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
