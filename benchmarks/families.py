"""Made-up archives whose stories are alike in many ways, so that there are many candidate pairs to judge.

Each family is written at any size; a share of 1 is `STORIES` stories. benchmarks/hostile.py measures them.
"""

from collections.abc import Callable, Iterator
from functools import cache
from math import isqrt

import numpy as np

from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import lexicon
from dedup import Recipe, core
from dedup.text.minhash import permutation_parameters

type Texts = Callable[[float], Iterator[str]]

STORIES = 20_000
WORDS = 120
"""Words of a story, where a family does not say otherwise."""
FAMILY = 40
LONG_STORY_BYTES = 50 * 1024**2
POOL = 30_000
"""Words among which those are sought whose hashes decide a band."""


def words_of(count: int, *keys: int) -> list[str]:
    """Draw words; the same keys give the same words."""
    return lexicon(1).draw(Dice(*keys), count)


def alike(share: float) -> Iterator[str]:
    """Write families of forty texts, each with five words of its own."""
    for number in range(int(STORIES * share)):
        words = words_of(WORDS, 1, number // FAMILY)
        for place, word in enumerate(words_of(5, 2, number)):
            words[(23 * place + number) % WORDS] = word
        yield " ".join(words)


def boilerplate(share: float) -> Iterator[str]:
    """Write stories that each end with the first words of one passage: from none to all but one of 120."""
    passage = words_of(WORDS, 3)
    for number in range(int(STORIES * share)):
        yield " ".join(words_of(WORDS // 2, 4, number) + passage[: number % WORDS])


def two_halves(share: float) -> Iterator[str]:
    """Write every combination of a first half and a second half."""
    side = isqrt(int(STORIES * share))
    for number in range(side * side):
        yield " ".join(words_of(WORDS // 2, 5, number // side) + words_of(WORDS // 2, 6, number % side))


def prefixes(share: float) -> Iterator[str]:
    """Write beginnings of one text of 400 words, from 20 words on."""
    text = words_of(400, 7)
    for number in range(int(STORIES * share)):
        yield " ".join([*text[: 20 + number % 380], *words_of(number // 380 % 7, 8, number)])


def near_identical(share: float) -> Iterator[str]:
    """Write one story many times, each time with one word exchanged."""
    text = words_of(WORDS, 9)
    for number in range(int(STORIES * share)):
        place = number % WORDS
        yield " ".join([*text[:place], f"{words_of(1, 10, number)[0]}{number}", *text[place + 1 :]])


def holder(share: float) -> Iterator[str]:
    """Write stories, and one story of up to 50 MB that contains them all."""
    stories = [" ".join(words_of(WORDS, 11, number)) for number in range(int(STORIES * share))]
    yield from stories
    size = sum(len(story.encode()) for story in stories)
    filling: list[str] = []
    while size < LONG_STORY_BYTES * share:
        filling.append(" ".join(words_of(10_000, 12, len(filling))))
        size += len(filling[-1].encode())
    yield ".\n".join([*stories, *filling])


def equal_bands(share: float) -> Iterator[str]:
    """Write stories that share nothing but some words, chosen so that the first bands of all are equal."""
    shared = _deciding_words()
    for number in range(int(STORIES * share)):
        yield " ".join([*words_of(WORDS, 13, number), *shared])


@cache
def _deciding_words() -> list[str]:
    """Return the words of a pool that have the smallest hash under each permutation of the first eight bands.

    A word of twenty letters and more is a shingle whatever follows it.
    """
    recipe = Recipe()
    dice = Dice(14)
    pool = ["".join(dice.pick("ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهی") for _ in range(24)) for _ in range(POOL)]
    a, b = permutation_parameters(recipe.permutations, recipe.seed)
    many = core.prepare_many(pool, letters=recipe.letters, window=recipe.winnow, a=a, b=b)
    return sorted({pool[row] for row in np.argmin(many.signatures[:, : 8 * recipe.rows], axis=0).tolist()})


def chains(share: float) -> Iterator[str]:
    """Write pieces of one endless text, each of which begins in the middle of the one before."""
    half = words_of(WORDS // 2, 15, 0)
    for number in range(int(STORIES * share)):
        after = words_of(WORDS // 2, 15, number + 1)
        yield " ".join(half + after)
        half = after


FAMILIES: dict[str, Texts] = {
    "alike": alike,
    "boilerplate": boilerplate,
    "two halves": two_halves,
    "prefixes": prefixes,
    "near-identical": near_identical,
    "holder": holder,
    "equal bands": equal_bands,
    "chains": chains,
}
