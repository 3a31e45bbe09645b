"""Retry a transaction while the server is unreachable, or another process keeps the index locked."""

import time
from collections.abc import Callable

from dedup.model.errors import IndexBusyError, IndexServerError

_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0
"""Seconds between two attempts; each wait is twice as long as the one before."""


def retried[T](work: Callable[[bool], T], seconds: float) -> T:
    """Call `work`, retrying for up to `seconds` as long as the index cannot be reached.

    Args:
        work: Called with whether this is a retry: an attempt whose connection was lost may still have stored
            the story.
        seconds: 0 for one attempt.

    Raises:
        IndexServerError: The server was unreachable for longer.
        IndexBusyError: Another process kept the index locked for longer.
    """
    deadline, wait, again = time.monotonic() + seconds, _FIRST_WAIT, False
    while True:
        try:
            return work(again)
        except (IndexServerError, IndexBusyError):
            left = deadline - time.monotonic()
            if left <= 0:
                raise
            time.sleep(min(wait, left))
            wait, again = min(2 * wait, _LONGEST_WAIT), True
