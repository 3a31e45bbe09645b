"""Bytes that a run on Spark moves between its processes, from Spark's own event log."""

import json
import os
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
    tasks = [metrics for path in sorted(folder.iterdir()) for metrics in _task_metrics(path)]
    return Moved(
        len(tasks),
        sum(each["Shuffle Write Metrics"]["Shuffle Bytes Written"] for each in tasks),
        sum(each["Result Size"] for each in tasks),
    )


def _task_metrics(log: Path) -> Iterator[dict[str, Any]]:
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                yield event["Task Metrics"]
