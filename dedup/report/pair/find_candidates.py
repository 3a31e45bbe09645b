"""The steps from sketches to candidates; some bands, or a range of fingerprints, are a task."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dedup.model.memory import return_freed_memory
from dedup.model.recipe import Recipe
from dedup.report.boilerplate import LearntBoilerplate, SharedPassage, find_boilerplate
from dedup.report.packed_results import BOTH_KINDS, BUCKET_PAIRS
from dedup.report.pair.buckets import BucketPairs, pair
from dedup.report.pair.candidates import (
    Candidates,
    candidates,
    lifted,
    promising,
    strongest,
    thin_out,
)
from dedup.report.pair.counted_pairs import CountedPairs, PairCounter
from dedup.report.pair.crowds import Crowds, collect_crowds, sample_crowds, without_crowds
from dedup.report.run_steps import Material, Runner, Step
from dedup.report.template_wording import fills_template
from dedup.text.minhash import rotated

type ShinglesOf = Callable[[NDArray[np.uint32]], tuple[NDArray[np.uint64], NDArray[np.int64]]]
"""Loads the shingles of some texts, by number, with the bounds of each text."""

THINNED = 4
"""Partners that a text keeps when its family is thinned out, as a multiple of `neighbours`. With 1,
telegram_fa_2026 loses 23 of 27,318 clustered documents; with 4 it loses 5 and gains 2."""

A_FAMILY = 4
"""Size of a family that is paired as a whole, as a multiple of `bucket_cap`."""

SMALL_FAMILY = 512
"""Texts that are all paired, whatever `bucket_cap` is, when families are paired as wholes: 130,816 pairs."""

type _Both = tuple[BucketPairs, BucketPairs]
"""Pairs that share a text's own fingerprints, and pairs that share boilerplate."""

type _AskCrowds = Callable[[Crowds], tuple[Crowds, list[SharedPassage]]]
"""Returns the crowds that share no boilerplate, and the passages of the others."""


def find_candidates(
    material: Material,
    recipe: Recipe,
    *,
    shingles_of: ShinglesOf,
    sequences_of: ShinglesOf,
    known: Sequence[SharedPassage] = (),
    by_place: Sequence[SharedPassage] = (),
    runner: Runner,
    workers: int = 1,
) -> tuple[Candidates, LearntBoilerplate]:
    """Pair the texts that share a band or enough fingerprints other than boilerplate.

    Args:
        material: Sketches of the texts, and the texts.
        recipe: Every setting.
        shingles_of: Loads the shingles of the examined texts, ascending within each.
        sequences_of: Likewise, in reading order.
        known: Boilerplate that an earlier run learnt: not a lifted passage, and its crowds are not examined.
        by_place: Boilerplate learnt by position: not a lifted passage.
        runner: Runs the pairing of some bands, or of a range of fingerprints.
        workers: Threads that examine crowds.

    Returns:
        The candidates, and all boilerplate: learnt by position, and from crowds, whatever its position.
    """
    with ThreadPoolExecutor(workers) as threads:
        return _found(
            material,
            recipe,
            LearntBoilerplate(known),
            LearntBoilerplate([*known, *by_place]),
            ask=partial(_ask, shingles_of=shingles_of, sequences_of=sequences_of, threads=threads),
            runner=runner,
        )


def pair_again(
    material: Material, recipe: Recipe, *, boilerplate: LearntBoilerplate, whole: bool, runner: Runner
) -> Candidates:
    """Pair some of the texts that were paired before: fewer texts have fewer pairs in buckets over the cap.

    Args:
        material: Sketches of the texts, and the texts.
        recipe: Every setting.
        boilerplate: What was learnt before; nothing is learnt from fewer texts.
        whole: Whether families are paired as a whole, up to `A_FAMILY` times the usual cap and all of up to
            `SMALL_FAMILY` texts, and boilerplate pairs texts too, as it does when few share it.
        runner: See `find_candidates`.
    """
    if whole:
        texts = material.view.sizes.size
        cap = max(A_FAMILY * recipe.bucket_cap, 2 * texts if texts <= SMALL_FAMILY else 0)
        recipe = replace(recipe, boilerplate=0, bucket_cap=cap)
    return _found(material, recipe, boilerplate, boilerplate, ask=_none_learnt, runner=runner)[0]


def _none_learnt(crowds: Crowds) -> tuple[Crowds, list[SharedPassage]]:
    return crowds, []


