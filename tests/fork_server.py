"""Runs programs in processes forked from one that has imported what they need; no tests in here.

Each run is a process: its own files, folder, environment and exit code, but no half second of imports.
As a program it imports the modules named by its arguments and reads requests from standard input, a JSON
object a line; it answers each with an exit code.
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
COMMAND = (
    "dedup.cli.run_command",
    "dedup.cli.report_command",
    "dedup.cli.filter_command",
    "dedup.cli.index_command",
)
"""Modules that most runs of the command need."""


def run_forked(
    arguments: Sequence[str],
    *,
    folder: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str],
    program: str = "import sys; from dedup.cli.main import main; sys.exit(main())",
    imported: tuple[str, ...] = COMMAND,
) -> "subprocess.CompletedProcess[bytes]":
    """Run a program, `dedup` by default; DEDUP_KERNEL must be the one that the tests run with.

    Args:
        arguments: What follows its name.
        folder: Where it runs.
        stdin: What it reads.
        environment: All its environment.
        program: Its Python source.
        imported: Modules that it finds imported, the same for many runs.
    """
    server = _server(imported)
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place) / name for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(stdin)
        request = {
            "arguments": list(arguments),
            "program": program,
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
def _server(imported: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """Start the server of this process that imports these modules."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.fork_server", *imported]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment
    )
    atexit.register(server.communicate)  # an end of its input ends it
    return server


def _serve() -> None:
    """Fork a process for each request; return in the forked ones only, or at the end of the input."""
    for name in sys.argv[1:]:
        import_module(name)
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            request = json.loads(line)
            _become(request)
            exec(compile(request["program"], "<program>", "exec"), vars(sys.modules["__main__"]))  # noqa: S102
            sys.exit()
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
