"""Daft: its reader, its `minhash`, bands exploded and grouped.

In the fastest way we found: the text as it is, the number of a band from a literal list. `--as-example` does
it like the deduplication example of its manual: normalised text (lower case, no punctuation, NFD), the number
of a band from a Python function, the groups made into distinct edges. Rounds of data frame joins find the
components there; here union-find does, in both, which is faster.

    python -m dedup.bench.peers.daft_peer FILE OUT [--as-example]
"""

import sys
from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange


def find(path: Path) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file."""
    import daft

    as_example = "--as-example" in sys.argv
    documents = daft.read_json(str(path)).select("id", "text")
    clusters = _as_example(documents) if as_example else _fastest(documents)
    return clusters, {"bands": exchange.BANDS, "rows": exchange.ROWS, "as_example": as_example}


def _fastest(documents: Any) -> list[list[str]]:  # noqa: ANN401 - data frames of the peer's
    import daft

    banded = documents.select("id", _bands(daft.col("text")))
    banded = banded.with_column("band", daft.lit(list(range(exchange.BANDS)))).explode("values", "band")
    groups = banded.groupby("band", "values").agg(daft.col("id").list_agg().alias("ids"))
    found = groups.where(daft.col("ids").list_count() > 1).select("ids").to_pydict()["ids"]
    ids = sorted({name for group in found for name in group})
    rows = {name: row for row, name in enumerate(ids)}
    return exchange.named(([rows[name] for name in group] for group in found), ids)


def _as_example(documents: Any) -> list[list[str]]:  # noqa: ANN401
    import daft
    from daft.functions import monotonically_increasing_id, normalize

    text = normalize(daft.col("text"), remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
    sketched = documents.select("id", _bands(text)).with_column("node", monotonically_increasing_id())
    sketched = sketched.collect()
    banded = sketched.with_column("band", daft.func(_numbers)(daft.col("values")))
    groups = banded.explode("values", "band").groupby("band", "values")
    nodes = groups.agg(daft.col("node").list_agg().alias("nodes"))
    edges = nodes.with_column("u", daft.col("nodes").list_min()).explode("nodes")
    edges = edges.select("u", daft.col("nodes").alias("v")).where(daft.col("u") != daft.col("v")).distinct()
    pairs = edges.to_pydict()
    names = sketched.select("id", "node").to_pydict()
    rows = {node: row for row, node in enumerate(names["node"])}
    found = ((rows[u], rows[v]) for u, v in zip(pairs["u"], pairs["v"], strict=True))
    return exchange.named(found, names["id"])


def _bands(text: Any) -> Any:  # noqa: ANN401
    from daft.functions import chunk, minhash

    sketch = minhash(
        text,
        num_hashes=exchange.PERMUTATIONS,
        ngram_size=exchange.WORDS,
        seed=1,
        hash_function="xxhash",
    )
    return chunk(sketch, exchange.ROWS).alias("values")


def _numbers(values: list[list[int]]) -> list[int]:
    return list(range(len(values)))


if __name__ == "__main__":
    exchange.run("daft", find)
