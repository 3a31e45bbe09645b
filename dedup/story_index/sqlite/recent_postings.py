"""Postings of the latest stories, which wait until many can be moved to the table of postings together.

The keys of one story are far apart in that table: each would change a page of its own, which was most of
what storing a story wrote. So the keys of a new story go into one row of the table `recent`, and each process
keeps these rows in memory to look them up. Once there are `ROUND` of them, the writes that follow move their
postings in the order of the keys, each write a share of all keys: several then go to one page, and no write
takes long.
"""

import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.story_index.sqlite.key_filter import KEYS_A_STORY, KeyFilter, note_keys
from dedup.story_index.sqlite.stored_rows import checked, unpacked_keys

ROUND = 4096
"""Stories that are moved together: about five postings for each page of the table at 100,000 stories, at the
price of some 10 MB in each process."""
PACE = ROUND // 4
"""Stories during which a round is moved; as many shares of the keys."""
_ALL_KEYS = 2**32

_SINCE = "SELECT story, keys FROM recent WHERE seq > ? ORDER BY seq"
_WAITING = "SELECT story FROM recent WHERE seq IN (SELECT value FROM json_each(?))"
_WAIT = "INSERT INTO recent VALUES(?, ?, ?)"
_ONE = "SELECT story, keys FROM recent WHERE seq = ?"
_POST = "INSERT OR IGNORE INTO postings VALUES(?, ?)"
_FORGET = "DELETE FROM recent WHERE seq = ?"
_SETTLED = "UPDATE recent SET story = 0 WHERE seq = ?"
"""It stays there, so that other processes learn that the table has its keys."""
_FORGET_ROUND = "DELETE FROM recent WHERE seq <= ?"


class Progress(NamedTuple):
    """How far postings were moved, as noted in the table `tally`.

    Attributes:
        last: The highest number that a story was given; none is given twice.
        moved: All stories up to this number are in the table of postings.
        moving: Those up to this number are being moved; `moved` between two rounds.
        share: How many shares of the keys were moved in this round.
    """

    last: int
    moved: int
    moving: int
    share: int


class Tally(NamedTuple):
    """What the table `tally` counts.

    Attributes:
        stories: Stories, those on hold included.
        writes: Transactions that have changed the index.
        progress: See `Progress`.
    """

    stories: int
    writes: int
    progress: Progress


