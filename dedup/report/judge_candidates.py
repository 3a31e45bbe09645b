"""Candidates -> measured pairs with a verdict: feeds the step `judge` in batches."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import SECONDS_IN_AN_HOUR, UNKNOWN_SOURCE, Contexts, title_likeness
from dedup.comparison.judge_pairs import JudgedPairs, joined, joined_in_order, judge_pairs
from dedup.comparison.overlap import match_many
from dedup.comparison.pair_columns import Overlaps
from dedup.core import WordColumn
from dedup.model.memory import return_freed_memory
from dedup.model.recipe import Recipe
from dedup.report.boilerplate import LearntBoilerplate
from dedup.report.judging_batches import JudgingBatch, judging_batches
from dedup.report.packed_results import JUDGED
from dedup.report.pair import Candidates
from dedup.report.representative import UNDATED
from dedup.report.run_steps import JudgedDocuments, Material, Runner, Step

type Numbers = NDArray[np.int64]


def judge_all(
    candidates: Candidates,
    recipe: Recipe,
    *,
    letters: Numbers,
    boilerplate: LearntBoilerplate,
    material: Material,
    runner: Runner,
    progress: Callable[[str, int, int], object],
) -> JudgedPairs:
    """Measure the candidates; keep those with a verdict, in the order of the texts.

    Args:
        candidates: Pairs of texts.
        recipe: See `judge_pairs`.
        letters: Of each text, by number.
        boilerplate: Of the archive.
        material: What the tasks read.
        runner: What runs them.
        progress: Told how many candidates are judged.
    """
    tasks = judging_batches(candidates.left, candidates.right, letters)
    step = Step("judge", partial(_judge_batch, boilerplate=boilerplate, recipe=recipe), JUDGED)
    parts: list[JudgedPairs] = []
    return_freed_memory()
    progress("match", 0, candidates.left.size)
    done = 0
    for task, kept in zip(tasks, runner.run(step, tasks, material), strict=True):
        parts.append(kept)
        done += task.left.size
        progress("match", done, candidates.left.size)
    judged = joined_in_order(parts)
    return_freed_memory()
    return judged


def _judge_batch(
    material: Material, batch: JudgingBatch, *, boilerplate: LearntBoilerplate, recipe: Recipe
) -> JudgedPairs:
    documents, first = material.documents, material.first
    return joined(list(_judged(documents, boilerplate, batch, first=first, recipe=recipe)))


def _judged(
    archive: JudgedDocuments,
    boilerplate: LearntBoilerplate,
    batch: JudgingBatch,
    *,
    first: Numbers,
    recipe: Recipe,
) -> Iterator[JudgedPairs]:
    """Judge a batch of candidates, loading the texts of some at a time."""
    left, right, overlaps = measure(archive, batch[:2], first=first, recipe=recipe)
    for start in range(0, left.size, batch.texts_at_once):
        some = slice(start, start + batch.texts_at_once)
        numbers, places = np.unique(np.concatenate([left[some], right[some]]), return_inverse=True)
        rows = first[numbers]
        ours, theirs = places[: places.size // 2], places[places.size // 2 :]
        judged = judge_pairs(
            WordColumn(archive.texts(rows), boilerplate=boilerplate.shingles, window=recipe.letters),
            ours,
            theirs,
            overlaps=overlaps.where(some),
            contexts=contexts_of(archive, rows[ours], rows[theirs]),
            recipe=recipe,
        )
        yield replace(judged, left=numbers[judged.left], right=numbers[judged.right])


def measure(
    archive: JudgedDocuments, batch: tuple[Numbers, Numbers], *, first: Numbers, recipe: Recipe
) -> tuple[Numbers, Numbers, Overlaps]:
    """Measure the overlap of candidates, and drop those that share too little for a verdict.

    Returns:
        Left and right texts of the remaining pairs, and their overlaps.
    """
    left, right = batch
    numbers, places = np.unique(np.concatenate(batch), return_inverse=True)
    values, bounds = archive.shingles(first[numbers])
    ours, theirs = places[: left.size], places[left.size :]
    sizes = np.diff(bounds)
    overlaps = Overlaps(match_many(values, bounds, left=ours, right=theirs), sizes[ours], sizes[theirs])
    # A run of that many words starts as many shingles, minus the last few.
    lifted = overlaps.shared >= recipe.lifted // 2 if recipe.lifted else np.False_
    enough = (overlaps.containment >= recipe.partial) | lifted
    return left[enough], right[enough], overlaps.where(enough)


def contexts_of(archive: JudgedDocuments, one: Numbers, other: Numbers) -> Contexts:
    """Return the contexts of pairs of documents (sources, dates, titles), given their rows."""
    dates = archive.dates[one], archive.dates[other]
    undated = (dates[0] == UNDATED) | (dates[1] == UNDATED)
    hours = np.abs(dates[0] - dates[1]) / SECONDS_IN_AN_HOUR
    sources = archive.source_numbers[one], archive.source_numbers[other]
    named = archive.names_source
    every, places = np.unique(np.concatenate([one, other]), return_inverse=True)
    titles = archive.titles(every)
    ours, theirs = ([titles[place] for place in side.tolist()] for side in np.split(places, 2))
    return Contexts(
        np.where(undated, np.nan, hours),
        np.where(named[sources[0]] & named[sources[1]], sources[0] != sources[1], UNKNOWN_SOURCE),
        title_likeness(ours, theirs),
    )
