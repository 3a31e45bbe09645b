"""Step `ask crowds`: decide which widely shared fingerprints are boilerplate.

A crowd is a bucket of many texts that share a fingerprint. It may come from a story, of which they are
copies, or from boilerplate, which does not relate them. A sample of each crowd is examined
(`dedup.report.boilerplate`). A passage of boilerplate yields several fingerprints, so several crowds have the
same sample: it is examined once, for the crowd with the smallest fingerprint.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLE = 16
"""Number of texts of a crowd that are examined."""


class Crowds(NamedTuple):
    """Buckets of many texts.

    Attributes:
        fingerprints: uint64, shape (n,): the fingerprint shared by each crowd's texts.
        bounds: int64, shape (n + 1,): offsets of each crowd's texts.
        texts: uint32: numbers of the texts, ascending within a crowd.
    """

    fingerprints: NDArray[np.uint64]
    bounds: NDArray[np.int64]
    texts: NDArray[np.uint32]

    def members(self, crowd: int) -> NDArray[np.uint32]:
        """Return the texts of one crowd."""
        return self.texts[self.bounds[crowd] : self.bounds[crowd + 1]]

    def keys(self) -> NDArray[np.uint64]:
        """Repeat the fingerprint of each crowd for each of its texts."""
        return np.repeat(self.fingerprints, np.diff(self.bounds))


class Sampled(NamedTuple):
    """Samples of crowds to examine.

    Attributes:
        samples: Numbers of the texts of each sample, ascending; all samples differ.
        crowds: For each sample, the crowd with the smallest fingerprint among those that share it.
        sample_of: int64, shape (crowds,): the sample of each crowd.
    """

    samples: list[NDArray[np.uint32]]
    crowds: list[int]
    sample_of: NDArray[np.int64]


def collect_crowds(parts: Iterable[Crowds]) -> Crowds:
    """Merge the crowds of all ranges of fingerprints, sorted by fingerprint."""
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
    """Return `SAMPLE` evenly spaced texts of a crowd, or all texts of a small one."""
    if members.size <= SAMPLE:
        return members
    return members[np.linspace(0, members.size - 1, SAMPLE).astype(np.int64)]


def sample_crowds(crowds: Crowds) -> Sampled:
    """Sample evenly spaced texts of each crowd, and group the crowds with the same sample."""
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
    """Remove the crowds that turned out to be boilerplate."""
    sizes = np.diff(crowds.bounds)
    return Crowds(
        crowds.fingerprints[~dropped],
        np.append(0, np.cumsum(sizes[~dropped])),
        crowds.texts[np.repeat(~dropped, sizes)],
    )
