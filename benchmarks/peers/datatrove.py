"""datatrove: signatures, buckets and clusters as pipelines on local workers, after its MinHash example.

It hands files to workers, so the archive is cut into one part for each processor first. Word 3-grams, else
its defaults: 14 buckets of 8 hashes, and its word tokeniser for Persian. The last step, which writes the
survivors, is left out in its favour.

    VENV/bin/python -m benchmarks.peers.datatrove FILE OUT
"""

import os
import struct
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange

PAIR = struct.Struct("<II")


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    from datatrove.pipeline.dedup.minhash import MinhashConfig

    config = MinhashConfig(n_grams=exchange.WORDS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = _cut(path, folder / "parts", os.cpu_count() or 1)
        _run(folder, config, len(parts))
        clusters: dict[int, list[str]] = {}
        for number, ids in enumerate(parts):
            for row, cluster in _clustered(folder / "clusters" / f"{number:06d}.clusters"):
                clusters.setdefault(cluster, []).append(ids[row])
    settings = {"bands": config.num_buckets, "rows": config.hashes_per_bucket, "tokeniser": "spaCy, fa"}
    return list(clusters.values()), settings


def _cut(path: Path, folder: Path, count: int) -> list[list[str]]:
    """Deal the lines out to `count` files; return the ids of each."""
    import orjson

    folder.mkdir()
    parts: list[list[str]] = [[] for _ in range(count)]
    with ExitStack() as stack:
        lines = stack.enter_context(path.open("rb"))
        files = [stack.enter_context((folder / f"{part:03d}.jsonl").open("wb")) for part in range(count)]
        for number, line in enumerate(lines):
            files[number % count].write(line)
            parts[number % count].append(orjson.loads(line)["id"])
    return parts


def _run(folder: Path, config: Any, count: int) -> None:  # noqa: ANN401 - a class of the peer's
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import (
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupSignature,
    )
    from datatrove.pipeline.readers import JsonlReader

    parts, signatures, buckets, clusters = (
        str(folder / name) for name in ("parts", "signatures", "buckets", "clusters")
    )
    steps = (
        (
            [JsonlReader(parts), MinhashDedupSignature(signatures, config=config, language="fas")],
            count,
        ),
        ([MinhashDedupBuckets(signatures, buckets, config=config)], config.num_buckets),
        ([MinhashDedupCluster(buckets, clusters, config=config, save_cluster_id=True)], 1),
    )
    for number, (pipeline, tasks) in enumerate(steps):
        LocalPipelineExecutor(
            pipeline=pipeline,
            tasks=tasks,
            workers=min(tasks, count),
            logging_dir=str(folder / f"logs{number}"),
        ).run()


def _clustered(path: Path) -> list[tuple[int, int]]:
    """Read (row, cluster) of every document of a part that has a cluster."""
    return list(PAIR.iter_unpack(path.read_bytes())) if path.is_file() else []


if __name__ == "__main__":
    exchange.run("datatrove", find)
