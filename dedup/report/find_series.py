"""The step `series`: judged texts -> sets of texts that fill one template, each around a representative.

Every member has a `template` verdict with the representative. There are no chains, so two templates that
share a phrase stay separate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched, islice

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.skeleton import Placed, Skeleton, lay, skeleton
from dedup.core import WordColumn
from dedup.model import Document
from dedup.model.lazy_rows import LazyRows
from dedup.model.records import Series, SeriesMember
from dedup.model.rows import TEMPLATE
from dedup.report.archive import Archive
from dedup.text.written_passages import WrittenPassages

LEAST = 3
"""Minimum number of texts in a series."""

SAMPLE = 32
"""Maximum number of texts, besides the representative, from which the wording is derived."""

WORDS = 1000
"""Maximum number of words of a text that are searched for slot values."""

TEXTS = 1024
"""Maximum number of texts that are read at once, unless one series has more."""

SPELT = 32
"""Texts all of whose words are in memory at once, rather than the first `WORDS`."""

type Numbers = NDArray[np.int64]


def find_series(judged: JudgedPairs) -> list[Numbers]:
    """Group texts around representatives; each text is in at most one series.

    The representative is the text with the most template pairs (the first in case of a tie): it was compared
    with all members.

    Returns:
        Numbers of the texts of each series, the representative first, then ascending.
    """
    template = judged.verdicts == TEMPLATE
    left, right = judged.left[template], judged.right[template]
    ours, theirs = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.lexsort((theirs, ours))
    ours, theirs = ours[order], theirs[order]
    texts, starts, degrees = np.unique(ours, return_index=True, return_counts=True)
    taken = np.zeros(int(texts.max(initial=-1)) + 1, dtype=np.bool_)
    series = []
    for place in np.lexsort((texts, -degrees)).tolist():
        text, start = texts[place], starts[place]
        members = theirs[start : start + degrees[place]]
        members = members[~taken[members]]
        if not taken[text] and members.size + 1 >= LEAST:
            series.append(np.append(text, members))
            taken[series[-1]] = True
    return series


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SeriesRows(LazyRows[Series]):
    """The series of a report; texts are read and slots filled on request.

    Attributes:
        archive: The documents.
        series: Documents of each series, the representative first, then in order of time.
    """

    archive: Archive
    series: Sequence[Numbers]

    def __len__(self) -> int:
        return len(self.series)

    def __iter__(self) -> Iterator[Series]:
        """Make series with `TEXTS` texts together, or one that has more."""
        return self._made(range(len(self)))

    def records(self, start: int, stop: int) -> list[Series]:
        """Make some series and their members."""
        return list(self._made(range(start, stop)))

    def _made(self, rows: range) -> Iterator[Series]:
        sizes = [self.series[row].size for row in rows]
        for group in _groups(sizes):
            if sizes[group.start] > TEXTS:
                yield self._large(rows[group.start])
            else:
                yield from self._small(rows[group])

    def _small(self, rows: range) -> Iterator[Series]:
        """Make series whose texts are read together."""
        documents = np.concatenate([self.series[row] for row in rows])
        texts = self._read(documents)
        heads = iter(self.archive.heads(documents))
        for row in rows:
            size = self.series[row].size
            yield self._one(row, [*islice(texts, size)], [*islice(heads, size)])

    def _read(self, documents: Numbers) -> Iterator[WrittenPassages]:
        read = WordColumn(self.archive.texts(documents))
        for some in batched(range(documents.size), SPELT):
            for row, words in zip(some, read.words(some), strict=True):
                yield WrittenPassages(words[:WORDS], read.spans(row)[:WORDS].tolist(), read.text(row))

    def _one(self, row: int, texts: Sequence[WrittenPassages], heads: Sequence[Document]) -> Series:
        first = texts[0]
        placed = [lay(first.words, text.words) for text in texts]
        fixed = skeleton(first.words, _sampled(placed[1:]))
        return self._series(row, first, fixed, list(map(partial(_member, fixed), heads, texts, placed)))

    def _large(self, row: int) -> Series:
        """Make a series of whose texts a few are in memory at a time."""
        documents = self.series[row]
        first, *sample = self._read(np.append(documents[:1], _sampled(documents[1:])))
        fixed = skeleton(first.words, [lay(first.words, text.words) for text in sample])
        members: list[SeriesMember] = []
        for start in range(0, documents.size, TEXTS):
            some = documents[start : start + TEXTS]
            texts, heads = self._read(some), self.archive.heads(some)
            members += (
                _member(fixed, head, text, lay(first.words, text.words))
                for head, text in zip(heads, texts, strict=True)
            )
        return self._series(row, first, fixed, members)

    def _series(
        self, row: int, first: WrittenPassages, fixed: Skeleton, members: Sequence[SeriesMember]
    ) -> Series:
        in_time = self._in_time(self.series[row]).tolist()
        wording = tuple(map(first.passage, fixed.fixed))
        return Series(row + 1, members[0].id, wording, tuple([members[place] for place in in_time]))

    def _in_time(self, documents: Numbers) -> Numbers:
        order: Numbers = np.lexsort((self.archive.id_ranks[documents], self.archive.dates[documents]))
        return order


def _sampled[Texts: (Numbers, list[Placed])](others: Texts) -> Texts:
    """Choose the texts, besides the representative, from which the wording is derived."""
    return others[:: max(len(others) // SAMPLE, 1)][:SAMPLE]


def _member(fixed: Skeleton, head: Document, text: WrittenPassages, placed: Placed) -> SeriesMember:
    values = tuple(map(text.value, fixed.fill(placed)))
    return SeriesMember(head.id, head.title, head.source, head.published, values)


def _groups(sizes: Sequence[int]) -> Iterator[slice]:
    """Group series whose texts fit into memory together."""
    first, texts = 0, 0
    for row, size in enumerate(sizes):
        if texts + size > TEXTS and row > first:
            yield slice(first, row)
            first, texts = row, 0
        texts += size
    if sizes:
        yield slice(first, len(sizes))


def series_rows(archive: Archive, first: Numbers, series: Sequence[Numbers]) -> SeriesRows:
    """List the documents of each series, the largest series first, ties by representative.

    Args:
        archive: The documents.
        first: The document that represents each text.
        series: Texts of each series.
    """
    documents = [first[texts] for texts in series]
    documents.sort(key=lambda rows: (-rows.size, archive.id_ranks[rows[0]]))
    return SeriesRows(archive, documents)
