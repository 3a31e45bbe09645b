"""Crowds: who is looked at, and which crowd answers for a sample."""

from itertools import permutations

import numpy as np

from dedup.report.pair.crowds import Crowds, collect_crowds, sample_crowds, without_crowds


def crowds_of(*crowds: tuple[int, list[int]]) -> Crowds:
    """Make columns of a fingerprint and its texts each."""
    return Crowds(
        np.array([fingerprint for fingerprint, _ in crowds], dtype=np.uint64),
        np.cumsum([0, *(len(texts) for _, texts in crowds)]),
        np.array([text for _, texts in crowds for text in texts], dtype=np.uint32),
    )


def test_crowds_stand_by_fingerprint_whatever_the_order_of_the_ranges() -> None:
    """Three ranges, one of them empty, in all orders."""
    ranges = [crowds_of((1, [0, 1]), (2, [0, 2])), crowds_of(), crowds_of((7, [1, 2, 3]))]

    for order in permutations(ranges):
        crowds = collect_crowds(order)
        assert crowds.fingerprints.tolist() == [1, 2, 7]
        assert [crowds.members(crowd).tolist() for crowd in range(3)] == [[0, 1], [0, 2], [1, 2, 3]]
        assert crowds.keys().tolist() == [1, 1, 2, 2, 7, 7, 7]


def test_a_small_crowd_is_its_own_sample() -> None:
    """Ten texts are all looked at."""
    sampled = sample_crowds(crowds_of((5, list(range(10)))))

    assert [sample.tolist() for sample in sampled.samples] == [list(range(10))]


def test_sixteen_of_a_large_crowd_are_looked_at() -> None:
    """Every hundredth of 1,501, the first and the last among them."""
    (sample,) = sample_crowds(crowds_of((5, list(range(1501))))).samples

    assert sample.tolist() == list(range(0, 1501, 100))


def test_the_crowd_with_the_smallest_fingerprint_answers_for_its_sample() -> None:
    """The first and the last crowd have the same texts: one is asked about for both."""
    texts = list(range(8))

    sampled = sample_crowds(crowds_of((3, texts), (4, [*texts, 9]), (6, texts)))

    assert [sample.tolist() for sample in sampled.samples] == [texts, [*texts, 9]]
    assert (sampled.crowds, sampled.sample_of.tolist()) == ([0, 1], [0, 1, 0])


def test_crowds_of_boilerplate_are_dropped() -> None:
    """The texts of the second go, those of the others stay."""
    left = without_crowds(crowds_of((3, [0, 1]), (4, [1, 2]), (6, [3, 4])), np.array([False, True, False]))

    assert (left.fingerprints.tolist(), left.bounds.tolist()) == ([3, 6], [0, 2, 4])
    assert left.texts.tolist() == [0, 1, 3, 4]
