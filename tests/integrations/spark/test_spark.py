"""A run on Spark gives the bytes of a run on one machine; its faults are reported in one line."""

import gzip
import json
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.bench.measured_report import measured_report
from dedup.bench.stage_clock import StageClock
from dedup.input import Fields
from dedup.integrations.spark import spark_documents, spark_session
from dedup.integrations.spark.executor_tasks import Place, engine_error
from dedup.integrations.spark.spark_job import SparkJob
from dedup.integrations.spark.spark_runner import SparkRunner
from dedup.integrations.spark.spark_session import start
from dedup.model import Document
from dedup.model.decisions import Decisions
from dedup.model.errors import EngineError, ReadingError
from dedup.model.recipe import Recipe
from dedup.output.to_json import json_pieces
from dedup.report.find_duplicates import find_duplicates
from dedup.report.given_documents import batches_of
from dedup.report.progress_notes import silent
from dedup.report.request import Request
from dedup.report.run_steps import Arrays, Codec, Material, Step
from dedup.report.work.folder_runner import parts_in_threads, take_in_parts
from dedup.report.work.run_settings import settings_of
from dedup.report.work.work_folder import WorkFolder
from tests.made_up_news import story
from tests.trying_archive import RECIPE, reference, trying_archive

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

EXPECTED = os.environ.get("DEDUP_EXPECT_SPARK") == "1"
"""Whether a test fails where there is no Spark, rather than being left out."""
SCHEMA = "id string, text string, title string, source string, published string"


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    """Return a session; the tests that need one are left out where PySpark or Java is missing."""
    if not EXPECTED:
        pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
        if shutil.which("java") is None:
            pytest.skip("there is no Java: apt-get install default-jre-headless")
    session = start("local[2]")
    session.conf.set("spark.sql.shuffle.partitions", "4")
    yield session
    session.stop()


def frame_of(spark: "SparkSession", documents: list[Document], *, partitions: int) -> "DataFrame":
    """Make a data frame whose rows are shuffled."""
    rows = [(each.id, each.text, each.title, each.source, each.published) for each in documents]
    frame = spark.createDataFrame(rows, SCHEMA)
    return frame.orderBy("text").repartition(partitions) if partitions > 1 else frame.coalesce(1)


def without_half_characters(documents: list[Document]) -> list[Document]:
    """Leave out what Spark's strings cannot hold."""
    return [each for each in documents if each.title != "\ud800"]


def test_partitions_and_their_order_leave_no_trace(spark: "SparkSession", tmp_path: Path) -> None:
    """Rows in 1 and 7 partitions, with a reference: the bytes of one machine."""
    from dedup.integrations import spark as on_spark

    documents = without_half_characters(trying_archive())
    wanted = find_duplicates(documents, reference=reference(), recipe=RECIPE)

    for partitions in (1, 7):
        found = on_spark.find_duplicates(
            frame_of(spark, documents, partitions=partitions),
            spark=spark,
            reference=frame_of(spark, reference(), partitions=2),
            work_dir=tmp_path / str(partitions),
            recipe=RECIPE,
        )
        assert b"".join(json_pieces(found)) == b"".join(json_pieces(wanted))


