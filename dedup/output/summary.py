"""A report -> the figures at its top, and the pairs that have to be listed because no cluster shows them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dedup.model import Boilerplate, Pair, Problem, Report, Verdict
from dedup.model.lazy_rows import ChosenRows
from dedup.model.rows import PairFigures, dropped_ids, member_ids, member_verdicts, pair_figures

type _Strength = tuple[float, float, str, str, int]
"""What pairs are sorted by, strongest first, and the place of a pair in the report."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a report that people read first.

    Attributes:
        documents: Documents that were read.
        clusters: Clusters they form.
        copies: Documents in clusters, representatives included.
        spare: Those of them that `Report.kept` excludes.
        joined: Members by verdict, representatives left out; no zeros.
        listed: Pairs that no cluster shows, by verdict, strongest first; no empty ones. `template` and
            `partial` pairs, then joining pairs whose documents share no cluster, as a roundup's do.
        problems: Problems by kind, most first; no zeros.
        guessed: Documents by encoding, except UTF-8.
        unlisted_pairs: Pairs with a verdict that are not listed: each document lists its strongest.
        unclustered: Documents that a verdict joins to a member, but not to its representative.
        warnings: What to check before copies are deleted, in plain words.
        reference: Documents of the reference, which the others were compared with.
        known: Number of the others that have a copy there.
        boilerplate: Passages left out of the comparison.
        cut_buckets: Buckets that were too large to compare all of their pairs.
        cut_pairs: Pairs of these buckets that were not compared.
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
    """Count what is in `report` and pick the pairs to list."""
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
    """Count `problems` by kind, most first, then by name."""
    counts = Counter(problem.kind for problem in problems)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _known(report: Report) -> set[str]:
    """Ids of the documents that have a copy in the reference."""
    if not report.scope.get("reference"):
        return set()
    return {_new(pair) for pair in pair_figures(report.pairs) if pair.reference and pair.verdict.joins}


def _new(pair: PairFigures) -> str:
    """The side of a pair that is not of the reference, of the other."""
    return pair.left if pair.reference == "right" else pair.right


def _listed(report: Report) -> dict[Verdict, Sequence[Pair]]:
    clusters = _Clusters(member_ids(report.clusters))
    chosen: dict[Verdict, list[_Strength]] = {
        verdict: [] for verdict in sorted(Verdict, key=lambda verdict: verdict.joins)
    }
    for place, pair in enumerate(pair_figures(report.pairs)):
        shared = clusters.share(pair.left, pair.right)
        # Of several copies in the reference one represents; the others add nothing.
        if not (pair.verdict.joins and (shared or (pair.reference and _new(pair) in clusters.first))):
            chosen[pair.verdict].append((-pair.containment, -pair.jaccard, pair.left, pair.right, place))
    return {
        verdict: ChosenRows(report.pairs, tuple(strength[-1] for strength in sorted(pairs)))
        for verdict, pairs in chosen.items()
        if pairs
    }


class _Clusters:
    """Which clusters documents are members of, by id; few are in several, so few need a set.

    Attributes:
        first: Number of the first cluster of each document.
    """

    def __init__(self, members: Iterable[Sequence[str]]) -> None:
        self.first: dict[str, int] = {}
        self._every: dict[str, set[int]] = {}  # of documents in several clusters, such as roundups
        for number, names in enumerate(members):
            for name in names:
                first = self.first.setdefault(name, number)
                if first != number:
                    self._every.setdefault(name, {first}).add(number)

    def share(self, one: str, other: str) -> bool:
        """Return whether two documents are members of one cluster."""
        if one not in self.first or other not in self.first:
            return False
        return not self._of(one).isdisjoint(self._of(other))

    def _of(self, name: str) -> set[int]:
        return self._every.get(name) or {self.first[name]}
