"""Kill parts of a standalone Spark cluster on this machine while a report is made, and check the report.

A master and two workers are started. Then `dedup report --engine spark` runs three times, each time in a new
work folder: an executor, a Python worker or the driver is killed with signal 9 when each stage begins. The
driver is started again after its death. At the end the bytes have to be those of a run without Spark, and no
result that was there may have been written again: what a kill costs is the tasks that were running.

    python -m benchmarks.cluster_faults [--stories N] [--victims NAME ...] [--json FILE]

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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyspark

from benchmarks import corpus, processes
from benchmarks.processes import ROOT

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
DEPLOY = "org.apache.spark.deploy"
PATIENCE = 1800.0
"""Seconds after which a step of the test has failed."""

STAGES = ("documents", "bands", "ranges", "judge", "rank")
"""Stages with tasks, in their order: folders of the work folder, made when the stage begins. An archive of
several languages has one more, which tells them apart."""

VICTIMS = ("executor", "python worker", "driver")


class Kill(NamedTuple):
    """What was killed, in which stage, and how many results existed then."""

    victim: str
    stage: str
    results: int


class FaultError(Exception):
    """Something did not happen in time, or had another result than expected."""


def main() -> None:
    """Kill parts of the cluster, and print the kills."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cluster_faults", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--stories", type=int, default=5000)
    parser.add_argument("--victims", nargs="+", choices=VICTIMS, default=VICTIMS, metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = corpus.make_up(options.stories, folder).path
        processes.timed(processes.report(archive, folder / "wanted.json"))
        kills, faults = kill_each(options.victims, archive, folder)
    show(kills)
    if options.json:
        content = {"stories": options.stories, "kills": [each._asdict() for each in kills], "faults": faults}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if faults:
        raise FaultError("; ".join(faults))
    print(f"{len(kills)} kills: the same bytes each time, no result written twice")


def kill_each(victims: Sequence[str], archive: Path, folder: Path) -> tuple[list[Kill], list[str]]:
    """Kill victims of each kind in a run of its own; return the kills, and what went wrong.

    Args:
        victims: Of `VICTIMS`.
        archive: The archive of the report.
        folder: Folder with the report of one machine, `wanted.json`, and room for the runs.
    """
    kills: list[Kill] = []
    faults: list[str] = []
    wanted = (folder / "wanted.json").read_bytes()
    with cluster(folder) as (master, workers):
        for victim in victims:
            run = Faulty(archive, folder / victim.replace(" ", "-"), master=master, workers=workers)
            kills += run.kill_in_each_stage(victim)
            faults += [f"{victim}: {result} was written twice" for result in run.rewritten]
            if run.found.read_bytes() != wanted:
                faults.append(f"{victim}: the bytes differ")
            print(f"{victim}: killed {len(STAGES)} times", file=sys.stderr, flush=True)
    return kills, faults


def show(kills: list[Kill]) -> None:
    """Print how many results existed at each kill, a line per stage."""
    victims = list(dict.fromkeys(kill.victim for kill in kills))
    results = {(kill.stage, kill.victim): kill.results for kill in kills}
    print(f"{'results at the kill':20}" + "".join(f"{victim:>15}" for victim in victims))
    for stage in STAGES:
        print(f"{stage:20}" + "".join(f"{results[stage, victim]:15,}" for victim in victims))


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Start a master and two workers; yield the address of the master, and the ids of the workers."""
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


class Faulty:
    """A report in a new work folder, parts of whose cluster are killed.

    Attributes:
        found: The report.
        rewritten: Results that existed and were written a second time.
    """

    def __init__(self, archive: Path, folder: Path, *, master: str, workers: list[int]) -> None:
        folder.mkdir()
        self.found = folder / "found.json"
        self.rewritten: list[str] = []
        self._folder, self._work, self._workers = folder, folder / "work", workers
        self._command = processes.report(
            archive, self.found, "--engine", "spark", "--master", master, "--work-dir", str(self._work)
        )

    def kill_in_each_stage(self, victim: str) -> list[Kill]:
        """Run to the end, and kill a victim when each stage begins.

        Raises:
            FaultError: The run failed, or ended before a kill.
        """
        kills = []
        driver = self._driver()
        try:
            for stage in STAGES:
                _wait_for(partial(self._begun, stage, driver), f"{stage} begins")
                if driver.poll() is not None:
                    raise FaultError(f"the run was over before {stage}, with {driver.returncode}")
                before = _results(self._work)
                if victim == "driver":
                    driver.kill()
                    driver.wait()
                    driver = self._driver()
                else:
                    _kill_part(victim, self._workers)
                kills.append(Kill(victim, stage, len(before)))
                self.rewritten += _changed(before, _results(self._work))
            self._finish(driver)
        finally:
            driver.kill()
            driver.wait()
        return kills

    def _finish(self, driver: subprocess.Popen[bytes]) -> None:
        """Wait for the end of the run."""
        before = _results(self._work)
        if driver.wait(PATIENCE):
            raise FaultError(f"the run left with {driver.returncode}")
        self.rewritten += _changed(before, _results(self._work))

    def _begun(self, stage: str, driver: subprocess.Popen[bytes]) -> bool:
        """Return whether a stage has begun, or the driver has ended."""
        return (self._work / stage).exists() or driver.poll() is not None

    def _driver(self) -> subprocess.Popen[bytes]:
        with (self._folder / "driver.log").open("ab") as log:
            environment = _environment(self._folder)
            return subprocess.Popen(self._command, cwd=ROOT, stdout=log, stderr=log, env=environment)


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
