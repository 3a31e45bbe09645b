"""The steps from sketches to candidates, driven on one machine: bands and ranges are shared among threads."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedup.model.recipe import Recipe
from dedup.report.boilerplate import LearntBoilerplate, SharedPassage, find_boilerplate
from dedup.report.pair.buckets import BucketPairs, pair
from dedup.report.pair.candidates import Candidates, candidates, promising, strongest
from dedup.report.pair.counted_pairs import PairCounter
from dedup.report.pair.crowds import Crowds, collect_crowds, sample_crowds, without_crowds
from dedup.report.pair.sketch_store import SketchView
from dedup.text.minhash import rotated

type ShinglesOf = Callable[[NDArray[np.uint32]], tuple[NDArray[np.uint64], NDArray[np.int64]]]
"""Loads the shingles of some texts, by number, and where those of each begin."""


def find_candidates(
    view: SketchView,
    recipe: Recipe,
    *,
    shingles_of: ShinglesOf,
    shingle_counts: NDArray[np.integer],
    workers: int = 1,
) -> tuple[Candidates, LearntBoilerplate]:
    """Pair the texts that share a band or enough fingerprints, but for those that share boilerplate.

    Args:
        view: Sketches of the texts.
        recipe: Every setting.
        shingles_of: Loads the shingles of texts that are looked at.
        shingle_counts: Shingles of each text, by number.
        workers: Threads.
    """
    all_neighbours = recipe.bucket_cap // 2
    neighbours = min(recipe.neighbours, all_neighbours) if recipe.neighbours else all_neighbours

    def pair_band(band: int) -> BucketPairs:
        # Each band starts from another value of the signature: two copies may differ in the first.
        order = rotated(view.order, band)
        return pair(*view.band(band), cap=recipe.bucket_cap, neighbours=neighbours, order=order)

    def pair_range(prefixes: range) -> BucketPairs:
        return pair(*view.fingerprints(prefixes), cap=recipe.bucket_cap, crowd_size=recipe.boilerplate)

    with ThreadPoolExecutor(workers) as threads:
        banded = _together(threads.map(pair_band, view.bands))
        printed = _together(threads.map(pair_range, view.ranges))
        crowds, boilerplate = _ask(printed.crowds, shingles_of, shingle_counts, threads=threads)
    printed = _together([printed, pair(crowds.keys(), crowds.texts, cap=recipe.bucket_cap)])
    chosen = candidates(
        [
            banded.sure.pairs,
            strongest(banded.near, neighbours=neighbours) if recipe.neighbours else banded.near.pairs,
            promising(printed.sure, view.sizes, containment=recipe.partial),
        ],
        cut_buckets=banded.cut_buckets + printed.cut_buckets,
    )
    not_chosen = view.sizes.size * (view.sizes.size - 1) // 2 - chosen.left.size
    cut_pairs = min(banded.cut_pairs + printed.cut_pairs, not_chosen)
    return chosen._replace(cut_pairs=cut_pairs), boilerplate


def _together(parts: Iterable[BucketPairs]) -> BucketPairs:
    """Add up the pairs of several bands or ranges."""
    sure, near = PairCounter(), PairCounter()
    crowds = []
    cut_buckets = cut_pairs = 0
    for part in parts:
        sure.add(part.sure)
        near.add(part.near)
        crowds.append(part.crowds)
        cut_buckets += part.cut_buckets
        cut_pairs += part.cut_pairs
    return BucketPairs(sure.total(), near.total(), cut_buckets, cut_pairs, collect_crowds(crowds))


def _ask(
    crowds: Crowds, shingles_of: ShinglesOf, shingle_counts: NDArray[np.integer], *, threads: Executor
) -> tuple[Crowds, LearntBoilerplate]:
    """Look at a sample of each crowd; leave those out that share boilerplate."""
    sampled = sample_crowds(crowds)

    def ask(sample: NDArray[np.uint32], crowd: int) -> SharedPassage | None:
        members = crowds.members(crowd)
        passage = find_boilerplate(*shingles_of(sample), smallest=int(shingle_counts[members].min()))
        return passage and SharedPassage(members.size, int(sample[passage.text]), passage.shingles)

    passages = list(threads.map(ask, sampled.samples, sampled.crowds))
    answers = np.array([passage is not None for passage in passages], dtype=np.bool_)
    learnt = LearntBoilerplate(passage for passage in passages if passage is not None)
    return without_crowds(crowds, answers[sampled.sample_of]), learnt
