"""Runs `dedup` in processes forked from one that has imported it already; no tests in here.

Each run is a process: its own files, folder, environment and exit code, but no half second of imports.
As a program it reads requests from standard input, a JSON object a line, and answers with exit codes.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTED = (
    "dedup.cli.run_command",
    "dedup.cli.report_command",
    "dedup.cli.filter_command",
    "dedup.cli.index_command",
)
"""Modules that most runs need."""


def run_forked(
    arguments: Sequence[str], *, folder: Path, stdin: bytes = b"", environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[bytes]":
    """Run `dedup` with these arguments; DEDUP_KERNEL must be the one that the tests run with."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(stdin)
        request = {
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment),
            "streams": list(map(str, streams)),
        }
        server.stdin.write(json.dumps(request).encode() + b"\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(
            ["dedup", *arguments], code, streams[1].read_bytes(), streams[2].read_bytes()
        )


@cache
def _server() -> "subprocess.Popen[bytes]":
    """Start the server of this process."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.fork_server"]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment
    )
    atexit.register(server.communicate)  # an end of its input ends it
    return server


def _serve() -> None:
    """Fork a process for each request; return in the forked ones only, or at the end of the input."""
    for name in IMPORTED:
        import_module(name)
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
            sys.exit(import_module("dedup.cli.main").main())
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(request: dict[str, object]) -> None:
    """Take on the folder, environment, arguments and files of a request."""
    os.chdir(str(request["folder"]))
    os.environ.clear()
    os.environ.update(request["environment"])  # type: ignore[call-overload]
    flags = (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT | os.O_APPEND] * 2)
    for number, (path, flag) in enumerate(zip(request["streams"], flags, strict=True)):  # type: ignore[call-overload]
        opened = os.open(path, flag)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    sys.argv = ["dedup", *request["arguments"]]  # type: ignore[misc]


if __name__ == "__main__":
    _serve()
