"""Names that texts credit -> one spelling per name, and the names by which each source is credited.

Names are learnt from leads: if the texts of a source mostly begin with «به گزارش ایسنا», the name means that
source. So does a name that sounds like the source's web address.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dedup.report.archive import Archive
from dedup.text.credit import credits_of_all
from dedup.text.fold import fold
from dedup.text.latin_sounds import sounds_alike

KNOWN = 3
"""Number of crediting texts from which a name is established; longer names containing it are cut to it."""

OFTEN = 2
"""A name is cut to its beginning if that is credited at least this many times as often."""

OWN = 0.4
"""Fraction of a source's texts that must credit a name for it to count as the source's own name."""

SAMPLE = 60
"""Maximum number of texts per source from which its own names are learnt."""

AT_ONCE = 1024
"""Texts loaded at once."""

type Numbers = NDArray[np.int64]
type Credits = tuple[str, ...]


@dataclass
class CreditNames:
    """Names that documents credit; texts are read on request.

    Attributes:
        archive: The documents.
        documents: The documents whose credits are wanted, one per row.
    """

    archive: Archive
    documents: Numbers

    def of_rows(self, start: int, stop: int) -> list[Credits]:
        """Return the names that the documents of some rows credit, excluding their own source."""
        rows = self.documents[start:stop].tolist()
        return [self._of_document[row] for row in rows]

    @cached_property
    def own_names(self) -> Mapping[int, Credits]:
        """Return the own names of each source by source number; sources without any are omitted."""
        shown: defaultdict[int, list[str]] = defaultdict(list)
        for key, source in sorted(self._owners.items()):
            shown[source].append(self._learnt.spelling(key))
        return {source: tuple(names) for source, names in sorted(shown.items())}

    @cached_property
    def _of_document(self) -> dict[int, Credits]:
        sources = self.archive.source_numbers
        return {
            row: tuple(self._learnt.spelling(key) for key in keys if self._owners.get(key) != sources[row])
            for row, keys in self._keys.items()
            if row in self._wanted
        }

    @cached_property
    def _wanted(self) -> frozenset[int]:
        return frozenset(self.documents.tolist())

    @cached_property
    def _read(self) -> dict[int, Credits]:
        """Read the credits of the wanted documents, and of a sample of each source."""
        rows = np.union1d(np.unique(self.documents), self._sample())
        return dict(_credits(rows, self.archive.texts))

    @cached_property
    def _learnt(self) -> "_Spellings":
        return _Spellings(name for names in self._read.values() for name in names)

    @cached_property
    def _keys(self) -> dict[int, Credits]:
        return {row: tuple(dict.fromkeys(map(self._learnt.key, names))) for row, names in self._read.items()}

    @cached_property
    def _owners(self) -> dict[str, int]:
        """Map each name to the source that it means."""
        sources = self.archive.source_numbers
        read = Counter(sources[[*self._keys]].tolist())
        counts: Counter[tuple[str, int]] = Counter()
        for row, keys in self._keys.items():
            counts.update((key, int(sources[row])) for key in keys)
        best: dict[str, tuple[float, int]] = {}
        for (key, source), count in sorted(counts.items()):
            share = count / read[source]
            if sounds_alike(self._learnt.spelling(key), self.archive.source_names[source]):
                share += 1.0
            elif count < KNOWN:
                continue
            if share >= OWN and share > best.get(key, (0.0, 0))[0]:
                best[key] = share, source
        return {key: source for key, (_, source) in best.items() if self.archive.names_source[source]}

    def _sample(self) -> Numbers:
        """Sample the documents of each source whose texts have the smallest digests; this needs no seed."""
        digests, sources = self.archive.digests.byteswap(), self.archive.source_numbers
        order = np.lexsort((digests[:, 1], digests[:, 0], sources))
        first = np.searchsorted(sources[order], sources[order])
        chosen: Numbers = order[np.arange(order.size) - first < SAMPLE]
        return chosen


def _credits(rows: Numbers, texts: Callable[[Numbers], Iterable[str]]) -> Iterator[tuple[int, Credits]]:
    for start in range(0, rows.size, AT_ONCE):
        some = rows[start : start + AT_ONCE]
        yield from zip(some.tolist(), credits_of_all(texts(some)), strict=True)


class _Spellings:
    """Names by their keys: folded, without spaces."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys: dict[str, str] = {}
        counts = Counter(names)
        written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name, count in counts.items():
            written[_key(name)][name] += count
        self._counts = Counter({key: found.total() for key, found in written.items()})
        self._spelling = {
            key: min((-count, name) for name, count in found.items())[1] for key, found in written.items()
        }

    def key(self, name: str) -> str:
        """Return the key of a name, or of the established name that it begins or ends with."""
        if name not in self._keys:
            self._keys[name] = self._cut(name)
        return self._keys[name]

    def _cut(self, name: str) -> str:
        """Cut a name to a beginning that is credited far more often: a news desk is not a separate name."""
        words, key = name.split(" "), _key(name)
        places = range(1, len(words))
        beginnings = [_key(" ".join(words[:at])) for at in places]
        often = max(KNOWN, OFTEN * self._counts[key])
        known = next((part for part in beginnings if self._counts[part] >= often), None)
        if known or self._counts[key] >= KNOWN:
            return known or key
        endings = (_key(" ".join(words[at:])) for at in places)
        return next((part for part in (*beginnings, *endings) if self._counts[part] >= KNOWN), key)

    def spelling(self, key: str) -> str:
        """Return the most frequent spelling."""
        return self._spelling[key]


def _key(name: str) -> str:
    return str(fold(name)).replace(" ", "")
