"""Read transactions on a SQLite file."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import batched, repeat

from dedup.story_index.index_boilerplate import IndexBoilerplate
from dedup.story_index.protocol import NAMED, Copy, Stored, StoryText
from dedup.story_index.sqlite import sqlite_clusters
from dedup.story_index.sqlite.recent_postings import RecentPostings
from dedup.story_index.sqlite.stored_rows import STORY, checked, damaged, unpacked_text

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
_LENGTHS = "SELECT key, count(*) FROM postings WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key"
_TEXTS = "SELECT seq, body FROM texts WHERE seq IN (SELECT value FROM json_each(?))"
_AT_ONCE, _STEP = 512, 8
"""Most keys that one query looks up, and the step in which queries grow: each size is compiled once."""


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
        recent: RecentPostings,
    ) -> None:
        self.connection = connection
        self._known = known
        self._recent = recent
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
        rows = self._recent.sharing(self.connection, keys)
        for some in batched(self._recent.in_table(self.connection, list(keys)), _AT_ONCE):
            size = -(-len(some) // _STEP) * _STEP
            wanted = (*some, *repeat(None, size - len(some)))  # no posting has the key NULL
            rows += self.connection.execute(_sharing(size), wanted).fetchall()
        return rows

    def lengths(self, keys: Collection[int]) -> dict[int, int]:
        """How many stories are indexed under each of these keys."""
        lengths = Counter(dict(self.connection.execute(_LENGTHS, (_as_list(keys),))))
        lengths.update(key for key, _ in self._recent.sharing(self.connection, keys))
        return lengths

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Those of the stories that are in the window and not left on hold by a dead process."""
        return self._in_force(self.connection.execute(_STORIES, (_as_list(numbers),)))

    def texts(self, numbers: Collection[int]) -> dict[int, StoryText]:
        """Titles and texts of stories, by number."""
        rows = self.connection.execute(_TEXTS, (_as_list(numbers),))
        texts = {seq: unpacked_text(body) for seq, body in rows}
        if len(texts) < len(set(numbers)):
            raise damaged("a story has no text")
        return texts

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
            checked(columns, STORY, "a story cannot be read")
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


@cache
def _sharing(size: int) -> str:
    """The query for the postings of so many keys; as values they take half as long as in JSON."""
    values = ", ".join(["(?)"] * size)
    wanted = f"WITH wanted(key) AS (VALUES {values})"
    return f"{wanted} SELECT key, story FROM wanted CROSS JOIN postings USING (key)"  # noqa: S608


def _as_list(numbers: Collection[int]) -> str:
    """Format integers as a JSON list."""
    return str(list(numbers))
