"""Check for available memory before loading libraries that kill the process when there is none."""

import sys
from errno import ENOMEM
from pathlib import Path

MB = 1 << 20

SCIENTIFIC = 450
"""Megabytes of address space that scikit-learn, SciPy and hazm take: VmPeak in /proc/self/status after their
import. OpenBLAS, which comes with SciPy, ends the process if it gets none."""

ARROW = 220
"""Megabytes of address space that pyarrow takes, measured in the same way."""

ARROW_AT_WORK = 120
"""Megabytes that pyarrow needs besides to read and write. Without them its allocator prints a message, and
its dictionary encoder aborts the process or never returns."""

_SIGNS = (
    "failed to map segment",
    "annot allocate memory",
    "start new thread",
    "without exception set",
    "without setting an exception",
)
"""Parts of messages of other errors that mean out of memory; the last two come from native code without
memory for its own error."""


def need_memory(megabytes: int) -> None:
    """Check that the process may still allocate this much address space, where it is limited (`ulimit -v`).

    Raises:
        MemoryError: The limit is too low.
    """
    try:
        import resource  # noqa: PLC0415 - there is none on Windows

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit == resource.RLIM_INFINITY:
            return
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    if pages * resource.getpagesize() + megabytes * MB > limit:
        raise MemoryError(f"{megabytes} MB more are needed")


def return_freed_memory() -> None:
    """Return freed memory to the operating system, where the C library (glibc) would keep it for itself.

    Arrays of megabytes leave gaps that later ones do not fit: a quarter of the memory of a report on 200,000
    stories.
    """
    import ctypes  # noqa: PLC0415 - a hundredth of a second that only large runs need

    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library
        return


def need_scientific_memory() -> None:
    """Check that scikit-learn and SciPy can be loaded, unless they are.

    Raises:
        MemoryError: There is too little memory for them.
    """
    if "sklearn" not in sys.modules:
        need_memory(SCIENTIFIC)


def need_arrow_memory() -> None:
    """Check that pyarrow can be loaded, unless it is, and has memory for its work.

    Raises:
        MemoryError: There is too little memory for it.
    """
    need_memory(ARROW_AT_WORK if "pyarrow" in sys.modules else ARROW)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means out of memory, however it is worded."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno == ENOMEM  # its message quotes the name of a file, which may say anything
    kinds = (ImportError, OSError, RuntimeError, SystemError)
    return isinstance(error, kinds) and any(sign in str(error) for sign in _SIGNS)
