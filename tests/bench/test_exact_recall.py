"""Pairs that overlap are counted exactly, and held against what a report shows."""

from itertools import combinations

import numpy as np

from dedup.bench.exact_overlap import exact_pairs
from dedup.bench.exact_recall import exact_recall
from dedup.bench.relations import Relations, shown_by
from tests.made_up_news import reworded, story

TEXTS = [story(1), reworded(story(1), every=40), story(2), f"{story(3)} {story(4)}", story(4), "short", ""]
"""A copy with two words changed, and a text that holds another."""


def grams(text: str) -> set[tuple[str, ...]]:
    """Cut word 5-grams."""
    words = text.split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_every_pair_is_counted() -> None:
    """With the Jaccard and containment of its sets of 5-grams; folding changes none of these texts."""
    found = [*exact_pairs(TEXTS)]

    pairs = {
        (left, right): (jaccard, containment)
        for some in found
        for left, right, jaccard, containment in zip(*(column.tolist() for column in some), strict=True)
    }
    expected = {}
    for left, right in combinations(range(5), 2):
        one, other = grams(TEXTS[left]), grams(TEXTS[right])
        shared = len(one & other)
        if shared:
            expected[left, right] = (shared / len(one | other), shared / min(len(one), len(other)))
    assert expected.keys() == {(0, 1), (3, 4)}
    assert pairs == expected


def test_what_a_report_shows_counts_as_found() -> None:
    """Members of a cluster or a series, and listed pairs; a story may be of two clusters."""
    names = list("abcdef")
    report = {
        "clusters": [
            {"members": [{"id": "a"}, {"id": "b"}, {"id": "f"}]},
            {"members": [{"id": "c"}, {"id": "f"}]},
        ],
        "series": [{"members": [{"id": "d"}, {"id": "e"}]}],
        "pairs": [{"left": "e", "right": "a"}],
    }
    pairs = list(combinations(range(6), 2))
    left, right = np.array(pairs, dtype=np.int64).T

    shown = shown_by(report, names).holds(left, right)

    together = [
        f"{names[one]}{names[other]}" for (one, other), is_shown in zip(pairs, shown, strict=True) if is_shown
    ]
    assert together == ["ab", "ae", "af", "bf", "cf", "de"]


def test_missed_pairs_are_named() -> None:
    """The most alike first; for tools beside each other those count whose Jaccard is 0.7 or more."""
    names = [f"n{row}" for row in range(len(TEXTS))]
    nothing = Relations(names, groups=[])
    other = Relations(names, groups=[["n0", "n1"]])

    recall = exact_recall(names, TEXTS, shown=nothing, joined={"peer": other})

    assert (recall.stories, recall.pairs, recall.shown, recall.recall) == (7, 2, 0, 0.0)
    assert [(pair.left, pair.right) for pair in recall.missed] == [("n0", "n1"), ("n3", "n4")]
    assert (recall.high, recall.joined_by) == (1, {"peer": 1})


def test_where_nothing_overlaps_nothing_is_missed() -> None:
    """The share is 1."""
    assert exact_recall(["a"], ["x"], shown=Relations(["a"], groups=[]), joined={}).recall == 1.0
