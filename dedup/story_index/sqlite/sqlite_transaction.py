"""Write transactions on a SQLite file."""

import sqlite3
from array import array
from collections.abc import Callable, Collection, Sequence

from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.story_index.index_boilerplate import EDITION, LEARNT, IndexBoilerplate, header_lines
from dedup.story_index.protocol import Copy, Stored, Story, over_limit, posting_id
from dedup.story_index.sqlite import recent_postings, sqlite_clusters
from dedup.story_index.sqlite.recent_postings import RecentPostings, Tally
from dedup.story_index.sqlite.sqlite_view import SqliteView
from dedup.story_index.sqlite.stored_rows import unpacked_keys
from dedup.story_index.ticket import NOBODY, WHILE_RUNNING, Ticket

_PUT = (
    "INSERT INTO stories"
    "(seq, id, source, published, url, digest, letters, keys, first_seen, last_seen, secret, cluster, "
    "cluster_id, holder, held_until, replaces) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
_TALLY = "UPDATE tally SET stories = ?, writes = ?, last = ?, moved = ?, moving = ?, share = ?"
_OLDEST = "SELECT seq, last_seen FROM stories ORDER BY last_seen, seq LIMIT ?"


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
        recent: RecentPostings,
        recipe: Recipe,
        tally: Tally,
        capacity: int | None,
        holder: Callable[[], int],
        place: str,
    ) -> None:
        super().__init__(connection, now=now, window=window, is_alive=is_alive, known=known, recent=recent)
        self._recipe = recipe
        self._place = place
        self._capacity = capacity
        self._holder = holder
        self._tally = tally
        self._last = tally.progress.last
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
        seq = self._last = self._last + 1
        holder = self._holder() if hold == WHILE_RUNNING else None if hold is None else NOBODY
        replaced = joins.seq if joins is not None and replaces else None
        first = joins.first_seen if joins is not None and replaces else now
        cluster, cluster_id = (None, None) if joins is None else (joins.cluster, joins.cluster_id)
        origin = (story.id, story.source, story.published, story.url, story.digest, story.letters)
        row = (*origin, size, first, now, secret)
        hold_row = (holder, now + hold if hold else None, None if hold is None else replaced)
        self.connection.execute(_PUT, (seq, *row, cluster, cluster_id, *hold_row))
        if cluster is not None:
            sqlite_clusters.forget_copy(self.connection, cluster, source=story.source, identity=story.id)
        keys = array("i", story.keys)
        self.connection.execute("INSERT INTO texts VALUES(?, ?, ?)", (seq, keys.tobytes(), story.body))
        indexed = [key for key in story.keys if key not in crowded]
        self._recent.put(self.connection, posting_id(seq, size), indexed)
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
        return self._tally.stories + self._added

    def finish(self) -> int | None:
        """Remove stories that dead processes left on hold, move postings that wait, and update the counts.

        Returns:
            The number of the transaction among those that have written; None if this one has not.
        """
        for seq in self._given_up:
            self._remove(seq)
        if self.connection.total_changes == self._changes:
            return None
        number = self._tally.writes + 1
        self.connection.execute(_TALLY, (self.count(), number, *self._recent.move(self.connection)))
        return number

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
        gone = [(key, seq, -seq) for key in unpacked_keys(row[0])]  # either: a rebuild may be going on
        self.connection.executemany("DELETE FROM postings WHERE key = ? AND story IN (?, ?)", gone)
        recent_postings.forget(self.connection, seq)
        self.connection.execute("DELETE FROM texts WHERE seq = ?", (seq,))
        self.connection.execute("DELETE FROM stories WHERE seq = ?", (seq,))
        sqlite_clusters.forget_empty(self.connection, row[1])
        self._added -= 1
