"""The PostgreSQL server: connect, create or check the tables, translate errors."""

import binascii
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors as failures
from psycopg import sql

from dedup.model.errors import IndexBusyError, IndexFileError, IndexServerError, IndexWriteError
from dedup.model.recipe import Recipe
from dedup.story_index.header import check_version, recipe_json
from dedup.story_index.postgres.server_address import Address

type Connection = psycopg.Connection[tuple[Any, ...]]

APPLICATION = 0x64647570
"""`ddup`: the first half of the key of every advisory lock of dedup."""
FORMAT = 2
"""Increases when the tables, their contents, the fold table or the hashes of keys change."""
STALLED = 60
"""Seconds after which the server ends the transaction of an idle client, so that a machine that hangs or lost
its network does not block all other writers."""
_DEFAULTS = {"application_name": "dedup", "keepalives_idle": "10", "keepalives_interval": "5"}
_MOST_MS = 2**31 - 1
"""Longest `lock_timeout` of PostgreSQL, in milliseconds."""
_SESSION = (
    "SET client_encoding = 'UTF8'; SET search_path = {schema}; SET lock_timeout = {wait}; "
    # Both sides notice within half a minute that the other's machine is gone; its holds end then.
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; "
    # Waiting for the server's disk with each story would keep all other writers waiting too.
    "SET synchronous_commit = {synchronous}"
)

TABLES = (
    "CREATE TABLE header(name text PRIMARY KEY, value text NOT NULL)",
    "CREATE TABLE tally(stories bigint NOT NULL)",
    """CREATE TABLE stories(seq integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL,
    source text NOT NULL, published text NOT NULL, url text NOT NULL, digest bytea NOT NULL,
    letters integer NOT NULL, keys integer NOT NULL,
    first_seen bigint NOT NULL, last_seen bigint NOT NULL, secret bigint NOT NULL, cluster integer,
    cluster_id text, holder integer, held_until bigint, replaces integer)""",
    "CREATE INDEX stories_by_id ON stories USING hash(id)",
    "CREATE INDEX stories_by_url ON stories USING hash(url) WHERE url <> ''",
    "CREATE INDEX stories_by_digest ON stories(digest)",
    "CREATE INDEX stories_by_last_seen ON stories(last_seen, seq)",
    "CREATE INDEX stories_by_cluster ON stories(cluster) WHERE cluster IS NOT NULL",
    """CREATE TABLE copies(cluster integer NOT NULL, source text NOT NULL, id text NOT NULL,
    url text NOT NULL, verdict text NOT NULL, first_seen bigint NOT NULL, last_seen bigint NOT NULL)""",
    "CREATE INDEX copies_by_cluster ON copies(cluster)",
    "CREATE INDEX copies_by_id ON copies USING hash(id)",
    "CREATE INDEX copies_by_url ON copies USING hash(url) WHERE url <> ''",
    "CREATE INDEX stories_held ON stories(holder) WHERE holder IS NOT NULL",
    "CREATE TABLE texts(seq integer PRIMARY KEY, keys integer[] NOT NULL, body bytea NOT NULL)",
    "ALTER TABLE texts ALTER body SET STORAGE EXTERNAL",  # it is deflated already
    "CREATE TABLE postings(key integer, story integer, PRIMARY KEY(key, story))",
)
COLUMNS = {
    "header": "name text!, value text!",
    "tally": "stories bigint!",
    "stories": "seq integer!, id text!, source text!, published text!, url text!, digest bytea!, "
    "letters integer!, keys integer!, first_seen bigint!, last_seen bigint!, secret bigint!, "
    "cluster integer, cluster_id text, holder integer, held_until bigint, replaces integer",
    "copies": "cluster integer!, source text!, id text!, url text!, verdict text!, first_seen bigint!, "
    "last_seen bigint!",
    "texts": "seq integer!, keys integer[]!, body bytea!",
    "postings": "key integer!, story integer!",
}
"""Columns of the tables of this format as the server describes them; `!` marks NOT NULL."""
INDEXES = 13
"""Indexes of these tables, including those of primary keys."""
_FOUND = """
    SELECT relname, string_agg(attname || ' ' || format_type(atttypid, atttypmod)
                               || CASE WHEN attnotnull THEN '!' ELSE '' END, ', ' ORDER BY attnum)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
    WHERE relnamespace = to_regnamespace(%s) AND relkind IN ('r', 'p', 'v', 'm', 'f') GROUP BY relname
"""
_ODD = """
    SELECT (SELECT count(*) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
            WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relname = ANY(%(ours)s))
         + (SELECT count(*) FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class
            WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relname = ANY(%(ours)s))
         + (SELECT count(*) FROM pg_class c
            WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relname = ANY(%(ours)s)
              AND (c.relrowsecurity OR c.relkind <> 'r')),
           (SELECT count(*) FROM pg_index JOIN pg_class c ON c.oid = indrelid
            WHERE c.relnamespace = to_regnamespace(%(schema)s) AND c.relname = ANY(%(ours)s) AND indisvalid)
"""
_WAITED = (
    failures.LockNotAvailable,
    failures.DeadlockDetected,
    failures.QueryCanceled,
    failures.TooManyConnections,
)
_NO_WRITING = (
    failures.InsufficientResources,
    failures.ReadOnlySqlTransaction,
    failures.SequenceGeneratorLimitExceeded,
)
_LOST = (psycopg.OperationalError, psycopg.InterfaceError, failures.IdleInTransactionSessionTimeout)
_GONE = (failures.UndefinedTable, failures.UndefinedColumn, failures.InvalidSchemaName)


