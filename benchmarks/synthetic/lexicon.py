"""Made-up words that look Persian, and how often each is used.

The words mean nothing. They are short where they are frequent, about one in seven running words has a
half-space, and their frequencies follow the law of Zipf and Mandelbrot, so unrelated stories share words but
hardly any passage.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic.dice import Dice

HALF_SPACE = "\u200c"
LETTERS = "اااااااییییییرررررنننندددددمممممههههووووتتتبببسسسشششکککلللپزخجفعقگحطصضغچثذظژآئ"
ENDINGS = ("ها", HALF_SPACE + "های", HALF_SPACE + "ها", "ی", HALF_SPACE + "ای", "ان")
WORDS = 60_000
FLATTENING = 3
TABLE_BITS = 20
SHAPES = ((40, 2, 3, 0), (400, 3, 5, 12), (4_000, 4, 7, 24), (WORDS, 4, 8, 30))
"""Up to this rank: letters at least and at most, percent of words with a prefix or an ending."""
PHRASES = 300


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words, phrases and names of made-up stories.

    Attributes:
        words: All words, the most frequent first.
        table: uint32, 2**20 ranks, each as often as its word is used: a random entry is a random word.
        phrases: Stock phrases of several words that unrelated stories have in common.
        sources: Names of made-up agencies.
        names: Names of made-up people and places, two words each.
    """

    words: list[str]
    table: NDArray[np.uint32]
    phrases: list[str]
    sources: list[str]
    names: list[str]

    def draw(self, dice: Dice, count: int) -> list[str]:
        """Draw `count` words by their frequency."""
        ranks = self.table[(dice.raw(count) >> np.uint64(64 - TABLE_BITS)).astype(np.int64)]
        return [self.words[rank] for rank in ranks.tolist()]


@cache
def lexicon(seed: int) -> Lexicon:
    """Make the lexicon of a seed, once in a process."""
    dice = Dice(seed)
    words = _words(dice)
    bare = Lexicon(words, _table(), [], [], [])
    phrases = [" ".join(bare.draw(dice, dice.between(4, 8))) for _ in range(PHRASES)]
    rare = words[4_000:]
    return Lexicon(
        words,
        bare.table,
        phrases,
        sources=[dice.pick(rare).replace(HALF_SPACE, "") for _ in range(12)],
        names=[f"{dice.pick(rare)} {dice.pick(rare)}" for _ in range(5_000)],
    )


def _words(dice: Dice) -> list[str]:
    words: dict[str, None] = {}
    for below, least, most, affixed in SHAPES:
        while len(words) < below:
            word = "".join(dice.pick(LETTERS) for _ in range(dice.between(least, most)))
            if dice.chance(affixed):
                word = "می" + HALF_SPACE + word if dice.chance(25) else word + dice.pick(ENDINGS)
            words[word] = None
    return list(words)


def _table() -> NDArray[np.uint32]:
    """Divide 2**20 places among the ranks with whole numbers, so that every machine has the same table."""
    weights = [10**12 // (rank + FLATTENING) for rank in range(WORDS)]
    places = 2**TABLE_BITS
    total, passed, ends = sum(weights), 0, [0]
    for weight in weights:
        passed += weight
        ends.append(passed * places // total)
    counts = [after - before for before, after in pairwise(ends)]
    return np.repeat(np.arange(WORDS, dtype=np.uint32), counts)
