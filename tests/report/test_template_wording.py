"""The wording of a series is distinguished from boilerplate by its shape."""

from itertools import chain, islice

import numpy as np
import pytest

from dedup import Recipe, find_duplicates
from dedup.report.template_wording import fills_template
from tests.report.test_made_up_archives import some_stories


def filled(*, passages: int) -> list[list[int]]:
    """Write three texts of passages of two shingles that all share, own shingles around them."""
    made = []
    for text in range(3):
        words = [*range(1000 * (text + 1), 1000 * (text + 1) + passages + 1)]
        for place in range(passages):
            words[3 * place + 1 : 3 * place + 1] = [2 * place, 2 * place + 1]
        made.append(words)
    return made


@pytest.mark.parametrize(("cover", "passages", "fills"), [(0.4, 5, True), (0.39, 5, False), (0.4, 4, False)])
def test_five_passages_and_two_fifths_of_the_shingles_fill_a_template(
    cover: float, passages: int, *, fills: bool
) -> None:
    """Fewer passages, or more words of their own, fill none."""
    texts = filled(passages=passages)
    bounds = np.cumsum([0, *map(len, texts)])

    assert fills_template(cover, lambda: (np.concatenate(texts).astype(np.uint64), bounds)) is fills


@pytest.mark.parametrize(("passages", "learnt"), [(1, True), (6, False)])
def test_the_wording_of_a_series_is_no_boilerplate(passages: int, *, learnt: bool) -> None:
    """Twenty-four texts share passages of sixteen words, eight of their own around them."""
    wording = some_stories(passages, words=16, seed=3)
    texts = []
    for story in some_stories(24, words=8 * (passages + 1)):
        own = iter(story.split())
        gaps = [" ".join(islice(own, 8)) for _ in range(passages + 1)]
        texts.append(" ".join([*chain.from_iterable(zip(gaps, wording, strict=False)), gaps[-1]]))

    report = find_duplicates(texts, recipe=Recipe(rank=False))

    assert (len(report.boilerplate) > 0) is learnt
