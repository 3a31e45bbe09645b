"""Read and write transactions on a SQLite file."""

import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import repeat

from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.story_index.index_boilerplate import EDITION, LEARNT, IndexBoilerplate, header_lines
from dedup.story_index.protocol import NAMED, Copy, Stored, Story, StoryText, over_limit, posting_id, unpack
from dedup.story_index.sqlite import sqlite_clusters
from dedup.story_index.ticket import NOBODY, WHILE_RUNNING, Ticket

_COLUMNS = (
    "seq, id, source, published, url, digest, letters, keys, "
    "first_seen, last_seen, secret, coalesce(cluster, seq), coalesce(cluster_id, id), holder, held_until"
)
_IDENTICAL = f"SELECT {_COLUMNS} FROM stories WHERE digest = ? ORDER BY seq"  # noqa: S608 - all ours
_STORIES = (
    f"SELECT {_COLUMNS} FROM stories "  # noqa: S608
    "WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
_BY_ID = f"SELECT {_COLUMNS} FROM stories WHERE id = ? ORDER BY seq DESC LIMIT {NAMED}"  # noqa: S608
_BY_URL = f"SELECT {_COLUMNS} FROM stories WHERE url = ? AND url <> '' ORDER BY seq DESC LIMIT {NAMED}"  # noqa: S608
_CLUSTER = f"SELECT {_COLUMNS} FROM stories WHERE seq = ?1 OR cluster = ?1 ORDER BY seq"  # noqa: S608
_SHARING = "SELECT key, story FROM postings WHERE key IN (SELECT value FROM json_each(?))"
_TEXTS = "SELECT seq, body FROM texts WHERE seq IN (SELECT value FROM json_each(?))"
_PUT = (
    "INSERT INTO stories"
    "(id, source, published, url, digest, letters, keys, first_seen, last_seen, secret, cluster, cluster_id, "
    "holder, held_until, replaces) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HOLD = "SELECT secret, holder, replaces FROM stories WHERE seq = ?"
_HELD = "SELECT seq, holder, held_until FROM stories WHERE holder IS NOT NULL"
_KEEP = "UPDATE stories SET holder = NULL, held_until = NULL, replaces = NULL WHERE seq = ?"
_REMOVED = (
    "SELECT texts.keys, coalesce(stories.cluster, seq) FROM texts JOIN stories USING (seq) WHERE seq = ?"
)
_RESTORE = (
    "UPDATE stories SET first_seen = ?, last_seen = ?, cluster_id = coalesce(?, cluster_id) WHERE seq = ?"
)
_TALLY = "UPDATE tally SET stories = ?, writes = ?"
_OLDEST = "SELECT seq, last_seen FROM stories ORDER BY last_seen, seq LIMIT ?"


class SqliteView:
    """A read transaction.

    Attributes:
        connection: For the queries of maintenance.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        now: int,
        window: int | None,
        is_alive: Callable[[int], bool],
        known: Callable[[], IndexBoilerplate],
    ) -> None:
        self.connection = connection
        self._known = known
        self._now = now
        self._window = window
        self._is_alive = is_alive
        self._given_up: set[int] = set()

    @property
    def boilerplate(self) -> IndexBoilerplate:
        """What the index was taught."""
        return self._known()

    def identical(self, digest: bytes) -> list[Stored]:
        """Stories with the folded text of that digest, in the order they were stored."""
        return self._in_force(self.connection.execute(_IDENTICAL, (digest,)))

    def named(self, names: Collection[str]) -> list[Stored]:
        """Stories of which the id or the URL is one of these, the latest first."""
        rows = {
            row[0]: row
            for query in (_BY_ID, _BY_URL)  # each asks one index; a union of both takes five times as long
            for name in names
            for row in self.connection.execute(query, (name,))
        }
        return self._in_force(rows[seq] for seq in sorted(rows, reverse=True))

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """(key, posting id) of every story indexed under these keys."""
        return self.connection.execute(_SHARING, (_as_list(keys),)).fetchall()

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Those of the stories that are in the window and not left on hold by a dead process."""
        return self._in_force(self.connection.execute(_STORIES, (_as_list(numbers),)))

    def texts(self, numbers: Collection[int]) -> dict[int, StoryText]:
        """Titles and texts of stories, by number."""
        rows = self.connection.execute(_TEXTS, (_as_list(numbers),))
        return {seq: unpack(body) for seq, body in rows}

    def cluster(self, number: int) -> list[Stored]:
        """The stored stories of a cluster, in the order they were stored."""
        return self._in_force(self.connection.execute(_CLUSTER, (number,)))

    def copies(self, number: int) -> list[Copy]:
        """Copies of the stories of a cluster that were not stored, in the order they were first offered."""
        return sqlite_clusters.copies(self.connection, number)

    def cluster_size(self, number: int) -> int:
        """How many stories and copies a cluster has."""
        return sqlite_clusters.size(self.connection, number)

    def copied(self, name: str) -> list[int]:
        """Clusters with a copy of which this is the id or the URL."""
        return sqlite_clusters.copied(self.connection, name)

    def _in_force(self, rows: Iterable[tuple[object, ...]]) -> list[Stored]:
        in_force = []
        for *columns, holder, until in rows:
            story = Stored(*[*columns, holder is not None])  # type: ignore[arg-type]
            if story.on_hold and not self._counts(holder, until):
                self._given_up.add(story.seq)
            elif self._window is None or story.last_seen >= self._now - self._window:
                in_force.append(story)
        return in_force

    def _counts(self, holder: object, until: object) -> bool:
        """Whether a hold has not ended: it has a time of its own, or ends with its process."""
        if isinstance(until, int):
            return self._now <= until
        return isinstance(holder, int) and self._is_alive(holder)


class SqliteWriting(SqliteView):
    """The write transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        now: int,
        window: int | None,
        is_alive: Callable[[int], bool],
        known: Callable[[], IndexBoilerplate],
        recipe: Recipe,
        tally: tuple[int, int],
        capacity: int | None,
        holder: Callable[[], int],
        place: str,
    ) -> None:
        super().__init__(connection, now=now, window=window, is_alive=is_alive, known=known)
        self._recipe = recipe
        self._place = place
        self._capacity = capacity
        self._holder = holder
        self._stories, self._writes = tally
        self._added = 0
        self._changes = connection.total_changes

    def put(
        self,
        story: Story,
        *,
        crowded: Collection[int],
        secret: int,
        hold: int | None,
        joins: Stored | None = None,
        replaces: bool = False,
    ) -> Stored:
        """Store a story, and index it by its keys that are not crowded."""
        now, size = self._now, len(story.keys)
        holder = self._holder() if hold == WHILE_RUNNING else None if hold is None else NOBODY
        replaced = joins.seq if joins is not None and replaces else None
        first = joins.first_seen if joins is not None and replaces else now
        cluster, cluster_id = (None, None) if joins is None else (joins.cluster, joins.cluster_id)
        origin = (story.id, story.source, story.published, story.url, story.digest, story.letters)
        row = (*origin, size, first, now, secret)
        hold_row = (holder, now + hold if hold else None, None if hold is None else replaced)
        seq = self.connection.execute(_PUT, (*row, cluster, cluster_id, *hold_row)).lastrowid or 0
        if cluster is not None:
            sqlite_clusters.forget_copy(self.connection, cluster, source=story.source, identity=story.id)
        keys = array("i", story.keys)
        self.connection.execute("INSERT INTO texts VALUES(?, ?, ?)", (seq, keys.tobytes(), story.body))
        indexed = [key for key in story.keys if key not in crowded]
        self.connection.executemany(
            "INSERT INTO postings VALUES(?, ?)", zip(indexed, repeat(posting_id(seq, size)), strict=False)
        )
        self._added += 1
        if hold is None:
            self._remove_replaced(replaced)
        return Stored(seq, *row, cluster or seq, cluster_id or story.id, on_hold=hold is not None)

    def add_copy(self, cluster: int, copy: Copy) -> None:
        """Record a copy that is not stored."""
        sqlite_clusters.add_copy(self.connection, cluster, copy, now=self._now)

    def remove_copies(self, name: str) -> int:
        """Forget the copies of which this is the id or the URL; returns their number."""
        return sqlite_clusters.forget_named(self.connection, name)

    def mark_seen(self, number: int) -> None:
        """Set the time at which the story was last offered to now."""
        self.connection.execute("UPDATE stories SET last_seen = ? WHERE seq = ?", (self._now, number))

    def clamp_times(self) -> None:
        """Set stamps in the future to now."""
        for name in ("last_seen", "first_seen"):
            query = f"UPDATE stories SET {name} = ?1 WHERE {name} > ?1"  # noqa: S608 - both ours
            self.connection.execute(query, (self._now,))

    def restore(self, number: int, *, first_seen: int, last_seen: int, cluster_id: str | None) -> None:
        """Set what an import knows of a story that was just stored."""
        last_seen = min(last_seen, self._now)
        first_seen = min(first_seen, last_seen)
        self.connection.execute(_RESTORE, (first_seen, last_seen, cluster_id, number))

    def keep(self, tickets: Sequence[Ticket]) -> None:
        """Store stories that are on hold for good; TicketError for what is no ticket of a story."""
        for ticket in tickets:
            _, replaces = self._on_hold(ticket)
            self.connection.execute(_KEEP, (ticket.seq,))
            self._remove_replaced(replaces)

    def release(self, tickets: Sequence[Ticket]) -> None:
        """Remove stories that are on hold; TicketError for what is no ticket of such a story."""
        for ticket in tickets:
            if not self._on_hold(ticket)[0]:
                raise ticket.already_kept(self._place)
            self._remove(ticket.seq)

    def _on_hold(self, ticket: Ticket) -> tuple[bool, int | None]:
        """Whether the story of a ticket is on hold, and what it replaces; TicketError if there is none."""
        row = self.connection.execute(_HOLD, (ticket.seq,)).fetchone() or (None, None, None)
        ticket.check(self._place, secret=row[0])
        self._given_up.discard(ticket.seq)
        return row[1] is not None, row[2]

    def remove(self, numbers: Collection[int]) -> None:
        """Remove stories, whether they are on hold or not."""
        for seq in numbers:
            self._given_up.discard(seq)
            self._remove(seq)

    def set_boilerplate(self, passages: Sequence[KnownPassage]) -> None:
        """Let the index know these passages, instead of those that it was taught before."""
        self.connection.execute("DELETE FROM header WHERE name IN (?, ?)", (LEARNT, EDITION))
        self.connection.executemany("INSERT INTO header VALUES(?, ?)", header_lines(passages, self._recipe))

    def evict(self, most: int) -> int:
        """Remove at most `most` stories that are over the limits; returns their number."""
        if self._window is None and self._capacity is None:
            return 0
        over = self.count() - self._capacity if self._capacity is not None else 0
        last = self._now - self._window if self._window is not None else 0
        gone = over_limit(self.connection.execute(_OLDEST, (most,)).fetchall(), over=over, last=last)
        for seq in gone:
            self._remove(seq)
        return len(gone)

    def clear_given_up(self) -> int:
        """Remove stories that dead processes left on hold; returns their number."""
        held = self.connection.execute(_HELD).fetchall()
        dead = [seq for seq, holder, until in held if not self._counts(holder, until)]
        for seq in dead:
            self._remove(seq)
        return len(dead)

    def count(self) -> int:
        """The number of stored stories, including those of this transaction."""
        return self._stories + self._added

    def finish(self) -> int | None:
        """Remove stories that dead processes left on hold, and update the counts.

        Returns:
            The number of the transaction among those that have written; None if this one has not.
        """
        for seq in self._given_up:
            self._remove(seq)
        if self.connection.total_changes == self._changes:
            return None
        self.connection.execute(_TALLY, (self._stories + self._added, self._writes + 1))
        return self._writes + 1

    def _remove_replaced(self, seq: int | None) -> None:
        """Remove an earlier version and, if that one was still on hold, what it was to replace."""
        while seq is not None:
            row = self.connection.execute("SELECT replaces FROM stories WHERE seq = ?", (seq,)).fetchone()
            self._remove(seq)
            seq = row[0] if row else None

    def _remove(self, seq: int) -> None:
        row = self.connection.execute(_REMOVED, (seq,)).fetchone()
        if row is None:
            return
        gone = [(key, seq, -seq) for key in array("i", row[0])]  # either: a rebuild may be going on
        self.connection.executemany("DELETE FROM postings WHERE key = ? AND story IN (?, ?)", gone)
        self.connection.execute("DELETE FROM texts WHERE seq = ?", (seq,))
        self.connection.execute("DELETE FROM stories WHERE seq = ?", (seq,))
        sqlite_clusters.forget_empty(self.connection, row[1])
        self._added -= 1


def _as_list(numbers: Collection[int]) -> str:
    """Format integers as a JSON list."""
    return str(list(numbers))
