"""Stories that nobody wrote: words drawn from a seeded generator, as many as are asked for."""

import random
import re
from functools import lru_cache

SYLLABLES = tuple(re.findall(".{2}", "بابرتاجاخاداراساشاکاگالامانواهمدوروسونومینیسیتردرکر"))


@lru_cache(maxsize=1024)
def story(number: int, *, words: int = 80, seed: int = 7) -> str:
    """Write the story of that number; two of them share no passage."""
    draw = random.Random(f"{seed} {number}")
    return " ".join("".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in range(words))


def reworded(text: str, *, every: int = 12, seed: int = 1) -> str:
    """Exchange one word in so many: a near-duplicate."""
    written = text.split()
    for place in range(every // 2, len(written), every):
        written[place] = story(place, words=1, seed=seed + 1000)
    return " ".join(written)
