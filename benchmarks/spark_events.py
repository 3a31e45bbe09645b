"""Spark's own event log of a run: bytes moved between its processes, seconds of its tasks."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SETTINGS = "PYSPARK_SUBMIT_ARGS"


@dataclass(frozen=True, slots=True)
class Moved:
    """What the tasks of a run moved, bytes.

    Attributes:
        tasks: How many there were.
        shuffled: Bytes that tasks wrote for a shuffle.
        returned: Bytes of results that executors sent to the driver.
    """

    tasks: int
    shuffled: int
    returned: int


@contextmanager
def event_log(folder: Path) -> Iterator[None]:
    """Let sessions that are started meanwhile write their events to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": folder.absolute().as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
    }
    before = os.environ.get(_SETTINGS)
    options = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    os.environ[_SETTINGS] = f"{options} pyspark-shell"
    try:
        yield
    finally:
        del os.environ[_SETTINGS]
        if before is not None:
            os.environ[_SETTINGS] = before


def moved(folder: Path) -> Moved:
    """Add up the tasks of all sessions whose events are in a folder."""
    tasks = [event["Task Metrics"] for event in _events(folder) if _is_done(event)]
    return Moved(
        len(tasks),
        sum(each["Shuffle Write Metrics"]["Shuffle Bytes Written"] for each in tasks),
        sum(each["Result Size"] for each in tasks),
    )


def task_seconds(folder: Path) -> dict[str, list[float]]:
    """Return the seconds that each task ran, by the description of its job, in the order of the jobs."""
    names: dict[int, str] = {}
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for event in _events(folder):
        if event["Event"] == "SparkListenerJobStart":
            name = event.get("Properties", {}).get("spark.job.description") or "not described"
            names |= dict.fromkeys(event["Stage IDs"], name)
        elif _is_done(event):
            seconds[names[event["Stage ID"]]].append(event["Task Metrics"]["Executor Run Time"] / 1000)
    return dict(seconds)


def _is_done(event: dict[str, Any]) -> bool:
    return event["Event"] == "SparkListenerTaskEnd" and bool(event.get("Task Metrics"))


def _events(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
