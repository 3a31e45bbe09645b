"""Steps with independent tasks, which a driver runs in threads or elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dedup.core import TextColumn
from dedup.report.pair.sketch_store import SketchStore, SketchView
from dedup.report.progress_notes import Progress

type Numbers = NDArray[np.int64]

type Arrays = Mapping[str, NDArray[Any]]
"""Named arrays of numbers."""


class JudgedDocuments(Protocol):
    """What the steps `judge` and `rank` read of documents, by row; `Archive` says what each is."""

    @property
    def dates(self) -> Numbers: ...  # noqa: D102
    @property
    def source_numbers(self) -> Numbers: ...  # noqa: D102
    @property
    def names_source(self) -> NDArray[np.bool_]: ...  # noqa: D102
    def texts(self, rows: Numbers) -> TextColumn: ...  # noqa: D102
    def titles(self, rows: Numbers) -> list[str]: ...  # noqa: D102
    def shingles(self, rows: Numbers) -> tuple[NDArray[np.uint64], Numbers]: ...  # noqa: D102


class Material(NamedTuple):
    """Input of the tasks.

    Attributes:
        view: Sketches of the texts.
        documents: The documents.
        first: int64: row of the first document of each text.
    """

    view: SketchView
    documents: JudgedDocuments
    first: Numbers


class Codec[Result](NamedTuple):
    """Serialisation of a result, for other processes and for files."""

    pack: Callable[[Result], Arrays]
    unpack: Callable[[Arrays], Result]


@dataclass(frozen=True, slots=True)
class Step[Task, Result]:
    """A function applied to each of many tasks.

    Attributes:
        name: Name of the step.
        work: Does one task; a module-level function or a `partial` of one, so that it can be pickled.
        codec: Serialisation of its results.
    """

    name: str
    work: Callable[[Material, Task], Result]
    codec: Codec[Result]


class Runner(Protocol):
    """Runs the tasks of steps."""

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order."""

    def once[Result](self, name: str, codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Return a result computed in this process, unless one is available from an earlier run."""


class ThreadRunner:
    """Runs tasks in the threads of this process."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order."""
        with ThreadPoolExecutor(self._workers) as threads:
            yield from threads.map(partial(step.work, material), tasks)

    def once[Result](self, _name: str, _codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Make a result."""
        return make()


class WatchedRunner:
    """Runs tasks as another runner does, and reports how many tasks of some steps are done."""

    def __init__(
        self, runner: Runner, progress: Progress, stage: str, *, steps: Sequence[str], total: int = 0
    ) -> None:
        """Watch some steps of a stage.

        Args:
            runner: Runs the tasks.
            progress: Told how many tasks of these steps are done; once all are, with a total of 0, as the end
                of the stage is unknown.
            stage: Name of the stage.
            steps: Names of the steps.
            total: Number of their tasks; 0 for those of the one step.
        """
        self._runner = runner
        self._progress = partial(progress, stage)
        self._steps = steps
        self._total = total
        self._done = 0

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order."""
        results = self._runner.run(step, tasks, material)
        if step.name not in self._steps:
            yield from results
            return
        total = self._total or len(tasks)
        self._progress(self._done, total)
        for result in results:
            yield result
            self._done += 1
            self._progress(self._done, total if self._done < total else 0)

    def once[Result](self, name: str, codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Return a result computed in this process, unless one is available from an earlier run."""
        return self._runner.once(name, codec, make)


def without_sketches(material: Material) -> Material:
    """Return what is left when texts are paired: sketches are large, and no later step reads them."""
    return material._replace(view=SketchStore().view(material.first[:0]))
