"""Daft: its reader, its `minhash`, bands exploded and grouped, as its deduplication example does it.

Two things are faster than in that example: the number of a band comes from a literal list instead of a Python
function, and the groups of a band are joined by union-find instead of rounds of data frame joins. The example
also normalises the text first; `--normalise` does the same (lower case, no punctuation, NFD).

    VENV/bin/python -m benchmarks.peers.daft FILE OUT [--normalise]
"""

import sys
from pathlib import Path
from typing import Any

from benchmarks.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    import daft  # noqa: PLC0415
    from daft.functions import chunk, minhash, normalize  # noqa: PLC0415

    normalise = "--normalise" in sys.argv
    text = daft.col("text")
    if normalise:
        text = normalize(text, remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
    sketch = minhash(
        text,
        num_hashes=exchange.PERMUTATIONS,
        ngram_size=exchange.WORDS,
        seed=1,
        hash_function="xxhash",
    )
    groups = (
        daft.read_json(str(path))
        .select(daft.col("id"), chunk(sketch, exchange.ROWS).alias("values"))
        .with_column("band", daft.lit(list(range(exchange.BANDS))))
        .explode("values", "band")
        .groupby("band", "values")
        .agg(daft.col("id").list_agg().alias("ids"))
        .where(daft.col("ids").list_count() > 1)
        .select("ids")
        .to_pydict()["ids"]
    )
    ids = sorted({one for group in groups for one in group})
    rows = {one: row for row, one in enumerate(ids)}
    clusters = exchange.named(([rows[one] for one in group] for group in groups), ids)
    return clusters, {"bands": exchange.BANDS, "rows": exchange.ROWS, "normalised": normalise}


if __name__ == "__main__":
    exchange.run("daft", find)
