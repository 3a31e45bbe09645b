"""A query and an index -> the stored stories that match it, with their verdicts.

Measures and bounds are those of the report: candidates are measured on their texts, then judged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dedup.comparison.reasons import IDENTICAL_REASONS
from dedup.model import Overlap, Verdict
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Match
from dedup.prefilter.compared_stories import judge, measure
from dedup.prefilter.comparisons import Measured
from dedup.prefilter.index_keys import Query, sparsest_density
from dedup.prefilter.policy import Policy
from dedup.story_index.index_boilerplate import IndexBoilerplate
from dedup.story_index.protocol import Stored, View

ESTIMATE_SLACK = 0.65
"""Fraction of the `partial` bound that the containment estimated from shared keys must reach."""
FEW_KEYS = 6
"""If a query can share at most this many keys with a longer story, a single shared key makes a candidate."""
LOOKED_UP, MEASURED, JUDGED = 256, 32, 8
"""Maximum numbers of candidates per answer that are looked up, measured on their texts, and compared word by
word. Without these limits a query among thousands of price reports would take unbounded time."""
_RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class LookupResult:
    """Stored stories that match a query.

    Attributes:
        matches: Best first: those that the story can be dropped for, then those that join a cluster, then by
            verdict and scores.
        crowded: Keys whose buckets are full; None if no keys were looked up.
        cut: Whether some candidates were not measured or judged.
    """

    matches: tuple[Match, ...]
    crowded: frozenset[int] | None
    cut: bool


def find_best(query: Query, view: View, recipe: Recipe, policy: Policy) -> LookupResult:
    """Find the best match, at a bounded cost."""
    twins = _compared(view.identical(query.story.digest), query, policy)
    if twins:
        twin = min(twins, key=lambda each: each.on_hold)
        return LookupResult((_identical(query, twin),), None, cut=False)
    measured, crowded, cut = _measured(query, view, recipe, policy)
    best = judge(query, measured[:JUDGED], recipe, view.boilerplate)
    cut = cut or (len(measured) > JUDGED and not any(m.drops for m in best))
    return LookupResult(tuple(sorted(best, key=_match_order)[:1]), crowded, cut)


def likely_matches(query: Query, view: View, recipe: Recipe, policy: Policy) -> list[Measured]:
    """The stories that `find_best` would judge; none if one has the same text."""
    if view.identical(query.story.digest):
        return []
    return _measured(query, view, recipe, policy)[0][:JUDGED]


def _measured(
    query: Query, view: View, recipe: Recipe, policy: Policy
) -> tuple[list[Measured], frozenset[int], bool]:
    """Measure likely stories, the most alike first; also crowded keys, and whether some were cut."""
    likely, crowded, cut = _likely(query, view, recipe, most=LOOKED_UP)
    likely = _compared(likely, query, policy)
    measured = measure(query, view, recipe, candidates=likely[:MEASURED])
    measured.sort(key=lambda each: _joining_order(each, recipe))
    return measured, crowded, cut or len(likely) > MEASURED


def find_among(query: Query, view: View, recipe: Recipe, *, stories: Sequence[Stored]) -> list[Match]:
    """Return matches among these stories, best first."""
    twins = [_identical(query, each) for each in stories if each.digest == query.story.digest]
    if twins:
        return twins
    measured = measure(query, view, recipe, candidates=stories)
    return sorted(judge(query, measured, recipe, view.boilerplate), key=_match_order)


def find_all(query: Query, view: View, recipe: Recipe, policy: Policy) -> LookupResult:
    """Find every match, however many there are."""
    twins = _compared(view.identical(query.story.digest), query, policy)
    likely, crowded, _ = _likely(query, view, recipe, most=None)
    same = {twin.seq for twin in twins}
    others = [each for each in _compared(likely, query, policy) if each.seq not in same]
    measured = measure(query, view, recipe, candidates=others)
    found = [_identical(query, twin) for twin in twins]
    found += judge(query, measured, recipe, view.boilerplate)
    return LookupResult(tuple(sorted(found, key=_match_order)), crowded, cut=False)


def find_itself(query: Query, view: View) -> Match | None:
    """The stored story of the same id, source and text."""
    for twin in view.identical(query.story.digest):
        if (twin.id, twin.source) == (query.story.id, query.story.source):
            return _identical(query, twin)
    return None


def _compared(stories: list[Stored], query: Query, policy: Policy) -> list[Stored]:
    """Select the stories to compare with: all, or only those of other sources."""
    if not policy.cross_source:
        return stories
    return [each for each in stories if each.source != query.story.source]


def _likely(
    query: Query, view: View, recipe: Recipe, *, most: int | None
) -> tuple[list[Stored], frozenset[int], bool]:
    """Rank stories that share keys by estimated containment; also crowded keys, and whether some were cut."""
    crowds = _crowds(query, view, recipe)
    rows = view.sharing([key for key in query.lookup_keys if key not in crowds])
    crowded = _crowded(Counter([key for key, _ in rows]) | crowds, recipe)
    if not rows:
        return [], crowded, False
    size = _own_size(query, view.boilerplate) if crowds else query.shingles.size
    own = max(size * sparsest_density(recipe), 1.0)
    shared = Counter([number for _, number in rows])
    enough = 1 if own <= FEW_KEYS else 2
    numbers = [number for number, count in shared.items() if count >= enough or number < 0]
    if not numbers:
        return [], crowded, False
    is_cut = most is not None and len(numbers) > most
    if is_cut:  # in an order that does not depend on how the index keeps its postings
        numbers = sorted(numbers, key=lambda number: (-shared[number], abs(number)))[:most]
    stories = view.stories([abs(number) for number in numbers])
    counts = [shared[each.seq] or shared[-each.seq] for each in stories]
    estimates = [(count / min(each.keys, own), each) for count, each in zip(counts, stories, strict=True)]
    likely = [pair for pair in estimates if pair[0] >= ESTIMATE_SLACK * recipe.partial]
    likely.sort(key=lambda pair: (-pair[0], pair[1].seq))
    return [each for _, each in likely], crowded, is_cut


def _crowds(query: Query, view: View, recipe: Recipe) -> Counter[int]:
    """Find the keys of boilerplate that a crowd of stories has, which a report leaves out too."""
    boilerplate = view.boilerplate.keys
    known = [key for key in query.lookup_keys if key in boilerplate] if boilerplate else []
    lengths = view.lengths(known) if known else {}
    return Counter({key: length for key, length in lengths.items() if length >= recipe.boilerplate > 0})


def _own_size(query: Query, boilerplate: IndexBoilerplate) -> int:
    """How many shingles of a story are not of boilerplate."""
    is_known = np.isin(query.shingles, boilerplate.shingles, assume_unique=True)
    return query.shingles.size - int(np.count_nonzero(is_known))


def crowded_keys(query: Query, view: View, recipe: Recipe) -> frozenset[int]:
    """Find the keys of a story whose buckets are full."""
    return _crowded(view.lengths(query.story.keys), recipe)


def _crowded(lengths: Mapping[int, int], recipe: Recipe) -> frozenset[int]:
    return frozenset(key for key, length in lengths.items() if length >= recipe.bucket_cap)


def _identical(query: Query, twin: Stored) -> Match:
    size = query.shingles.size
    return Match(
        twin,
        Verdict.IDENTICAL,
        Overlap(size, size, size),
        IDENTICAL_REASONS,
        1.0,
        (),
        drops=True,
        repeats=True,
    )


def _joining_order(each: Measured, recipe: Recipe) -> tuple[float, float, int]:
    """Sort key: how far the scores are above the bounds at which a pair can join, the farthest first."""
    likely = max(
        each.overlap.jaccard / max(recipe.threshold, 0.01),
        each.overlap.containment / max(recipe.containment, 0.01),
    )
    return -likely, -each.overlap.jaccard, each.stored.seq


def _match_order(found: Match) -> tuple[bool, bool, bool, int, float, float, int]:
    verdict, overlap = found.verdict, found.overlap
    return (
        not found.drops,
        found.drops and found.stored.on_hold,  # prefer a story that cannot be released
        not verdict.joins,
        _RANK[verdict],
        -overlap.jaccard,
        -overlap.containment,
        found.stored.seq,
    )
