"""The index in a SQLite file, shared by threads, processes and forked children."""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from dedup.model.errors import IndexFileError, IndexWriteError
from dedup.model.recipe import Recipe
from dedup.story_index import forking, header
from dedup.story_index.clock import IndexClock
from dedup.story_index.index_boilerplate import NO_BOILERPLATE, IndexBoilerplate, read_boilerplate_text
from dedup.story_index.sqlite import locking, read_only_file, sqlite_file
from dedup.story_index.sqlite.file_watch import FileWatch, log_path
from dedup.story_index.sqlite.recent_postings import Progress, RecentPostings, Tally
from dedup.story_index.sqlite.sqlite_transaction import SqliteWriting
from dedup.story_index.sqlite.sqlite_view import SqliteView
from dedup.story_index.sqlite.stored_rows import checked
from dedup.story_index.sqlite.write_count import OpenLog, WriteCount, log_mark

_STATE = (
    "SELECT (SELECT value FROM header WHERE name = 'recipe'), "
    "(SELECT value FROM header WHERE name = 'boilerplate edition'), (SELECT max(last_seen) FROM stories), "
    "stories, writes, last, moved, moving, share FROM tally"
)
_COUNTS = (int,) * 7
LIKELY = 2, 0.25
"""Number and part of its keys that a story probably shares with one that it matches."""
TOGETHER = 3
"""Likely copies in a batch from which it takes less time to look them up twice and to judge them at once."""
_LEARNT = "SELECT value FROM header WHERE name = 'boilerplate'"