def connect(address: Address, *, timeout: float, synchronous: str) -> Connection:
    """Open a connection for all threads; the caller must make them take turns.

    Raises:
        IndexServerError: It cannot be reached, or refuses the connection.
        IndexFileError: The database cannot hold an index.
    """
    settings = _DEFAULTS | {"connect_timeout": str(max(int(timeout), 2))} | address.settings
    try:
        connection = psycopg.connect(autocommit=True, **settings)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        raise IndexServerError(
            f"{address.shown}: the server cannot be reached, or refuses the connection "
            f"({_words(error, address)}); see that it runs, and that address, user and password are right"
        ) from None  # the client library's own error may quote the address
    try:
        with translated(address):
            _prepare(connection, address, timeout=timeout, synchronous=synchronous)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Connection, address: Address, *, timeout: float, synchronous: str) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise IndexFileError(
            f"{address.shown}: the database has the encoding {encoding}; create one with ENCODING 'UTF8'"
        )
    session = sql.SQL(_SESSION).format(
        schema=sql.Identifier(address.schema),
        wait=sql.Literal(min(max(int(timeout * 1000), 1), _MOST_MS)),
        synchronous=sql.SQL("on" if synchronous == "FULL" else "off"),
    )
    connection.execute(session)


def make(connection: Connection, address: Address, recipe: Recipe, *, create: bool) -> None:
    """Check that the schema is an index of this format; create one if the schema is empty or missing.

    Raises:
        IndexFileError: It contains something else, or is empty and not to be created.
    """
    with connection.transaction():
        lock(connection, address)  # only one of several clients creates it
        present: dict[str, str] = dict(connection.execute(_FOUND, (sql_name(address),)).fetchall())
        if present:
            _check(connection, address, present)
        elif not create:
            raise IndexFileError(
                f"{address.shown}: there is no index in the schema {address.schema!r}; "
                "`dedup filter` creates one"
            )
        else:
            _create(connection, address, recipe)


def _create(connection: Connection, address: Address, recipe: Recipe) -> None:
    if connection.execute("SELECT to_regnamespace(%s)", (sql_name(address),)).fetchone() == (None,):
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.schema)))
    for statement in TABLES:
        connection.execute(sql.SQL(statement))
    connection.execute(
        "INSERT INTO header VALUES('format', %s), ('recipe', %s)", (str(FORMAT), recipe_json(recipe))
    )
    connection.execute("INSERT INTO tally VALUES(0)")


