"""Runs programs in processes forked from one that has imported what they need; no tests in here.

Each run is a process: its own files, folder, environment and exit code, but no seconds of imports.
As a program it imports the modules named by its arguments and listens on the socket named first, until its
standard input ends.
"""

import atexit
import gc
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from tests.forked_command import DEDUP, ask, send

ROOT = Path(__file__).parents[1]
COMMAND = (
    "dedup.cli.run_command",
    "dedup.cli.report_command",
    "dedup.cli.filter_command",
    "dedup.cli.index_command",
    "dedup.report.rank.lexicon",
    "hazm",
    "scipy.sparse",
    "sklearn.feature_extraction.text",
)
"""Modules that most runs of the command need; those of the ranking take seconds."""


def run_forked(
    arguments: Sequence[str],
    *,
    folder: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str],
    program: str = DEDUP,
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
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        read.write(stdin)
        read.seek(0)
        code = ask(
            fork_server(imported),
            arguments,
            files=(read.fileno(), out.fileno(), error.fileno()),
            folder=str(folder),
            environment=environment,
            program=program,
        )
        out.seek(0)
        error.seek(0)
        return subprocess.CompletedProcess(["dedup", *arguments], code, out.read(), error.read())


class ForkedProcess:
    """A program that runs beside its test: as much of `subprocess.Popen` as tests need, without imports.

    Attributes:
        stdin: What it reads.
        stdout: What it writes.
        pid: Its process.
        returncode: Its exit code, once it has ended; a signal that ended it counts below zero.
    """

    def __init__(
        self,
        *arguments: object,
        folder: Path = ROOT,
        program: str = DEDUP,
        imported: tuple[str, ...] = COMMAND,
    ) -> None:
        """Start a program, `dedup` by default.

        Args:
            arguments: What follows its name.
            folder: Where it runs.
            program: Its Python source.
            imported: Modules that it finds imported, the same for many runs.
        """
        read, stdin = os.pipe()
        stdout, written = os.pipe()
        request = {
            "arguments": list(map(str, arguments)),
            "program": program,
            "folder": str(folder),
            "environment": dict(os.environ),
        }
        self._answer = send(fork_server(imported), request, (read, written, 2))
        os.close(read)
        os.close(written)
        self.stdin, self.stdout = os.fdopen(stdin, "w"), os.fdopen(stdout, encoding="utf-8")
        self.pid = int(self._answer.readline())
        self.returncode: int | None = None

    def kill(self) -> str:
        """End it as a crash would; returns what it wrote and nobody has read."""
        os.kill(self.pid, signal.SIGKILL)
        return self.rest()

    def rest(self) -> str:
        """Wait for its end; returns what it wrote and nobody has read."""
        with self.stdout, self._answer:
            self.stdin.close()
            rest = self.stdout.read()
            self.returncode = int(self._answer.readline())
            return rest


@cache
def fork_server(imported: tuple[str, ...] = COMMAND) -> str:
    """Start the server of this process that imports these modules; gives its socket."""
    place = tempfile.mkdtemp(prefix="fork-")
    address = f"{place}/socket"
    environment = {**os.environ, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}  # a thread is lost in a fork
    command = [sys.executable, "-m", "tests.fork_server", address, *imported]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    atexit.register(shutil.rmtree, place)
    atexit.register(server.communicate)  # an end of its input ends it
    return address


def _serve() -> None:
    """Fork a process for each request until the input ends."""
    address, *names = sys.argv[1:]
    for name in names:
        import_module(name)
    gc.freeze()  # else each process visits, and so copies, all that is imported
    # The thread is that of pyarrow's allocator, which is ready for forks.
    warnings.filterwarnings("ignore", r"This process \(pid=\d+\) is multi-threaded", DeprecationWarning)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([sys.stdin, listener], [], [])[0]:
            connection = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                _answer(connection)
            connection.close()
            _reap()


def _reap() -> None:
    """Wait for those that have answered, so that what they took counts as taken here."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(connection: socket.socket) -> NoReturn:
    """Run what a request asks for in a process of its own, and answer with its exit code."""
    _, files, *_ = socket.recv_fds(connection, 1, 3)
    request = json.load(connection.makefile())
    child = os.fork()
    if child == 0:
        connection.close()
        _become(request, files)
        _leave(_run(request["program"]))
    for file in files:
        os.close(file)
    connection.sendall(b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(request: dict[str, Any], files: Sequence[int]) -> None:
    """Take on the folder, environment, arguments and files of a request."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    sys.argv = ["dedup", *request["arguments"]]


def _run(program: str) -> int:
    """Run a program and return its exit code."""
    try:
        exec(compile(program, "<program>", "exec"), vars(sys.modules["__main__"]))  # noqa: S102
    except SystemExit as left:
        if isinstance(left.code, str):
            sys.stderr.write(f"{left.code}\n")
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0


def _leave(code: int) -> NoReturn:
    """End as the interpreter does, but free no memory: with all these modules it takes longer than a run."""
    threading._shutdown()  # noqa: SLF001 - as the interpreter does
    atexit._run_exitfuncs()  # noqa: SLF001 - as above
    try:
        sys.stdout.flush()
    except OSError:
        code = 120
    os._exit(code)


if __name__ == "__main__":
    _serve()