class SqliteIndex:
    """One file. The threads of a process share one connection in turn; a forked child opens its own.

    Attributes:
        recipe: The settings that the index was built with.
        path: Its path.
        place: Its name in messages: the path.
        fault: See `StoryIndex`.
        turn: Held by the thread that uses it.
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
        read_only: bool = False,
        trust_clock: bool = False,
        clock: IndexClock | None = None,
    ) -> None:
        """Open an index, or create one.

        Args:
            path: The file; its folder must exist. There are lock and log files beside it.
            recipe: None for the recipe of the index, or the defaults for a new index.
            window: Milliseconds after which a story that was not offered again is forgotten.
            capacity: Most stories; beyond it those not offered for the longest time are forgotten.
            synchronous: `normal`, or `full` to lose nothing even in a power cut.
            timeout: Seconds to wait for another process.
            create: Whether to create an index if there is none.
            read_only: Whether it is never written to; it may then be on read-only media.
            trust_clock: Whether the system clock is believed whatever it says.
            clock: For tests.

        Raises:
            IndexFileError: It is a folder, or not a usable index.
            RecipeMismatchError: The index was built with another recipe.
        """
        self.path = Path(path)
        sqlite_file.check_kind(self.path)
        self.place = str(self.path)
        self._log_path = log_path(self.path)
        self._window = window
        self._capacity = capacity
        self._synchronous = header.check_synchronous(synchronous)
        self._timeout = timeout
        self._read_only = read_only
        self._clock = clock or IndexClock(window, place=self.place, trusted=trust_clock)
        self._begin()
        try:
            with self.turn, sqlite_file.translated(self.path):
                self._make(recipe, create=create)
                self._recipe_json = sqlite_file.read_recipe_json(self._opened())
                self.recipe, self.fault = header.as_recipe(self._recipe_json, self.place)
            header.check_recipe(self.recipe, recipe)
        except BaseException:
            self._abandon()
            raise
        forking.register(self)

    def _begin(self) -> None:
        self.turn = threading.RLock()
        self._lock = locking.FileLock(locking.lock_path(self.path))
        self._connection: sqlite3.Connection | None = None
        self._watch = FileWatch(self.path)
        self._log = OpenLog(self._log_path)
        self._count: WriteCount | None = None
        self._own_holder: locking.LivenessLock | None = None
        self._boilerplate = NO_BOILERPLATE
        self._recent = RecentPostings()

    def _make(self, recipe: Recipe | None, *, create: bool) -> None:
        if not create and not self.path.exists():
            raise IndexFileError(f"{self.path}: no such file; `dedup filter` creates an index")
        if not self.path.parent.is_dir():
            raise IndexFileError(
                f"{self.path}: the folder {str(self.path.parent)!r} does not exist; create it first"
            )
        if self._read_only:
            self._open_checked()
            return
        self._lock.acquire(timeout=self._timeout)
        try:
            if not self.path.exists():
                sqlite_file.create(self.path, recipe or Recipe())
            locking.remove_dead_locks(self.path)
            self._open_checked()
            self._count_writes()
        finally:
            self._lock.release()

    def _open_checked(self) -> None:
        """Open the file, and see that its log is there and is its own."""
        noted = locking.noted_writes(self.path)  # both read first: opening the index makes a new log,
        log = log_mark(self._log_path)  # and a writer may go on meanwhile
        sqlite_file.check_log(self.path, noted=noted, log=log)
        try:
            sqlite_file.check_writes(self._opened(is_locked=True), self.path, noted=noted, log=log)
        except (sqlite3.OperationalError, IndexWriteError):
            sqlite_file.check_log(self.path, noted=noted, log=log, is_used=True)
            raise

    @contextmanager
    def reading(self) -> Iterator[SqliteView]:
        """Open a read transaction; other threads of the process wait."""
        with self.turn, sqlite_file.translated(self.path):
            connection = self._opened()
            self._watch.check()
            connection.execute("BEGIN")
            try:
                now, known, _ = self._state(connection)
                yield SqliteView(
                    connection,
                    now=now,
                    window=self._window,
                    is_alive=self._is_alive,
                    known=known,
                    recent=self._recent,
                )
            finally:
                with suppress(sqlite3.Error):  # a failing disk has ended it already
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[SqliteWriting]:
        """Open the write transaction: committed when the block ends, rolled back if it raises."""
        self._check_writable()
        since = time.monotonic()  # threads that wait for each other wait at the same time, not in turn
        with self.turn, sqlite_file.translated(self.path):
            connection = self._opened()
            self._lock.acquire(timeout=self._timeout, since=since)
            try:
                self._watch.check()
                if self._count is None:
                    self._count_writes()
                connection.execute("BEGIN IMMEDIATE")
                now, known, tally = self._state(connection)
                writing = SqliteWriting(
                    connection,
                    now=now,
                    tally=tally,
                    window=self._window,
                    is_alive=self._is_alive,
                    known=known,
                    recent=self._recent,
                    recipe=self.recipe,
                    capacity=self._capacity,
                    holder=self._holder,
                    place=self.place,
                )
                yield writing
                number = writing.finish()
                connection.execute("COMMIT")
                if number is not None and self._count is not None:
                    is_flushed = self._synchronous == "FULL"
                    self._count.note(number, log=self._log.mark(self._watch.log_place), is_flushed=is_flushed)
            except BaseException:
                if self._recent.is_ahead:
                    self._recent = RecentPostings()  # it may have postings that are not stored now
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._lock.release()

    def expects_matches(self, stories: Sequence[Collection[int]]) -> list[bool]:
        """See `StoryIndex`."""
        with self.turn:
            least = 1 if self._lock.was_busy else TOGETHER
            likely = len(stories) >= least and [
                self._recent.may_share(keys, least=max(LIKELY[0], int(LIKELY[1] * len(keys))))
                for keys in stories
            ]
        return likely if likely and sum(likely) >= least else [False] * len(stories)

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection, outside a transaction, while no other process writes to the index."""
        self._check_writable()
        since = time.monotonic()  # threads that wait for each other wait at the same time, not in turn
        with self.turn, sqlite_file.translated(self.path):
            connection = self._opened()
            self._lock.acquire(timeout=self._timeout, since=since)
            try:
                self._watch.check()
                yield connection
            finally:
                self._lock.release()

    def adopt(self, recipe: Recipe) -> None:
        """Go on with a recipe that was just written into the header, and perhaps with other keys."""
        self._recent = RecentPostings()
        self.recipe, self._recipe_json, self.fault = recipe, header.recipe_json(recipe), ""

    def close(self) -> None:
        """Write the log into the file and close it; using the index again reopens it."""
        with self.turn:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            if self._read_only:
                connection.close()
                return
            with sqlite_file.translated(self.path):
                self._lock.acquire(timeout=self._timeout)
                try:
                    connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, False)  # noqa: FBT003
                    connection.close()
                    if self._own_holder is not None:
                        self._own_holder.remove()
                        self._own_holder = None
                finally:
                    self._lock.release()
                    self._lock.close()
                    self._log.close()
                    self._count = None

    def _abandon(self) -> None:
        """Close an index that cannot be used, and leave its files as they are."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._lock.close()
        self._log.close()

    def _opened(self, *, is_locked: bool = False) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = (
                read_only_file.connect(self.path, timeout=self._timeout)
                if self._read_only
                else sqlite_file.connect(
                    self.path, synchronous=self._synchronous, timeout=self._timeout, is_locked=is_locked
                )
            )
            self._watch.opened()
            self._recent = RecentPostings()
        return self._connection

    def _count_writes(self) -> None:
        """Count writes in the lock file, which is open."""
        if self._watch.place is not None:
            self._count = self._lock.count(self._watch.place)

    def _check_writable(self) -> None:
        if self._read_only:
            raise IndexWriteError(f"{self.path}: it was opened only to be read")

    def _state(self, connection: sqlite3.Connection) -> tuple[int, Callable[[], IndexBoilerplate], Tally]:
        """The time, the boilerplate and the counts as a transaction begins; raises if it was rebuilt."""
        row = connection.execute(_STATE).fetchone()
        checked(row and (row[2] or 0, *row[3:]), _COUNTS, "its counts cannot be read")
        recipe, edition, newest, stories, writes, *progress = row
        header.check_unchanged(recipe or "", opened=self._recipe_json, place=self.place)
        known = partial(self._known, connection, edition or "")
        tally = Tally(stories, writes, Progress(*progress))
        try:
            self._recent.catch_up(connection, tally)
        except BaseException:
            self._recent = RecentPostings()  # it knows a part of what others stored
            raise
        return self._clock.now(newest or 0), known, tally

    def _known(self, connection: sqlite3.Connection, edition: str) -> IndexBoilerplate:
        """The boilerplate of this edition, which is read once."""
        if self._boilerplate.edition != edition:
            (text,) = connection.execute(_LEARNT).fetchone() or ("",)
            self._boilerplate = read_boilerplate_text(text, self.recipe, edition=edition, place=self.place)
        return self._boilerplate

    def _holder(self) -> int:
        """Number under which this process holds stories; chosen when it is first needed."""
        if self._own_holder is None:
            self._own_holder = locking.LivenessLock(self.path, 1 + secrets.randbits(48))
        return self._own_holder.number

    def _is_alive(self, number: int) -> bool:
        if self._own_holder is not None and self._own_holder.number == number:
            return True
        return locking.is_alive(self.path, number)

    def reset_in_child(self) -> None:
        """In a forked child: start without a connection, and never touch that of the parent."""
        if self._connection is not None:
            forking.inherit(self._connection)
        self._lock.close()
        self._log.close()
        if self._own_holder is not None:
            self._own_holder.close()
        self._begin()
