"""The index as a thing to open: who may use it when, in which thread, in which process."""

import os
import secrets
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dedup.model.errors import IndexFileError
from dedup.model.recipe import Recipe
from dedup.story_index import header
from dedup.story_index.clock import IndexClock
from dedup.story_index.sqlite import locking, sqlite_file
from dedup.story_index.sqlite.sqlite_transaction import SqliteView, SqliteWriting


class SqliteIndex:
    """One file. Threads of a process take turns on one connection; a forked child opens its own.

    Attributes:
        recipe: The settings that the index was built with.
        path: Where it is.
        place: What messages call it: the path.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        recipe: Recipe | None = None,
        window: int | None = None,
        capacity: int | None = None,
        synchronous: str = "normal",
        timeout: float = 30.0,
        create: bool = True,
        clock: IndexClock | None = None,
    ) -> None:
        """Open an index, or make a new one where there is no file.

        Args:
            path: The file; its folder must exist. A lock and a log stand beside it.
            recipe: None for that of the index, or the defaults for a new one.
            window: Milliseconds after which a story that was not offered again is forgotten.
            capacity: Stories beyond which those not offered for longest are forgotten.
            synchronous: `normal`, or `full` to lose nothing in a power cut either.
            timeout: Seconds to wait for another process.
            create: Whether a new one is made where there is none.
            clock: For tests.

        Raises:
            IndexFileError: There is a file or folder, and it is no usable index.
            RecipeMismatchError: It was built with another recipe.
        """
        self.path = Path(path)
        if self.path.is_dir():
            raise IndexFileError(f"{self.path}: this is a folder; give the name of a file in it")
        self.place = str(self.path)
        self._window = window
        self._capacity = capacity
        self._synchronous = header.check_synchronous(synchronous)
        self._timeout = timeout
        self._clock = clock or IndexClock(window)
        self._begin()
        try:
            with self._turn, sqlite_file.translated(self.path):
                self._make(recipe, create=create)
                self._written_recipe = sqlite_file.recipe_as_written(self._opened())
                self.recipe = header.as_recipe(self._written_recipe, self.place)
            header.check_recipe(self.recipe, recipe)
        except BaseException:
            self.close()
            raise
        _OPEN.add(self)

    def _begin(self) -> None:
        self._turn = threading.RLock()
        self._lock = locking.FileLock(self.path.with_name(self.path.name + ".lock"))
        self._connection: sqlite3.Connection | None = None
        self._place: tuple[int, int] | None = None
        self._own_holder: locking.Holder | None = None

    def _make(self, recipe: Recipe | None, *, create: bool) -> None:
        if not create and not self.path.exists():
            raise IndexFileError(f"{self.path}: there is no such file; `dedup filter` makes an index")
        if not self.path.parent.is_dir():
            raise IndexFileError(f"{self.path}: there is no folder {str(self.path.parent)!r}; make it first")
        self._lock.acquire(timeout=self._timeout)
        try:
            if not self.path.exists():
                sqlite_file.create(self.path, recipe or Recipe())
            locking.clear_away(self.path)
            self._opened()
        finally:
            self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[SqliteView]:
        """Open a transaction that only reads; other threads of the process wait."""
        with self._turn, sqlite_file.translated(self.path):
            connection = self._opened()
            connection.execute("BEGIN")
            try:
                self._check_unchanged(connection)
                yield SqliteView(
                    connection, now=self._clock.now, window=self._window, is_alive=self._is_alive
                )
            finally:
                with suppress(sqlite3.Error):  # a failing disk has ended it already
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[SqliteWriting]:
        """Open the transaction that may write: kept whole when the block ends, undone when it raises."""
        with self._turn, sqlite_file.translated(self.path):
            connection = self._opened()
            self._lock.acquire(timeout=self._timeout)
            try:
                self._check_place()
                connection.execute("BEGIN IMMEDIATE")
                self._check_unchanged(connection)
                writing = SqliteWriting(
                    connection,
                    now=self._clock.now,
                    window=self._window,
                    is_alive=self._is_alive,
                    capacity=self._capacity,
                    holder=self._holder,
                )
                yield writing
                writing.finish()
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._lock.release()

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Give the connection outside a transaction, while no other process of ours writes."""
        with self._turn, sqlite_file.translated(self.path):
            connection = self._opened()
            self._lock.acquire(timeout=self._timeout)
            try:
                self._check_place()
                yield connection
            finally:
                self._lock.release()

    def close(self) -> None:
        """Write the log into the file and let go of it; using the index again opens it anew."""
        with self._turn:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            with sqlite_file.translated(self.path):
                self._lock.acquire(timeout=self._timeout)
                try:
                    connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, False)  # noqa: FBT003
                    connection.close()
                    if self._own_holder is not None:
                        self._own_holder.leave()
                        self._own_holder = None
                finally:
                    self._lock.release()
                    self._lock.forget()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite_file.connect(
                self.path, synchronous=self._synchronous, timeout=self._timeout
            )
            self._place = _place(self.path)
        return self._connection

    def _check_place(self) -> None:
        """See that the file we write is still the one under the name."""
        if _place(self.path) != self._place:
            raise IndexFileError(f"{self.path}: the file was removed or replaced while it was in use")

    def _check_unchanged(self, connection: sqlite3.Connection) -> None:
        """See that nobody has rebuilt the index with other settings."""
        spelt = sqlite_file.recipe_as_written(connection)
        header.check_unchanged(spelt, opened=self._written_recipe, place=self.place)

    def _holder(self) -> int:
        """Give the number of this process as a holder of stories; made when it is first needed."""
        if self._own_holder is None:
            self._own_holder = locking.Holder(self.path, secrets.randbits(48))
        return self._own_holder.number

    def _is_alive(self, number: int) -> bool:
        if self._own_holder is not None and self._own_holder.number == number:
            return True
        return locking.is_alive(self.path, number)

    def _leave_to_the_parent(self) -> None:
        """In a forked child: begin anew, and never touch the connection of the parent."""
        if self._connection is not None:
            _INHERITED.append(self._connection)
        self._lock.forget()
        if self._own_holder is not None:
            self._own_holder.forget()
        self._begin()


def _place(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


_OPEN: "weakref.WeakSet[SqliteIndex]" = weakref.WeakSet()
_INHERITED: list[sqlite3.Connection] = []
"""Connections of the parent: closing one in a child would take the locks and the log of the parent."""


PATIENCE = 1.0
"""Seconds that a fork waits for threads which are inside an index. One that waits for another process has
no transaction yet; one that reads a whole index does a child no harm."""
_HALTED = threading.local()


def _before_fork() -> None:
    """See that no thread is inside a transaction.

    SQLite keeps in memory what a process has locked. A child that takes that over holds locks nobody gives
    back: it waits for itself, while the others wait for it.
    """
    turns = [index._turn for index in list(_OPEN)]  # noqa: SLF001
    _HALTED.turns = [turn for turn in turns if turn.acquire(timeout=PATIENCE)]


def _after_fork_in_parent() -> None:
    for turn in _HALTED.turns:
        turn.release()


def _after_fork() -> None:
    for index in list(_OPEN):
        index._leave_to_the_parent()  # noqa: SLF001 - the hook belongs to the class


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork
    )