def test_a_running_session_is_left_as_it_is(spark: "SparkSession", monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever master is named: it is taken, with the memory that it has."""
    before = spark.conf.get("spark.driver.memory")
    monkeypatch.setattr(spark_session, "local_heap", lambda: 77)

    assert start("local[1]") is spark
    assert spark.conf.get("spark.driver.memory") == before != "77m"


def test_a_run_on_spark_goes_on_on_one_machine(spark: "SparkSession", tmp_path: Path) -> None:
    """What the driver reads is cut into the same parts; nothing is computed twice."""
    from dedup.integrations import spark as on_spark

    decided = Decisions(keep=frozenset({"p40-1"}))
    found = on_spark.find_duplicates(
        trying_archive(), spark=spark, work_dir=tmp_path, recipe=RECIPE, decisions=decided
    )
    written = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
    again = find_duplicates(trying_archive(), work_dir=tmp_path, recipe=RECIPE, decisions=decided)

    assert b"".join(json_pieces(found)) == b"".join(json_pieces(again))
    assert "p40-1" in [cluster.representative for cluster in found.clusters]
    assert written == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}


def test_rows_without_text_or_id(spark: "SparkSession", tmp_path: Path) -> None:
    """The first are named and counted, the others take a name from their text; numbers serve as ids."""
    from dedup.integrations import spark as on_spark

    text = trying_archive()[0].text
    rows = [(1, text), (2, None), (None, text), (None, None)]
    frame = spark.createDataFrame(rows, "id long, body string")
    found = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path, fields={"text": "body"})

    assert found.counts["documents"] == 2
    assert [problem.reason for problem in found.problems] == [
        "the row '2' has no text; skipped",
        "the row without an id has no text; skipped",
    ]
    (cluster,) = found.clusters
    assert [member.id for member in cluster.members] == [
        "1",
        blake2b(text.encode(), digest_size=8).hexdigest(),
    ]


def test_a_report_becomes_frames(spark: "SparkSession") -> None:
    """Clusters, members, pairs, boilerplate and problems, a row each."""
    from dedup.integrations import spark as on_spark

    report = find_duplicates(without_half_characters(trying_archive()), recipe=RECIPE)
    frames = on_spark.report_frames(report, spark)

    counts = [frame.count() for frame in frames]
    assert counts == [
        len(report.clusters),
        sum(len(cluster.members) for cluster in report.clusters),
        len(report.pairs),
        len(report.boilerplate),
        len(report.problems),
    ]
    assert frames.clusters.first().representative == report.clusters[0].representative  # type: ignore[union-attr]


def test_a_frame_without_texts_is_refused(spark: "SparkSession", tmp_path: Path) -> None:
    """Before anything is computed: there is no such column, it holds numbers, or the ids are none."""
    from dedup.integrations import spark as on_spark

    for schema, said in (
        ("id long, words string", "no column of the frame is called 'text'"),
        ("text long, id string", "bigint"),
        ("text string, id struct<a: int>", "holds struct<a:int>, an id is expected to be a string"),
    ):
        frame = spark.createDataFrame([], schema)
        with pytest.raises(ReadingError, match=said):
            on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path)


def test_an_executor_with_another_release_is_refused(tmp_path: Path) -> None:
    """As is one on another kernel, one with another hazm, and one that does not see the folder."""
    (tmp_path / "run.json").touch()
    place = Place(str(tmp_path), "run.json")
    place.check()

    for other, said in (
        (place._replace(version="0.0.1"), "the driver 0.0.1; install the same on all"),
        (place._replace(kernel="none"), "the driver the none one"),
        (
            place._replace(hazm="0.1"),
            r"an executor has (no hazm|hazm \S+), the driver hazm 0.1, which choose",
        ),
        (place._replace(marker="gone"), "does not see the work folder"),
    ):
        with pytest.raises(EngineError, match=said):
            other.check()


def test_the_error_of_an_executor_is_one_line() -> None:
    """What Python said there, without the trace; a missing package with the remedy."""
    trace = 'Traceback:\n  File "x"\ndedup.model.errors.WorkFolderError: /w: no room\n\tat org.apache.spark.X'

    assert str(engine_error(RuntimeError(trace))) == (
        "Spark: /w: no room; what is done is kept, start the run again to go on"
    )
    assert "install newsdedup in their Python" in str(engine_error(RuntimeError("No module named 'dedup'")))


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(111, "Connection refused"),
        RuntimeError("Job aborted: java.lang.OutOfMemoryError: Java heap space"),
    ],
    ids=["ended", "heap"],
)
def test_java_without_memory_is_told_with_the_remedy(error: Exception) -> None:
    """Also where it has ended, as it does after that."""
    assert "SPARK_DRIVER_MEMORY, such as 8g" in str(engine_error(error))


def test_a_partition_that_cannot_be_read_costs_no_other(spark: "SparkSession", tmp_path: Path) -> None:
    """It is named and counted."""
    from pyspark.sql import functions

    from dedup.integrations import spark as on_spark

    rows = [(str(number), story(number // 2)) for number in range(8)]
    frame = spark.createDataFrame(spark.sparkContext.parallelize(rows, 2), "id string, text string")
    broken = functions.raise_error(functions.lit("block 7 is missing"))
    text = functions.when(functions.expr("id = '5'"), broken).otherwise(functions.col("text"))

    found = on_spark.find_duplicates(frame.withColumn("text", text), spark=spark, work_dir=tmp_path)

    (problem,) = found.problems
    assert re.match(r"partition 1 of the frame cannot be read \(.*block 7 is missing", str(problem.reason))
    assert found.counts["documents"] == 4


def test_columns_whose_values_count_as_missing_are_problems(spark: "SparkSession", tmp_path: Path) -> None:
    """In the words and with the bytes of one machine; a dotted name leads into a map, nulls are no values."""
    from dedup.integrations import spark as on_spark

    rows = [(str(number), story(1), ["One", "Two"], {"name": "Alpha"}, True, None) for number in range(2)]
    schema = (
        "id string, text string, title array<string>, source map<string, string>, url boolean, date binary"
    )
    frame = spark.createDataFrame(rows, schema)
    fields = {"source": "source.name"}

    found = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path, fields=fields)

    assert [str(problem.reason) for problem in found.problems] == [
        "expected strings, numbers or dates in the column `title`, got a list; its values count as missing",
        "expected strings, numbers or dates in the column `url`, got a boolean; its values count as missing",
    ]
    assert [member.source for member in found.clusters[0].members] == ["Alpha", "Alpha"]
    wanted = find_duplicates(frame.toArrow(), fields=fields)
    assert b"".join(json_pieces(found)) == b"".join(json_pieces(wanted))


def test_columns_of_nulls_have_nothing_to_name(spark: "SparkSession", tmp_path: Path) -> None:
    """Spark has no type for them: nothing is said of titles, and of texts what is said of any null."""
    from dedup.integrations import spark as on_spark

    frame = spark.sql(f"select 'a' id, null text, '{story(1)}' body, null title, null `date`")

    found = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path / "a", fields={"text": "body"})
    none = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path / "b")

    assert (found.problems, found.counts["documents"]) == ((), 1)
    assert [str(problem.reason) for problem in none.problems] == ["the row 'a' has no text; skipped"]


def test_names_of_columns_are_taken_as_they_are(spark: "SparkSession", tmp_path: Path) -> None:
    """With a dot, a backtick, or in capitals beside the same name in small letters."""
    from dedup.integrations import spark as on_spark

    rows = [(str(number), story(1), "Alpha", "One", "?") for number in range(2)]
    frame = spark.createDataFrame(rows, ["id", "text", "a.b", "we`ird", "Text"])
    fields = {"source": "a.b", "title": "we`ird"}

    found = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path, fields=fields)

    wanted = find_duplicates(frame.toArrow(), fields=fields)
    assert b"".join(json_pieces(found)) == b"".join(json_pieces(wanted))
    assert [member.title for member in found.clusters[0].members] == ["One", "One"]


def test_a_name_of_two_columns_is_refused(spark: "SparkSession", tmp_path: Path) -> None:
    """Nobody can tell which one is meant; of a name that is not used it does not matter."""
    from dedup.integrations import spark as on_spark

    frame = spark.sql(f"select 'a' id, '{story(1)}' text, 1 other, 2 other")
    assert on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path).counts["documents"] == 1

    twice = spark.sql(f"select 'a' id, '{story(1)}' text, 'One' title, 'Two' title")
    with pytest.raises(ReadingError, match="the frame has 2 columns `title`; rename or drop all but one"):
        on_spark.find_duplicates(twice, spark=spark, work_dir=tmp_path / "twice")


def test_results_come_while_others_are_made(spark: "SparkSession", tmp_path: Path) -> None:
    """The second task waits for a file that is there once somebody has read the result of the first."""
    signalled = tmp_path / "signalled"
    documents = [Document(str(number), story(number)) for number in range(2)]
    step = Step("waiting", wait_for, NUMBERS)

    with WorkFolder(tmp_path / "work", settings_of(Request(recipe=RECIPE))) as folder:
        parts = parts_in_threads(
            batches_of(documents, [], fields=Fields()), folder=folder, recipe=RECIPE, workers=1
        )
        taken = take_in_parts((), parts, folder=folder, recipe=RECIPE, progress=silent)
        first = np.arange(2)
        material = Material(taken.sketches.view(first), taken.archive, first)
        runner = SparkRunner(spark, folder, Place(str(folder.path), "run.json"))
        results = runner.run(step, ["", str(signalled)], material)
        assert next(results).tolist() == [0]
        signalled.touch()
        assert next(results).tolist() == [9]


def wait_for(_material: Material, path: str) -> NDArray[np.int64]:
    """Return the length of a name, once it is that of a file."""
    until = time.monotonic() + 100
    while path and not Path(path).exists():
        if time.monotonic() > until:
            raise TimeoutError(path)
        time.sleep(0.05)
    return np.array([len(Path(path).name)])


def named(numbers: NDArray[np.int64]) -> Arrays:
    """Name an array, as a file of arrays has it."""
    return {"numbers": numbers}


NUMBERS = Codec(named, itemgetter("numbers"))


def test_the_description_of_a_users_jobs_is_left(spark: "SparkSession", tmp_path: Path) -> None:
    """Jobs of a step are described by it; what the user described the others by comes back."""
    from dedup.integrations import spark as on_spark

    context = spark.sparkContext
    for described in ("mine", None):
        context.setLocalProperty("spark.job.description", described)  # type: ignore[arg-type] # None removes
        on_spark.find_duplicates([story(1)], spark=spark, work_dir=tmp_path / str(described))

        assert context.getLocalProperty("spark.job.description") == described


def test_a_run_that_ends_early_cancels_its_job(spark: "SparkSession") -> None:
    """Nobody waits for the tasks of a driver that was interrupted."""
    context = spark.sparkContext
    rest = partial(context.parallelize(range(2), 2).foreach, sleep_long)

    with pytest.raises(KeyboardInterrupt), SparkJob(spark, rest) as job:  # noqa: PT012 - it is what leaves
        while not context.statusTracker().getActiveStageIds():
            assert not job.is_over(seconds=0.05)
        raise KeyboardInterrupt

    assert not context.statusTracker().getActiveJobsIds()


def sleep_long(_number: int) -> None:
    """Take longer than a test may."""
    time.sleep(600)


def damaged_news(folder: Path) -> None:
    """Write four files of stories: one whole, one damaged inside, one cut short, and cut packed lines."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in ("whole", "inside", "cut"):
        rows = {"id": [f"{name}{at}" for at in range(8)], "text": [story(at // 2) for at in range(8)]}
        pq.write_table(pa.table(rows), folder / f"{name} one.parquet", row_group_size=2)
    inside, cut, packed = (folder / name for name in ("inside one.parquet", "cut one.parquet", "p.json.gz"))
    content = bytearray(inside.read_bytes())
    page = pq.read_metadata(inside).row_group(2).column(1).data_page_offset
    content[page : page + 40] = b"\xff" * 40
    inside.write_bytes(content)
    cut.write_bytes(cut.read_bytes()[:500])
    lines = "\n".join(json.dumps({"id": f"p{at}", "text": story(9 + at)}) for at in range(90))
    packed.write_bytes(gzip.compress(lines.encode())[:-900])


def test_damaged_files_of_a_frame_cost_no_other(spark: "SparkSession", tmp_path: Path) -> None:
    """They are named, be it before a shuffle, and the session is left as it was."""
    from dedup.integrations import spark as on_spark

    news = tmp_path / "news"
    news.mkdir()
    damaged_news(news)
    schema = "id string, text string"
    tables = spark.read.schema(schema).parquet(*map(str, sorted(news.glob("*.parquet"))))
    frame = tables.union(spark.read.schema(schema).json(str(news / "p.json.gz"))).repartition(3, "text")

    found = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path / "work")

    assert [(Path(each.path).name, each.reason.startswith("Spark cannot")) for each in found.problems] == [
        ("cut one.parquet", True),
        ("inside one.parquet", True),
        ("p.json.gz", True),
    ]
    kept = {member.id for cluster in found.clusters for member in cluster.members}
    assert {f"whole{at}" for at in range(8)} <= kept
    assert not any(name.startswith("cut") for name in kept)
    assert spark.conf.get("spark.sql.files.ignoreCorruptFiles") == "false"


def test_a_frame_of_damaged_files_alone_is_refused(spark: "SparkSession", tmp_path: Path) -> None:
    """With the name of the first."""
    from dedup.integrations import spark as on_spark

    cut = tmp_path / "cut.parquet"
    cut.write_bytes(b"PAR1 cut short")
    frame = spark.read.schema("id string, text string").parquet(str(cut))

    with pytest.raises(
        ReadingError, match=r"no file of the frame can be read: \S+cut\.parquet: Spark cannot"
    ):
        on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path / "work")


def test_damaged_files_of_an_input_are_named_as_on_one_machine(spark: "SparkSession", tmp_path: Path) -> None:
    """The driver reads files with the readers of this package: the bytes are the same."""
    from dedup.integrations import spark as on_spark

    news = tmp_path / "news"
    news.mkdir()
    damaged_news(news)
    (news / "lines.jsonl").write_text('{"id": "l1", "text": "x"}\n{broken\n', encoding="utf-8")

    found = on_spark.find_duplicates(news, spark=spark, work_dir=tmp_path / "work")

    named = [(problem.path, problem.line) for problem in found.problems]
    assert {path for path, _ in named} == {
        "cut one.parquet",
        "inside one.parquet",
        "lines.jsonl",
        "p.json.gz",
    }
    assert b"".join(json_pieces(found)) == b"".join(json_pieces(find_duplicates(news)))


def dying_once(batches: "Iterator[pa.RecordBatch]", *, marker: Path) -> "Iterator[pa.RecordBatch]":
    """Pass rows on, in a worker that ends without a word unless another has done so."""
    with suppress(FileExistsError):
        marker.touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)
    yield from batches


def test_a_worker_that_dies_before_a_shuffle_is_replaced(spark: "SparkSession", tmp_path: Path) -> None:
    """As is one that dies in a task of ours: the bytes are those of one machine."""
    from dedup.integrations import spark as on_spark

    documents = without_half_characters(trying_archive())
    before, after = (partial(dying_once, marker=tmp_path / name) for name in ("before", "after"))
    frame = frame_of(spark, documents, partitions=2).mapInArrow(before, SCHEMA)
    frame = frame.repartition(3, "id").mapInArrow(after, SCHEMA)

    report = on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path / "work", recipe=RECIPE)

    wanted = find_duplicates(documents, recipe=RECIPE)
    assert b"".join(json_pieces(report)) == b"".join(json_pieces(wanted))
    assert (tmp_path / "before").exists()
    assert (tmp_path / "after").exists()


