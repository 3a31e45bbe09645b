"""What one transaction asks of the tables, and writes into them."""

import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable
from itertools import repeat

from dedup.story_index.protocol import Stored, Story, beyond, posted, unpack

_IDENTICAL = (
    "SELECT seq, id, source, published, digest, keys, first_seen, last_seen, holder "
    "FROM stories WHERE digest = ? ORDER BY seq"
)
_STORIES = (
    "SELECT seq, id, source, published, digest, keys, first_seen, last_seen, holder "
    "FROM stories WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
_SHARING = "SELECT key, story FROM postings WHERE key IN (SELECT value FROM json_each(?))"
_TEXTS = "SELECT seq, body FROM texts WHERE seq IN (SELECT value FROM json_each(?))"
_NEWEST = "SELECT max(last_seen) FROM stories"
_PUT = (
    "INSERT INTO stories(id, source, published, digest, keys, first_seen, last_seen, holder) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
)
_OLDEST = "SELECT seq, last_seen FROM stories ORDER BY last_seen, seq LIMIT ?"


class SqliteView:
    """A transaction that reads.

    Attributes:
        connection: What upkeep asks its own questions of.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        now: Callable[[int], int],
        window: int | None,
        is_alive: Callable[[int], bool],
    ) -> None:
        self.connection = connection
        newest = connection.execute(_NEWEST).fetchone()[0]
        self._now = now(newest or 0)
        self._window = window
        self._is_alive = is_alive
        self._given_up: set[int] = set()

    def identical(self, digest: bytes) -> list[Stored]:
        """Give the stories with that folded text, the first stored first."""
        return self._counting(self.connection.execute(_IDENTICAL, (digest,)))

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """Give the key and the number of every story found under these keys, negative for a brief one."""
        return self.connection.execute(_SHARING, (_listed(keys),)).fetchall()

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Give those of the stories that still count: in the window, not given up by a dead holder."""
        return self._counting(self.connection.execute(_STORIES, (_listed(numbers),)))

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """Give the folded texts of stories, by number."""
        rows = self.connection.execute(_TEXTS, (_listed(numbers),))
        return {seq: unpack(body) for seq, body in rows}

    def _counting(self, rows: Iterable[tuple[object, ...]]) -> list[Stored]:
        counting = []
        for *columns, holder in rows:
            story = Stored(*columns)  # type: ignore[arg-type]
            if isinstance(holder, int) and not self._is_alive(holder):
                self._given_up.add(story.seq)
            elif self._window is None or story.last_seen >= self._now - self._window:
                counting.append(story)
        return counting


class SqliteWriting(SqliteView):
    """The transaction that writes."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        now: Callable[[int], int],
        window: int | None,
        is_alive: Callable[[int], bool],
        capacity: int | None,
        holder: Callable[[], int],
    ) -> None:
        super().__init__(connection, now=now, window=window, is_alive=is_alive)
        self._capacity = capacity
        self._holder = holder
        self._more = 0

    def put(self, story: Story, *, crowded: Collection[int], held: bool) -> Stored:
        """Store a story, under the keys that are not crowded."""
        now, size = self._now, len(story.keys)
        holder = self._holder() if held else None
        row = (story.id, story.source, story.published, story.digest, size, now, now, holder)
        seq = self.connection.execute(_PUT, row).lastrowid or 0
        keys = array("i", story.keys)
        self.connection.execute("INSERT INTO texts VALUES(?, ?, ?)", (seq, keys.tobytes(), story.body))
        indexed = [key for key in story.keys if key not in crowded]
        self.connection.executemany(
            "INSERT INTO postings VALUES(?, ?)", zip(indexed, repeat(posted(seq, size)), strict=False)
        )
        self._more += 1
        return Stored(seq, *row[:-1])

    def touch(self, number: int) -> None:
        """Note that a copy of the story was offered now."""
        self.connection.execute("UPDATE stories SET last_seen = ? WHERE seq = ?", (self._now, number))

    def stamp(self, number: int, first_seen: int, last_seen: int) -> None:
        """Give a story the days that it has in another index; none of them is in the future."""
        last_seen = min(last_seen, self._now)
        first_seen = min(first_seen, last_seen)
        query = "UPDATE stories SET first_seen = ?, last_seen = ? WHERE seq = ?"
        self.connection.execute(query, (first_seen, last_seen, number))

    def keep(self, numbers: Iterable[int]) -> None:
        """Make held stories of this process lasting."""
        ours = ((number, self._holder()) for number in numbers)
        self.connection.executemany("UPDATE stories SET holder = NULL WHERE seq = ? AND holder = ?", ours)

    def release(self, numbers: Iterable[int]) -> None:
        """Take held stories of this process out again."""
        for number in numbers:
            query = "SELECT 1 FROM stories WHERE seq = ? AND holder = ?"
            if self.connection.execute(query, (number, self._holder())).fetchone():
                self._remove(number)

    def evict(self, most: int) -> int:
        """Remove up to that many stories that are over the bounds."""
        if self._window is None and self._capacity is None:
            return 0
        over = self.count() - self._capacity if self._capacity is not None else 0
        last = self._now - self._window if self._window is not None else 0
        gone = beyond(self.connection.execute(_OLDEST, (most,)).fetchall(), over=over, last=last)
        for seq in gone:
            self._remove(seq)
        return len(gone)

    def clear_given_up(self) -> int:
        """Remove what dead holders left; how many stories went."""
        held = self.connection.execute("SELECT seq, holder FROM stories WHERE holder IS NOT NULL").fetchall()
        dead = [seq for seq, holder in held if not self._is_alive(holder)]
        for seq in dead:
            self._remove(seq)
        return len(dead)

    def count(self) -> int:
        """Give how many stories are stored, this transaction's among them."""
        stored: int = self.connection.execute("SELECT stories FROM tally").fetchone()[0]
        return stored + self._more

    def finish(self) -> None:
        """Take out what dead holders gave up, and write the count down."""
        for seq in self._given_up:
            self._remove(seq)
        if self._more:
            self.connection.execute("UPDATE tally SET stories = stories + ?", (self._more,))

    def _remove(self, seq: int) -> None:
        row = self.connection.execute("SELECT keys FROM texts WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            return
        keys = array("i", row[0])
        gone = zip(keys, repeat(posted(seq, len(keys))), strict=False)
        self.connection.executemany("DELETE FROM postings WHERE key = ? AND story = ?", gone)
        self.connection.execute("DELETE FROM texts WHERE seq = ?", (seq,))
        self.connection.execute("DELETE FROM stories WHERE seq = ?", (seq,))
        self._more -= 1


def _listed(numbers: Collection[int]) -> str:
    """Write whole numbers as a JSON list."""
    return str(list(numbers))
