"""Extrapolate the cost of a whole archive from runs on growing parts of a sample.

Each figure has two bounds. `low` assumes that each further story costs what a story in the second half of
the sample did; `high` that growth continues as it was from part to part: a fixed cost, and a power of the
number of stories between 1 and 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dedup.bench.measured_run import MeasuredRun
from dedup.report.spill import IN_MEMORY

FIXED = frozenset({"start"})
"""Stages that take the same for any number of stories."""
SURE_SECONDS, SURE_COUNT = 0.1, 20.0
"""What has to come with a part for it to show growth."""
_MOST = 2.0
"""Pairs grow with the square of a sample at most."""
_IN_MEMORY_MB = IN_MEMORY / (1 << 20)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An extrapolated figure.

    Attributes:
        what: A stage, `all` stages, `memory` or a count.
        sample: What the sample took.
        power: Exponent of its growth with the number of stories; None if the figures are too small.
        low: See above.
        high: See above.
    """

    what: str
    sample: float
    power: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Extrapolation:
    """Extrapolated figures of a whole archive.

    Attributes:
        stories: Of the whole.
        seconds: A figure a stage, then `read`, the reading of the archive itself, and `all`.
        memory_mb: Largest resident size.
        counts: `candidates`, `pairs`, `clusters`, `copies`, `json_mb`.
    """

    stories: int
    seconds: tuple[Estimate, ...]
    memory_mb: Estimate
    counts: tuple[Estimate, ...]


def extrapolate(parts: Sequence[MeasuredRun], *, stories: int, read_seconds: float) -> Extrapolation:
    """Extrapolate the figures of growing parts to a number of stories.

    Args:
        parts: Runs on parts of the sample, each the beginning of the next; two at least.
        stories: Of the whole, as many as the last part has or more.
        read_seconds: What reading so many stories from the archive takes.
    """
    sizes = [part.documents for part in parts]
    estimate = _Estimating(sizes, stories)
    seconds = [
        estimate(stage.stage, [part.stages[place].seconds for part in parts], sure=SURE_SECONDS)
        for place, stage in enumerate(parts[-1].stages)
    ]
    # Parts are read from a plain file: what the archive itself takes comes on top.
    seconds.append(Estimate("read", 0.0, None, read_seconds, read_seconds))
    sums = (sum(getattr(each, name) for each in seconds) for name in ("sample", "low", "high"))
    return Extrapolation(
        stories,
        (*seconds, Estimate("all", next(sums), None, next(sums), next(sums))),
        _memory(parts, stories),
        tuple(
            estimate(name, [_count(part, name) for part in parts], sure=SURE_COUNT)
            for name in ("candidates", "pairs", "clusters", "copies", "json_mb")
        ),
    )


def _count(part: MeasuredRun, name: str) -> float:
    return part.json_mb if name == "json_mb" else part.counts[name]


@dataclass(frozen=True, slots=True)
class _Estimating:
    """Fits `fixed + factor * stories ** power` to the figures of parts."""

    sizes: Sequence[int]
    stories: int

    def __call__(self, what: str, figures: Sequence[float], *, sure: float) -> Estimate:
        last, more = figures[-1], max(figures[-1] - figures[-2], 0.0)
        if what in FIXED:
            return Estimate(what, last, None, last, last)
        power = self._power(figures, sure)
        low = last + more * self._steps(1.0)
        high = last + more * self._steps(min(max(power or 1.0, 1.0), _MOST))
        return Estimate(what, last, power, low, max(low, high))

    def _steps(self, power: float) -> float:
        """Say how many times as much comes on top as came with the second half of the sample."""
        before, last = self.sizes[-2:]
        return float((self.stories**power - last**power) / (last**power - before**power))

    def _power(self, figures: Sequence[float], sure: float) -> float | None:
        """Fit a power to what came with each part: that has nothing of the fixed cost."""
        came = [
            (size, after - before)
            for size, (before, after) in zip(self.sizes[1:], pairwise(figures), strict=True)
        ]
        usable = [(size, more) for size, more in came if more >= sure]
        if len(usable) < 2:  # noqa: PLR2004 - a line has two points
            return None
        sizes, values = np.log(np.array(usable, dtype=np.float64)).T
        return float(np.polyfit(sizes, values, 1)[0])


def _memory(parts: Sequence[MeasuredRun], stories: int) -> Estimate:
    """Texts and sketches are kept in memory up to a bound; the columns beside them grow with the archive."""
    last, before = parts[-1], parts[-2]
    beside = [part.peak_mb - part.stored_mb for part in (before, last)]
    rate = max(beside[1] - beside[0], 0.0) / (last.documents - before.documents)
    stored = min(last.stored_mb / last.documents * stories, _IN_MEMORY_MB)
    whole = beside[1] + rate * (stories - last.documents) + stored
    return Estimate("memory", last.peak_mb, None, max(whole, last.peak_mb), max(whole, last.peak_mb))
