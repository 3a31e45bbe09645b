"""Scores that need no verdict: tables, bands, clusters against gold clusters."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from dedup.model.score import Score


def confusion(outcome: Sequence[tuple[str, str]]) -> list[str]:
    """Return a printed table: a row for each right label, a column for each label of dedup."""
    labels = sorted({label for pair in outcome for label in pair})
    counts = Counter(outcome)
    width = max(map(len, labels), default=0)
    head = " " * width + "".join(f"  {label[:9]:>9}" for label in labels) + "   (judged)"
    rows = (
        f"{right:{width}}" + "".join(f"  {counts[right, ours]:>9}" for ours in labels) for right in labels
    )
    return [head, *rows]


def b_cubed(gold: Mapping[str, Hashable], ours: Mapping[str, Hashable]) -> Score:
    """Score clusters document by document (Bagga and Baldwin, 1998).

    Args:
        gold: Cluster of each document.
        ours: The same of ours, for the same documents.
    """
    sizes = Counter(gold.values()), Counter(ours.values())
    both = Counter((gold[name], ours[name]) for name in gold)
    precision = sum(both[gold[name], ours[name]] / sizes[1][ours[name]] for name in gold) / max(len(gold), 1)
    recall = sum(both[gold[name], ours[name]] / sizes[0][gold[name]] for name in gold) / max(len(gold), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def paired(gold: Mapping[str, Hashable], ours: Mapping[str, Hashable]) -> Score:
    """Score the pairs of documents that share a cluster.

    Args:
        gold: Cluster of each document.
        ours: The same of ours, for the same documents.
    """
    there, joined = _pairs(gold.values()), _pairs(ours.values())
    both = _pairs((gold[name], ours[name]) for name in gold)
    precision, recall = both / joined if joined else 1.0, both / there if there else 1.0
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def _pairs(clusters: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(clusters).values())


def banded(found: Iterable[tuple[float, bool]], *, width: float = 0.1) -> dict[str, tuple[int, int]]:
    """Count pairs by band of similarity, from the highest: how many, and how many of them were found."""
    bands: defaultdict[int, list[bool]] = defaultdict(list)
    last = round(1 / width) - 1
    for similarity, hit in found:
        bands[min(int(similarity / width + 1e-9), last)].append(hit)
    return {
        f"{band * width:.1f} to {(band + 1) * width:.1f}": (len(hits), sum(hits))
        for band, hits in sorted(bands.items(), reverse=True)
    }
