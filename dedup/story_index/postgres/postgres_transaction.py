"""Write transactions on a server: one statement per call, all values bound."""

from collections.abc import Callable, Collection, Sequence

from dedup.model.known_boilerplate import KnownPassage
from dedup.story_index.index_boilerplate import EDITION, LEARNT, header_lines
from dedup.story_index.postgres import postgres_clusters
from dedup.story_index.postgres.postgres_server import Connection
from dedup.story_index.postgres.postgres_view import PostgresView, TransactionState, as_array
from dedup.story_index.protocol import Copy, Stored, Story, over_limit, posting_id
from dedup.story_index.ticket import NOBODY, WHILE_RUNNING, Ticket

_REPLACED = """
    WITH RECURSIVE chain AS (
        SELECT seq, replaces FROM stories WHERE seq = ANY(%s::integer[])
        UNION SELECT stories.seq, stories.replaces FROM stories JOIN chain ON stories.seq = chain.replaces)
    SELECT seq FROM chain
"""
"""Earlier versions and, of those that were still on hold, what they were to replace."""
_PUT = """
    WITH story AS (
        INSERT INTO stories
            (id, source, published, url, digest, letters, keys, first_seen, last_seen, secret, cluster,
             cluster_id, holder, held_until, replaces)
        VALUES(%(id)s, %(source)s, %(published)s, %(url)s, %(digest)b, %(letters)s, %(size)s, %(first)s,
               %(now)s, %(secret)s, %(cluster)s, %(cluster_id)s, %(holder)s, %(until)s, %(replaces)s)
        RETURNING seq),
    text AS (INSERT INTO texts SELECT seq, %(keys)s::integer[], %(body)b FROM story),
    posting AS (
        INSERT INTO postings SELECT key, seq * %(sign)s FROM story, unnest(%(indexed)s::integer[]) key),
    counted AS (UPDATE tally SET stories = stories + 1)
    SELECT seq FROM story
"""
_REMOVE = """
    WITH gone AS (DELETE FROM texts WHERE seq = ANY(%(gone)s::integer[]) RETURNING seq, keys),
    old AS (SELECT unnest(keys) AS key, seq FROM gone),
    unposted AS (
        DELETE FROM postings USING old
        WHERE postings.key = old.key AND postings.story IN (old.seq, -old.seq)),
    removed AS (
        DELETE FROM stories WHERE seq = ANY(%(gone)s::integer[]) RETURNING coalesce(cluster, seq) AS cluster),
    forgotten AS (
        DELETE FROM copies USING removed WHERE copies.cluster = removed.cluster AND NOT EXISTS (
            SELECT FROM stories WHERE (stories.seq = removed.cluster OR stories.cluster = removed.cluster)
            AND stories.seq <> ALL(%(gone)s::integer[])))
    UPDATE tally SET stories = stories - (SELECT count(*) FROM removed)
"""
_OLDEST = "SELECT seq, last_seen FROM stories ORDER BY last_seen, seq LIMIT %s"
_HELD = "SELECT seq, holder, held_until FROM stories WHERE holder IS NOT NULL"
_HOLDS = "SELECT seq, secret, holder, replaces FROM stories WHERE seq = ANY(%s::bigint[])"
_KEEP = "UPDATE stories SET holder = NULL, held_until = NULL, replaces = NULL WHERE seq = ANY(%s::bigint[])"
_CLAMP = """
    UPDATE stories SET last_seen = least(last_seen, %(now)s), first_seen = least(first_seen, %(now)s)
    WHERE last_seen > %(now)s OR first_seen > %(now)s
"""
_RESTORE = (
    "UPDATE stories SET first_seen = %s, last_seen = %s, cluster_id = coalesce(%s, cluster_id) WHERE seq = %s"
)


