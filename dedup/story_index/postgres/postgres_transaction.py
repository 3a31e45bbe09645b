"""What one transaction asks of the tables, and writes into them: a statement an answer, all values bound."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from dedup.model.errors import IndexServerError
from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.protocol import BRIEF, Stored, Story, beyond, posted, unpack

_COLUMNS = "seq, id, source, published, digest, keys, first_seen, last_seen, holder"
_IDENTICAL = f"SELECT {_COLUMNS} FROM stories WHERE digest = %b ORDER BY seq"  # noqa: S608 - all ours
_STORIES = f"SELECT {_COLUMNS} FROM stories WHERE seq = ANY(%s::integer[]) ORDER BY seq"  # noqa: S608
_SHARING = "SELECT key, story FROM postings WHERE key = ANY(%s::integer[])"
_TEXTS = "SELECT seq, body FROM texts WHERE seq = ANY(%s::integer[])"
_PUT = """
    WITH story AS (
        INSERT INTO stories(id, source, published, digest, keys, first_seen, last_seen, holder)
        VALUES(%(id)s, %(source)s, %(published)s, %(digest)b, %(size)s, %(now)s, %(now)s, %(holder)s)
        RETURNING seq),
    text AS (INSERT INTO texts SELECT seq, %(keys)s::integer[], %(body)b FROM story),
    posting AS (
        INSERT INTO postings SELECT key, seq * %(sign)s FROM story, unnest(%(indexed)s::integer[]) key),
    counted AS (UPDATE tally SET stories = stories + 1)
    SELECT seq FROM story
"""
_REMOVE = """
    WITH gone AS (DELETE FROM texts WHERE seq = ANY(%(gone)s::integer[]) RETURNING seq, keys),
    old AS (
        SELECT unnest(keys) AS key, CASE WHEN cardinality(keys) <= %(brief)s THEN -seq ELSE seq END AS story
        FROM gone),
    unposted AS (DELETE FROM postings USING old WHERE postings.key = old.key AND postings.story = old.story),
    removed AS (DELETE FROM stories WHERE seq = ANY(%(gone)s::integer[]) RETURNING 1)
    UPDATE tally SET stories = stories - (SELECT count(*) FROM removed)
"""
_OLDEST = "SELECT seq, last_seen FROM stories ORDER BY last_seen, seq LIMIT %s"
_HELD = "SELECT seq, holder FROM stories WHERE holder IS NOT NULL"
_KEEP = "UPDATE stories SET holder = NULL WHERE seq = ANY(%s::integer[]) AND holder = %s"
_OURS = "SELECT seq FROM stories WHERE seq = ANY(%s::integer[]) AND holder = %s"
_STAMP = "UPDATE stories SET first_seen = %s, last_seen = %s WHERE seq = %s"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a transaction is told when it begins.

    Attributes:
        place: What messages call the index.
        now: The time, in milliseconds since 1970.
        stories: How many are stored.
        window: Milliseconds after which a story does not count; None for never.
        capacity: Stories beyond which the oldest go; None for any number.
        alive: Gives the holders that are still connected.
    """

    place: str
    now: int
    stories: int
    window: int | None
    capacity: int | None
    alive: Callable[[], frozenset[int]]


