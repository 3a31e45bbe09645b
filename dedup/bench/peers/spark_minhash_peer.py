"""pyspark.ml: `NGram`, `HashingTF`, `MinHashLSH.approxSimilarityJoin`, as its guide shows.

Every hash table of its LSH is one MinHash value, so that a pair is compared if one of them is equal; three
find 0.97 of the pairs with a Jaccard of 0.7. It compares exact sets, and tells the Jaccard distance.

    python -m dedup.bench.peers.spark_minhash_peer FILE OUT [TABLES JACCARD]
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from dedup.bench.peers import exchange

TABLES = 3
HEAP = "4g"
"""Java's heap, as much as a report on Spark gets at most; the default of 1 GB is small for eight tables."""


def find(
    path: Path, *, tables: int = TABLES, jaccard: float = exchange.THRESHOLD
) -> tuple[list[list[str]], dict[str, Any]]:
    """Cluster the documents of a file.

    Args:
        path: A file of JSON lines.
        tables: Number of MinHash values; documents that share one are compared.
        jaccard: The least that joins two documents.
    """
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # another Python on the path would be refused
    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", HEAP).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    ids, texts = exchange.read(path)
    rows = [(row, text.split()) for row, text in enumerate(texts) if len(text.split()) >= exchange.WORDS]
    words = session.createDataFrame(rows, "row int, words array<string>")
    grams = NGram(n=exchange.WORDS, inputCol="words", outputCol="grams").transform(words)
    sets = HashingTF(inputCol="grams", outputCol="features", binary=True).transform(grams)
    sets = sets.select("row", "features").cache()
    model = MinHashLSH(inputCol="features", numHashTables=tables, seed=1).fit(sets)
    joined = model.approxSimilarityJoin(sets, sets, 1 - jaccard, "distance")
    pairs = joined.where("datasetA.row < datasetB.row").select("datasetA.row", "datasetB.row").collect()
    session.stop()
    settings = {"tables": tables, "jaccard": jaccard}
    return exchange.named(([left, right] for left, right in pairs), ids), settings


if __name__ == "__main__":
    tables, jaccard = sys.argv[3:5] or (TABLES, exchange.THRESHOLD)
    exchange.run("pyspark", partial(find, tables=int(tables), jaccard=float(jaccard)))