def _check(connection: Connection, address: Address, present: dict[str, str]) -> None:
    usable = connection.execute("SELECT has_schema_privilege(%s, 'USAGE')", (address.schema,)).fetchone()
    if usable != (True,):  # otherwise its tables would seem to be missing
        raise failures.InsufficientPrivilege(f"permission denied for schema {address.schema}")
    if present.get("header") != COLUMNS["header"]:
        raise IndexFileError(
            f"{address.shown}: the schema {address.schema!r} has tables, but not those of dedup; "
            "name another with ?schema=NAME"
        )
    row = connection.execute("SELECT value FROM header WHERE name = 'format'").fetchone()
    version = row[0] if row else ""
    if version.isdecimal():
        check_version(int(version), address.shown, supported=FORMAT)
    asked = {"schema": sql_name(address), "ours": list(COLUMNS)}
    ours = {name: columns for name, columns in present.items() if name in COLUMNS}
    if (
        version != str(FORMAT)
        or ours != COLUMNS
        or connection.execute(_ODD, asked).fetchone() != (0, INDEXES)
    ):
        raise IndexFileError(
            f"{address.shown}: the tables in the schema {address.schema!r} are not those of format {FORMAT}; "
            "restore them from a copy"
        )


def read_recipe_json(connection: Connection) -> str:
    """Recipe of the index as JSON, from its header."""
    row = connection.execute("SELECT value FROM header WHERE name = 'recipe'").fetchone()
    return str(row[0]) if row else ""


def sql_name(address: Address) -> str:
    """Quote the name of the schema, for functions that parse it as SQL."""
    return '"' + address.schema.replace('"', '""') + '"'


def lock_key(address: Address, use: str = "") -> int:
    """Second half of the key of a lock of this schema, a signed 32-bit integer."""
    return int.from_bytes(binascii.crc32(f"{use}{address.schema}".encode()).to_bytes(4), signed=True)


def lock(connection: Connection, address: Address) -> None:
    """Wait until there is no other writer in this schema; the lock ends with the transaction."""
    connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (APPLICATION, lock_key(address)))


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Translate errors of the server into errors that name the index and what to do."""
    try:
        yield
    except psycopg.Error as error:
        raise _translate(address, error) from error
    except zlib.error as error:
        raise IndexFileError(
            f"{address.shown}: the text of a story is damaged; see `dedup index check`"
        ) from error


def _translate(address: Address, error: psycopg.Error) -> Exception:
    place, words = address.shown, _words(error, address)
    if isinstance(error, _WAITED):
        return IndexBusyError(f"{place}: other writers kept it locked ({words}); try again later")
    if isinstance(error, failures.InsufficientPrivilege):
        return IndexServerError(
            f"{place}: permission denied ({words}); grant CREATE on the database, "
            f"or USAGE on the schema {address.schema!r} and all on its tables"
        )
    if isinstance(error, _NO_WRITING):
        return IndexWriteError(
            f"{place}: cannot be written ({words}); the index is unchanged: free some space or "
            "allow writing, then offer the same stories again"
        )
    if isinstance(error, _GONE):
        return IndexFileError(f"{place}: its tables were removed or changed while it was in use ({words})")
    if isinstance(error, _LOST):
        return IndexServerError(
            f"{place}: the connection was lost ({words}); offer the same stories again: "
            "those already stored will be reported as copies of themselves"
        )
    return IndexFileError(f"{place}: {words}")


def _words(error: psycopg.Error, address: Address) -> str:
    """First line of the message, with passwords masked."""
    line = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    for name in ("password", "sslpassword"):
        if address.settings.get(name):
            line = line.replace(address.settings[name], "***")
    return line
