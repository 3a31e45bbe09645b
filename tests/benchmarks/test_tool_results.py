"""Scores of what a tool found, and the exact pairs that it answers to."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reference import similar_pairs
from benchmarks.tool_results import Gold, ToolResult, against_gold, against_pairs, gold_pairs, pair_of

WORDS = st.lists(st.sampled_from("ابپتث"), max_size=12).map(" ".join)


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    """A story with two copies, one with one, a roundup of both stories and a template."""
    records = [
        {"id": "a", "cluster": "a", "kind": "original", "parent": None},
        {"id": "b", "cluster": "a", "kind": "cut", "parent": "a"},
        {"id": "c", "cluster": "a", "kind": "edited", "parent": "a"},
        {"id": "d", "cluster": "d", "kind": "original", "parent": None},
        {"id": "e", "cluster": "d", "kind": "edited", "parent": "d"},
        {"id": "r", "cluster": "r", "kind": "roundup", "parent": None, "holds": ["a", "d"]},
        {"id": "t", "cluster": "t", "kind": "template", "parent": "d"},
    ]
    path = tmp_path / "gold"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return Gold.read(path)


def test_gold_pairs_are_those_within_clusters(gold: Gold) -> None:
    """Three of the cluster of three, one of the cluster of two."""
    assert gold_pairs(gold) == {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}


def test_scores_count_joined_pairs(gold: Gold) -> None:
    """Joined are ab, de, dt, et: two of four gold pairs, two of four joined pairs."""
    scores = against_gold(ToolResult([["a", "b"], ["d", "e", "t"]]), gold)

    assert scores["pairs"] == 4
    assert scores["recall"] == 0.5
    assert scores["precision"] == 0.5
    assert scores["by_kind"] == {"cut": 1.0, "edited": 0.5}


def test_a_roundup_may_be_listed_or_joined(gold: Gold) -> None:
    """Listing the roundup with one of its two stories finds a half, joining it with the other the rest."""
    listed = against_gold(ToolResult([], frozenset({("d", "r")})), gold)
    both = against_gold(ToolResult([["a", "r"]], frozenset({("d", "r")})), gold)

    assert (listed["roundups"], both["roundups"]) == (0.5, 1.0)


def test_a_roundup_in_several_clusters_is_no_mistake(gold: Gold) -> None:
    """It is in the cluster of each story that it contains, fuses nothing and counts in no joined pair."""
    scores = against_gold(ToolResult([["a", "b", "r"], ["d", "r"]]), gold)

    assert (scores["recall"], scores["precision"], scores["roundups"]) == (0.25, 1.0, 1.0)


def test_nothing_found_is_no_recall_and_no_mistake(gold: Gold) -> None:
    """Without clusters the recall is 0 and the precision that of no pairs, 1."""
    scores = against_gold(ToolResult([]), gold)

    assert (scores["recall"], scores["precision"]) == (0.0, 1.0)


def test_exact_pairs_may_be_joined_or_listed() -> None:
    """Of three pairs one is joined, one listed and one missed."""
    found = ToolResult([["a", "b"]], frozenset({("c", "d")}))

    scores = against_pairs(found, [("a", "b"), ("c", "d"), ("e", "f")])

    assert scores == {"pairs": 3, "recall": 0.6667}


def test_reports_and_results_of_peers_are_read(tmp_path: Path) -> None:
    """A report has members and pairs, a peer's result has clusters of ids."""
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    members = [{"id": "a"}, {"id": "b"}]
    report = {
        "schema": "dedup-report/1",
        "clusters": [{"members": members}],
        "pairs": [{"left": "d", "right": "c"}],
    }
    ours.write_text(json.dumps(report), encoding="utf-8")
    theirs.write_text(json.dumps({"tool": "peer", "clusters": [["a", "b"]]}), encoding="utf-8")

    assert ToolResult.read(ours) == ToolResult([["a", "b"]], frozenset({("c", "d")}))
    assert ToolResult.read(theirs) == ToolResult([["a", "b"]])


def test_a_pair_has_one_name() -> None:
    """The lower id comes first."""
    assert pair_of("b", "a") == pair_of("a", "b") == ("a", "b")


def test_similar_pairs_by_hand() -> None:
    """Five words have three 3-grams; another last word leaves two of four: J 0.5."""
    texts = ["a b c d e", "a b c d x", "p q r s t", "a b c d e"]

    assert similar_pairs(texts, bound=0.5) == [(0, 1), (0, 3), (1, 3)]
    assert similar_pairs(texts, bound=0.51) == [(0, 3)]


def test_short_texts_are_one_gram_and_empty_ones_none() -> None:
    """Two equal texts of one word are similar, two empty ones are not."""
    assert similar_pairs(["a", "a", "", "", "a b"], bound=0.7) == [(0, 1)]


@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from([0.2, 0.5, 0.7, 1.0]))
@settings(deadline=None)
def test_similar_pairs_are_those_of_comparing_all(texts: list[str], bound: float) -> None:
    """The prefix filter loses no pair and adds none."""
    sets = [grams(text) for text in texts]

    expected = [
        (left, right)
        for left in range(len(texts))
        for right in range(left + 1, len(texts))
        if sets[left] | sets[right] and len(sets[left] & sets[right]) / len(sets[left] | sets[right]) >= bound
    ]

    assert similar_pairs(texts, bound=bound) == expected


def grams(text: str) -> set[tuple[str, ...]]:
    """Cut word 3-grams the slow way; a shorter text is one gram."""
    words = text.split()
    if 0 < len(words) < 3:
        return {tuple(words)}
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
