"""The index on a PostgreSQL server, shared by threads, processes and machines; reconnects after a loss.

A lock makes writers take turns. Serialisable transactions would need none, but since every writer counts the
stories and reads the latest timestamp, two at a time always conflict, and one of them starts over.
"""

import math
import secrets
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import psycopg

from dedup.model.errors import IndexServerError, IndexWriteError
from dedup.model.recipe import Recipe
from dedup.story_index import forking, header
from dedup.story_index.clock import IndexClock
from dedup.story_index.index_boilerplate import NO_BOILERPLATE, IndexBoilerplate, read_boilerplate_text
from dedup.story_index.postgres import postgres_server
from dedup.story_index.postgres.postgres_server import Connection, translated
from dedup.story_index.postgres.postgres_transaction import PostgresWriting
from dedup.story_index.postgres.postgres_view import PostgresView, TransactionState
from dedup.story_index.postgres.server_address import read_address

_STATE = (
    "SELECT (SELECT value FROM header WHERE name = 'recipe'), "
    "(SELECT value FROM header WHERE name = 'boilerplate edition'), "
    "(SELECT coalesce(max(last_seen), 0) FROM stories), (SELECT stories FROM tally), "
    "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
)
_LEARNT = "SELECT value FROM header WHERE name = 'boilerplate'"
_READ = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_STATE}"
_WRITE = (
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; "  # so that statements see what the lock waited for
    "SET LOCAL idle_in_transaction_session_timeout = '{}s'; "
    "SELECT pg_advisory_xact_lock({}, {}); " + _STATE
)
_ALIVE = (
    "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
    "AND classid = %s::bigint::oid "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 1.0
"""Seconds between attempts to reach a server that went away."""


class PostgresIndex:
    """One schema. The threads of a process share one connection in turn; a forked child opens its own.

    Times are those of the server, so that the clocks of the clients need not agree.

    Attributes:
        recipe: The settings that the index was built with.
        place: Its name in messages: the address without its password.
        fault: See `StoryIndex`.
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
        read_only: bool = False,
        trust_clock: bool = False,
        clock: IndexClock | None = None,
    ) -> None:
        """Open an index, or create one if its schema is empty or missing.

        Args:
            address: `postgresql://user@host/database`, with `?schema=NAME` for a schema other than `dedup`.
            recipe: None for the recipe of the index, or the defaults for a new index.
            window: Milliseconds after which a story that was not offered again is forgotten.
            capacity: Most stories; beyond it those not offered for the longest time are forgotten.
            synchronous: `normal`, with which a crash of the server may undo the last moments, or `full`.
            timeout: Seconds to wait for another writer, or for a server that went away.
            create: Whether to create an index if there is none.
            read_only: Whether it is never written to.
            trust_clock: Whether the clock of the server is believed whatever it says.
            clock: For tests.

        Raises:
            IndexServerError: The server cannot be reached, or refuses access.
            IndexFileError: The schema contains something else, or has another format.
            RecipeMismatchError: The index was built with another recipe.
        """
        self._address = read_address(address)
        self.place = self._address.shown
        self._window = window
        self._capacity = capacity
        self._synchronous = header.check_synchronous(synchronous)
        self._timeout = timeout
        self._served = 0.0
        self._gave_up = -math.inf, ""
        self._read_only = read_only
        self._clock = clock or IndexClock(
            window, place=self.place, trusted=trust_clock, wall=lambda: self._served
        )
        lock = postgres_server.APPLICATION, postgres_server.lock_key(self._address)
        self._write = _WRITE.format(postgres_server.STALLED, *lock)
        self._begin()
        try:
            with self.turn, translated(self._address):
                self._connection = connection = self._connected()
                postgres_server.make(connection, self._address, recipe or Recipe(), create=create)
                self._recipe_json = postgres_server.read_recipe_json(connection)
                self.recipe, self.fault = header.as_recipe(self._recipe_json, self.place)
            header.check_recipe(self.recipe, recipe)
        except BaseException:
            self.close()
            raise
        forking.register(self)

    _connection: Connection | None

    def _begin(self) -> None:
        self.turn = threading.RLock()
        self._connection = None
        self._number: int | None = None
        self._boilerplate = NO_BOILERPLATE

    @contextmanager
    def reading(self) -> Iterator[PostgresView]:
        """Open a read transaction; other threads of the process wait."""
        since = time.monotonic()  # threads that wait for the server wait at the same time, not in turn
        with self.turn, translated(self._address):
            connection, state = self._begin_transaction(_READ, since)
            try:
                yield PostgresView(connection, state)
                connection.execute("COMMIT")  # after a ROLLBACK psycopg would prepare its statements again
            except BaseException:
                _undo(connection)
                raise

    @contextmanager
    def writing(self) -> Iterator[PostgresWriting]:
        """Open the write transaction: committed when the block ends, rolled back if it raises."""
        if self._read_only:
            raise IndexWriteError(f"{self.place}: it was opened only to be read")
        since = time.monotonic()
        with self.turn, translated(self._address):
            connection, state = self._begin_transaction(self._write, since)
            try:
                writing = PostgresWriting(connection, state, holder=lambda: self._holder(connection))
                yield writing
                writing.finish()
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Yield the connection, outside a transaction."""
        since = time.monotonic()
        with self.turn, translated(self._address):
            connection, _ = self._begin_transaction(_READ, since)
            _undo(connection)
            yield connection

    def adopt(self, recipe: Recipe) -> None:
        """Go on with a recipe that was just written into the header."""
        self.recipe, self._recipe_json, self.fault = recipe, header.recipe_json(recipe), ""

    def expects_matches(self, stories: Sequence[Collection[int]]) -> list[bool]:
        """See `StoryIndex`: the server alone knows the keys."""
        return [False] * len(stories)

    def close(self) -> None:
        """Close the connection, which ends the holds; using the index again reopens it."""
        with self.turn:
            connection, self._connection, self._number = self._connection, None, None
            if connection is not None:
                connection.close()

    def _begin_transaction(self, statements: str, since: float) -> tuple[Connection, TransactionState]:
        """Begin a transaction in one round trip, on a new connection if the old one was lost."""
        try:
            return self._begin_once(statements, since)
        except psycopg.OperationalError:
            if self._connection is None or not self._connection.closed:
                raise
            self._connection = None
        return self._begin_once(statements, since)

    def _begin_once(self, statements: str, since: float) -> tuple[Connection, TransactionState]:
        if self._connection is None:
            self._connection = self._connected_again(since)
        connection = self._connection
        try:
            recipe, edition, newest, stories, served = _last_row(connection, statements)
            header.check_unchanged(recipe or "", opened=self._recipe_json, place=self.place)
        except BaseException:
            _undo(connection)
            raise
        self._served = served / 1000
        return connection, TransactionState(
            place=self.place,
            now=self._clock.now(newest),
            stories=stories,
            window=self._window,
            capacity=self._capacity,
            alive=lambda: self._holders(connection),
            known=partial(self._known, connection, edition or ""),
            recipe=self.recipe,
        )

    def _known(self, connection: Connection, edition: str) -> IndexBoilerplate:
        """The boilerplate of this edition, which is read once."""
        if self._boilerplate.edition != edition:
            (text,) = connection.execute(_LEARNT).fetchone() or ("",)
            self._boilerplate = read_boilerplate_text(text, self.recipe, edition=edition, place=self.place)
        return self._boilerplate

    def _connected(self) -> Connection:
        return postgres_server.connect(self._address, timeout=self._timeout, synchronous=self._synchronous)

    def _connected_again(self, since: float) -> Connection:
        """Connect, waiting for a server that is starting; take the liveness lock again if there are holds.

        Args:
            since: When the call began that needs the connection, by the monotonic clock. If another call gave
                up since then, both waited for the server, and the time of that wait counts: if it was the
                whole timeout, there is no further attempt.
        """
        began, wait = time.monotonic(), _FIRST_WAIT
        gave_up, why = self._gave_up
        if since <= gave_up:
            if began > since + self._timeout:
                raise IndexServerError(why)
            began = since
        while True:
            try:
                connection = self._connected()
            except IndexServerError as error:
                now = time.monotonic()
                if now + wait > began + self._timeout:
                    self._gave_up = now, str(error)
                    raise
                time.sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                if self._number is not None:
                    self._take_liveness_lock(connection, self._number)
                return connection

    def _holder(self, connection: Connection) -> int:
        """Number under which this process holds stories; chosen when it is first needed."""
        while self._number is None:
            number = secrets.randbits(31) or 1
            if self._take_liveness_lock(connection, number):
                self._number = number
        return self._number

    def _take_liveness_lock(self, connection: Connection, number: int) -> bool:
        """Take the lock that shows others that this process is connected; it ends with the connection."""
        key = postgres_server.lock_key(self._address, "holders of ")
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (key, number)).fetchone()
        return row == (True,)

    def _holders(self, connection: Connection) -> frozenset[int]:
        key = postgres_server.lock_key(self._address, "holders of ") & 0xFFFFFFFF
        return frozenset(number for (number,) in connection.execute(_ALIVE, (key,)))

    def reset_in_child(self) -> None:
        """In a forked child: start without a connection, and never touch that of the parent."""
        if self._connection is not None:
            forking.inherit(self._connection)
        self._begin()


def _last_row(connection: Connection, statements: str) -> tuple[Any, ...]:
    """Run statements in one round trip; returns the row of the last."""
    cursor = connection.execute(statements, prepare=False)
    while cursor.nextset():
        pass
    row = cursor.fetchone()
    return row if row is not None else ()


def _undo(connection: Connection) -> None:
    """Roll back, unless the connection is lost, which has the same effect."""
    if not connection.closed:
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
