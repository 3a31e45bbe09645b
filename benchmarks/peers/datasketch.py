"""datasketch: `MinHash.bulk`, then `MinHashLSH`.

Hashed by xxhash instead of SHA-1: its manual advises a faster hash where speed counts.

VENV/bin/python -m benchmarks.peers.datasketch FILE OUT
"""

from pathlib import Path
from typing import Any

from benchmarks.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    import xxhash
    from datasketch import MinHash, MinHashLSH

    ids, texts = exchange.read(path)
    tokens = ([gram.encode() for gram in exchange.grams(text)] for text in texts)
    sketches = MinHash.bulk(tokens, num_perm=exchange.PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
    index = MinHashLSH(threshold=exchange.THRESHOLD, num_perm=exchange.PERMUTATIONS)
    with index.insertion_session() as session:
        for row, sketch in enumerate(sketches):
            session.insert(row, sketch)
    found = (index.query(sketch) for sketch in sketches)
    settings = {"bands": index.b, "rows": index.r, "hash": "xxh32"}
    return exchange.named((rows for rows in found if len(rows) > 1), ids), settings


if __name__ == "__main__":
    exchange.run("datasketch", find)
