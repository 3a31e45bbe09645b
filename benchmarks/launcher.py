"""Start a command, wait for it, tell what it took; a process of its own, so small that it spoils no figure.

Linux begins the largest size of a child with the size of whoever started it. This imports next to nothing,
holds some 9 MB, and prints `CODE SECONDS PROCESSOR_SECONDS MAXRSS` on standard output.

    python -I -S launcher.py LIMIT_SECONDS COMMAND ...
"""

import os
import signal
import sys
import time


def main() -> None:
    """Run the command of the arguments, ended after the limit unless that is 0."""
    limit, command = float(sys.argv[1]), sys.argv[2:]
    nowhere = os.open(os.devnull, os.O_RDWR)
    quiet = [(os.POSIX_SPAWN_DUP2, nowhere, place) for place in (0, 1)]
    started = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = os.waitstatus_to_exitcode(status)
    print(code, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


if __name__ == "__main__":
    main()
