"""Copies whose letters were changed so that nobody finds them."""

from collections.abc import Callable

import pytest

import dedup
from dedup import Verdict

STORY = (
    "The harbour council approved a plan to rebuild the old stone pier before winter, officials said. "
    "Work starts in September and will cost about four million, paid from the port fund over three years."
)
CYRILLIC = str.maketrans("aeocp", "аеоср")


def between(sign: str) -> Callable[[str], str]:
    """Put a sign behind each letter."""
    return lambda text: "".join(letter + sign * letter.isalpha() for letter in text)


@pytest.mark.parametrize("sign", ["\u3164", "\u17b4", "\ue123", "\u115f", "\u2060"], ids=ascii)
def test_invisible_characters_between_letters_hide_nothing(sign: str) -> None:
    """The folded texts are equal."""
    assert dedup.compare(STORY, between(sign)(STORY)).verdict is Verdict.IDENTICAL


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.translate(CYRILLIC),
        lambda text: text.replace("o", "0"),
        " ".join,
        lambda text: "  ".join(" ".join(word) for word in text.split()),
    ],
    ids=["Cyrillic letters", "zeros", "letters spaced out", "letters and words spaced out"],
)
def test_a_disguised_copy_is_found(disguise: Callable[[str], str]) -> None:
    """By report and comparison alike."""
    hidden = disguise(STORY)

    assert dedup.compare(STORY, hidden).verdict is Verdict.NEAR_DUPLICATE
    report = dedup.find_duplicates([{"id": "a", "text": STORY}, {"id": "b", "text": hidden}])
    assert [pair.verdict for pair in report.pairs] == [Verdict.NEAR_DUPLICATE]
