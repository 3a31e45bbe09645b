"""One text very often, one template very often: no task has much more to read than the others of its step."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from dedup.core import TextColumn
from dedup.input import Fields
from dedup.model import Document
from dedup.model.recipe import Recipe
from dedup.report import find_duplicates, judging_batches
from dedup.report.given_documents import batches_of
from dedup.report.progress_notes import silent
from dedup.report.rank import batches
from dedup.report.request import Request
from dedup.report.run_steps import Codec, Material, Step
from dedup.report.take_in import take_in
from tests.made_up_news import reworded, story

OFTEN = 300
MOST = 3
"""How many times what the median task reads, at most."""


class Counted:
    """Counts the bytes that a task loads of documents or of sketches."""

    def __init__(self, source: Any) -> None:  # noqa: ANN401 - stands for either
        self._source = source
        self.bytes = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the source has
        value = getattr(self._source, name)
        return self._counting(value) if name in {"texts", "shingles", "band", "fingerprints"} else value

    def _counting(self, load: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*wanted: Any) -> Any:  # noqa: ANN401
            loaded = load(*wanted)
            self.bytes += loaded.data.size if isinstance(loaded, TextColumn) else loaded[0].nbytes
            return loaded

        return counted


class WeighingRunner:
    """Runs tasks one after the other, and notes how many bytes each one loads."""

    def __init__(self) -> None:
        self.loaded: defaultdict[str, list[int]] = defaultdict(list)

    def run[Task, Result](
        self, step: Step[Task, Result], tasks: Sequence[Task], material: Material
    ) -> Iterator[Result]:
        """Return the result of each task, in their order."""
        for task in tasks:
            view, documents = Counted(material.view), Counted(material.documents)
            counted: Any = material._replace(view=view, documents=documents)
            result = step.work(counted, task)
            self.loaded[step.name].append(view.bytes + documents.bytes)
            yield result

    def once[Result](self, _name: str, _codec: Codec[Result], make: Callable[[], Result]) -> Result:
        """Make a result."""
        return make()


def skewed() -> list[Document]:
    """Return common stories, a text repeated many times, one reworded as often, and a filled template."""
    words = story(1, words=60).split()
    filled = [
        " ".join(f"{number * 7919 + at}" if at % 12 == 5 else word for at, word in enumerate(words))
        for number in range(OFTEN)
    ]
    return [
        *(Document(f"s{number}", reworded(story(number // 2), seed=number)) for number in range(OFTEN)),
        *(Document(f"c{number}", story(2000)) for number in range(OFTEN)),
        *(Document(f"n{number}", reworded(story(3000), seed=number)) for number in range(OFTEN)),
        *(Document(f"t{number}", text) for number, text in enumerate(filled)),
    ]


def test_no_task_is_much_larger_than_the_median(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each step that has more than a few tasks; they are small here, as many as a large archive has."""
    monkeypatch.setattr(judging_batches, "AT_ONCE", 64)
    monkeypatch.setattr(batches, "AT_ONCE", 32)
    monkeypatch.setattr(batches, "PAIRED_AT_ONCE", 32)
    recipe, runner = Recipe(bucket_cap=16, boilerplate=16), WeighingRunner()
    taken = take_in((), batches_of(skewed(), [], fields=Fields()), recipe=recipe, workers=1, progress=silent)

    report = find_duplicates.report_on(
        taken, Request(recipe=recipe), problems=[], runner=runner, workers=1, progress=silent
    )

    assert max(len(cluster.members) for cluster in report.clusters) >= OFTEN
    several = {name: loaded for name, loaded in runner.loaded.items() if len(loaded) > 3}
    assert several.keys() >= {"bands", "ranges", "judge", "rank"}
    for name, loaded in several.items():
        assert max(loaded) <= MOST * statistics.median(loaded), name
