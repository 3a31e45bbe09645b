"""Group labelled pairs by story: pairs about one story must not be in both the training and the test set."""

from collections.abc import Iterable

from dedup.text.fold import fold


def number_stories(pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Return the story number of each pair of texts, in order of first appearance.

    Pairs with a text in common, directly or through other pairs, belong to one story (union-find). Texts are
    compared in folded form.
    """
    parents: dict[str, str] = {}

    def root(text: str) -> str:
        while parents.setdefault(text, text) != text:
            text = parents[text]
        return text

    folded = [(str(fold(left)), str(fold(right))) for left, right in pairs]
    for left, right in folded:
        parents[root(left)] = root(right)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(left), len(numbers)) for left, _ in folded]