def test_a_fault_before_a_shuffle_is_told_with_the_remedy(spark: "SparkSession", tmp_path: Path) -> None:
    """It is that of every partition: which one it was in is unknown."""
    from pyspark.sql import functions

    from dedup.integrations import spark as on_spark

    broken = functions.raise_error(functions.lit("block 7 is missing"))
    text = functions.when(functions.expr("id = '5'"), broken).otherwise(functions.lit("x"))
    frame = (
        spark.range(8).select(functions.col("id").cast("string"), text.alias("text")).repartition(3, "text")
    )

    with pytest.raises(EngineError, match=r"block 7 is missing.* give the frame as it was read"):
        on_spark.find_duplicates(frame, spark=spark, work_dir=tmp_path)


class Unreadable:
    """Stands for a frame of Spark of which no partition can be read."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.rdd = self.context = self

    def getNumPartitions(self) -> int:  # noqa: N802 - Spark's name
        """Count them."""
        return 3

    def runJob(self, *_: object) -> None:  # noqa: N802 - Spark's name
        """Fail."""
        raise RuntimeError(self.said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("java.io.IOException: block 7 is missing", ReadingError),
        ("dedup.model.errors.WorkFolderError: no room", EngineError),
    ],
)
def test_a_frame_of_which_nothing_can_be_read_is_refused(said: str, kind: type[Exception]) -> None:
    """As is one whose executors cannot do their work: that is no fault of a partition."""
    frame: Any = Unreadable(said)

    with pytest.raises(kind, match=r"block 7 is missing|no room"):
        spark_documents.readable_partitions(frame, RuntimeError("a task failed"))


def test_a_long_text_ends_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few rows it has: executors hold the texts of one part only."""
    pa = pytest.importorskip("pyarrow")
    monkeypatch.setattr(spark_documents, "LETTERS", 1000)
    texts = ["short", "x" * 2000, "short", "short"]
    batches = [pa.RecordBatch.from_pydict({"id": [str(at)], "text": [text]}) for at, text in enumerate(texts)]

    groups = list(spark_documents.batch_groups(batches, Fields()))

    assert [sum(len(each.documents) for each in group) for group in groups] == [2, 2]


def test_a_bench_runs_on_spark(spark: "SparkSession", tmp_path: Path) -> None:
    """With the bytes of this machine; its stages are measured."""
    given, out = tmp_path / "in.jsonl", tmp_path / "out.json"
    lines = [json.dumps({"id": str(number), "text": story(number // 2)}) for number in range(4)]
    given.write_text("\n".join(lines), encoding="utf-8")
    recipe = Recipe(rank=False)
    settings = {
        "archive": str(given),
        "out": str(out),
        "recipe": recipe.as_json(),
        "workers": None,
        "master": spark.sparkContext.master,
        "work_dir": str(tmp_path / "work"),
    }

    measured = measured_report(settings, StageClock(began=0.0))

    assert out.read_bytes() == b"".join(json_pieces(find_duplicates(given, recipe=recipe)))
    assert measured["counts"]["clusters"] == 2
    assert {stage["stage"] for stage in measured["stages"]} >= {"start", "sketch", "index", "write"}