class PostgresView:
    """A transaction that reads.

    Attributes:
        connection: What upkeep asks its own questions of.
    """

    def __init__(self, connection: Connection, terms: Terms) -> None:
        self.connection = connection
        self._terms = terms
        self._alive: frozenset[int] | None = None
        self._given_up: set[int] = set()

    def identical(self, digest: bytes) -> list[Stored]:
        """Give the stories with that folded text, the first stored first."""
        return self._counting(self._rows(_IDENTICAL, digest))

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """Give the key and the number of every story found under these keys, negative for a brief one."""
        return self._rows(_SHARING, _listed(keys))

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Give those of the stories that still count: in the window, not given up by a dead holder."""
        return self._counting(self._rows(_STORIES, _listed(numbers)))

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """Give the folded texts of stories, by number."""
        return {seq: unpack(body) for seq, body in self._rows(_TEXTS, _listed(numbers))}

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values, binary=True).fetchall()

    def _counting(self, rows: Iterable[tuple[Any, ...]]) -> list[Stored]:
        counting = []
        for *columns, holder in rows:
            story = Stored(*columns)
            if holder is not None and not self._is_alive(holder):
                self._given_up.add(story.seq)
            elif self._terms.window is None or story.last_seen >= self._terms.now - self._terms.window:
                counting.append(story)
        return counting

    def _is_alive(self, holder: int) -> bool:
        """Whether the session that holds a story is still connected.

        The row was written after its holder connected, and was there before this is asked.
        """
        if self._alive is None:
            self._alive = self._terms.alive()
        return holder in self._alive


class PostgresWriting(PostgresView):
    """The transaction that writes."""

    def __init__(
        self, connection: Connection, terms: Terms, *, holder: Callable[[], int], was_lost: bool
    ) -> None:
        super().__init__(connection, terms)
        self._holder = holder
        self._was_lost = was_lost
        self._more = 0

    def put(self, story: Story, *, crowded: Collection[int], held: bool) -> Stored:
        """Store a story, under the keys that are not crowded."""
        size, now = len(story.keys), self._terms.now
        values = {
            "id": story.id,
            "source": story.source,
            "published": story.published,
            "digest": story.digest,
            "size": size,
            "now": now,
            "holder": self._holder() if held else None,
            "keys": _listed(story.keys),
            "body": story.body,
            "sign": posted(1, size),
            "indexed": _listed([key for key in story.keys if key not in crowded]),
        }
        ((seq,),) = self.connection.execute(_PUT, values).fetchall()
        self._more += 1
        return Stored(seq, story.id, story.source, story.published, story.digest, size, now, now)

    def touch(self, number: int) -> None:
        """Note that a copy of the story was offered now."""
        self.connection.execute("UPDATE stories SET last_seen = %s WHERE seq = %s", (self._terms.now, number))

    def stamp(self, number: int, first_seen: int, last_seen: int) -> None:
        """Give a story the days that it has in another index; none of them is in the future."""
        last_seen = min(last_seen, self._terms.now)
        self.connection.execute(_STAMP, (min(first_seen, last_seen), last_seen, number))

    def keep(self, numbers: Iterable[int]) -> None:
        """Make held stories of this process lasting.

        Raises:
            IndexServerError: The connection was lost meanwhile, and others took the stories for given up.
        """
        held = _listed(numbers := list(numbers))
        self.connection.execute(_KEEP, (held, self._holder()))
        if self._was_lost:
            query = "SELECT seq FROM stories WHERE seq = ANY(%s::integer[])"
            missing = set(numbers) - {seq for (seq,) in self._rows(query, held)}
            if missing:
                raise IndexServerError(
                    f"{self._terms.place}: the connection was lost while {len(missing)} stories were on "
                    "hold, and they were given up; offer them again"
                )

    def release(self, numbers: Iterable[int]) -> None:
        """Take held stories of this process out again."""
        self._remove([seq for (seq,) in self._rows(_OURS, _listed(list(numbers)), self._holder())])

    def evict(self, most: int) -> int:
        """Remove up to that many stories that are over the bounds."""
        window, capacity = self._terms.window, self._terms.capacity
        if window is None and capacity is None:
            return 0
        over = self._terms.stories + self._more - capacity if capacity is not None else 0
        last = self._terms.now - window if window is not None else 0
        gone = beyond(self.connection.execute(_OLDEST, (most,)).fetchall(), over=over, last=last)
        self._remove(gone)
        return len(gone)

    def clear_given_up(self) -> int:
        """Remove what dead holders left; how many stories went."""
        dead = [seq for seq, holder in self._rows(_HELD) if not self._is_alive(holder)]
        self._remove(dead)
        return len(dead)

    def finish(self) -> None:
        """Take out what dead holders gave up."""
        self._remove(sorted(self._given_up))

    def _remove(self, numbers: Collection[int]) -> None:
        if numbers:
            self.connection.execute(_REMOVE, {"gone": _listed(numbers), "brief": BRIEF})
            self._more -= len(numbers)


def _listed(numbers: Collection[int]) -> str:
    """Write whole numbers as an array."""
    return "{" + str(list(numbers))[1:-1] + "}"
