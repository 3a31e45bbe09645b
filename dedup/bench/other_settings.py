"""What other settings would join: a report on the sample with each, and plain Jaccard for comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dedup.bench.measured_run import MeasuredRun
from dedup.model import Verdict
from dedup.model.recipe import JOINING_BOUNDS, Recipe
from dedup.report.find_duplicates import find_duplicates
from dedup.report.progress_notes import Progress

THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
"""Values of `threshold`, and bare Jaccards, that are tried."""


@dataclass(frozen=True, slots=True)
class OtherSetting:
    """Result of a report with one setting changed.

    Attributes:
        setting: `joining` or `threshold`.
        value: Of it.
        own: Whether it is the setting of this run.
        clusters: How many are found.
        copies: How many stories could be spared.
    """

    setting: str
    value: str
    own: bool
    clusters: int
    copies: int


@dataclass(frozen=True, slots=True)
class BareJaccard:
    """What a tool would do that joins by Jaccard alone, among pairs of different texts that are listed.

    Attributes:
        jaccard: From which it would join.
        pairs: How many it would join.
        copies: How many of those have a verdict that joins.
        below: How many pairs with such a verdict it would not join.
    """

    jaccard: float
    pairs: int
    copies: int
    below: int


def other_settings(
    archive: Path, recipe: Recipe, own: MeasuredRun, *, workers: int | None, progress: Progress
) -> tuple[OtherSetting, ...]:
    """Report with each choice of `joining` and some values of `threshold`.

    Args:
        archive: The sample.
        recipe: Of this run.
        own: What it found.
        workers: See `dedup.find_duplicates`.
        progress: Hears which setting is tried.
    """
    tried: list[tuple[str, str | float]] = [("joining", name) for name in JOINING_BOUNDS]
    tried += [("threshold", value) for value in sorted({recipe.threshold, *THRESHOLDS})]
    rows = []
    for name, value in tried:
        is_own = getattr(recipe, name) == value
        clusters, copies = own.counts["clusters"], own.counts["copies"]
        if not is_own:
            progress(f"try {name} {value}", 0, 0)
            changes: dict[str, Any] = {name: value}
            report = find_duplicates(archive, recipe=replace(recipe, rank=False, **changes), workers=workers)
            clusters, copies = report.counts["clusters"], report.counts["documents"] - len(report.kept)
        rows.append(OtherSetting(name, str(value), is_own, clusters, copies))
    return tuple(rows)


def bare_jaccards(report: Mapping[str, Any]) -> tuple[BareJaccard, ...]:
    """Count the listed pairs of a report in JSON by their Jaccard."""
    pairs = [(each["jaccard"], Verdict(each["verdict"]).joins) for each in report["pairs"]]
    rows = []
    for bound in THRESHOLDS:
        above = [joins for jaccard, joins in pairs if jaccard >= bound]
        copies = sum(above)
        rows.append(BareJaccard(bound, len(above), copies, sum(joins for _, joins in pairs) - copies))
    return tuple(rows)
