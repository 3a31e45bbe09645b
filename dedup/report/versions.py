"""Clusters -> the versions of developing stories.

A version sequence is the longest chronological sequence of members in which each keeps almost all of the
previous one and is at least a tenth longer. A member contained in an earlier one is a copy, and a member of
several clusters is a roundup: neither is a version.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.overlap import KEPT_WHOLE, match_many
from dedup.model.rows import ClusterRows
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.longest_chain import sequence
from dedup.report.representative import UNDATED

GROWN = 1.1
"""Minimum growth of a version, in both letters and shingles: a different lead or sign-off is less. Letters,
because replacing half-spaces by blanks adds shingles; shingles, because boilerplate is excluded from them."""

MOST = 64
"""Maximum number of texts per cluster that are examined, earliest first: anything after 64 versions is a
copy."""

AT_ONCE = 2048
"""Number of pairs measured at once."""

type Numbers = NDArray[np.int64]


class _InTime(NamedTuple):
    """Dated documents of clusters, by cluster, in chronological order; only the first of each text."""

    documents: Numbers
    clusters: Numbers


def find_versions(
    clusters: ClusterRows, archive: Archive, boilerplate: LearntBoilerplate
) -> dict[int, list[int]]:
    """Find the documents that are versions of a story, by cluster; boilerplate does not count as growth."""
    dated = _in_time(clusters, archive)
    earlier, later = _pairs(dated, archive)
    letters = archive.letters[dated.documents]
    grown = letters[later] >= GROWN * letters[earlier]
    extends, _ = _measured(dated, earlier[grown], later[grown], archive, boilerplate)
    extended = (earlier[grown][extends], later[grown][extends])
    # Only texts after a version can repeat it.
    growing = np.isin(dated.clusters[earlier], dated.clusters[extended[0]])
    _, repeats = _measured(dated, earlier[growing], later[growing], archive, boilerplate)
    repeated = np.zeros(dated.documents.size, dtype=np.bool_)
    repeated[later[growing][repeats]] = True

    extensions: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in zip(*(side.tolist() for side in extended), strict=True):
        own = extensions[int(dated.clusters[one])]  # a cluster that grew has an entry, even without versions
        if not (repeated[one] or repeated[other]):
            own.append((one, other))
    return {
        cluster: dated.documents[list(sequence(pairs))].tolist()
        for cluster, pairs in sorted(extensions.items())
        if pairs
    }


def _in_time(clusters: ClusterRows, archive: Archive) -> _InTime:
    """Sort the dated members of one cluster by time; drop the later documents of each text."""
    documents = clusters.documents
    cluster = np.repeat(np.arange(len(clusters)), np.diff(clusters.bounds))
    single = np.bincount(documents, minlength=1)[documents] == 1
    wanted = np.flatnonzero(single & (archive.dates[documents] != UNDATED))
    documents, cluster = documents[wanted], cluster[wanted]
    order = np.lexsort((archive.id_ranks[documents], archive.dates[documents], cluster))
    documents, cluster = documents[order], cluster[order]
    digests = archive.digests[documents]
    groups = np.lexsort((digests[:, 1], digests[:, 0], cluster))  # stable: the earliest first
    first = np.ones(groups.size, dtype=np.bool_)
    first[1:] = (digests[groups][1:] != digests[groups][:-1]).any(axis=1) | (np.diff(cluster[groups]) != 0)
    kept = np.sort(groups[first])
    documents, cluster = documents[kept], cluster[kept]
    starts = np.searchsorted(cluster, cluster)
    early = np.arange(cluster.size) - starts < MOST
    return _InTime(documents[early], cluster[early])


def _pairs(dated: _InTime, archive: Archive) -> tuple[Numbers, Numbers]:
    """Pair documents of one cluster whose order in time is known."""
    ends = np.searchsorted(dated.clusters, dated.clusters, side="right")
    places = np.arange(dated.clusters.size)
    counts = ends - places - 1
    earlier = np.repeat(places, counts)
    later = earlier + 1 + np.arange(earlier.size) - np.repeat(np.cumsum(counts) - counts, counts)
    dates = archive.dates[dated.documents]
    known = dates[earlier] < dates[later]
    return earlier[known], later[known]


def _measured(
    dated: _InTime, earlier: Numbers, later: Numbers, archive: Archive, boilerplate: LearntBoilerplate
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find the pairs whose later text extends the earlier one, and those whose later text repeats it."""
    extends, repeats = np.zeros((2, earlier.size), dtype=np.bool_)
    for start in range(0, earlier.size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        ours, theirs = dated.documents[earlier[some]], dated.documents[later[some]]
        rows, places = np.unique(np.concatenate([ours, theirs]), return_inverse=True)
        one, other = places[: ours.size], places[ours.size :]
        order = np.argsort(one, kind="stable")  # as `match_many` asks
        values, bounds = boilerplate.without(*archive.shingles(rows))
        sizes = np.diff(bounds)
        shared = np.empty(one.size, dtype=np.int64)
        shared[order] = match_many(values, bounds, left=one[order], right=other[order])
        kept = (shared > 0) & (shared >= KEPT_WHOLE * sizes[one])
        letters = archive.letters[rows]
        extends[some] = kept & (sizes[other] >= GROWN * sizes[one]) & (letters[other] >= GROWN * letters[one])
        repeats[some] = GROWN * shared > sizes[other]
    return extends, repeats
