"""Read transactions on a server: one statement per call, all values bound."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from dedup.model.recipe import Recipe
from dedup.story_index.index_boilerplate import IndexBoilerplate
from dedup.story_index.postgres import postgres_clusters
from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.protocol import NAMED, Copy, Stored, StoryText, unpack

_COLUMNS = (
    "seq, id, source, published, url, digest, letters, keys, "
    "first_seen, last_seen, secret, coalesce(cluster, seq), coalesce(cluster_id, id), holder, held_until"
)
_IDENTICAL = f"SELECT {_COLUMNS} FROM stories WHERE digest = %b ORDER BY seq"  # noqa: S608 - all ours
_STORIES = f"SELECT {_COLUMNS} FROM stories WHERE seq = ANY(%s::integer[]) ORDER BY seq"  # noqa: S608
_NAMED = (
    f"(SELECT {_COLUMNS} FROM stories WHERE id = ANY(%(names)s) ORDER BY seq DESC LIMIT {NAMED}) "  # noqa: S608
    f"UNION (SELECT {_COLUMNS} FROM stories WHERE url <> '' AND url = ANY(%(names)s) "
    f"ORDER BY seq DESC LIMIT {NAMED}) ORDER BY seq DESC"
)
_CLUSTER = f"SELECT {_COLUMNS} FROM stories WHERE seq = %s OR cluster = %s ORDER BY seq"  # noqa: S608
_SHARING = "SELECT key, story FROM postings WHERE key = ANY(%s::integer[])"
_LENGTHS = "SELECT key, count(*) FROM postings WHERE key = ANY(%s::integer[]) GROUP BY key"
_TEXTS = "SELECT seq, body FROM texts WHERE seq = ANY(%s::integer[])"


@dataclass(frozen=True, slots=True)
class TransactionState:
    """Facts that are fixed when a transaction begins.

    Attributes:
        place: The name of the index in messages.
        now: The time, in milliseconds since 1970.
        stories: The number of stored stories.
        window: Milliseconds after which a story expires; None for never.
        capacity: Most stories; None for no limit.
        alive: Returns the holders that are still connected.
        known: Returns the boilerplate that the index was taught.
        recipe: That of the index.
    """

    place: str
    now: int
    stories: int
    window: int | None
    capacity: int | None
    alive: Callable[[], frozenset[int]]
    known: Callable[[], IndexBoilerplate]
    recipe: Recipe


class PostgresView:
    """A read transaction.

    Attributes:
        connection: For the queries of maintenance.
    """

    def __init__(self, connection: Connection, state: TransactionState) -> None:
        self.connection = connection
        self._state = state
        self._alive: frozenset[int] | None = None
        self._given_up: set[int] = set()

    @property
    def boilerplate(self) -> IndexBoilerplate:
        """What the index was taught."""
        return self._state.known()

    def identical(self, digest: bytes) -> list[Stored]:
        """Stories with the folded text of that digest, in the order they were stored."""
        return self._in_force(self._rows(_IDENTICAL, digest))

    def named(self, names: Collection[str]) -> list[Stored]:
        """Stories of which the id or the URL is one of these, the latest first."""
        if not names:
            return []
        rows = self.connection.execute(_NAMED, {"names": list(names)}, binary=True)
        return self._in_force(rows.fetchall())

    def sharing(self, keys: Collection[int]) -> list[tuple[int, int]]:
        """(key, posting id) of every story indexed under these keys."""
        return self._rows(_SHARING, as_array(keys))

    def lengths(self, keys: Collection[int]) -> dict[int, int]:
        """How many stories are indexed under each of these keys."""
        return dict(self._rows(_LENGTHS, as_array(keys)))

    def stories(self, numbers: Collection[int]) -> list[Stored]:
        """Those of the stories that are in the window and not left on hold by a dead process."""
        return self._in_force(self._rows(_STORIES, as_array(numbers)))

    def texts(self, numbers: Collection[int]) -> dict[int, StoryText]:
        """Titles and texts of stories, by number."""
        return {seq: unpack(body) for seq, body in self._rows(_TEXTS, as_array(numbers))}

    def cluster(self, number: int) -> list[Stored]:
        """The stored stories of a cluster, in the order they were stored."""
        return self._in_force(self._rows(_CLUSTER, number, number))

    def copies(self, number: int) -> list[Copy]:
        """Copies of the stories of a cluster that were not stored, in the order they were first offered."""
        return postgres_clusters.copies(self.connection, number)

    def cluster_size(self, number: int) -> int:
        """How many stories and copies a cluster has."""
        return postgres_clusters.size(self.connection, number)

    def copied(self, name: str) -> list[int]:
        """Clusters with a copy of which this is the id or the URL."""
        return postgres_clusters.copied(self.connection, name)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values, binary=True).fetchall()

    def _in_force(self, rows: Iterable[tuple[Any, ...]]) -> list[Stored]:
        in_force = []
        for *columns, holder, until in rows:
            story = Stored(*[*columns, holder is not None])
            if story.on_hold and not self._counts(holder, until):
                self._given_up.add(story.seq)
            elif self._state.window is None or story.last_seen >= self._state.now - self._state.window:
                in_force.append(story)
        return in_force

    def _counts(self, holder: int, until: int | None) -> bool:
        """Whether a hold has not ended: it has a time of its own, or ends with its session."""
        return self._is_alive(holder) if until is None else self._state.now <= until

    def _is_alive(self, holder: int) -> bool:
        """Whether the session that holds a story is still connected.

        The row was written after its holder connected, and before this query, so a missing holder is dead.
        """
        if self._alive is None:
            self._alive = self._state.alive()
        return holder in self._alive


def as_array(numbers: Collection[int]) -> str:
    """Format integers as a PostgreSQL array."""
    return "{" + str(list(numbers))[1:-1] + "}"
