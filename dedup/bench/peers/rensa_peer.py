"""rensa: a matrix of full-set R-MinHash signatures, filled into its LSH in one call.

The matrix tells which rows have a neighbour; only those are asked for their neighbours one by one. Its rho
sketch is faster still, but tells which documents to drop, not which are copies of which.

    python -m dedup.bench.peers.rensa_peer FILE OUT
"""

from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange

SEED = 42


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    from rensa import RMinHash, RMinHashLSH

    ids, texts = exchange.read(path)
    tokens = [exchange.grams(text) for text in texts]
    matrix = RMinHash.digest_matrix_from_token_sets(tokens, exchange.PERMUTATIONS, SEED)
    index = RMinHashLSH(exchange.THRESHOLD, exchange.PERMUTATIONS, exchange.BANDS)
    flags = index.insert_matrix_and_query_duplicate_flags(matrix)
    suspects = [tokens[row] for row, flag in enumerate(flags) if flag]
    found = index.query_all(RMinHash.from_token_sets(suspects, exchange.PERMUTATIONS, SEED))
    return exchange.named((rows for rows in found if len(rows) > 1), ids), {
        "bands": exchange.BANDS,
        "rows": exchange.ROWS,
    }


if __name__ == "__main__":
    exchange.run("rensa", find)
