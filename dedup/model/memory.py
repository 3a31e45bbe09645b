"""Whether there is memory: asked before libraries are loaded that end the process when there is none."""

from errno import ENOMEM
from pathlib import Path

MB = 1 << 20

SCIENTIFIC = 450
"""Megabytes of address space that scikit-learn, SciPy and hazm take: VmPeak in /proc/self/status after their
import. OpenBLAS, which comes with SciPy, ends the process when it finds none."""

_SIGNS = (
    "failed to map segment",
    "annot allocate memory",
    "start new thread",
    "without exception set",
    "without setting an exception",
)
"""Parts of the messages of errors other than MemoryError; the last two are of native code that found no
memory for its own error."""


def need_memory(megabytes: int) -> None:
    """Check that the process may still take so much address space, where that is limited (`ulimit -v`).

    Raises:
        MemoryError: It may not.
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


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says, in whatever words, that there was no memory."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno == ENOMEM:
        return True
    kinds = (ImportError, OSError, RuntimeError, SystemError)
    return isinstance(error, kinds) and any(sign in str(error) for sign in _SIGNS)
