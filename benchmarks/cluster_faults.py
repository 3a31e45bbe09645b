"""A standalone cluster of Spark on the loopback, and what is killed on it while a report is made.

A master and two workers are started; then, while `dedup report --engine spark` runs, an executor, a Python
worker and the driver are killed with signal 9, each once so many results are there. The driver is started
again after its death. At the end the bytes have to be those of a run without Spark, and no result that was
there may have been written a second time.

    python -m benchmarks.cluster_faults [--stories N]

Needs Linux, Java and PySpark. Ends only processes that it started.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyspark

from benchmarks import corpus, processes
from benchmarks.processes import ROOT

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
DEPLOY = "org.apache.spark.deploy"
PATIENCE = 900.0
"""Seconds after which a step of the test has failed."""

KILLS = (("python worker", 2), ("executor", 8), ("driver", 14), ("driver", 30), ("executor", 40))
"""What is killed, and once how many results there are."""


class FaultError(Exception):
    """Something did not happen in time, or came out otherwise."""


def main() -> None:
    """Kill, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = corpus.make_up(options.stories, folder).path
        processes.timed(processes.report(archive, folder / "wanted.json"))
        with cluster(folder) as (master, workers):
            rewritten = run_with_faults(archive, folder, master=master, workers=workers)
        same = (folder / "wanted.json").read_bytes() == (folder / "found.json").read_bytes()
    print(json.dumps({"killed": [what for what, _ in KILLS], "same_bytes": same, "written_twice": rewritten}))
    if not same or rewritten:
        raise FaultError("the result is another one, or was computed twice")


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Start a master and two workers; gives the address of the master, and the ids of the workers."""
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> int:
        with (folder / "cluster.log").open("ab") as log:
            command = [str(SPARK_CLASS), *arguments]
            started.append(subprocess.Popen(command, stdout=log, stderr=log, env=_environment(folder)))
        return started[-1].pid

    try:
        start(f"{DEPLOY}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        _wait_for(lambda: _answers(port), "the master answers")
        worker = (f"{DEPLOY}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g")
        yield master, [start(*worker, "--webui-port", "0", master) for _ in range(2)]
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def run_with_faults(archive: Path, folder: Path, *, master: str, workers: list[int]) -> list[str]:
    """Report on an archive while parts of the cluster are killed; gives the results written twice."""
    work = folder / "work"
    command = processes.report(
        archive, folder / "found.json", "--engine", "spark", "--master", master, "--work-dir", str(work)
    )
    rewritten: list[str] = []
    driver = _driver(command, folder)
    for what, results in KILLS:
        _wait_for(partial(_has, work, results, driver), f"{results} results")
        if driver.poll() is not None:
            raise FaultError(f"the run was over before the {what} could be killed: {driver.returncode}")
        before = _results(work)
        if what == "driver":
            driver.kill()
            driver.wait()
            driver = _driver(command, folder)
        else:
            _kill_part(what, workers)
        rewritten += _changed(before, _results(work))
    before = _results(work)
    if driver.wait(PATIENCE):
        raise FaultError(f"the run left with {driver.returncode}")
    return rewritten + _changed(before, _results(work))


def _has(work: Path, results: int, driver: subprocess.Popen[bytes]) -> bool:
    """Return whether so many results are there, or the driver has ended."""
    return len(_results(work)) >= results or driver.poll() is not None


def _driver(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "driver.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=_environment(folder))


def _kill_part(what: str, workers: list[int]) -> None:
    """Kill an executor, or a process of Python under one."""

    def found() -> list[int]:
        below = [child for worker in workers for child in _below(worker)]
        executors = [child for child in below if "CoarseGrained" in _words(child)]
        if what == "executor":
            return executors
        return [each for executor in executors for each in _below(executor) if "pyspark" in _words(each)]

    _wait_for(lambda: bool(found()), f"there is a {what}")
    os.kill(found()[-1], signal.SIGKILL)


def _below(process: int) -> list[int]:
    """List the processes that descend from one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:  # it has ended
            continue
        parent = int(words.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(entry.name))
    return list(_descend(children, process))


def _descend(children: dict[int, list[int]], process: int) -> Iterator[int]:
    for child in children.get(process, []):
        yield child
        yield from _descend(children, child)


def _words(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _results(work: Path) -> dict[str, int]:
    return {str(path.relative_to(work)): path.stat().st_mtime_ns for path in work.rglob("*.arrow")}


def _changed(before: dict[str, int], after: dict[str, int]) -> list[str]:
    return [name for name, moment in before.items() if after.get(name) != moment]


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(folder / "workers"),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _wait_for(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise FaultError(f"waited {PATIENCE:g} s in vain: {what}")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
