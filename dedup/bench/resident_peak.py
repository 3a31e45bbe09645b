"""Peak memory of a process since the last reset.

It imports almost nothing, because the runners of other tools import it.
"""

from dedup.output.progress import peak_memory

_STATUS, _CLEAR = "/proc/self/status", "/proc/self/clear_refs"


def reset_peak() -> None:
    """Reset the peak; on systems that cannot, the peak remains that of the whole process.

    Source: Linux, Documentation/filesystems/proc.rst: 5 resets the peak resident set size.
    """
    try:
        with open(_CLEAR, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib takes long to load
            file.write("5")
    except OSError:
        return


def peak_mb() -> float:
    """Return the largest resident size since the last reset in MB; 0 if the system does not report it."""
    try:
        with open(_STATUS, encoding="ascii", errors="replace") as lines:  # noqa: PTH123
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    except (OSError, StopIteration):
        return peak_memory()
