"""Indexes that are open when a process forks: the child opens them for itself."""

import os
import threading
import weakref
from typing import Protocol

PATIENCE = 1.0
"""Maximum seconds that a fork waits for threads that are using an index. A thread that waits for another
process has no transaction yet, and one that reads a whole index does not harm the child."""


class Forkable(Protocol):
    """An open index.

    Attributes:
        turn: Held by the thread that uses it.
    """

    turn: threading.RLock

    def reset_in_child(self) -> None:
        """Start without a connection, and never touch that of the parent."""


_OPEN: "weakref.WeakSet[Forkable]" = weakref.WeakSet()
_INHERITED: list[object] = []
"""Connections of the parent, never closed in a child: that would remove the locks and the log of a file, or
end the session of the parent on a server."""
_HALTED = threading.local()


def register(index: Forkable) -> None:
    """Reset an index in the children that this process forks."""
    _OPEN.add(index)


def inherit(connection: object) -> None:
    """Keep a connection of the parent open until the child ends."""
    _INHERITED.append(connection)


def _before_fork() -> None:
    """Wait until no thread is inside a transaction.

    SQLite keeps in memory what a process has locked. A child that inherits this has locks that are never
    released: it waits for itself, and all others wait for it.
    """
    turns = [index.turn for index in list(_OPEN)]
    _HALTED.turns = [turn for turn in turns if turn.acquire(timeout=PATIENCE)]


def _after_fork_in_parent() -> None:
    for turn in _HALTED.turns:
        turn.release()


def _after_fork() -> None:
    for index in list(_OPEN):
        index.reset_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork
    )