class PostgresWriting(PostgresView):
    """The write transaction."""

    def __init__(self, connection: Connection, state: TransactionState, *, holder: Callable[[], int]) -> None:
        super().__init__(connection, state)
        self._holder = holder
        self._added = 0

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
        size, now = len(story.keys), self._state.now
        replaced = joins if replaces else None
        first = now if replaced is None else replaced.first_seen
        cluster, cluster_id = (None, None) if joins is None else (joins.cluster, joins.cluster_id)
        values = {
            "id": story.id,
            "source": story.source,
            "published": story.published,
            "url": story.url,
            "digest": story.digest,
            "letters": story.letters,
            "size": size,
            "first": first,
            "now": now,
            "cluster": cluster,
            "cluster_id": cluster_id,
            "secret": secret,
            "holder": self._holder() if hold == WHILE_RUNNING else None if hold is None else NOBODY,
            "until": now + hold if hold else None,
            "replaces": None if hold is None or replaced is None else replaced.seq,
            "keys": as_array(story.keys),
            "body": story.body,
            "sign": posting_id(1, size),
            "indexed": as_array([key for key in story.keys if key not in crowded]),
        }
        ((seq,),) = self.connection.execute(_PUT, values).fetchall()
        self._added += 1
        if cluster is not None:
            postgres_clusters.forget_copy(self.connection, cluster, source=story.source, identity=story.id)
        if hold is None and replaced is not None:
            self._remove_replaced([replaced.seq])
        origin = (story.id, story.source, story.published, story.url, story.digest, story.letters)
        joined = (cluster or seq, cluster_id or story.id)
        return Stored(seq, *origin, size, first, now, secret, *joined, on_hold=hold is not None)

    def add_copy(self, cluster: int, copy: Copy) -> None:
        """Record a copy that is not stored."""
        postgres_clusters.add_copy(self.connection, cluster, copy, now=self._state.now)

    def remove_copies(self, name: str) -> int:
        """Forget the copies of which this is the id or the URL; returns their number."""
        return postgres_clusters.forget_named(self.connection, name)

    def mark_seen(self, number: int) -> None:
        """Set the time at which the story was last offered to now."""
        self.connection.execute("UPDATE stories SET last_seen = %s WHERE seq = %s", (self._state.now, number))

    def clamp_times(self) -> None:
        """Set stamps in the future to now."""
        self.connection.execute(_CLAMP, {"now": self._state.now})

    def restore(self, number: int, *, first_seen: int, last_seen: int, cluster_id: str | None) -> None:
        """Set what an import knows of a story that was just stored."""
        last_seen = min(last_seen, self._state.now)
        self.connection.execute(_RESTORE, (min(first_seen, last_seen), last_seen, cluster_id, number))

    def keep(self, tickets: Sequence[Ticket]) -> None:
        """Store stories that are on hold for good; TicketError for what is no ticket of a story."""
        replaced = [replaces for _, replaces in self._check(tickets).values() if replaces is not None]
        self.connection.execute(_KEEP, (as_array([ticket.seq for ticket in tickets]),))
        self._remove_replaced(replaced)

    def release(self, tickets: Sequence[Ticket]) -> None:
        """Remove stories that are on hold; TicketError for what is no ticket of such a story."""
        on_hold = self._check(tickets)
        for ticket in tickets:
            if not on_hold[ticket.seq][0]:
                raise ticket.already_kept(self._state.place)
        self._remove(sorted(on_hold))

    def _check(self, tickets: Sequence[Ticket]) -> dict[int, tuple[bool, int | None]]:
        """Whether each of these stories is on hold, and what it replaces; TicketError without a story."""
        rows = self._rows(_HOLDS, as_array([ticket.seq for ticket in tickets]))
        secrets = {seq: secret for seq, secret, _, _ in rows}
        for ticket in tickets:
            ticket.check(self._state.place, secret=secrets.get(ticket.seq))
        self._given_up.difference_update(secrets)
        return {seq: (holder is not None, replaces) for seq, _, holder, replaces in rows}

    def remove(self, numbers: Collection[int]) -> None:
        """Remove stories, whether they are on hold or not."""
        self._given_up.difference_update(numbers)
        self._remove(numbers)

    def set_boilerplate(self, passages: Sequence[KnownPassage]) -> None:
        """Let the index know these passages, instead of those that it was taught before."""
        self.connection.execute("DELETE FROM header WHERE name IN (%s, %s)", (LEARNT, EDITION))
        for line in header_lines(passages, self._state.recipe):
            self.connection.execute("INSERT INTO header VALUES(%s, %s)", line)

    def evict(self, most: int) -> int:
        """Remove at most `most` stories that are over the limits; returns their number."""
        window, capacity = self._state.window, self._state.capacity
        if window is None and capacity is None:
            return 0
        over = self._state.stories + self._added - capacity if capacity is not None else 0
        last = self._state.now - window if window is not None else 0
        gone = over_limit(self.connection.execute(_OLDEST, (most,)).fetchall(), over=over, last=last)
        self._remove(gone)
        return len(gone)

    def clear_given_up(self) -> int:
        """Remove stories that dead processes left on hold; returns their number."""
        dead = [seq for seq, holder, until in self._rows(_HELD) if not self._counts(holder, until)]
        self._remove(dead)
        return len(dead)

    def finish(self) -> None:
        """Remove stories that dead processes left on hold."""
        self._remove(sorted(self._given_up))

    def _remove_replaced(self, numbers: Collection[int]) -> None:
        if numbers:
            self._remove([seq for (seq,) in self._rows(_REPLACED, as_array(numbers))])

    def _remove(self, numbers: Collection[int]) -> None:
        if numbers:
            self.connection.execute(_REMOVE, {"gone": as_array(numbers)})
            self._added -= len(numbers)
