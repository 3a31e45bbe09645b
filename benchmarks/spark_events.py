"""Reads Spark's own event log of a run: bytes moved between its processes, seconds of its tasks."""

import json
import math
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_SETTINGS = "PYSPARK_SUBMIT_ARGS"


@dataclass(frozen=True, slots=True)
class Moved:
    """The bytes that the tasks of a run moved.

    Attributes:
        tasks: Number of tasks.
        shuffled: Bytes that tasks wrote for a shuffle.
        returned: Bytes of results that executors sent to the driver.
    """

    tasks: int
    shuffled: int
    returned: int


@contextmanager
def event_log(folder: Path) -> Iterator[None]:
    """Let sessions that start within a `with` block write their events to a folder."""
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


class TaskTime(NamedTuple):
    """How long a task of Spark ran.

    Attributes:
        seconds: On the clock.
        starts_python: Whether it began before any task had ended, so that Python was started for it.
    """

    seconds: float
    starts_python: bool


def task_times(folder: Path) -> dict[str, list[TaskTime]]:
    """Return the times of tasks, in the order of their ends, by the description of their job."""
    names: dict[int, str] = {}
    times: defaultdict[str, list[TaskTime]] = defaultdict(list)
    first_end = math.inf
    for event in _events(folder):
        if event["Event"] == "SparkListenerJobStart":
            name = event.get("Properties", {}).get("spark.job.description") or "not described"
            names |= dict.fromkeys(event["Stage IDs"], name)
        elif _is_done(event):
            first_end = min(first_end, event["Task Info"]["Finish Time"])
            seconds = event["Task Metrics"]["Executor Run Time"] / 1000
            starts_python = event["Task Info"]["Launch Time"] < first_end
            times[names[event["Stage ID"]]].append(TaskTime(seconds, starts_python))
    return dict(times)


def _is_done(event: dict[str, Any]) -> bool:
    return event["Event"] == "SparkListenerTaskEnd" and bool(event.get("Task Metrics"))


def _events(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
