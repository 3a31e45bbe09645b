"""An offered story and an index -> the stored stories it has something to do with.

The same measures and bounds as in the report: candidates are measured on the texts, then judged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dedup.comparison.align import align, wording
from dedup.comparison.decide import judge
from dedup.comparison.overlap import Words, difference, match, words
from dedup.comparison.reasons import IDENTICAL_REASONS, reasons
from dedup.model import Alignment, Overlap, Verdict
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Match
from dedup.prefilter.index_keys import Offered, read_again, sparsest_density
from dedup.story_index.protocol import Stored, View
from dedup.text.unspaced import part

ESTIMATE_SLACK = 0.65
"""Share of the `partial` containment that the estimate from shared keys must reach."""
FEW_KEYS = 6
"""Keys that a longer story shares with a short one at most, up to which a single one is worth a look."""
LOOKED_UP, MEASURED, JUDGED = 256, 32, 8
"""Candidates of one answer that are looked up, whose texts are measured, whose words are compared: in a
crowd of price reports an answer would have no bound in time."""
_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    stored: Stored
    overlap: Overlap
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an index holds that an offered story has something to do with.

    Attributes:
        matches: The most telling first: those that join, then by verdict and scores.
        crowded: Keys that lead to as many stories as a bucket may hold; None where they were not looked at.
        cut: Whether candidates were left out unmeasured.
    """

    matches: tuple[Match, ...]
    crowded: frozenset[int] | None
    cut: bool


def find_best(offered: Offered, view: View, recipe: Recipe) -> Found:
    """Find the one story that an answer should name, at a bounded cost."""
    twins = view.identical(offered.story.digest)
    if twins:
        return Found((_identical(offered, twins[0]),), None, cut=False)
    likely, crowded, cut = _likely(offered, view, recipe, most=LOOKED_UP)
    measured = _measured(offered, view, recipe, candidates=likely[:MEASURED])
    measured.sort(key=lambda each: _promise(each, recipe))
    best: list[Match] = []
    for found in _judged(offered, measured[:JUDGED], recipe):
        best.append(found)
        if found.verdict.joins:
            break
    cut = cut or len(likely) > MEASURED or (len(measured) > JUDGED and not any(m.verdict.joins for m in best))
    return Found(tuple(sorted(best, key=_telling)[:1]), crowded, cut)


def find_all(offered: Offered, view: View, recipe: Recipe) -> Found:
    """Find every story with a verdict, however many there are."""
    twins = view.identical(offered.story.digest)
    likely, crowded, _ = _likely(offered, view, recipe, most=None)
    same = {twin.seq for twin in twins}
    others = [candidate for candidate in likely if candidate.seq not in same]
    measured = _measured(offered, view, recipe, candidates=others)
    found = [_identical(offered, twin) for twin in twins]
    found += _judged(offered, measured, recipe)
    return Found(tuple(sorted(found, key=_telling)), crowded, cut=False)


def _likely(
    offered: Offered, view: View, recipe: Recipe, *, most: int | None
) -> tuple[list[Stored], frozenset[int], bool]:
    """Rank the stories that share keys by the estimate; also the crowded keys, and whether some were cut."""
    rows = view.sharing(offered.sought)
    if not rows:
        return [], frozenset(), False
    crowded = _crowded(rows, recipe)
    own = max(offered.shingles.size * sparsest_density(recipe), 1.0)
    shared = Counter([number for _, number in rows])
    enough = 1 if own <= FEW_KEYS else 2
    numbers = [number for number, count in shared.most_common(most) if count >= enough or number < 0]
    if not numbers:
        return [], crowded, False
    stories = view.stories([abs(number) for number in numbers])
    counts = [shared[each.seq] or shared[-each.seq] for each in stories]
    estimates = [(count / min(each.keys, own), each) for count, each in zip(counts, stories, strict=True)]
    likely = [pair for pair in estimates if pair[0] >= ESTIMATE_SLACK * recipe.partial]
    likely.sort(key=lambda pair: (-pair[0], pair[1].seq))
    return [each for _, each in likely], crowded, len(numbers) == most


def crowded_keys(offered: Offered, view: View, recipe: Recipe) -> frozenset[int]:
    """Find the keys of a story that lead to as many stories as a bucket may hold."""
    return _crowded(view.sharing(offered.story.keys), recipe)


def _crowded(rows: Sequence[tuple[int, int]], recipe: Recipe) -> frozenset[int]:
    lengths = Counter([key for key, _ in rows])
    return frozenset(key for key, length in lengths.items() if length >= recipe.bucket_cap)


def _measured(
    offered: Offered, view: View, recipe: Recipe, *, candidates: Sequence[Stored]
) -> list[_Measured]:
    """Measure the candidates; keep those that share enough for a verdict."""
    texts = view.texts([candidate.seq for candidate in candidates]) if candidates else {}
    measured = []
    for candidate in candidates:
        text = texts[candidate.seq]
        overlap = match(read_again(text, recipe), offered.shingles)
        if overlap.containment >= recipe.partial:
            measured.append(_Measured(candidate, overlap, text))
    return measured


def _judged(offered: Offered, measured: Sequence[_Measured], recipe: Recipe) -> Iterator[Match]:
    ours: Words | None = None
    offered_text = part(offered.text, shingles=offered.shingles.size)
    for each in measured:
        stored_text = part(each.text, shingles=each.overlap.left)
        ours = ours or words(offered_text)
        differs = difference(words(stored_text), ours)
        aligned = partial(_aligned, stored_text, offered_text)
        verdict, alignment = judge(each.overlap, differs, recipe, align=aligned)
        if verdict is not None:
            why = reasons(each.overlap, differs, alignment=alignment, left="stored", right="offered")
            yield Match(each.stored, verdict, each.overlap, why)


def _aligned(stored: str, offered: str) -> Alignment:
    return align(wording(stored), wording(offered))


def _identical(offered: Offered, twin: Stored) -> Match:
    size = offered.shingles.size
    return Match(twin, Verdict.IDENTICAL, Overlap(size, size, size), IDENTICAL_REASONS)


def _promise(each: _Measured, recipe: Recipe) -> tuple[float, float, int]:
    """Order by how far the scores are above the bounds from which a pair can join."""
    likely = max(
        each.overlap.jaccard / max(recipe.threshold, 0.01),
        each.overlap.containment / max(recipe.containment, 0.01),
    )
    return -likely, -each.overlap.jaccard, each.stored.seq


def _telling(found: Match) -> tuple[bool, int, float, float, int]:
    verdict, overlap = found.verdict, found.overlap
    return (
        not verdict.joins,
        _RANK[verdict],
        -overlap.jaccard,
        -overlap.containment,
        found.stored.seq,
    )
