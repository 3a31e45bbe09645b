"""text-dedup: its own stages up to the clusters, with a configuration file as in its manual.

What it does afterwards (marking and writing the survivors) is left out in its favour. The data set library
may not cache, or it would answer every run but the first from disk.

    VENV/bin/python -m benchmarks.peers.text_dedup FILE OUT
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange

SETTINGS = """
[input]
input_type = "local_files"
file_type = "json"
[input.read_arguments]
path = "json"
data_files = {source}
split = "train"
[algorithm]
algorithm_name = "minhash"
text_column = "text"
num_perm = {permutations}
threshold = {threshold}
ngram_size = {words}
[output]
output_dir = {folder}
[debug]
enable_profiling = false
"""


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HF_HOME": folder, "HF_HUB_OFFLINE": "1"}
        import datasets
        from text_dedup import minhash
        from text_dedup.config.base import load_config_from_toml

        datasets.disable_caching()
        written = Path(folder, "config.toml")
        written.write_text(
            SETTINGS.format(
                source=json.dumps(str(path)),
                folder=json.dumps(folder),
                permutations=exchange.PERMUTATIONS,
                threshold=exchange.THRESHOLD,
                words=exchange.WORDS,
            ),
            encoding="utf-8",
        )
        config = load_config_from_toml(written)
        documents, _, _ = minhash.load_and_preprocess(config)
        ids = documents["id"][:]
        numbers = documents[config.algorithm.internal_index_column][:]
        cluster_of = minhash.cluster(config, minhash.fingerprint(config, documents))
        clusters: dict[int, list[str]] = {}
        for number, name in zip(numbers, ids, strict=True):
            if number in cluster_of:
                clusters.setdefault(cluster_of[number], []).append(name)
        settings = {"bands": config.algorithm.bands, "rows": config.algorithm.rows}
    return list(clusters.values()), settings


if __name__ == "__main__":
    exchange.run("text-dedup", find)
