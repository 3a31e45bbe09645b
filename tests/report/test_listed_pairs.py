"""Which pairs a report lists: with the representative, and with the strongest neighbours of each verdict."""

import random
from itertools import combinations

import numpy as np
import pytest

from dedup import Recipe, Report, Verdict, find_duplicates
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.report.identical_texts import DistinctTexts
from dedup.report.listed_pairs import SAME_TEXT, ListedPairs, every_pair, strongest_pairs
from tests.judged_samples import Sample, judged_pairs
from tests.made_up_news import story

PARTIAL, TEMPLATE = Verdict.PARTIAL, Verdict.TEMPLATE


def texts_of(*counts: int) -> DistinctTexts:
    """Number documents text by text: so many of each."""
    bounds = np.cumsum([0, *counts])
    return DistinctTexts(np.arange(bounds[-1]), bounds)


def strongest(
    texts: DistinctTexts,
    judged: JudgedPairs,
    *,
    neighbours: int,
    led: tuple[int, ...] = (),
    references: int = 0,
) -> list[tuple[int, int]]:
    """List the strongest pairs of documents, sorted; `led` are rows of members and representatives."""
    leads = np.zeros(len(judged), dtype=np.bool_)
    leads[list(led)] = True
    repeated = np.flatnonzero(texts.document_counts > 1)
    listed = strongest_pairs(
        texts, judged, repeated=repeated, led=leads, references=references, neighbours=neighbours
    )
    return pairs_of(listed)


def pairs_of(listed: ListedPairs) -> list[tuple[int, int]]:
    """Return pairs of documents in order, each side where it was judged."""
    return sorted(zip(listed.one.tolist(), listed.other.tolist(), strict=True))


def test_each_text_lists_its_strongest_neighbour() -> None:
    """Text 0 shares most with 3; 1 and 2 have no other neighbour than 0, so all three pairs are listed."""
    judged = judged_pairs([Sample(0, 1, 1), Sample(0, 2, 1), Sample(0, 3, 2)])

    assert strongest(texts_of(1, 1, 1, 1), judged, neighbours=1) == [(0, 1), (0, 2), (0, 3)]


def test_a_pair_that_is_weak_for_both_is_left_out() -> None:
    """In a triangle 0 and 1 share one shingle, and each shares two with 2."""
    judged = judged_pairs([Sample(0, 1, 1), Sample(0, 2, 2), Sample(1, 2, 2)])

    assert strongest(texts_of(1, 1, 1), judged, neighbours=1) == [(0, 2), (1, 2)]
    assert strongest(texts_of(1, 1, 1), judged, neighbours=2) == [(0, 1), (0, 2), (1, 2)]


def test_the_pair_with_the_representative_is_listed_always() -> None:
    """The same triangle, with 0 for the representative of 1."""
    judged = judged_pairs([Sample(0, 1, 1), Sample(0, 2, 2), Sample(1, 2, 2)])

    assert strongest(texts_of(1, 1, 1), judged, neighbours=1, led=(0,)) == [(0, 1), (0, 2), (1, 2)]


def test_each_verdict_has_places_of_its_own() -> None:
    """The weakest pair is the only partial one."""
    judged = judged_pairs([Sample(0, 1, 1, PARTIAL), Sample(0, 2, 2), Sample(1, 2, 2)])

    assert strongest(texts_of(1, 1, 1), judged, neighbours=1) == [(0, 1), (0, 2), (1, 2)]


def test_neighbours_in_the_reference_have_places_of_their_own() -> None:
    """Documents 0 and 1 are old: 2 lists the first of both kinds, though it shares as much with all."""
    judged = judged_pairs(
        [*(Sample(one, other, 2) for one, other in combinations(range(2, 5), 2)), Sample(0, 2), Sample(1, 3)]
    )

    listed = strongest(texts_of(1, 1, 1, 1, 1), judged, neighbours=1, references=2)

    assert listed == [(0, 2), (1, 3), (2, 3), (2, 4)]


def test_of_equal_neighbours_the_first_representatives_are_listed() -> None:
    """Each of five alike texts lists the one that comes first: pairs grow as texts do."""
    judged = judged_pairs([Sample(*pair, 1, TEMPLATE) for pair in combinations(range(5), 2)])

    assert strongest(texts_of(1, 1, 1, 1, 1), judged, neighbours=1) == [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_documents_of_one_text_are_paired_with_the_first() -> None:
    """Four copies with one neighbour each, three with two more."""
    nothing = judged_pairs()

    assert strongest(texts_of(4), nothing, neighbours=1) == [(0, 1), (0, 2), (0, 3)]
    assert strongest(texts_of(4), nothing, neighbours=2) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]


def test_each_document_of_a_text_lists_documents_of_the_other() -> None:
    """Two copies of one text, three of another: 0 and 1 list the first of the other, and it them."""
    judged = judged_pairs([Sample(0, 1)])

    listed = strongest(texts_of(2, 3), judged, neighbours=1)

    assert [pair for pair in listed if pair[0] < 2 <= pair[1]] == [(0, 2), (0, 3), (0, 4), (1, 2)]


@pytest.mark.parametrize("seed", range(8))
def test_with_places_for_all_nothing_is_left_out(seed: int) -> None:
    """Random judged pairs: as many neighbours as documents give every pair."""
    draw = random.Random(seed)
    texts = texts_of(*(draw.choice([1, 1, 2, 3]) for _ in range(7)))
    chosen = draw.sample(list(combinations(range(7), 2)), 9)
    judged = judged_pairs(
        Sample(*pair, draw.choice([1, 2]), draw.choice([*Verdict])) for pair in sorted(chosen)
    )
    repeated = np.flatnonzero(texts.document_counts > 1)

    every = every_pair(texts, judged, repeated=repeated, cap=100)

    assert strongest(texts, judged, neighbours=texts.rows.size) == pairs_of(every)
    assert (every.judged == SAME_TEXT).sum() == sum(n * (n - 1) // 2 for n in texts.document_counts.tolist())


def alerts(neighbours: int) -> Report:
    """Report on twelve sirens that differ in a town."""
    shared = story(3, words=30)
    texts = [f"Sirens in {town} at {3 * number} {shared}" for number, town in enumerate("abcdefghijkl")]
    return find_duplicates(texts, recipe=Recipe(rank=False, neighbours=neighbours))


def test_pairs_that_are_not_listed_are_counted() -> None:
    """Listed and unlisted pairs are together those of a report that lists all."""
    every, few = alerts(0), alerts(1)

    assert len(few.pairs) < len(every.pairs)
    assert few.counts["pairs"] + few.counts["unlisted_pairs"] == every.counts["pairs"]
    assert every.counts["unlisted_pairs"] == 0
    assert set(few.pairs) <= set(every.pairs)
    assert few.clusters == every.clusters
