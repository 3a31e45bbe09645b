"""A document -> the keys to look up and to store."""

from unittest.mock import Mock

import numpy as np
import pytest

from dedup import core
from dedup.core import numpy_kernel
from dedup.model.recipe import Recipe
from dedup.prefilter.index_keys import prepare_query
from tests.made_up_news import story

ONE = np.ones(1, dtype=np.uint32)


@pytest.mark.parametrize(("words", "times"), [(60, 1), (150, 2), (500, 4)])
def test_the_longer_a_story_the_sparser_its_keys(words: int, times: int) -> None:
    """Those of the recipe's window, or of one that is twice or four times as long."""
    text, recipe = story(1, words=words), Recipe()

    keys = prepare_query(text, recipe).story.keys

    window = times * recipe.winnow
    prints = numpy_kernel.prepare(text, letters=recipe.letters, window=window, a=ONE, b=ONE)[3]
    assert keys == tuple(sorted(prints.astype(np.uint32).view(np.int32).tolist()))


@pytest.mark.parametrize(("shingles", "by_all"), [(32, True), (48, True), (50, False)])
def test_a_short_story_is_looked_up_by_all_of_its_shingles(shingles: int, *, by_all: bool) -> None:
    """Up to 48 of them; a longer one is looked up by its fingerprints."""
    words = story(1, words=120).split()
    queries = (prepare_query(" ".join(words[:count]), Recipe()) for count in range(len(words)))
    query = next(query for query in queries if query.shingles.size == shingles)

    every_key = tuple(sorted(query.shingles.astype(np.uint32).view(np.int32).tolist()))

    assert (query.lookup_keys == every_key) == by_all
    assert set(query.story.keys) <= set(query.lookup_keys) <= set(every_key)


def test_a_story_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sparser keys are chosen from the shingles that it has already."""
    once, many = Mock(wraps=core.prepare), Mock(wraps=core.prepare_many)
    monkeypatch.setattr(core, "prepare", once)
    monkeypatch.setattr(core, "prepare_many", many)

    prepare_query(story(1, words=500), Recipe())

    assert (once.call_count, many.call_count) == (1, 0)
