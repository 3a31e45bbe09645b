"""The peers of the pre-filter: datasketch's index, in memory and on Redis, asked one story at a time."""

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import repeat
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from benchmarks.prefilter_runs import News, summary
from dedup import Recipe, fold, shingle

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH


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
    index = _index(storage)
    with index.insertion_session() as session:
        for number, story in zip(range(stored), map(News().story, range(stored)), strict=True):
            session.insert(f"s{number}", _sketched(story["text"]))
    return {"stored": stored} | summary([_offered(index, stored, offers)])


def peer_load(storage: dict[str, Any] | None, *, writers: int, offers: int) -> dict[str, Any]:
    """Let several processes offer different stories to one index of datasketch, which is empty at first."""
    if storage is None:
        return summary([_offered(_index(None), 0, offers)])
    with ProcessPoolExecutor(writers, mp_context=get_context("spawn")) as pool:
        firsts = range(0, offers, offers // writers)
        return summary([*pool.map(_offered_to_shared, repeat(storage), firsts, repeat(offers // writers))])


def _offered_to_shared(storage: dict[str, Any], first: int, offers: int) -> dict[str, Any]:
    return _offered(_index({**storage, "basename": b"load"}), first, offers)


def _index(storage: dict[str, Any] | None) -> "MinHashLSH":
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=0.5, num_perm=128, storage_config=storage or {"type": "dict"})


def _sketched(text: str) -> "MinHash":
    from datasketch import MinHash

    sketch = MinHash(num_perm=128, seed=Recipe().seed)
    sketch.update_batch([value.tobytes() for value in shingle(fold(text))])
    return sketch


def _offered(index: "MinHashLSH", first: int, offers: int) -> dict[str, Any]:
    """Offer stories one by one, and time each: sketch, query, insert."""
    texts = [story["text"] for story in map(News().story, range(first, first + offers))]
    seconds, stored = [], 0
    cpu, started = time.process_time(), time.perf_counter()
    for number, text in enumerate(texts, start=first):
        began = time.perf_counter()
        sketch = _sketched(text)
        if not index.query(sketch):
            index.insert(f"s{number}", sketch)
            stored += 1
        seconds.append(time.perf_counter() - began)
    ended = time.perf_counter()
    return {
        "seconds": seconds,
        "from": started,
        "to": ended,
        "stored": stored,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
