"""Names that texts credit -> one spelling per name, and the names by which each source is credited.

Names are learnt from leads: if the texts of a source mostly begin with «به گزارش ایسنا», the name means that
source. So does a name that sounds like the source's web address.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

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


class _Credited(NamedTuple):
    """The names that documents credit; most credit the same few, so each list is stored once.

    Attributes:
        rows: The documents, ascending.
        codes: int32: index of each document's names.
        names: The lists of names.
    """

    rows: Numbers
    codes: NDArray[np.int32]
    names: Sequence[Credits]


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
        rows, read = self.documents[start:stop], self._read
        codes = read.codes[np.searchsorted(read.rows, rows)].tolist()
        return list(map(self._shown, codes, self.archive.source_numbers[rows].tolist()))

    @cached_property
    def own_names(self) -> Mapping[int, Credits]:
        """Return the own names of each source by source number; sources without any are omitted."""
        shown: defaultdict[int, list[str]] = defaultdict(list)
        for key, source in sorted(self._owners.items()):
            shown[source].append(self._learnt.spelling(key))
        return {source: tuple(names) for source, names in sorted(shown.items())}

    @cached_property
    def _shown(self) -> Callable[[int, int], Credits]:
        """Spell the names with a code in a text of a source, which is not named itself."""
        owners, spelling, keys = self._owners, self._learnt.spelling, self._keys
        return cache(
            lambda code, source: tuple(spelling(key) for key in keys[code] if owners.get(key) != source)
        )

    @cached_property
    def _read(self) -> _Credited:
        """Read the credits of the wanted documents, and of a sample of each source."""
        rows = np.union1d(np.unique(self.documents), self._sample())
        numbers: dict[Credits, int] = {}
        codes = (numbers.setdefault(names, len(numbers)) for names in _credits(rows, self.archive.texts))
        return _Credited(rows, np.fromiter(codes, np.int32, rows.size), list(numbers))

    @cached_property
    def _learnt(self) -> "_Spellings":
        times = np.bincount(self._read.codes, minlength=len(self._read.names)).tolist()
        counts: Counter[str] = Counter()
        for names, count in zip(self._read.names, times, strict=True):
            for name in names:
                counts[name] += count
        return _Spellings(counts)

    @cached_property
    def _keys(self) -> list[Credits]:
        """Return the keys of each list of names."""
        return [tuple(dict.fromkeys(map(self._learnt.key, names))) for names in self._read.names]

    @cached_property
    def _owners(self) -> dict[str, int]:
        """Map each name to the source that it means."""
        best: dict[str, tuple[float, int]] = {}
        for (key, source), (count, read) in sorted(self._counts().items()):
            share = count / read
            if sounds_alike(self._learnt.spelling(key), self.archive.source_names[source]):
                share += 1.0
            elif count < KNOWN:
                continue
            if share >= OWN and share > best.get(key, (0.0, 0))[0]:
                best[key] = share, source
        return {key: source for key, (_, source) in best.items() if self.archive.names_source[source]}

    def _counts(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Count the documents of each source that credit each name, and those that were read."""
        sources = self.archive.source_numbers[self._read.rows]
        read = np.bincount(sources, minlength=1)
        counts: Counter[tuple[str, int]] = Counter()
        pairs, times = np.unique(np.stack((self._read.codes, sources)), axis=1, return_counts=True)
        for code, source, count in zip(*pairs.tolist(), times.tolist(), strict=True):
            for key in self._keys[code]:
                counts[key, source] += count
        return {(key, source): (count, int(read[source])) for (key, source), count in counts.items()}

    def _sample(self) -> Numbers:
        """Sample the documents of each source whose texts have the smallest digests; this needs no seed."""
        digests, sources = self.archive.digests.byteswap(), self.archive.source_numbers
        order = np.lexsort((digests[:, 1], digests[:, 0], sources))
        first = np.searchsorted(sources[order], sources[order])
        chosen: Numbers = order[np.arange(order.size) - first < SAMPLE]
        return chosen


def _credits(rows: Numbers, texts: Callable[[Numbers], Iterable[str]]) -> Iterator[Credits]:
    for start in range(0, rows.size, AT_ONCE):
        yield from credits_of_all(texts(rows[start : start + AT_ONCE]))


class _Spellings:
    """Names by their keys: folded, without spaces."""

    def __init__(self, counts: Counter[str]) -> None:
        """Begin with the number of documents that credit each name."""
        self._keys: dict[str, str] = {}
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
