"""Candidates to measured pairs: what is read, what is dropped, and which side is the left one."""

from itertools import combinations
from math import nextafter

import numpy as np
import pytest

from dedup import Document, Recipe, compare
from dedup.comparison.contexts import Contexts
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.reasons import pair_reasons
from dedup.model import Overlap, Reason, Verdict
from dedup.model.verdict_weights import JOIN_MEASURES, KIND_MEASURES, VerdictWeights
from dedup.report import judging_batches
from dedup.report.archive import Archive
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.identical_texts import DistinctTexts
from dedup.report.judge_candidates import judge_all
from dedup.report.pair import Candidates, SketchStore
from dedup.report.run_steps import Material, ThreadRunner
from tests.archives import archive_of
from tests.report.test_made_up_archives import cut, some_stories

PARTIAL_OR_NOTHING = VerdictWeights(
    (-9.0, *[0.0] * len(JOIN_MEASURES)),
    (9.0, *[0.0] * len(KIND_MEASURES)),
    *[(0.0,) * (1 + len(KIND_MEASURES))] * 2,
)
"""Weights that take every listed pair for partial."""


def judged(
    texts: list[str],
    pairs: list[tuple[int, int]],
    *,
    recipe: Recipe | None = None,
    heard: list[tuple[str, int, int]] | None = None,
    workers: int = 1,
) -> JudgedPairs:
    """Judge pairs of texts by their places; the archive has the last text first."""
    recipe = recipe or Recipe()
    notes: list[tuple[str, int, int]] = [] if heard is None else heard
    documents = [Document(str(number), text) for number, text in enumerate(reversed(texts))]
    archive, _ = archive_of(documents, recipe=recipe)
    carried = DistinctTexts(np.arange(len(texts))[::-1], np.arange(len(texts) + 1))
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    candidates = Candidates(left=left, right=right, cut_buckets=0, cut_pairs=0)
    material = Material(SketchStore().view(carried.first[:0]), archive, carried.first)
    return judge_all(
        candidates,
        recipe,
        letters=archive.letters[carried.first],
        boilerplate=LearntBoilerplate(),
        material=material,
        runner=ThreadRunner(workers),
        progress=lambda *note: notes.append(note),
    )


def listed(kept: JudgedPairs) -> list[tuple[int, int, Verdict]]:
    """List the numbers of the texts of each pair, and its verdict."""
    numbers = zip(kept.left.tolist(), kept.right.tolist(), strict=True)
    return [(*pair, kept.verdict(row)) for row, pair in enumerate(numbers)]


def reasons_of(kept: JudgedPairs, row: int, *, mirrored: bool = False) -> tuple[Reason, ...]:
    """Return the reasons of a pair, from its left or from its right text."""
    aligned = kept.alignments.turned(np.full(len(kept), mirrored))
    return pair_reasons(kept.overlaps, aligned, Contexts.unknown(len(kept)))[row]


def test_only_pairs_with_a_verdict_are_kept() -> None:
    """Of three candidates two share nothing; rows and order are those of the candidates."""
    one, other = some_stories(2)

    kept = judged([one, other, cut(one, keep=0.9)], [(0, 1), (0, 2), (1, 2)])

    assert listed(kept) == [(0, 2, Verdict.NEAR_DUPLICATE)]


def test_no_candidates_are_no_pairs() -> None:
    """Nothing is measured, and progress ends all the same."""
    heard: list[tuple[str, int, int]] = []

    assert listed(judged(list(some_stories(2)), [], heard=heard)) == []
    assert heard == [("match", 0, 0)]


def test_progress_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """At every so many letters of candidates, and at the end."""
    monkeypatch.setattr(judging_batches, "AT_ONCE", 1)
    (one,) = some_stories(1)
    heard: list[tuple[str, int, int]] = []

    judged([one, cut(one, keep=0.9), cut(one, keep=0.8)], [(0, 1), (0, 2), (1, 2)], heard=heard)

    assert heard == [("match", 0, 3), ("match", 2, 3), ("match", 3, 3)]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("at_once", "read_at_once"), [(1, 1), (2, 1), (7, 3), (100, 100)])
def test_neither_workers_nor_portions_leave_a_trace(
    workers: int, at_once: int, read_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pairs are in the order of the candidates, each judged as `compare` judges its texts."""
    one, other = some_stories(2)
    texts = [one, cut(one, keep=0.9), other, cut(one, keep=0.6), cut(other, keep=0.7), one + " " + other]
    candidates = list(combinations(range(6), 2))
    monkeypatch.setattr(judging_batches, "AT_ONCE", at_once)
    monkeypatch.setattr(judging_batches, "TEXTS_AT_ONCE", read_at_once)

    kept = judged(texts, candidates, workers=workers)

    alone = {pair: compare(texts[pair[0]], texts[pair[1]]) for pair in candidates}
    assert listed(kept) == [(*pair, found.verdict) for pair, found in alone.items() if found.verdict]
    for row, (*pair, _) in enumerate(listed(kept)):
        found = alone[pair[0], pair[1]]
        assert kept.overlaps.record(row) == found.overlap
        assert round(float(kept.confidence[row]), 6) == round(found.confidence, 6)
        assert reasons_of(kept, row) == found.reasons


def test_texts_that_share_too_little_are_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shingles alone show that two stories have no verdict."""
    monkeypatch.setattr(Archive, "text", None)

    assert listed(judged(list(some_stories(2)), [(0, 1)])) == []


def test_both_sides_are_told() -> None:
    """The reasons are those of comparing left with right, and exchanged those of right with left."""
    (one,) = some_stories(1)
    other = cut(one, keep=0.6)

    kept = judged([one, other], [(0, 1)])

    forward, backward = reasons_of(kept, 0), reasons_of(kept, 0, mirrored=True)
    assert forward == compare(one, other).reasons
    assert backward == compare(other, one).reasons
    assert forward != backward


@pytest.mark.parametrize(
    ("shared", "size", "partial", "verdict"),
    [
        (7, 50, 0.14, Verdict.PARTIAL),
        (8, 21, nextafter(8 / 21, 1), None),
    ],
)
def test_at_the_partial_bound_a_pair_is_judged_as_comparing_does(
    shared: int, size: int, partial: float, verdict: Verdict | None
) -> None:
    """Seven of 50 at a bound of 0.14, eight of 21 a hair below theirs: products with a bound may round."""
    words = ["".join("ابتجحدرسصط"[int(digit)] for digit in f"{number:020}") for number in range(100)]
    one, other = " ".join(words[:size]), " ".join(words[size - shared : 2 * size - shared])
    recipe = Recipe(partial=partial, lifted=0, weights=PARTIAL_OR_NOTHING)

    alone = compare(one, other, recipe=recipe)

    assert alone.overlap == Overlap(shared, size, size)
    assert alone.verdict is verdict
    kept = judged([one, other], [(0, 1)], recipe=recipe)
    assert [found for *_, found in listed(kept)] == [verdict] * bool(verdict)
