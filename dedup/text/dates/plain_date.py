"""Normalise a written date: one spelling of each letter, digit and sign."""

import re
import unicodedata

_SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("\u0649\u064a\u06cc\u06cd\u06d0\u06d2", "\u06cc"),
        "\u0643": "\u06a9",
        **dict.fromkeys("\u0629\u06be\u06c1\u06d5", "\u0647"),
        "\u0671": "\u0627",
        "\u06ab": "\u06af",
        "\u0131": "i",
        **dict.fromkeys("_\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u060c\u066c\u3001", ","),
        "\u066b": ".",
        **dict.fromkeys("\u060d\u2044\u2215", "/"),
        "\u2236": ":",
        "\u200c": " ",
    }
)
"""Variants of Yeh, Kaf, Gaf, Heh and Alef, the Turkish i, dashes and other signs, half-spaces."""

_MARKS = re.compile(
    "[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
"""Accents, vowel signs and the lengthening stroke of Arabic script, the dot below of Devanagari, controls."""


def plain(text: str) -> str:
    """Return a date with one spelling of letters and signs, and ASCII digits."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", folded)).translate(_SPELLINGS)
    if folded.isascii():
        return folded
    return "".join(str(unicodedata.decimal(char, char)) for char in folded)


def letters_only(name: str) -> str:
    """Return a name as the tables spell it: plain, without spaces and signs."""
    return "".join(char for char in plain(name) if is_letter(char))


def is_letter(char: str) -> bool:
    """Whether a character is part of a word: a letter, or a mark such as the vowels of Thai."""
    return char.isalpha() or unicodedata.category(char)[0] == "M"
