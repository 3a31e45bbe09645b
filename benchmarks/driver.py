"""The part of a report that only the driver can do: its processor seconds, beside those of the tasks.

Tasks (prepare, pair, judge) run one after the other in one thread here and are counted apart; what a stage
takes besides is the driver's, whoever runs the tasks. With several sizes it also says by which power of the
number of stories each share grows. With `--skew` every archive is tripled, by copies of one story and by
stories of one template, each with other figures: then it matters how much longer the slowest task of a step
takes than the median one. A task that seems to take twice the median is done again. With `--only` an
archive has nothing but alerts of one template, or nothing but copies of one story; `benchmarks.spark_tasks`
shows the same on Spark.

For the last size, each step is also given as a multiple of the floor: the time in which `benchmarks.floor`
only reads the archive. With `--no-rank` the report is made without the ranking.

    python -m benchmarks.driver [SIZE ...] [--skew | --only alerts|copies] [--no-rank] [--json FILE]
"""

import argparse
import gc
import json
import math
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import corpus, processes
from benchmarks.machine import describe
from benchmarks.synthetic import skewed
from benchmarks.synthetic.skewed import copies, filled
from dedup.input import Fields
from dedup.model.recipe import Recipe
from dedup.output.to_json import json_pieces
from dedup.report.find_duplicates import report_on
from dedup.report.given_documents import batches_of
from dedup.report.request import Request
from dedup.report.run_steps import Codec, Material, Step
from dedup.report.take_in import take_in

SIZES = (10_000, 20_000, 40_000)
WARM_UP = 100
"""Stories of a run that does not count: it loads the libraries of the ranking."""
EVERY = 25
"""One of so many words of a template is a figure."""
SEVERAL, TOO_LONG = 8, 2.0
"""Tasks from which a median is known, and how many times it a task takes that is done again. The faster of
the two counts: other processes disturb tasks of hundredths of a second, and are no skew."""
FLOOR = "floor"
"""Reading the archive: no step of the report, but what its steps are measured by."""
TASKS = "tasks: "
"""How names of steps begin whose tasks can run anywhere."""

type Seconds = dict[str, float]


class Measured(NamedTuple):
    """What a report took: see `measure`."""

    seconds: Seconds
    tasks: dict[str, tuple[int, float, float]]


class CountingRunner:
    """Runs tasks one after the other, and counts their processor seconds by step.

    Attributes:
        tasks: Seconds of each task, by step.
        repeated: Seconds of tasks that were done again.
    """

    def __init__(self) -> None:
        self.tasks: defaultdict[str, list[float]] = defaultdict(list)
        self.repeated = 0.0

    @property
    def seconds(self) -> Seconds:
        """Processor seconds of each step."""
        return {name: sum(tasks) for name, tasks in self.tasks.items()}

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order."""
        for task in tasks:
            done = self.tasks[step.name]
            seconds, result = _timed(step, material, task)
            if len(done) >= SEVERAL and seconds > TOO_LONG * statistics.median(done):
                again, result = _timed(step, material, task)
                self.repeated += again
                seconds = min(seconds, again)
            done.append(seconds)
            yield result

    def once[Result](self, _name: str, _codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Make and return a result."""
        return make()


def _timed[Task, Result](step: Step[Task, Result], material: Material, task: Task) -> tuple[float, Result]:
    """Do one task; return its processor seconds, and its result."""
    began = time.process_time()
    result = step.work(material, task)
    return time.process_time() - began, result


class Stages:
    """Processor seconds of each stage, taken from the progress reports, without those of its tasks."""

    def __init__(self, runner: CountingRunner) -> None:
        self._runner = runner
        self._stage, self._began, self._tasks = "", time.process_time(), 0.0
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def __call__(self, stage: str, _done: int, _total: int) -> None:
        """Take a progress report, and count the seconds since the last one."""
        if stage == self._stage:
            return
        now = time.process_time()
        tasks = sum(self._runner.seconds.values()) + self._runner.repeated
        self.seconds[self._stage] += now - self._began - (tasks - self._tasks)
        self._stage, self._began, self._tasks = stage, now, tasks