def _found(
    material: Material,
    recipe: Recipe,
    known: LearntBoilerplate,
    by_place: LearntBoilerplate,
    *,
    ask: _AskCrowds,
    runner: Runner,
) -> tuple[Candidates, LearntBoilerplate]:
    view = material.view
    banded = _together(
        runner.run(Step("bands", partial(_pair_bands, recipe=recipe), BUCKET_PAIRS), view.bands, material)
    )
    return_freed_memory()
    own, boilerplate, learnt = _pair_fingerprints(material, recipe, known, by_place, ask=ask, runner=runner)
    shared = _sum([own.sure, boilerplate.sure])
    sure = _sum([banded.sure, promising(shared, view.sizes, containment=recipe.partial)])
    kept = thin_out(sure, cap=recipe.bucket_cap // 2, neighbours=THINNED * recipe.neighbours)
    neighbours = _neighbours(recipe)
    chosen = candidates(
        [
            kept,
            strongest(banded.near, neighbours=neighbours) if recipe.neighbours else banded.near.pairs,
            lifted(own.sure, sure.pairs, words=recipe.lifted, winnow=recipe.winnow),
        ],
        cut_buckets=sum(part.cut_buckets for part in (banded, own, boilerplate)),
    )
    cut = sum(part.cut_pairs for part in (banded, own, boilerplate)) + sure.pairs.size - kept.size
    not_chosen = view.sizes.size * (view.sizes.size - 1) // 2 - chosen.left.size
    return chosen._replace(cut_pairs=min(cut, not_chosen)), learnt


def _neighbours(recipe: Recipe) -> int:
    every = recipe.bucket_cap // 2
    return min(recipe.neighbours, every) if recipe.neighbours else every


def _pair_bands(material: Material, bands: range, *, recipe: Recipe) -> BucketPairs:
    return _together(_pair_band(material, band, recipe=recipe) for band in bands)


def _pair_band(material: Material, band: int, *, recipe: Recipe) -> BucketPairs:
    # Each band sorts from a different signature value: two copies may differ in the first.
    order = rotated(material.view.order, band)
    keys, texts = material.view.band(band)
    return pair(keys, texts, cap=recipe.bucket_cap, neighbours=_neighbours(recipe), order=order)


def _pair_range(material: Material, prefixes: range, *, recipe: Recipe, by_place: LearntBoilerplate) -> _Both:
    return _pair_some(
        *material.view.fingerprints(prefixes), recipe, by_place=by_place, crowd_size=recipe.boilerplate
    )


def _pair_some(
    keys: NDArray[np.uint64],
    texts: NDArray[np.integer],
    recipe: Recipe,
    *,
    by_place: LearntBoilerplate,
    crowd_size: int,
) -> _Both:
    """Pair by each text's own fingerprints, and separately by those of boilerplate."""
    placed = by_place.holds(keys)
    own, other = (
        pair(keys[some], texts[some], cap=recipe.bucket_cap, crowd_size=crowd_size)
        for some in (~placed, placed)
    )
    return own, other


def _pair_fingerprints(
    material: Material,
    recipe: Recipe,
    known: LearntBoilerplate,
    by_place: LearntBoilerplate,
    *,
    ask: _AskCrowds,
    runner: Runner,
) -> tuple[BucketPairs, BucketPairs, LearntBoilerplate]:
    """Pair by fingerprints, except those of large crowds that turn out to be boilerplate."""
    step = Step("ranges", partial(_pair_range, recipe=recipe, by_place=by_place), BOTH_KINDS)
    own, placed = _Sum(), _Sum()
    for parts in runner.run(step, material.view.ranges, material):
        _add_both((own, placed), parts)
    set_aside = collect_crowds([*own.crowds, *placed.crowds])
    crowds, passages = ask(without_crowds(set_aside, known.holds(set_aside.fingerprints)))
    rest = _pair_some(crowds.keys(), crowds.texts, recipe, by_place=by_place, crowd_size=0)
    _add_both((own, placed), rest)
    return own.total(), placed.total(), LearntBoilerplate([*by_place.passages, *passages])


class _Sum:
    """Sums the pairs of bands or ranges as they come: all parts together are many times their sum.

    Attributes:
        crowds: The crowds of each part.
    """

    def __init__(self) -> None:
        self._sure, self._near = PairCounter(), PairCounter()
        self._cut_buckets = self._cut_pairs = 0
        self.crowds: list[Crowds] = []

    def add(self, part: BucketPairs) -> None:
        """Add one part."""
        self._sure.add(part.sure)
        self._near.add(part.near)
        self._cut_buckets += part.cut_buckets
        self._cut_pairs += part.cut_pairs
        if part.crowds.fingerprints.size:
            self.crowds.append(part.crowds)

    def total(self) -> BucketPairs:
        """Return the sums, and the crowds together."""
        pairs = self._sure.total(), self._near.total()
        return BucketPairs(*pairs, self._cut_buckets, self._cut_pairs, collect_crowds(self.crowds))


def _add_both(sums: tuple[_Sum, _Sum], parts: _Both) -> None:
    for one, part in zip(sums, parts, strict=True):
        one.add(part)


def _together(parts: Iterable[BucketPairs]) -> BucketPairs:
    """Sum the pairs of several bands."""
    one = _Sum()
    for part in parts:
        one.add(part)
    return one.total()


def _sum(parts: Iterable[CountedPairs]) -> CountedPairs:
    counter = PairCounter()
    for part in parts:
        counter.add(part)
    return counter.total()


def _ask(
    crowds: Crowds, *, shingles_of: ShinglesOf, sequences_of: ShinglesOf, threads: Executor
) -> tuple[Crowds, list[SharedPassage]]:
    """Examine a sample of each crowd; remove the crowds that share boilerplate."""
    sampled = sample_crowds(crowds)

    def ask(sample: NDArray[np.uint32], crowd: int) -> SharedPassage | None:
        passage = find_boilerplate(*shingles_of(sample))
        if passage is None:
            return None
        texts = sample[passage.texts]
        if fills_template(passage.cover, partial(sequences_of, texts)):
            return None
        return SharedPassage(crowds.members(crowd).size, int(texts[0]), passage.shingles)

    passages = list(threads.map(ask, sampled.samples, sampled.crowds))
    answers = np.array([passage is not None for passage in passages], dtype=np.bool_)
    found = [passage for passage in passages if passage is not None]
    return without_crowds(crowds, answers[sampled.sample_of]), found
