"""Which labelled pairs tell one story: they must not stand on both sides of a test."""

from collections.abc import Iterable

from dedup.text.fold import fold


def number_stories(pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Number the stories of pairs of texts, by first appearance.

    Pairs that have a text in common, or are linked by such pairs, tell one story. Two texts are the same if
    their folded texts are equal.
    """
    above: dict[str, str] = {}

    def top(text: str) -> str:
        while above.setdefault(text, text) != text:
            text = above[text]
        return text

    folded = [(str(fold(left)), str(fold(right))) for left, right in pairs]
    for left, right in folded:
        above[top(left)] = top(right)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(top(left), len(numbers)) for left, _ in folded]
