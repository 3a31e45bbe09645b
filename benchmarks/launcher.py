"""Start a command, wait for it, print what it took: a process so small that it distorts no measurement.

In Linux the largest size of a child begins with the size of the process that started it. This one imports
next to nothing, takes some 9 MB, and prints `CODE SECONDS PROCESSOR_SECONDS MAXRSS` on standard output.

With `all` the processor seconds are those of all descendants, also of those whose parents end before them (as
in the Java of a Spark session) or never wait for them (as in the daemon of Spark's Python workers): their
times are looked up ten times a second. Linux only.

    python -I -S launcher.py LIMIT_SECONDS (child | all) COMMAND ...
"""

import os
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PR_SET_CHILD_SUBREAPER = 36
PAUSE = 0.02
"""Seconds between two looks whether the command has ended."""
LOOKS = 5
"""Of these, from one look at the times of descendants to the next."""
PARENT, USER, SYSTEM, BORN = 1, 11, 12, 19
"""Places in /proc/PID/stat behind the name of the program (proc(5))."""


def main() -> None:
    """Run the command of the arguments; end it after the limit unless that is 0."""
    limit, every, command = float(sys.argv[1]), sys.argv[2] == "all", sys.argv[3:]
    if every:
        become_subreaper()
    nowhere = os.open(os.devnull, os.O_RDWR)
    quiet = [(os.POSIX_SPAWN_DUP2, nowhere, place) for place in (0, 1)]
    started = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    times: dict[tuple[str, str], float] = {}
    if every:
        watch(child, times)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    code = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    if every:  # the one counts no process that nobody waited for, the other not the last moments of any
        processor = max(processor + sum(orphans()), sum(times.values()))
    print(code, seconds, processor, usage.ru_maxrss)


def become_subreaper() -> None:
    """Make this process the parent of orphans among its descendants (prctl(2))."""
    import ctypes  # noqa: PLC0415 - it would make every other measurement larger

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def watch(child: int, times: dict[tuple[str, str], float]) -> None:
    """Note the processor seconds of each descendant, by id and time of birth, until the child has ended."""
    looks = 0
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if looks % LOOKS == 0:
            times.update(below(os.getpid()))
        looks += 1
        time.sleep(PAUSE)


def below(root: int) -> "Iterator[tuple[tuple[str, str], float]]":
    """Yield the processor seconds of each descendant of a process, without those of its children."""
    ticks = os.sysconf("SC_CLK_TCK")
    children: dict[str, list[tuple[str, str, float]]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - pathlib takes 2 MB
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
                words = file.read().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        seconds = (int(words[USER]) + int(words[SYSTEM])) / ticks
        children.setdefault(words[PARENT], []).append((name, words[BORN], seconds))
    left = [str(root)]
    while left:
        for name, born, seconds in children.get(left.pop(), ()):
            left.append(name)
            yield (name, born), seconds


def orphans() -> "Iterator[float]":
    """Wait for the remaining descendants; return the processor seconds of each."""
    try:
        while True:
            usage = os.wait4(-1, 0)[2]
            yield usage.ru_utime + usage.ru_stime
    except ChildProcessError:
        return


if __name__ == "__main__":
    main()
