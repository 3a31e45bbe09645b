"""The index as a thing to open: who may use it when, in which thread, in which process, after which loss.

Writers take turns by a lock. Serialisable transactions would need none, but as every writer counts the
stories and reads the latest stamp, two at a time always collide, and one of them begins anew.
"""

import os
import secrets
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from dedup.model.errors import IndexServerError
from dedup.model.recipe import Recipe
from dedup.story_index import header
from dedup.story_index.clock import IndexClock
from dedup.story_index.postgres import postgres_server
from dedup.story_index.postgres.postgres_server import Connection, translated
from dedup.story_index.postgres.postgres_transaction import PostgresView, PostgresWriting, Terms
from dedup.story_index.postgres.server_address import read_address

_TERMS = (
    "SELECT (SELECT value FROM header WHERE name = 'recipe'), "
    "(SELECT coalesce(max(last_seen), 0) FROM stories), (SELECT stories FROM tally), "
    "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
)
_READ = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_TERMS}"
_WRITE = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; "  # each statement sees what the lock waited for
    f"SET LOCAL idle_in_transaction_session_timeout = {postgres_server.STALLED * 1000}; "
    "SELECT pg_advisory_xact_lock({}, {}); " + _TERMS
)
_ALIVE = (
    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
    "AND classid = %s::bigint::oid "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 1.0
"""Seconds between two tries to reach a server that went away."""


class PostgresIndex:
    """One schema. Threads of a process take turns on one connection; a forked child opens its own.

    The time is the server's, so that the clocks of a fleet need not agree.

    Attributes:
        recipe: The settings that the index was built with.
        place: What messages call it: the address without its password.
    """

    def __init__(
        self,
        address: str,
        *,
        recipe: Recipe | None = None,
        window: int | None = None,
        capacity: int | None = None,
        synchronous: str = "normal",
        timeout: float = 30.0,
        create: bool = True,
        clock: IndexClock | None = None,
    ) -> None:
        """Open an index, or make a new one where its schema is empty or not there.

        Args:
            address: `postgresql://user@host/database`, with `?schema=NAME` for another than `dedup`.
            recipe: None for that of the index, or the defaults for a new one.
            window: Milliseconds after which a story that was not offered again is forgotten.
            capacity: Stories beyond which those not offered for longest are forgotten.
            synchronous: `normal`, with which a crash of the server may undo the last moments, or `full`.
            timeout: Seconds to wait for another writer, or for a server that went away.
            create: Whether a new one is made where there is none.
            clock: For tests.

        Raises:
            IndexServerError: The server cannot be reached, or refuses.
            IndexFileError: The schema holds something else, or another format.
            RecipeMismatchError: It was built with another recipe.
        """
        self._address = read_address(address)
        self.place = self._address.shown
        self._window = window
        self._capacity = capacity
        self._synchronous = header.check_synchronous(synchronous)
        self._timeout = timeout
        self._served = 0.0
        self._clock = clock or IndexClock(window, wall=lambda: self._served)
        self._write = _WRITE.format(postgres_server.APPLICATION, postgres_server.lock_key(self._address))
        self._begin()
        try:
            with self._turn, translated(self._address):
                self._connection = connection = self._connected()
                postgres_server.make(connection, self._address, recipe or Recipe(), create=create)
                self._written_recipe = postgres_server.recipe_as_written(connection)
                self.recipe = header.as_recipe(self._written_recipe, self.place)
            header.check_recipe(self.recipe, recipe)
        except BaseException:
            self.close()
            raise
        _OPEN.add(self)

    _connection: Connection | None

    def _begin(self) -> None:
        self._turn = threading.RLock()
        self._connection = None
        self._number: int | None = None
        self._was_lost = False

    @contextmanager
    def reading(self) -> Iterator[PostgresView]:
        """Open a transaction that only reads; other threads of the process wait."""
        with self._turn, translated(self._address):
            connection, terms = self._begun(_READ)
            try:
                yield PostgresView(connection, terms)
                connection.execute("COMMIT")  # after a ROLLBACK psycopg prepares its statements anew
            except BaseException:
                _undo(connection)
                raise

    @contextmanager
    def writing(self) -> Iterator[PostgresWriting]:
        """Open the transaction that may write: kept whole when the block ends, undone when it raises."""
        with self._turn, translated(self._address):
            connection, terms = self._begun(self._write)
            try:
                writing = PostgresWriting(
                    connection, terms, holder=lambda: self._holder(connection), was_lost=self._was_lost
                )
                yield writing
                writing.finish()
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Give the connection outside a transaction."""
        with self._turn, translated(self._address):
            connection, _ = self._begun(_READ)
            _undo(connection)
            yield connection

    def close(self) -> None:
        """End the connection, and with it the holds; using the index again opens it anew."""
        with self._turn:
            connection, self._connection, self._number = self._connection, None, None
            if connection is not None:
                connection.close()

    def _begun(self, statements: str) -> tuple[Connection, Terms]:
        """Begin a transaction in one round trip, on a new connection where the old one was lost."""
        try:
            return self._asked(statements)
        except psycopg.OperationalError:
            if self._connection is None or not self._connection.closed:
                raise
            self._connection = None
            self._was_lost = self._number is not None
        return self._asked(statements)

    def _asked(self, statements: str) -> tuple[Connection, Terms]:
        if self._connection is None:
            self._connection = self._connected_again()
        connection = self._connection
        try:
            told = _last_row(connection, statements)
            spelt, newest, stories, served = told
            header.check_unchanged(spelt or "", opened=self._written_recipe, place=self.place)
        except BaseException:
            _undo(connection)
            raise
        self._served = served / 1000
        return connection, Terms(
            place=self.place,
            now=self._clock.now(newest),
            stories=stories,
            window=self._window,
            capacity=self._capacity,
            alive=lambda: self._holders(connection),
        )

    def _connected(self) -> Connection:
        return postgres_server.connect(self._address, timeout=self._timeout, synchronous=self._synchronous)

    def _connected_again(self) -> Connection:
        """Connect, waiting for a server that is just starting; take up the own holds where they are left."""
        deadline, wait = time.monotonic() + self._timeout, _FIRST_WAIT
        while True:
            try:
                connection = self._connected()
            except IndexServerError:
                if time.monotonic() + wait > deadline:
                    raise
                time.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                if self._number is not None:
                    self._sign(connection, self._number)
                return connection

    def _holder(self, connection: Connection) -> int:
        """Give the number of this process as a holder of stories; made when it is first needed."""
        while self._number is None:
            number = secrets.randbits(31)
            if self._sign(connection, number):
                self._number = number
        return self._number

    def _sign(self, connection: Connection, number: int) -> bool:
        """Take the lock that tells others that the holder is connected; it ends with the connection."""
        key = postgres_server.lock_key(self._address, "holders of ")
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (key, number)).fetchone()
        return row == (True,)

    def _holders(self, connection: Connection) -> frozenset[int]:
        key = postgres_server.lock_key(self._address, "holders of ") & 0xFFFFFFFF
        return frozenset(number for (number,) in connection.execute(_ALIVE, (key,)))

    def _leave_to_the_parent(self) -> None:
        """In a forked child: begin anew, and never touch the connection of the parent."""
        if self._connection is not None:
            _INHERITED.append(self._connection)
        self._begin()


def _last_row(connection: Connection, statements: str) -> tuple[Any, ...]:
    """Run statements in one round trip; give the row of the last."""
    cursor = connection.execute(statements, prepare=False)
    while cursor.nextset():
        pass
    row = cursor.fetchone()
    return row if row is not None else ()


def _undo(connection: Connection) -> None:
    """End a transaction without keeping anything; a lost connection has done so."""
    if not connection.closed:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")


_OPEN: "weakref.WeakSet[PostgresIndex]" = weakref.WeakSet()
_INHERITED: list[Connection] = []
"""Connections of the parent: closing one in a child would end the session of the parent."""


def _after_fork() -> None:
    for index in list(_OPEN):
        index._leave_to_the_parent()  # noqa: SLF001 - the hook belongs to the class


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