class RecentPostings:
    """Postings that wait to be moved, as one process knows them; they include those of removed stories.

    Attributes:
        is_ahead: Whether it is of no use if this transaction is undone: stories were put or moved in it.
    """

    def __init__(self) -> None:
        self.is_ahead = False
        self._stories = self._read_at = 0
        self._progress = Progress(0, 0, 0, 0)
        self._newer: dict[int, list[int]] = {}
        self._moving: dict[int, list[int]] = {}
        self._round = 0
        self._in_order: NDArray[np.int64] | None = None
        self._filter: KeyFilter | None = None

    def catch_up(self, connection: sqlite3.Connection, tally: Tally) -> None:
        """Read what others stored, and forget what was moved, since the transaction before this one."""
        known, self._progress = self._progress, tally.progress
        progress, self._stories = tally.progress, tally.stories
        if progress.moved > known.last:  # stories that this process has not seen
            self._filter = None
        if progress.moved != known.moved:
            self._end_round(progress.moved)
        if progress.moving > max(progress.moved, self._round):
            self._begin_round(progress.moving)
        if progress.last != known.last:
            since = max(known.last, progress.moved)
            for story, keys in connection.execute(_SINCE, (since,)):
                checked((story,), (int,), "a waiting story has no number")
                self._add(story, unpacked_keys(keys))
        self.is_ahead = False

    def put(self, connection: sqlite3.Connection, story: int, keys: Collection[int]) -> None:
        """Let the postings of a new story wait."""
        if keys:
            connection.execute(_WAIT, (abs(story), story, array("i", keys).tobytes()))
            self._add(story, keys)
        self._progress = self._progress._replace(last=abs(story))
        self._stories += 1
        self.is_ahead = True

    def sharing(self, connection: sqlite3.Connection, keys: Collection[int]) -> list[tuple[int, int]]:
        """(key, posting id) of the stories under these keys whose postings were not moved."""
        end_of_moved = _first_key(self._progress.share)
        waiting = [(key, story) for key in self._newer.keys() & keys for story in self._newer[key]]
        waiting += [
            (key, story)
            for key in self._moving.keys() & keys
            if key >= end_of_moved
            for story in self._moving[key]
        ]
        return _waiting(connection, waiting) if waiting else []

    def may_share(self, keys: Collection[int], *, least: int) -> bool:
        """Whether a story may have so many of these keys, as far as this process knows."""
        waiting = (self._newer, self._moving)
        stories = Counter(story for some in waiting for key in some.keys() & keys for story in some[key])
        if any(shared >= least for shared in stories.values()):
            return True
        return self._filter is not None and len(self._filter.select(list(keys))) >= least

    def in_table(self, connection: sqlite3.Connection, keys: Sequence[int]) -> list[int]:
        """Those of the keys under which the table of postings may have stories."""
        since = self._progress.last - self._read_at
        if self._filter is None or not self._filter.suits(self._stories) or since > max(self._stories, ROUND):
            self._filter, self._read_at = KeyFilter(connection, stories=self._stories), self._progress.last
        perhaps_moved = self._moving.keys() & keys  # the filter gets these at the end of a round
        perhaps_settled = self._newer.keys() & keys
        return sorted({*self._filter.select(keys), *perhaps_moved, *perhaps_settled})

    def move(self, connection: sqlite3.Connection) -> Progress:
        """Move the shares that are due into the table of postings; returns the progress to note."""
        last, moved, moving, share = self._progress
        if moving == moved:
            if last - moved < ROUND:
                return self._progress
            moving = last
            self.is_ahead = True
            self._progress = self._progress._replace(moving=moving)
            self._begin_round(moving)
        due = min(last - moving + 1, PACE)
        if due > share:
            self.is_ahead = True
            postings = _waiting(connection, self._between(share, due))
            keys_a_story = len(self._moving) / (moving - moved)
            post(connection, postings, stories=self._stories, keys_a_story=keys_a_story)
        if due == PACE:
            connection.execute(_FORGET_ROUND, (moving,))
            return Progress(last, moving, moving, 0)
        return Progress(last, moved, moving, max(due, share))

    def _add(self, story: int, keys: Collection[int]) -> None:
        if story:
            by_key = self._moving if abs(story) <= self._round else self._newer
            for key in keys:
                by_key.setdefault(key, []).append(story)
        elif self._filter is not None:  # settled: the table has them already
            self._filter.add(keys)

    def _begin_round(self, moving: int) -> None:
        """Keep the stories so far, which are those up to a number, apart from later ones."""
        self._moving, self._newer = self._newer, {}
        self._round = moving
        self._in_order = None

    def _end_round(self, moved: int) -> None:
        """Forget the stories up to a number; those of a round are forgotten as a whole."""
        over = [self._moving] if moved == self._round else [self._moving, self._newer]
        if self._filter is not None:
            for by_key in over:
                self._filter.add(by_key)
        self._moving = {}
        if moved != self._round:  # this process has not seen the round begin
            left = ((key, [each for each in some if abs(each) > moved]) for key, some in self._newer.items())
            self._newer = {key: stories for key, stories in left if stories}
        self._round = moved

    def _between(self, share: int, end: int) -> list[tuple[int, int]]:
        """Postings of the stories of this round, in these shares of the keys, in the order of the keys."""
        if self._in_order is None:
            self._in_order = np.sort(np.fromiter(self._moving, dtype=np.int64, count=len(self._moving)))
        first, last = np.searchsorted(self._in_order, (_first_key(share), _first_key(end))).tolist()
        keys = self._in_order[first:last].tolist()
        return [(key, story) for key in keys for story in self._moving[key]]


def _first_key(share: int) -> int:
    """The lowest key of a share."""
    return _ALL_KEYS * share // PACE - _ALL_KEYS // 2


def _waiting(connection: sqlite3.Connection, postings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the postings whose stories still wait: others were removed, or moved."""
    asked = sorted({abs(story) for _, story in postings})
    waiting = {story for (story,) in connection.execute(_WAITING, (str(asked),))}
    return [row for row in postings if row[1] in waiting]


def forget(connection: sqlite3.Connection, number: int) -> None:
    """Forget the postings that wait of a story that is removed."""
    connection.execute(_FORGET, (number,))


def settle(connection: sqlite3.Connection, number: int, *, stories: int) -> None:
    """Move the postings of one of so many stories now."""
    row = connection.execute(_ONE, (number,)).fetchone()
    if row is not None and row[0]:
        postings = [(key, row[0]) for key in unpacked_keys(row[1])]
        post(connection, postings, stories=stories, keys_a_story=math.inf)
        connection.execute(_SETTLED, (number,))


def post(
    connection: sqlite3.Connection,
    postings: Sequence[tuple[int, int]],
    *,
    stories: int,
    keys_a_story: float = KEYS_A_STORY,
) -> None:
    """Store postings in the table of an index of so many stories; see `note_keys`."""
    connection.executemany(_POST, postings)
    note_keys(connection, [key for key, _ in postings], stories=stories, keys_a_story=keys_a_story)
