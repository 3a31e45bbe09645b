"""The benchmark's own arithmetic, worked out by hand."""

import pytest

from benchmarks.scoring import b_cubed, banded, confusion


def test_b_cubed_looks_document_by_document() -> None:
    """Gold {a, b, c}, {d}; ours {a, b}, {c, d}.

    Precision: a, b 1 each, c, d one half each: 3 / 4. Recall: a, b 2 / 3, c 1 / 3, d 1: 8 / 3 of 4.
    """
    gold = {"a": 1, "b": 1, "c": 1, "d": 2}
    ours = {"a": 7, "b": 7, "c": 8, "d": 8}

    assert b_cubed(gold, ours) == pytest.approx((3 / 4, 2 / 3, 12 / 17))


def test_equal_clusters_are_perfect_whatever_they_are_called() -> None:
    """Names of clusters do not matter."""
    assert b_cubed({"a": 1, "b": 2}, {"a": "x", "b": "y"}) == pytest.approx((1, 1, 1))


def test_bands_are_counted_from_the_top() -> None:
    """A similarity of 1 is in the highest band; 0.3, rounded to slightly less, in its own."""
    assert banded([(1.0, True), (0.95, False), (0.1 + 0.2, True), (0.29, False)]) == {
        "0.9 to 1.0": (2, 1),
        "0.3 to 0.4": (1, 1),
        "0.2 to 0.3": (1, 0),
    }


def test_the_table_has_a_row_for_each_right_label() -> None:
    """Two copies, one of them taken for a template."""
    head, copy, template = confusion([("copy", "copy"), ("copy", "template")])

    assert head.split() == ["copy", "template", "(judged)"]
    assert copy.split() == ["copy", "1", "1"]
    assert template.split() == ["template", "0", "0"]
