"""The peers of the pre-filter: datasketch's index, in memory and on Redis."""

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import batched, repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from benchmarks.prefilter_runs import News, summary
from dedup import Recipe, fold, shingle

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH


@contextmanager
def redis_server() -> Iterator[dict[str, Any] | None]:
    """Start a Redis server for this run; yield None if no server or no client is installed."""
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
    index = _index(storage)
    with index.insertion_session() as session:
        for number, story in zip(range(stored), map(News().story, range(stored)), strict=True):
            session.insert(f"s{number}", _sketched(story["text"]))
    return {"stored": stored} | summary([_offered(index, stored, offers)])


def peer_load(storage: dict[str, Any] | None, *, writers: int, offers: int, batch: int = 1) -> dict[str, Any]:
    """Let several processes offer different stories to one empty index of datasketch."""
    if storage is None:
        return summary([_offered(_index(None), 0, offers, batch)])
    each = offers // writers
    place = {**storage, "basename": b"load of %d" % batch}
    with ProcessPoolExecutor(writers, mp_context=get_context("spawn")) as pool:
        firsts = range(0, offers, each)
        runs = pool.map(_offered_to_shared, repeat(place), firsts, repeat(each), repeat(batch))
        return summary([*runs])


def _offered_to_shared(storage: dict[str, Any], first: int, offers: int, batch: int) -> dict[str, Any]:
    return _offered(_index(storage), first, offers, batch)


def _index(storage: dict[str, Any] | None) -> "MinHashLSH":
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=0.5, num_perm=128, storage_config=storage or {"type": "dict"})


def _sketched(text: str) -> "MinHash":
    from datasketch import MinHash

    sketch = MinHash(num_perm=128, seed=Recipe().seed)
    sketch.update_batch([value.tobytes() for value in shingle(fold(text))])
    return sketch


def _offered(index: "MinHashLSH", first: int, offers: int, batch: int = 1) -> dict[str, Any]:
    """Offer stories in batches, and time each: sketch, query, insert."""
    stories = list(map(News().story, range(first, first + offers)))
    store = _store_one if batch == 1 else _store_batch
    seconds, stored = [], 0
    cpu, started = time.process_time(), time.perf_counter()
    for group in batched(stories, batch):
        began = time.perf_counter()
        stored += store(index, {story["id"]: _sketched(story["text"]) for story in group})
        seconds.append(time.perf_counter() - began)
    ended = time.perf_counter()
    return {
        "seconds": seconds,
        "offers": offers,
        "from": started,
        "to": ended,
        "stored": stored,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _store_one(index: "MinHashLSH", sketches: "Mapping[str, MinHash]") -> int:
    """Query and insert each sketch by itself; return how many were stored."""
    new = [name for name, sketch in sketches.items() if not index.query(sketch)]
    for name in new:
        index.insert(name, sketches[name])
    return len(new)


def _store_batch(index: "MinHashLSH", sketches: "Mapping[str, MinHash]") -> int:
    """Query a batch in one round trip for each band, and insert what is new in one session.

    This is the fastest way that datasketch has. Its query buffer itself only returns what all sketches of a
    batch have in common, so its tables are read here in the same way as that buffer reads them. Sketches of
    one batch are compared in memory.
    """
    is_known = dict.fromkeys(sketches, False)
    for (start, end), table in zip(index.hashranges, index.hashtables, strict=True):
        keys = [index._H(sketch.hashvalues[start:end]) for sketch in sketches.values()]  # noqa: SLF001
        for name, found in zip(sketches, table.getmany(*keys), strict=True):
            is_known[name] |= bool(found)
    among, stored = _index(None), 0
    with index.insertion_session() as session:
        for name, sketch in sketches.items():
            if is_known[name] or among.query(sketch):
                continue
            among.insert(name, sketch)
            session.insert(name, sketch, check_duplication=False)
            stored += 1
    return stored
