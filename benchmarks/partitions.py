"""Reports on Spark from data frames whose rows are shuffled: their bytes are those of one machine.

Each archive becomes a frame of 1, 7 and 64 partitions, its rows in another order each time. The report on it,
with everything that a report has, is compared with that of one process.

    python -m benchmarks.partitions ARCHIVE ... [--partitions N ...] [--master URL]

An archive is a folder, a file or a name in DEDUP_DATA. Needs Java and PySpark.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.archives import located
from dedup.input import read
from dedup.integrations import spark as on_spark
from dedup.model import Document
from dedup.output.to_json import to_json
from dedup.report.find_duplicates import find_duplicates

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PARTITIONS = (1, 7, 64)
SCHEMA = "id string, text string, title string, source string, published string, url string"


class UnequalError(Exception):
    """A report on Spark has other bytes."""


def documents_of(archive: str) -> list[Document]:
    """Read the documents of an archive, without where each was in it: a frame does not say that."""
    path = Path(archive) if Path(archive).exists() else located(archive)
    entries = [entry for entry in read([path]) if isinstance(entry, Document)]
    return [replace(each, path="", line=None, encoding="") for each in entries]


def frame_of(spark: "SparkSession", documents: list[Document], *, partitions: int) -> "DataFrame":
    """Make a frame of documents in another order."""
    rows = [
        (each.id, each.text, each.title, each.source, each.published, each.url)
        for each in random.Random(partitions).sample(documents, len(documents))
    ]
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, partitions), SCHEMA)


def compared(spark: "SparkSession", archive: str, partitions: list[int]) -> Iterator[bool]:
    """Return whether the bytes are equal, for each number of partitions."""
    documents = documents_of(archive)
    wanted = to_json(find_duplicates(documents))
    for number in partitions:
        with tempfile.TemporaryDirectory() as folder:
            frame = frame_of(spark, documents, partitions=number)
            yield to_json(on_spark.find_duplicates(frame, spark=spark, work_dir=folder)) == wanted


def main() -> None:
    """Compare, and print a line per archive."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.partitions", description=__doc__.splitlines()[0]
    )
    parser.add_argument("archives", nargs="+", metavar="ARCHIVE")
    parser.add_argument("--partitions", nargs="+", type=int, default=PARTITIONS, metavar="N")
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()
    spark = on_spark.start(options.master)
    print(f"{'partitions':32}" + "".join(f"{number:>8}" for number in options.partitions))
    every = True
    for archive in options.archives:
        print(f"{Path(archive).name:32}", end="", flush=True)
        for equal in compared(spark, archive, options.partitions):
            every &= equal
            print(f"{'equal' if equal else 'OTHER':>8}", end="", flush=True)
        print()
    if not every:
        raise UnequalError("reports on Spark have other bytes than those of one process")


if __name__ == "__main__":
    main()
