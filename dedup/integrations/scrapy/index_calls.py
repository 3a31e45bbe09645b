"""Calls of the index during a crawl: once one has waited in vain, those after it do not wait as well."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dedup.model.errors import IndexServerError
from dedup.prefilter import Answer, PreFilter

AGAIN_S = 30.0
"""Seconds after a failure until a call waits for the index again."""


class IndexCalls:
    """An index that may be away for long.

    Every call waits for it, for as long as `DEDUP_RETRY` says. If each of hundreds of items did so, a crawl
    would end, or go on without the index, only after hours.
    """

    def __init__(self, prefilter: PreFilter) -> None:
        self._prefilter = prefilter
        self._choosing = threading.Lock()
        self._failure: IndexServerError | None = None
        self._until = 0.0

    def check_and_add(self, document: Mapping[str, object]) -> Answer:
        """Check a story, and store it on hold unless it is a copy."""
        return self._called(partial(self._prefilter.check_and_add, document, hold=True))

    def keep(self, tickets: Sequence[str]) -> None:
        """Keep stories that were on hold."""
        self._called(partial(self._prefilter.keep, tickets))

    def release(self, tickets: Sequence[str]) -> None:
        """Release stories that were on hold."""
        self._called(partial(self._prefilter.release, tickets))

    def wait_again(self) -> None:
        """Let the next call wait for the index, whatever happened before."""
        self._failure = None

    def close(self) -> None:
        """Close the index."""
        self._prefilter.close()

    def _called[T](self, call: Callable[[], T]) -> T:
        with self._choosing:
            waits_for_all = self._failure is not None
            if self._failure is not None:
                if time.monotonic() < self._until:
                    raise type(self._failure)(str(self._failure))
                self._until = math.inf
        try:
            result = call()
        except IndexServerError as error:
            self._failure, self._until = type(error)(str(error)), time.monotonic() + AGAIN_S
            raise
        except BaseException:  # it says nothing of the server
            if waits_for_all:
                self._until = 0.0  # now the next call does
            raise
        self._failure = None
        return result
