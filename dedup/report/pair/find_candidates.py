"""The steps from sketches to candidates, driven on one machine: bands and ranges are shared among threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedup.model.recipe import Recipe
from dedup.report.boilerplate import LearntBoilerplate, SharedPassage, find_boilerplate
from dedup.report.pair.buckets import BucketPairs, distinct, pair
from dedup.report.pair.candidates import Candidates, add_counts, candidates, promising, strongest
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

    def pair_range(first: int) -> BucketPairs:
        return pair(*view.fingerprints(first), cap=recipe.bucket_cap, crowd_size=recipe.boilerplate)

    with ThreadPoolExecutor(workers) as threads:
        banded = list(threads.map(pair_band, view.bands))
        printed = list(threads.map(pair_range, view.ranges))
    crowds = collect_crowds(part.crowds for part in printed)
    crowds, boilerplate = _ask(crowds, shingles_of, shingle_counts)
    printed.append(pair(crowds.keys(), crowds.texts, cap=recipe.bucket_cap))
    near = np.concatenate([np.empty(0, dtype=np.uint64), *(band.near for band in banded)])
    near = strongest(near, neighbours=neighbours) if recipe.neighbours else distinct(near)
    pairs, times = add_counts((part.pairs for part in printed), (part.times for part in printed))
    likely = promising(pairs, times, view.sizes, containment=recipe.partial)
    chosen = candidates([likely, near, *(band.pairs for band in banded)])
    parts = (*banded, *printed)
    texts = view.sizes.size
    not_chosen = texts * (texts - 1) // 2 - chosen.left.size
    return (
        chosen._replace(
            cut_buckets=sum(part.cut_buckets for part in parts),
            cut_pairs=min(sum(part.cut_pairs for part in parts), not_chosen),
        ),
        boilerplate,
    )


def _ask(
    crowds: Crowds, shingles_of: ShinglesOf, shingle_counts: NDArray[np.integer]
) -> tuple[Crowds, LearntBoilerplate]:
    """Look at a sample of each crowd; leave those out that share boilerplate."""
    sampled = sample_crowds(crowds)
    passages = []
    answers = np.zeros(len(sampled.samples), dtype=np.bool_)
    for number, (sample, crowd) in enumerate(zip(sampled.samples, sampled.crowds, strict=True)):
        members = crowds.members(crowd)
        passage = find_boilerplate(*shingles_of(sample), smallest=int(shingle_counts[members].min()))
        if passage is not None:
            answers[number] = True
            shown = int(sample[passage.text])
            passages.append(SharedPassage(members.size, shown, passage.shingles))
    return without_crowds(crowds, answers[sampled.sample_of]), LearntBoilerplate(passages)
