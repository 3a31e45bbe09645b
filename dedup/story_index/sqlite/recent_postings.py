"""Postings of the latest stories, which wait until many can be moved to the table of postings together.

The keys of one story are far apart in that table: each would change a page of its own, which was most of
what storing a story wrote. So the keys of a new story go into one row of the table `recent`, and each process
keeps these rows in memory to look them up. Once there are `ROUND` of them, the writes that follow move their
postings in the order of the keys, each write a share of all keys: several then go to one page, and no write
takes long.
"""

import sqlite3
from array import array
from collections.abc import Collection, Iterable
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROUND = 4096
"""Stories that are moved together. At 100,000 stories three of their postings go to one page; a process needs
some 2 MB for those that wait (benchmarks/prefilter.py)."""
PACE = ROUND // 4
"""Stories during which a round is moved; as many shares of the keys."""
SORTED_AT = 256
"""Stories kept in a dict before their keys join the sorted arrays, which take a tenth of the memory."""
_ALL_KEYS = 2**32

_SINCE = "SELECT story, keys FROM recent WHERE seq > ? ORDER BY seq"
_WAITING = "SELECT story FROM recent WHERE seq IN (SELECT value FROM json_each(?))"
_WAIT = "INSERT INTO recent VALUES(?, ?, ?)"
_ONE = "SELECT story, keys FROM recent WHERE seq = ?"
_POST = "INSERT OR IGNORE INTO postings VALUES(?, ?)"
_FORGET = "DELETE FROM recent WHERE seq = ?"
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
    """Postings that wait, as one process knows them: those of removed stories included."""

    def __init__(self) -> None:
        self._progress = Progress(0, 0, 0, 0)
        self._keys: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._stories: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._unsorted: list[int] = []
        self._by_key: dict[int, list[int]] = {}

    def catch_up(self, connection: sqlite3.Connection, progress: Progress) -> None:
        """Read what others stored, and forget what was moved, since the transaction before this one."""
        known, self._progress = self._progress, progress
        if progress.moved != known.moved:
            self._sort()
            waits = np.abs(self._stories) > progress.moved
            self._keys, self._stories = self._keys[waits], self._stories[waits]
        if progress.last != known.last:
            since = max(known.last, progress.moved)
            rows = [(story, array("i", keys)) for story, keys in connection.execute(_SINCE, (since,))]
            if len(rows) < SORTED_AT:
                for story, keys in rows:
                    self._add(story, keys)
            else:
                self._insert(
                    chain.from_iterable(repeat(story, len(keys)) for story, keys in rows),
                    np.concatenate([keys for _, keys in rows]),
                )

    def put(self, connection: sqlite3.Connection, story: int, keys: Collection[int]) -> None:
        """Let the postings of a new story wait; a write that is undone makes this object useless."""
        if keys:
            connection.execute(_WAIT, (abs(story), story, array("i", keys).tobytes()))
            self._add(story, keys)
        self._progress = self._progress._replace(last=abs(story))

    def sharing(self, connection: sqlite3.Connection, keys: Collection[int]) -> list[tuple[int, int]]:
        """(key, posting id) of the stories under these keys whose postings were not moved."""
        found = [(key, story) for key in self._by_key.keys() & keys for story in self._by_key[key]]
        if self._keys.size:
            wanted = np.fromiter(keys, dtype=np.int32, count=len(keys))
            first = np.searchsorted(self._keys, wanted)
            is_found = self._keys.take(first, mode="clip") == wanted
            for at in np.flatnonzero(is_found).tolist():
                end = np.searchsorted(self._keys, wanted[at], side="right")
                found += [(int(wanted[at]), story) for story in self._stories[first[at] : end].tolist()]
        _, moved, moving, share = self._progress
        if moving > moved:
            end_of_moved = _first_key(share)
            found = [row for row in found if row[0] >= end_of_moved or abs(row[1]) > moving]
        return _waiting(connection, found) if found else []

    def move(self, connection: sqlite3.Connection) -> Progress:
        """Move the shares that are due into the table of postings; returns the progress to note."""
        last, moved, moving, share = self._progress
        if moving == moved:
            if last - moved < ROUND:
                return self._progress
            moving = last
        due = min(last - moving + 1, PACE)
        if due > share:
            connection.executemany(_POST, _waiting(connection, self._between(share, due, moving)))
        if due == PACE:
            connection.execute(_FORGET_ROUND, (moving,))
            return Progress(last, moving, moving, 0)
        return Progress(last, moved, moving, max(due, share))

    def _add(self, story: int, keys: Iterable[int]) -> None:
        for key in keys:
            self._by_key.setdefault(key, []).append(story)
        self._unsorted.append(story)
        if len(self._unsorted) >= SORTED_AT:
            self._sort()

    def _sort(self) -> None:
        """Move the postings of the dict to the sorted arrays."""
        by_key, self._by_key, self._unsorted = self._by_key, {}, []
        keys = chain.from_iterable(repeat(key, len(stories)) for key, stories in by_key.items())
        self._insert(chain.from_iterable(by_key.values()), np.fromiter(keys, dtype=np.int32))

    def _insert(self, stories: Iterable[int], keys: NDArray[np.int32]) -> None:
        order = np.argsort(keys, kind="stable")
        places = np.searchsorted(self._keys, keys[order])
        owners = np.fromiter(stories, dtype=np.int64, count=keys.size)
        self._keys = np.insert(self._keys, places, keys[order])
        self._stories = np.insert(self._stories, places, owners[order])

    def _between(self, share: int, end: int, moving: int) -> list[tuple[int, int]]:
        """Postings of the stories up to a number, in these shares of the keys, in order."""
        if self._unsorted and abs(self._unsorted[0]) <= moving:
            self._sort()
        places = slice(self._place(share), self._place(end))
        rows = zip(self._keys[places].tolist(), self._stories[places].tolist(), strict=True)
        return sorted(row for row in rows if abs(row[1]) <= moving)

    def _place(self, share: int) -> int:
        """Where a share of the keys begins."""
        if share == PACE:
            return self._keys.size
        return int(np.searchsorted(self._keys, np.int32(_first_key(share))))


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


def settle(connection: sqlite3.Connection, number: int) -> None:
    """Move the postings of one story now."""
    row = connection.execute(_ONE, (number,)).fetchone()
    if row is not None:
        connection.executemany(_POST, [(key, row[0]) for key in array("i", row[1])])
        forget(connection, number)
