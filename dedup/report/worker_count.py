"""How many threads or processes a run uses."""

import os

from dedup import core
from dedup.model.errors import SettingError


def usable_workers(wanted: int | None) -> int:
    """Return the requested number of workers, by default one per processor.

    Raises:
        SettingError: It is below 1.
    """
    workers = _processors() if wanted is None else wanted
    if workers < 1:
        raise SettingError("workers", workers, "expected 1 or more")
    return workers


def _processors() -> int:
    if core.NAME == "numpy":
        from multiprocessing import get_start_method  # noqa: PLC0415 - the compiled kernel does not need it

        if get_start_method() != "fork":
            return 1  # processes would run the caller's script again: only on request
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows do not report which processors this process may use
