"""A report the slow, obvious way: strings, sets, every pair; no kernel, no sketch, no index.

Judges `find_duplicates` in test_against_reference.py. Its fold knows the letters that the tests write.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations

SAME = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ء": None, "ـ": None})


@dataclass(frozen=True)
class Shared:
    """What two texts share, counted exactly."""

    both: int
    left: int
    right: int

    @property
    def jaccard(self) -> Fraction:
        """Shared windows over all windows."""
        return Fraction(self.both, self.left + self.right - self.both)

    @property
    def containment(self) -> Fraction:
        """Shared windows over those of the text that has fewer."""
        return Fraction(self.both, min(self.left, self.right))


@cache
def folded(text: str) -> str:
    """Spell a text one way: no marks, no half-spaces, plain digits, single blanks."""
    letters = []
    for char in unicodedata.normalize("NFKD", text.casefold()).translate(SAME):
        category = unicodedata.category(char)
        if category == "Nd":
            letters.append(str(unicodedata.decimal(char)))
        elif category[0] in "PSZC" and category != "Cf":
            letters.append(" ")
        elif category not in {"Mn", "Me", "Cf"}:
            letters.append(char)
    return " ".join("".join(letters).split())


def windows(text: str, *, letters: int = 20) -> list[str]:
    """Cut the next `letters` letters from each word start of a folded text, in reading order."""
    words = text.split()
    written = "".join(words)
    if len(written) <= letters:
        return [written] if written else []
    starts = [len("".join(words[:place])) for place in range(len(words))]
    return [written[start : start + letters] for start in starts if start + letters <= len(written)]


def all_pairs(texts: Mapping[str, str], *, letters: int = 20) -> Sequence[tuple[str, str, Shared]]:
    """Count what every two texts share, by id."""
    return _all_pairs(tuple(sorted(texts.items())), letters)


@cache
def _all_pairs(texts: tuple[tuple[str, str], ...], letters: int) -> Sequence[tuple[str, str, Shared]]:
    sets = {name: set(windows(folded(text), letters=letters)) for name, text in texts}
    return [
        (left, right, Shared(len(sets[left] & sets[right]), len(sets[left]), len(sets[right])))
        for left, right in combinations(sets, 2)
    ]


def sure_fingerprints(left: str, right: str, *, winnow: int, letters: int = 20) -> int:
    """How many fingerprints winnowing must leave two texts in common, whatever the hash.

    One for each run of `winnow` windows that stands in both, runs with no window in common.
    """
    ours, theirs = (windows(folded(text), letters=letters) for text in (left, right))
    held = {tuple(theirs[at : at + winnow]) for at in range(len(theirs) - winnow + 1)}
    used: set[str] = set()
    count = at = 0
    while at + winnow <= len(ours):
        run = ours[at : at + winnow]
        if tuple(run) in held and used.isdisjoint(run):
            used.update(run)
            count += 1
            at += winnow
        else:
            at += 1
    return count
