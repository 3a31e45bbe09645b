"""Step `ask crowds`: which fingerprints that many texts share are boilerplate.

A crowd is a bucket of many texts that share a fingerprint. What they share may be a story, whose copies they
are, or boilerplate, which relates nobody. A sample of each crowd is looked at (`dedup.report.boilerplate`).
A passage of boilerplate leaves several fingerprints, so several crowds have the same sample: it is looked at
once, for the crowd with the smallest fingerprint.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLE = 16
"""Texts of a crowd that are looked at."""


class Crowds(NamedTuple):
    """Buckets of many texts.

    Attributes:
        fingerprints: uint64, shape (n,): what the texts of each share.
        bounds: int64, shape (n + 1,): where the texts of each begin.
        texts: uint32: numbers of the texts, ascending in each crowd.
    """

    fingerprints: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    texts: NDArray[np.uint32]

    def members(self, crowd: int) -> NDArray[np.uint32]:
        """Give the texts of one crowd."""
        return self.texts[self.bounds[crowd] : self.bounds[crowd + 1]]

    def keys(self) -> NDArray[np.uint64]:
        """Repeat the fingerprint of each crowd for each of its texts."""
        return np.repeat(self.fingerprints, np.diff(self.bounds))


class Sampled(NamedTuple):
    """What is to be asked about crowds.

    Attributes:
        samples: Numbers of the texts to look at, ascending, no two samples alike.
        crowds: For each sample, the crowd that it is asked for: the one with the smallest fingerprint.
        sample_of: int64, shape (crowds,): the sample whose answer each crowd takes.
    """

    samples: list[NDArray[np.uint32]]
    crowds: list[int]
    sample_of: NDArray[np.int64]


def collect_crowds(parts: Iterable[Crowds]) -> Crowds:
    """Bring the crowds of all ranges of fingerprints together, by fingerprint."""
    collected = [part for part in parts if part.fingerprints.size]
    if not collected:
        return Crowds(np.empty(0, np.uint64), np.zeros(1, np.int64), np.empty(0, np.uint32))
    collected.sort(key=lambda part: int(part.fingerprints[0]))
    sizes = np.concatenate([np.diff(part.bounds) for part in collected])
    return Crowds(
        np.concatenate([part.fingerprints for part in collected]),
        np.append(0, np.cumsum(sizes)),
        np.concatenate([part.texts for part in collected]),
    )


def evenly_spaced(members: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Draw `SAMPLE` texts of a crowd, or all of a small one."""
    if members.size <= SAMPLE:
        return members
    return members[np.linspace(0, members.size - 1, SAMPLE).astype(np.int64)]


def sample_crowds(crowds: Crowds) -> Sampled:
    """Draw evenly spaced texts of each crowd, and group the crowds that have the same ones."""
    samples: list[NDArray[np.uint32]] = []
    asking: list[int] = []
    sample_of = np.empty(crowds.fingerprints.size, dtype=np.int64)
    numbers: dict[bytes, int] = {}
    for crowd in range(crowds.fingerprints.size):
        members = crowds.members(crowd)
        sample = evenly_spaced(members)
        number = numbers.setdefault(sample.tobytes(), len(samples))
        if number == len(samples):
            samples.append(sample)
            asking.append(crowd)
        sample_of[crowd] = number
    return Sampled(samples, asking, sample_of)


def without_crowds(crowds: Crowds, dropped: NDArray[np.bool_]) -> Crowds:
    """Leave crowds out, those that turned out to be boilerplate."""
    sizes = np.diff(crowds.bounds)
    return Crowds(
        crowds.fingerprints[~dropped],
        np.append(0, np.cumsum(sizes[~dropped])),
        crowds.texts[np.repeat(~dropped, sizes)],
    )
