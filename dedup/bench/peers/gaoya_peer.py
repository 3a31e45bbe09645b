"""gaoya: `MinHashStringIndex` with its own word 3-grams, filled and asked by its parallel bulk calls.

Its bands are what it works out of the threshold and the number of hashes; it checks the estimated Jaccard of
what it finds.

    python -m dedup.bench.peers.gaoya_peer FILE OUT
"""

from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    from gaoya.minhash import MinHashStringIndex

    ids, texts = exchange.read(path)
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=exchange.THRESHOLD,
        num_bands=None,
        band_size=None,
        num_hashes=exchange.PERMUTATIONS,
        analyzer="word",
        ngram_range=(exchange.WORDS, exchange.WORDS),
        id_container="smallvec",
    )
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    found = index.par_bulk_query(texts)
    return exchange.named((rows for rows in found if len(rows) > 1), ids), {"index": str(index)}


if __name__ == "__main__":
    exchange.run("gaoya", find)
