"""What people do to an index file between the runs: look at it, check it, tidy it up, rebuild it."""

import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import repeat

from dedup.errors import quoted
from dedup.index import unpack
from dedup.index.sqlite import file
from dedup.index.sqlite.index import SqliteIndex
from dedup.index.sqlite.transaction import posted
from dedup.recipe import Recipe

STEP = 256
"""Stories that one transaction removes while others wait."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an index holds.

    Attributes:
        stories: How many.
        held: Those of them that wait to be kept.
        bytes: Size of the file without its log.
        first_seen: When the oldest was stored, milliseconds since 1970; None when there is none.
        last_seen: When the latest was offered, likewise.
    """

    stories: int
    held: int
    bytes: int
    first_seen: int | None
    last_seen: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A story as it is carried from one index to another."""

    id: str
    source: str
    published: str
    text: str
    first_seen: int
    last_seen: int


def facts(index: SqliteIndex) -> Facts:
    """Count what an index holds."""
    with index.reading() as view:
        connection = view.connection
        (stories,) = connection.execute("SELECT stories FROM tally").fetchone()
        (held,) = connection.execute("SELECT count(*) FROM stories WHERE holder IS NOT NULL").fetchone()
        (last,) = connection.execute("SELECT max(last_seen) FROM stories").fetchone()
        (first,) = connection.execute("SELECT min(first_seen) FROM stories").fetchone()
    return Facts(stories, held, index.path.stat().st_size, first, last)


def faults(index: SqliteIndex) -> Iterator[str]:
    """Name what is wrong in an index: damaged pages, texts that are not what they were, lost keys."""
    with index.reading() as view:
        connection = view.connection
        for (said,) in connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield said
        (stories,) = connection.execute("SELECT count(*) FROM stories").fetchone()
        (tally,) = connection.execute("SELECT stories FROM tally").fetchone()
        if stories != tally:
            yield f"{stories} stories are stored, {tally} were counted"
        query = "SELECT seq, id, digest, body FROM stories LEFT JOIN texts USING (seq)"
        for seq, identity, digest, body in connection.execute(query):
            fault = _fault(digest, body)
            if fault:
                yield f"story {seq} ({quoted(identity)}): {fault}"
        (lost,) = connection.execute(
            "SELECT count(*) FROM postings WHERE abs(story) NOT IN (SELECT seq FROM stories)"
        ).fetchone()
        if lost:
            yield f"{lost} keys lead to stories that are not there"


def _fault(digest: bytes, body: bytes | None) -> str:
    if body is None:
        return "its text is missing"
    try:
        text = unpack(body)
    except (zlib.error, ValueError) as error:
        return f"its text cannot be unpacked ({error})"
    same = blake2b(text.encode("utf-16-le"), digest_size=16).digest() == digest
    return "" if same else "its text is not the one that was stored"


def prune(index: SqliteIndex) -> int:
    """Remove all that is over the bounds, and what dead holders left; how many stories went."""
    gone = 0
    with index.writing() as writing:
        gone += writing.clear_given_up()
    while True:
        with index.writing() as writing:
            step = writing.evict(STEP)
        gone += step
        if step < STEP:
            return gone


def compact(index: SqliteIndex) -> None:
    """Give the room of removed stories back to the system; nobody else can write meanwhile."""
    with index.alone() as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rows(index: SqliteIndex) -> Iterator[Row]:
    """Yield every story that is stored for good, the first stored first."""
    query = (
        "SELECT id, source, published, body, first_seen, last_seen "
        "FROM stories JOIN texts USING (seq) WHERE holder IS NULL ORDER BY seq"
    )
    with index.reading() as view:
        for identity, source, published, body, first, last in view.connection.execute(query):
            yield Row(identity, source, published, unpack(body), first, last)


def rebuild(index: SqliteIndex, recipe: Recipe, keys_of: Callable[[str], tuple[int, ...]]) -> int:
    """Put every story under the keys of another recipe, all in one transaction; how many there are.

    Other processes that have the index open are told to open it again.
    """
    with index.writing() as writing:
        connection = writing.connection
        connection.execute("DELETE FROM postings")
        numbers = [seq for (seq,) in connection.execute("SELECT seq FROM texts ORDER BY seq")]
        for seq in numbers:
            (body,) = connection.execute("SELECT body FROM texts WHERE seq = ?", (seq,)).fetchone()
            _put_under(connection, seq, keys_of(unpack(body)), cap=recipe.bucket_cap)
        connection.execute("UPDATE header SET value = ? WHERE name = 'recipe'", (file.written(recipe),))
    return len(numbers)


def _put_under(connection: sqlite3.Connection, seq: int, keys: tuple[int, ...], *, cap: int) -> None:
    written = array("i", keys).tobytes()
    connection.execute("UPDATE texts SET keys = ? WHERE seq = ?", (written, seq))
    connection.execute("UPDATE stories SET keys = ? WHERE seq = ?", (len(keys), seq))
    connection.executemany(
        "INSERT INTO postings SELECT ?1, ?2 WHERE (SELECT count(*) FROM postings WHERE key = ?1) < ?3",
        zip(keys, repeat(posted(seq, len(keys))), repeat(cap), strict=False),
    )
