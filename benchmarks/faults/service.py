"""Requests made up from the service's own description: every answer must be as described, none a fault.

Schemathesis reads /openapi.json of a `dedup serve` on an index of its own, and sends what the schema allows
and what it does not. Needs `pip install newsdedup[fuzz,http]`.

    python -m benchmarks.faults.service [--examples N] [--seed N]
"""

import argparse
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

START_SECONDS = 60
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
"""Not that whatever is outside the schema is refused: fields of another kind are left out, as in a filter."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run the service on an index in a folder; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dedup", "serve", "--index", "own.dedup", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as service:
        try:
            wait_for(f"{address}/health")
            yield address
        finally:
            service.terminate()


def wait_for(address: str) -> None:
    """Wait until the service answers."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own service
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def main() -> int:
    """Print the result of Schemathesis; exit with 1 if an answer was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults.service", allow_abbrev=False)
    parser.add_argument(
        "--examples", type=int, default=20, metavar="N", help="requests of each kind, at most (default: 20)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(Path(name)) as address:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", "--no-color"),
            *("--checks", ",".join(CHECKS), "--seed", str(options.seed)),
            *("--max-examples", str(options.examples)),
        ]
        return subprocess.run(command, cwd=name, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
