"""tors: `minhash_signature` in a thread for each processor (it releases the lock), then `lsh_candidates`.

Here with 16 bands of 8.

    python -m dedup.bench.peers.tors_peer FILE OUT
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    import tors

    ids, texts = exchange.read(path)
    sign = partial(
        tors.minhash_signature,
        num_perm=exchange.PERMUTATIONS,
        shingle_size=exchange.WORDS,
        method="superminhash",
    )
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        signatures = list(pool.map(sign, texts))
    found = tors.lsh_candidates(signatures, bands=exchange.BANDS, rows=exchange.ROWS)
    return exchange.named(found["pairs"], ids), {
        "bands": exchange.BANDS,
        "rows": exchange.ROWS,
        "method": "superminhash",
    }


if __name__ == "__main__":
    exchange.run("tors", find)
