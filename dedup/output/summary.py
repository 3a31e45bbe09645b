"""The figures at the top of a report, and the pairs to list because no cluster shows them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dedup.model import Boilerplate, Pair, Problem, Report, Verdict
from dedup.model.lazy_rows import ChosenRows
from dedup.model.rows import PairFigures, dropped_ids, member_ids, member_verdicts, pair_figures

type _Strength = tuple[float, float, str, str, int]
"""Sort key of a pair, strongest first, and its index in the report."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a report that people read first.

    Attributes:
        documents: Number of documents read.
        clusters: Number of clusters.
        copies: Number of documents in clusters, representatives included.
        spare: Number of these that `Report.kept` excludes.
        joined: Number of members by verdict, without representatives; no zeros.
        listed: Pairs that no cluster shows, by verdict, strongest first; no empty lists. First `template` and
            `partial` pairs, then joining pairs whose documents share no cluster, such as those of a roundup.
        problems: Number of problems by kind, most frequent first; no zeros.
        guessed: Number of documents by encoding, except UTF-8.
        unlisted_pairs: Number of pairs with a verdict that are not listed: each document lists its strongest.
        unclustered: Number of documents that are copies of a member, but not of its representative.
        warnings: Points to check before copies are deleted, in plain words.
        reference: Number of documents in the reference, with which the others were compared.
        known: Number of the other documents with a copy in the reference.
        boilerplate: Passages ignored in the comparison.
        cut_buckets: Number of buckets that were too large to compare all of their pairs.
        cut_pairs: Number of pairs in these buckets that were not compared.
    """

    documents: int
    clusters: int
    copies: int
    spare: int
    joined: Mapping[Verdict, int]
    listed: Mapping[Verdict, Sequence[Pair]]
    problems: Mapping[str, int]
    guessed: Mapping[str, int]
    unlisted_pairs: int
    unclustered: int
    warnings: tuple[str, ...]
    reference: int
    known: int
    boilerplate: tuple[Boilerplate, ...]
    cut_buckets: int
    cut_pairs: int

    @property
    def spare_share(self) -> float:
        """Share of the documents that could be spared, 0 to 1; the reference is not counted."""
        return self.spare / max(self.documents - self.reference, 1)


def summarise(report: Report) -> Summary:
    """Compute the figures of `report`, and choose the pairs to list."""
    verdicts = Counter(member_verdicts(report.clusters))
    return Summary(
        documents=report.counts.get("documents", 0),
        clusters=len(report.clusters),
        copies=len(set(chain.from_iterable(member_ids(report.clusters)))),
        spare=len(set(dropped_ids(report.clusters))),
        joined={verdict: verdicts[verdict] for verdict in Verdict if verdicts[verdict]},
        listed=_listed(report),
        problems=kinds(report.problems),
        guessed={name: n for name, n in report.encodings.items() if not name.startswith("utf-8")},
        unlisted_pairs=report.counts.get("unlisted_pairs", 0),
        unclustered=report.counts.get("unclustered", 0),
        warnings=tuple(warning.reason for warning in report.warnings),
        reference=report.scope.get("reference", 0),
        known=len(_known(report)),
        boilerplate=report.boilerplate,
        cut_buckets=report.counts.get("cut_buckets", 0),
        cut_pairs=report.counts.get("cut_pairs", 0),
    )


def kinds(problems: Iterable[Problem]) -> dict[str, int]:
    """Count `problems` by kind, most frequent first, then by name."""
    counts = Counter(problem.kind for problem in problems)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _known(report: Report) -> set[str]:
    """Return the ids of the documents with a copy in the reference."""
    if not report.scope.get("reference"):
        return set()
    return {_new(pair) for pair in pair_figures(report.pairs) if pair.reference and pair.verdict.joins}


def _new(pair: PairFigures) -> str:
    """Return the id of the document of a pair that is not in the reference."""
    return pair.left if pair.reference == "right" else pair.right


def _listed(report: Report) -> dict[Verdict, Sequence[Pair]]:
    clusters = _Clusters(member_ids(report.clusters))
    chosen: dict[Verdict, list[_Strength]] = {
        verdict: [] for verdict in sorted(Verdict, key=lambda verdict: verdict.joins)
    }
    for place, pair in enumerate(pair_figures(report.pairs)):
        shared = clusters.share(pair.left, pair.right)
        # If a document has several copies in the reference, one represents it; the others add nothing.
        if not (pair.verdict.joins and (shared or (pair.reference and _new(pair) in clusters.first))):
            chosen[pair.verdict].append((-pair.containment, -pair.jaccard, pair.left, pair.right, place))
    return {
        verdict: ChosenRows(report.pairs, tuple(strength[-1] for strength in sorted(pairs)))
        for verdict, pairs in chosen.items()
        if pairs
    }


class _Clusters:
    """The clusters of each document, by id.

    Attributes:
        first: Number of the first cluster of each document.
    """

    def __init__(self, members: Iterable[Sequence[str]]) -> None:
        self.first: dict[str, int] = {}
        self._every: dict[str, set[int]] = {}  # only of documents in several clusters, such as roundups
        for number, names in enumerate(members):
            for name in names:
                first = self.first.setdefault(name, number)
                if first != number:
                    self._every.setdefault(name, {first}).add(number)

    def share(self, one: str, other: str) -> bool:
        """Whether two documents are in the same cluster."""
        if one not in self.first or other not in self.first:
            return False
        return not self._of(one).isdisjoint(self._of(other))

    def _of(self, name: str) -> set[int]:
        return self._every.get(name) or {self.first[name]}
