"""Transliterate names in Arabic script, to recognise them in the web address of a source."""

import re

from rapidfuzz.distance import Indel

from dedup.text.fold import fold

_LATIN = {
    **dict(zip("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآ", "abptsjchxdzrzjsSsztzaqfqkglmnohia", strict=True)),
    **dict(zip("ےۓئؤةٹڈڑں", "iiioatdrn", strict=True)),
}
_WRITTEN_AS_TWO = (("kh", "x"), ("gh", "q"), ("sh", "S"), ("ch", "c"), ("zh", "j"), ("oo", "o"), ("ee", "i"))
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.|fa\.|en\.|ar\.)?([^./]+)(?:\..*)?$")
_ENDING = re.compile(r"(?:news|press|agency|online|tv|daily)$")
_VOWELS = re.compile("[aeiouhyw ]")

ALIKE = 0.7
"""Minimum similarity of two names with the same consonants for them to sound alike."""

CONSONANTS = 2
"""Minimum number of consonants in a name; with fewer, everything sounds alike."""


def sounds_alike(name: str, source: str) -> bool:
    """Whether a credited name sounds like the name of a source, which may be a web address."""
    latin, address = _latin(name), _latin(_ADDRESS.sub(r"\1", source))
    return any(_alike(latin, form) for form in {address, _ENDING.sub("", address)})


def _latin(text: str) -> str:
    folded = str(fold(text)).replace(" ", "")
    latin = "".join(_LATIN.get(letter, letter) for letter in folded)
    for pair, letter in _WRITTEN_AS_TWO:
        latin = latin.replace(pair, letter)
    return latin


def _alike(one: str, other: str) -> bool:
    consonants = _VOWELS.sub("", one)
    return (
        len(consonants) >= CONSONANTS
        and consonants == _VOWELS.sub("", other)
        and Indel.normalized_similarity(one, other) >= ALIKE
    )
