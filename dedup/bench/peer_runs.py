"""Run other installed tools on the sample, each in its own process."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dedup.report.progress_notes import Progress

PEERS = {
    "daft": "daft_peer",
    "datasketch": "datasketch_peer",
    "gaoya": "gaoya_peer",
    "pyspark": "spark_minhash_peer",
    "rensa": "rensa_peer",
    "tors": "tors_peer",
}
"""Modules to import, and those that run them."""


@dataclass(frozen=True, slots=True)
class PeerRun:
    """Cost and results of another tool.

    Attributes:
        tool: Its name.
        version: Of it; empty if it failed.
        seconds: From the moment it begins to load its libraries.
        peak_mb: Largest resident size of its process; a tool's own other processes are not in it.
        settings: Its settings.
        clusters: Ids of stories that it joins.
        error: Why it failed; empty if it did not.
    """

    tool: str
    version: str
    seconds: float
    peak_mb: float
    settings: dict[str, Any]
    clusters: list[list[str]]
    error: str = ""


def installed_peers() -> list[str]:
    """List the tools that are installed."""
    return [name for name in PEERS if find_spec(name) is not None]


def run_peers(archive: Path, folder: Path, *, progress: Progress) -> Iterator[PeerRun]:
    """Run all that are installed, one after the other."""
    for name in installed_peers():
        progress(f"run {name}", 0, 0)
        out = folder / f"{name}.json"
        command = [sys.executable, "-P", "-m", f"dedup.bench.peers.{PEERS[name]}", str(archive), str(out)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - this interpreter
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it was killed"]
            yield PeerRun(name, "", 0.0, 0.0, {}, [], lines[-1])
        else:
            yield PeerRun(**json.loads(out.read_bytes()))
