"""datasketch: `MinHash.bulk`, then `MinHashLSH`.

Hashed by xxhash, if that is installed, instead of SHA-1: its manual advises a faster hash where speed counts.

    python -m dedup.bench.peers.datasketch_peer FILE OUT
"""

from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    from datasketch import MinHash, MinHashLSH

    try:
        from xxhash import xxh32_intdigest as hash32
    except ImportError:
        from datasketch.hashfunc import sha1_hash32 as hash32

    ids, texts = exchange.read(path)
    tokens = ([gram.encode() for gram in exchange.grams(text)] for text in texts)
    sketches = MinHash.bulk(tokens, num_perm=exchange.PERMUTATIONS, hashfunc=hash32)
    index = MinHashLSH(threshold=exchange.THRESHOLD, num_perm=exchange.PERMUTATIONS)
    with index.insertion_session() as session:
        for row, sketch in enumerate(sketches):
            session.insert(row, sketch)
    found = (index.query(sketch) for sketch in sketches)
    settings = {"bands": index.b, "rows": index.r, "hash": hash32.__name__}
    return exchange.named((rows for rows in found if len(rows) > 1), ids), settings


if __name__ == "__main__":
    exchange.run("datasketch", find)
