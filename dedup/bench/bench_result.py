"""What `dedup bench` found: records, and the same as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from dedup.bench.draw_sample import Census
from dedup.bench.exact_recall import ExactRecall
from dedup.bench.extrapolate import Extrapolation
from dedup.bench.measured_run import MeasuredRun
from dedup.bench.other_settings import BareJaccard, OtherSetting
from dedup.bench.peer_runs import PeerRun
from dedup.model.recipe import Recipe
from dedup.report.spill import IN_MEMORY

SCHEMA = "dedup-bench/1"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class SparkRun:
    """The sample on Spark.

    Attributes:
        run: What it took; processor seconds and memory are those of the driver.
        same_bytes: Whether its JSON is that of this machine.
        work_bytes: Size of the work folder.
    """

    run: MeasuredRun
    same_bytes: bool
    work_bytes: int


@dataclass(frozen=True, slots=True)
class BenchResult:
    """Results of a bench.

    Attributes:
        census: What the archive is.
        recipe: Every setting of the report.
        parts: Runs on growing parts of the sample; the last is the whole sample.
        recall: Against exact overlap.
        settings: What other settings would join.
        jaccards: What a bare Jaccard would join.
        whole: What the whole archive would take.
        spark: None if it was not requested.
        peers: Other tools, if they were requested and are installed.
    """

    census: Census
    recipe: Recipe
    parts: tuple[MeasuredRun, ...]
    recall: ExactRecall
    settings: tuple[OtherSetting, ...]
    jaccards: tuple[BareJaccard, ...]
    whole: Extrapolation
    spark: SparkRun | None
    peers: tuple[PeerRun, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the sample is what the figures are carried over to."""
        return self.whole.stories == self.parts[-1].documents


def assumptions(result: BenchResult) -> Iterator[str]:
    """Say what an extrapolation rests on."""
    if result.is_whole:
        return
    yield "the stories that were not run on are like those of the sample, which was drawn at random"
    yield (
        "low: each further story takes what each of the second half of the sample took; high: a figure grows "
        "with the power of the number of stories with which it grew from part to part, 2 at most"
    )
    yield (
        "both stories of a pair have to be in the sample for the pair to be found there: candidates, pairs "
        "and copies grow faster than the sample, up to its square, until all copies of a story are in it"
    )
    yield (
        f"texts and sketches take {IN_MEMORY >> 20} MB of memory at most, the rest is on disk; the other "
        "columns grow with the archive"
    )
    yield "the archive is read once, at the speed measured; the same machine, as busy as it was"


def bench_json(result: BenchResult) -> bytes:
    """Write everything that was measured as UTF-8 JSON that ends with a newline."""
    census = asdict(result.census)
    content = {
        "schema": SCHEMA,
        "recipe": result.recipe.as_json(),
        "archive": census | {"problems": len(result.census.problems)},
        "parts": [part.as_json() for part in result.parts],
        "exact_overlap": asdict(result.recall) | {"recall": result.recall.recall},
        "other_settings": [asdict(each) for each in result.settings],
        "bare_jaccard": [asdict(each) for each in result.jaccards],
        "extrapolation": asdict(result.whole) | {"assumptions": [*assumptions(result)]},
        "spark": None if result.spark is None else _spark(result.spark),
        "peers": [asdict(each) | {"clusters": len(each.clusters)} for each in result.peers],
    }
    text = json.dumps(_rounded(content), ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _spark(spark: SparkRun) -> dict[str, Any]:
    return spark.run.as_json() | {"same_bytes": spark.same_bytes, "work_bytes": spark.work_bytes}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """Round every figure to four decimals."""
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [*map(_rounded, value)] if isinstance(value, list | tuple) else value
