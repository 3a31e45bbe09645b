"""A report whose stages are measured, on this machine or on Spark; `run_worker` calls it."""

import gc
from pathlib import Path
from typing import Any

from dedup.bench.stage_clock import WRITE, StageClock
from dedup.input import Fields
from dedup.model import Report
from dedup.model.recipe import Recipe
from dedup.output.to_json import json_pieces
from dedup.report.find_duplicates import report_on
from dedup.report.given_documents import batches_of
from dedup.report.memory_plan import MemoryPlan
from dedup.report.request import Request
from dedup.report.run_steps import ThreadRunner
from dedup.report.take_in import take_in
from dedup.report.worker_count import usable_workers

COUNTS = ("documents", "clusters", "pairs", "candidates")
_MB = 1 << 20


def measured_report(settings: dict[str, Any], clock: StageClock) -> dict[str, Any]:
    """Report on an archive, and write the JSON.

    Args:
        settings: `archive`, `out`, `recipe`, `workers`; for Spark also `master` and `work_dir`.
        clock: Of the stages.

    Returns:
        `stages`; `counts` of the report, with `copies`, what could be spared; `stored_mb`, the texts and
        sketches that were kept in memory; `json_mb`.
    """
    gc.disable()  # as the command does
    recipe = Recipe.from_json(settings["recipe"])
    plan = MemoryPlan(None, ranked=recipe.rank)
    make = _on_spark if settings["master"] else _on_this_machine
    report = make(settings, recipe, clock, plan)
    clock(WRITE, 0, 0)
    out = Path(settings["out"])
    with out.open("wb") as file:
        file.writelines(json_pieces(report))
    counts = {name: report.counts[name] for name in COUNTS}
    return {
        "stages": clock.stages(),
        "counts": counts | {"copies": report.counts["documents"] - len(report.kept)},
        "stored_mb": plan.stored.taken / _MB,
        "json_mb": out.stat().st_size / _MB,
    }


def _on_this_machine(settings: dict[str, Any], recipe: Recipe, clock: StageClock, plan: MemoryPlan) -> Report:
    workers = usable_workers(settings["workers"])
    batches = batches_of(settings["archive"], [], fields=Fields())
    taken = take_in((), batches, recipe=recipe, workers=workers, progress=clock, plan=plan)
    return report_on(
        taken,
        Request(recipe=recipe),
        problems=[],
        runner=ThreadRunner(workers),
        workers=workers,
        progress=clock,
    )


def _on_spark(settings: dict[str, Any], recipe: Recipe, clock: StageClock, _: MemoryPlan) -> Report:
    from dedup.integrations import spark  # noqa: PLC0415 - an extra

    return spark.find_duplicates(
        settings["archive"],
        spark=spark.start(settings["master"]),
        work_dir=settings["work_dir"],
        recipe=recipe,
        progress=clock,
    )