def skew(archive: Path, stories: int) -> None:
    """Append copies of one story to an archive, and the same number of stories of one template."""
    with archive.open(encoding="utf-8") as lines:
        copied, template = (json.loads(next(lines))["text"] for _ in range(2))
    with archive.open("a", encoding="utf-8") as file:
        texts = zip(copies(copied, stories), filled(template, stories, every=EVERY), strict=True)
        for number, pair in enumerate(texts):
            for kind, text in zip("ct", pair, strict=True):
                file.write(json.dumps({"id": f"{kind}{number}", "text": text}) + "\n")


def made_up(size: int, folder: Path, *, only: str | None) -> Path:
    """Make up an archive: of stories, or of one kind of document only."""
    if only is None:
        return corpus.make_up(size, folder).path
    archive = folder / f"{only}-{size}.jsonl"
    skewed.write_skewed(archive, size, kind=only)
    return archive


def measure(archive: Path, recipe: Recipe) -> Measured:
    """Report on an archive; return the processor seconds by step, and the median and slowest task of each."""
    runner = CountingRunner()
    stages = Stages(runner)
    taken = take_in((), batches_of(archive, [], fields=Fields()), recipe=recipe, workers=1, progress=stages)
    report = report_on(taken, Request(recipe=recipe), problems=[], runner=runner, workers=1, progress=stages)
    stages("write", 0, 0)
    for _ in json_pieces(report):
        pass
    stages("", 0, 0)
    tasks = {"prepare": stages.seconds.pop("sketch"), **runner.seconds}
    stages.seconds.pop("", None)
    named = {f"{TASKS}{name}": seconds for name, seconds in tasks.items()}
    return Measured(
        {**named, **stages.seconds},
        {name: (len(tasks), statistics.median(tasks), max(tasks)) for name, tasks in runner.tasks.items()},
    )


def show(results: dict[int, Seconds]) -> None:
    """Print one line per step, and the shares."""
    sizes = [*results]
    floor = results[sizes[-1]][FLOOR]
    print(f"{'processor seconds':24}" + "".join(f"{size:>10,}" for size in sizes) + "    floors  power")
    rows = {name: [result.get(name, 0.0) for result in results.values()] for name in results[sizes[-1]]}
    rows |= {
        kind: [sum(column) for column in zip(*some, strict=True)]
        for kind, some in (
            ("all tasks", [row for name, row in rows.items() if name.startswith(TASKS)]),
            (
                "the driver",
                [row for name, row in rows.items() if not name.startswith(TASKS) and name != FLOOR],
            ),
        )
    }
    for name, row in rows.items():
        powers = [
            f"{math.log(after / before) / math.log(large / small):.2f}"
            for (small, large), (before, after) in zip(pairwise(sizes), pairwise(row), strict=True)
            if before > 0 and after > 0
        ]
        figures = "".join(f"{seconds:10.2f}" for seconds in (*row, row[-1] / floor))
        print(f"{name:24}{figures}  {' '.join(powers)}")


def main() -> None:
    """Measure all sizes, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.driver", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument(
        "--skew",
        action="store_true",
        help="add as many copies of one story, and as many stories of one template",
    )
    parser.add_argument("--only", choices=skewed.KINDS, help="archives of one template or one story")
    parser.add_argument("--no-rank", dest="rank", action="store_false", help="leave the ranking out")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.skew and options.only:
        parser.error("--skew adds to an archive of stories, --only replaces it: give one of them")
    gc.disable()  # as the command does
    results: dict[int, Measured] = {}
    for size in (WARM_UP, *options.sizes):
        with tempfile.TemporaryDirectory() as folder:
            archive = made_up(size, Path(folder), only=options.only)
            if options.skew:
                skew(archive, size)
            floor = processes.timed(processes.floor(archive)).processor_seconds
            measured = measure(archive, Recipe(rank=options.rank))
            results[size] = measured._replace(seconds={FLOOR: floor, **measured.seconds})
    del results[WARM_UP]
    show({size: each.seconds for size, each in results.items()})
    for name, (tasks, median, slowest) in results[options.sizes[-1]].tasks.items():
        times = slowest / median if median else 0
        print(f"{name}: {tasks} tasks of {median:.3f} s, the slowest {times:.1f} times the median")
    if options.json:
        content: dict[str, Any] = {
            "machine": describe(),
            "sizes": {size: each._asdict() for size, each in results.items()},
        }
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
