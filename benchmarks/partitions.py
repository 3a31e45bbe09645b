"""Reports on Spark from shuffled data frames: their bytes must be those of a report on one machine.

Each archive becomes a frame of 1, 7 and 64 partitions, its rows in another order each time. The report on it,
with everything that a report has, is compared with that of one process. With `--hard` a made-up archive
comes first (`benchmarks.synthetic.hard_archive`: crowds over the cap, an id twice, roundups, a reference), in
each of several ways: as it is, with its reference, across sources, and with every policy of representatives.

    python -m benchmarks.partitions [ARCHIVE ...] [--hard] [--partitions N ...] [--master URL]

An archive is a folder, a file or a name in DEDUP_DATA. Needs Java and PySpark.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.archives import located
from benchmarks.synthetic.hard_archive import hard_archive
from dedup.input import read
from dedup.integrations import spark as on_spark
from dedup.model import Document
from dedup.model.recipe import REPRESENTATIVES, Recipe
from dedup.output.to_json import to_json
from dedup.report.find_duplicates import find_duplicates

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PARTITIONS = (1, 7, 64)
SCHEMA = "id string, text string, title string, source string, published string, url string"


@dataclass(frozen=True, slots=True)
class Compared:
    """A report to compare: its name, what it is on, and its settings."""

    name: str
    documents: Sequence[Document]
    reference: Sequence[Document] = ()
    cross_source: bool = False
    recipe: Recipe = field(default_factory=Recipe)


class UnequalError(Exception):
    """A report on Spark has other bytes."""


def documents_of(archive: str) -> list[Document]:
    """Read the documents of an archive, without their places in it: a data frame has no such column."""
    path = Path(archive) if Path(archive).exists() else located(archive)
    entries = [entry for entry in read([path]) if isinstance(entry, Document)]
    return [replace(each, path="", line=None, encoding="") for each in entries]


def frame_of(spark: "SparkSession", documents: Sequence[Document], *, partitions: int) -> "DataFrame":
    """Make a frame of documents in another order."""
    rows = [
        (each.id, each.text, each.title, each.source, each.published, each.url)
        for each in random.Random(partitions).sample(documents, len(documents))
    ]
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, partitions), SCHEMA)


def made_up_runs() -> Iterator[Compared]:
    """Yield the made-up archive with each of the settings to compare."""
    documents, known = hard_archive()
    source = next(each.source for each in documents if each.source)
    yield Compared("made up", documents)
    yield Compared("made up, reference", documents, known)
    yield Compared("made up, cross-source", documents, known, cross_source=True)
    for policy in REPRESENTATIVES:
        recipe = Recipe(representative=policy, sources=(source,), keep_changed=False)
        yield Compared(f"made up, {policy}", documents, known, recipe=recipe)


def compare(spark: "SparkSession", run: Compared, partitions: Sequence[int]) -> Iterator[bool]:
    """Yield, for each number of partitions, whether the bytes are equal."""
    report = find_duplicates(
        run.documents, reference=run.reference, recipe=run.recipe, cross_source=run.cross_source
    )
    wanted = to_json(report)
    for number in partitions:
        with tempfile.TemporaryDirectory() as folder:
            frame, known = (
                frame_of(spark, documents, partitions=number) for documents in (run.documents, run.reference)
            )
            shuffled = on_spark.find_duplicates(
                frame,
                spark=spark,
                work_dir=folder,
                reference=known,
                recipe=run.recipe,
                cross_source=run.cross_source,
            )
            yield to_json(shuffled) == wanted


def main() -> None:
    """Compare, and print a line per archive."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.partitions", description=__doc__.splitlines()[0]
    )
    parser.add_argument("archives", nargs="*", metavar="ARCHIVE")
    parser.add_argument("--hard", action="store_true", help="also a made-up archive, in several ways")
    parser.add_argument("--partitions", nargs="+", type=int, default=PARTITIONS, metavar="N")
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()
    if not options.archives and not options.hard:
        parser.error("name an archive, or give --hard")
    spark = on_spark.start(options.master)
    print(f"{'partitions':32}" + "".join(f"{number:>8}" for number in options.partitions))
    made_up = made_up_runs() if options.hard else ()
    named = (Compared(Path(each).name, documents_of(each)) for each in options.archives)
    every = True
    for run in chain(made_up, named):
        print(f"{run.name:32}", end="", flush=True)
        for equal in compare(spark, run, options.partitions):
            every &= equal
            print(f"{'equal' if equal else 'OTHER':>8}", end="", flush=True)
        print()
    if not every:
        raise UnequalError("reports on Spark have other bytes than those of one process")


if __name__ == "__main__":
    main()
