"""Kill a service many times while clients offer stories: every story that it acknowledged must be stored.

Each client offers its stories one by one, and offers one again if the connection was lost. Prints how many
stories were acknowledged, and how many of them the index does not know afterwards; needs the extra `http`.

    python -m benchmarks.faults.killed_service [--kills N] [--clients N] [--seed N]
"""

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from benchmarks.faults.service import wait_for
from benchmarks.prefilter_runs import News
from dedup import PreFilter
from dedup.story_index.open_index import maintenance_of, open_index

LIVES_FOR = 0.2, 2.0
"""Seconds for which the service runs before it is killed."""
PAUSE = 0.05
"""Seconds before a client offers a story again."""


class Client(threading.Thread):
    """Offers stories until it is stopped.

    Attributes:
        acknowledged: Numbers of the stories that the service acknowledged.
    """

    def __init__(self, address: str, first: int) -> None:
        super().__init__()
        self.acknowledged: list[int] = []
        self._address = f"{address}/v1/check-and-add"
        self._next = first
        self._is_stopped = False

    def run(self) -> None:
        """Offer each story until there is an answer."""
        news = News()
        while not self._is_stopped:
            if self._offered(news.story(self._next)):
                self.acknowledged.append(self._next)
                self._next += 1
            else:
                time.sleep(PAUSE)

    def stop(self) -> None:
        """Stop after the current story."""
        self._is_stopped = True
        self.join()

    def _offered(self, story: dict[str, str]) -> bool:
        request = urllib.request.Request(self._address, json.dumps(story).encode())  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - our own service
                answer: dict[str, Any] = json.load(response)
        except HTTPError as error:
            raise SystemExit(f"the service answered {error.code}: {error.read()!r:.200}") from error
        except (OSError, HTTPException):
            return False
        return bool(answer["stored"] or answer["drops"])


def lost(index: Path, acknowledged: Sequence[int]) -> list[int]:
    """Return the stories of which the index has neither the story nor a copy."""
    news = News()
    with PreFilter.open(index, read_only=True) as prefilter:
        return [number for number in acknowledged if not prefilter.check(news.story(number)).drops]


def faults_of(index: Path) -> list[str]:
    """Return the result of `dedup index check`."""
    opened = open_index(index, create=False)
    try:
        return list(maintenance_of(opened).faults())
    finally:
        opened.close()


def killed(folder: Path, *, kills: int, clients: int, draw: random.Random) -> list[int]:
    """Kill the service so many times; return the stories that were acknowledged to the clients."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dedup", "serve", "--index", "own.dedup", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    offering = [Client(address, 1_000_000 * number) for number in range(clients)]
    for number in range(kills + 1):
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as service:
            wait_for(f"{address}/health")
            if number == 0:
                for client in offering:
                    client.start()
            time.sleep(draw.uniform(*LIVES_FOR))
            if number < kills:
                service.kill()
            else:  # the last one stays until its clients are done
                for client in offering:
                    client.stop()
                service.terminate()
    return [number for client in offering for number in client.acknowledged]


def main() -> int:
    """Print the stories that were lost; exit with 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults.killed_service", allow_abbrev=False)
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="default: 20")
    parser.add_argument("--clients", type=int, default=2, metavar="N", help="default: 2")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, draw = Path(name), random.Random(options.seed)
        acknowledged = killed(folder, kills=options.kills, clients=options.clients, draw=draw)
        missing, faults = lost(folder / "own.dedup", acknowledged), faults_of(folder / "own.dedup")
    print(
        f"{options.kills} kills  {len(acknowledged):,} stories acknowledged  {len(missing)} lost  "
        f"{len(faults)} faults in the index"
    )
    return 1 if missing or faults else 0


if __name__ == "__main__":
    sys.exit(main())
