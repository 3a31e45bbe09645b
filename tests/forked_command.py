"""Asks a server of tests/fork_server.py to run a program; no tests in here.

As a program it runs `dedup` in its own folder, environment and files: `forked_command.py SOCKET ARGUMENT...`.
It imports next to nothing, for a shell starts it in the place of the command.
"""

import json
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper

DEDUP = "import sys; from dedup.cli.main import main; sys.exit(main())"


def ask(
    address: str,
    arguments: Sequence[str],
    *,
    files: Sequence[int],
    folder: str,
    environment: Mapping[str, str],
    program: str = DEDUP,
) -> int:
    """Run a program and wait for it.

    Args:
        address: The socket of the server.
        arguments: What follows the name of the program.
        files: File descriptors of its standard input, output and error.
        folder: Where it runs.
        environment: All its environment.
        program: Its Python source.

    Returns:
        Its exit code; a signal that ended it counts below zero.
    """
    request = {
        "arguments": list(arguments),
        "program": program,
        "folder": folder,
        "environment": dict(environment),
    }
    with send(address, request, files) as answer:
        answer.readline()  # its process
        return int(answer.readline())


def send(address: str, request: Mapping[str, object], files: Sequence[int]) -> TextIOWrapper:
    """Have a program started; the answer has a line with its process id, later one with its exit code."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        socket.send_fds(server, [b"\0"], files)
        server.sendall(json.dumps(request).encode())
        server.shutdown(socket.SHUT_WR)
        return server.makefile(encoding="ascii")


if __name__ == "__main__":
    code = ask(sys.argv[1], sys.argv[2:], files=(0, 1, 2), folder=os.getcwd(), environment=os.environ)  # noqa: PTH109
    if code < 0:
        os.kill(os.getpid(), -code)
    sys.exit(code)
