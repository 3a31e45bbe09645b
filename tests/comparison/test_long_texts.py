"""Texts of more than twenty thousand words: what is far down matters as much as the opening."""

import pytest

from dedup.comparison.compare import compare
from dedup.model import Document, Verdict
from dedup.model.recipe import Recipe
from dedup.report.find_duplicates import find_duplicates
from tests.made_up_news import reworded, story

pytestmark = pytest.mark.once


def verdicts(one: str, other: str) -> set[Verdict | None]:
    """Compare two texts alone and in a report, either way round."""
    documents = Document("a", one), Document("b", other)
    alone = {compare(*documents).verdict, compare(*documents[::-1]).verdict}
    (pair,) = find_duplicates(documents, recipe=Recipe(rank=False)).pairs
    return {*alone, pair.verdict}


@pytest.mark.parametrize("before", [19_000, 21_000, 60_000])
def test_a_story_at_the_end_of_a_long_document_is_contained(before: int) -> None:
    """A whole newspaper issue as one text, a story of 150 words behind all others."""
    lifted = story(1, words=150)

    assert verdicts(f"{story(2, words=before)} {lifted}", lifted) == {Verdict.CONTAINED}


@pytest.mark.parametrize("place", [0, 9_000, 21_000])
def test_a_story_anywhere_in_a_long_document_is_contained(place: int) -> None:
    """Ahead of 21,000 words, among them and behind them; one word in twelve of it was exchanged."""
    words = story(2, words=21_000).split()
    lifted = story(1, words=150)
    holder = " ".join([*words[:place], reworded(lifted), *words[place:]])

    assert verdicts(holder, lifted) == {Verdict.CONTAINED}


def test_a_story_in_two_pieces_of_a_long_document_is_contained() -> None:
    """Its halves are 10,000 words apart, and its first sentence opens thirty other stories too."""
    lifted, words = story(1, words=150).split(), story(2, words=30_000).split()
    sentence = [[*lifted[:12], *words[start : start + 300]] for start in range(0, 9_000, 300)]
    opened = [word for piece in sentence for word in piece]
    holder = [*opened, *lifted[:75], *words[9_000:19_000], *lifted[75:], *words[19_000:]]

    assert verdicts(" ".join(holder), " ".join(lifted)) == {Verdict.CONTAINED}


def test_a_story_that_took_a_passage_of_a_long_document_is_partial() -> None:
    """Sixty of its 150 words; the others are its own."""
    words = story(2, words=21_000).split()

    quoting = f"{story(1, words=45)} {' '.join(words[12_000:12_060])} {story(3, words=45)}"

    assert verdicts(" ".join(words), quoting) == {Verdict.PARTIAL}


@pytest.mark.parametrize("words", [4_000, 21_000])
def test_two_texts_that_share_their_first_half_are_partial(words: int) -> None:
    """Each goes on with as many words of its own."""
    shared = story(1, words=words)
    left, right = (f"{shared} {story(number, words=words)}" for number in (2, 3))

    assert verdicts(left, right) == {Verdict.PARTIAL}


def test_two_editions_of_a_long_text_are_near_duplicates() -> None:
    """Thirty thousand words, of which one in a hundred was exchanged."""
    text = story(1, words=30_000)

    assert verdicts(text, reworded(text, every=100)) == {Verdict.NEAR_DUPLICATE}
