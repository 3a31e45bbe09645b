"""Labelled pairs as people hand them in."""

import json

import pytest

from dedup.input.labelled_pairs import LabelledPair, labelled_pairs
from dedup.model import Document
from dedup.model.errors import ReadingError


def read(*lines: object) -> list[LabelledPair]:
    """Read lines, JSON or not."""
    content = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(labelled_pairs(content.encode(), name="pairs.jsonl"))


def test_a_pair_has_two_texts_and_a_label() -> None:
    """Under either pair of names; blank lines and other keys are passed over."""
    found = read(
        {"a_text": "one", "b_text": "two", "label": "near-duplicate", "why": "same"},
        "",
        {"left": "three", "right": "four", "label": "partial reuse", "other_label": "near-duplicate"},
    )

    assert found == [
        LabelledPair(Document("a_text", "one"), Document("b_text", "two"), "near-duplicate"),
        LabelledPair(Document("left", "three"), Document("right", "four"), "partial reuse", "near-duplicate"),
    ]


@pytest.mark.parametrize(
    ("names", "of_left", "of_right"), [("a_text b_text", "a_", "b_"), ("left right", "left_", "right_")]
)
def test_a_side_has_a_title_a_source_and_a_date(names: str, of_left: str, of_right: str) -> None:
    """Under the prefix of its side; the date by either name; what is no string is missing."""
    left, right = names.split()

    (pair,) = read(
        {
            left: "one",
            right: "two",
            "label": "unrelated",
            f"{of_left}title": "Rain",
            f"{of_left}source": "harbour.example",
            f"{of_left}published": "2024-05-01",
            f"{of_right}title": 7,
            f"{of_right}source": None,
            f"{of_right}date": "2024-05-02",
        }
    )

    assert pair.left == Document(left, "one", title="Rain", source="harbour.example", published="2024-05-01")
    assert pair.right == Document(right, "two", published="2024-05-02")


@pytest.mark.parametrize(
    ("verdict", "label"),
    [
        ("identical", "near-duplicate"),
        ("contained", "contained"),
        ("partial", "partial reuse"),
        ("template", "same-template-but-different"),
        ("unrelated", "unrelated"),
    ],
)
def test_verdicts_are_labels_too(verdict: str, label: str) -> None:
    """The verdicts of this program are understood as labels."""
    assert read({"left": "a", "right": "b", "label": verdict})[0].label == label


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "pairs.jsonl line 2: not JSON"),
        ([], "pairs.jsonl line 2: not a JSON object"),
        ({"left": "a", "label": "partial"}, "pairs.jsonl line 2: no two texts"),
        ({"left": "a", "right": 3, "label": "partial"}, "pairs.jsonl line 2: no two texts"),
        ({"left": "a", "right": "b"}, "pairs.jsonl line 2: label None is not one of"),
        ({"left": "a", "right": "b", "label": "same"}, "pairs.jsonl line 2: label 'same' is not one of"),
        ({"left": "a", "right": "b", "label": "partial", "other_label": 1}, "line 2: label 1 is not one of"),
    ],
)
def test_a_line_without_a_pair_is_named(line: object, said: str) -> None:
    """File, line and what is wrong with it: tuning on half the pairs would mislead."""
    good = {"left": "a", "right": "b", "label": "partial"}

    with pytest.raises(ReadingError, match=said):
        read(good, line)


def test_another_encoding_is_named() -> None:
    """Labels are made by people now, not taken from an old archive."""
    with pytest.raises(ReadingError, match="not UTF-8"):
        list(labelled_pairs("خبر".encode("cp1256"), name="pairs.jsonl"))
