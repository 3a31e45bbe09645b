"""The peers of the pre-filter: datasketch's index, in memory and on Redis, asked one story at a time."""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from benchmarks.prefilter_runs import News
from dedup import Recipe, fold, shingle


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
    from datasketch import MinHash, MinHashLSH

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
