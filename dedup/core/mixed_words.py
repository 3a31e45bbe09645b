"""Rewrite words that mix scripts in one script: copies are hidden by letters that look alike.

Only within a word: a Latin `o` in a Russian one, a Cyrillic `о` in an English one, a zero between two Latin
letters. A word that no single script can write is left unchanged. The twin of native/mixed_words.c.
Source: confusables.txt of Unicode Technical Standard 39; since folded letters have lost their case, letters
whose capitals look alike are included (Cyrillic В, Greek Η).
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dedup.core.text_column import UTF16

LEAST = 3
"""Minimum length in letters of a word that is rewritten; shorter ones are units (μA, kΩ)."""
LAST = 0x52F
"""The last unit of the three scripts."""

_CYRILLIC, _GREEK = (0x0430, LAST), (0x03B1, 0x03C9)
_AS_LATIN = "аaвbсcԁdеeнhһhіiјjкkӏlмmоoрpԛqѕsтtѵvԝwхxуyαaβbεeηnιiκkνvοoρpτtυuχxγyζz"
_AS_CYRILLIC = "aаbвcсeеhнiіjјkкmмoоpрsѕtтxхyу"
_AS_GREEK = "aαbβeεhηiιkκnνoοpρtτuυvνwωxχyυzζ"
"""Pairs of a letter and its look-alike, without μ and m or ω and w, which would turn 5 μm into 5 mm and
kilohms into kilowatts."""

_LETTERS = f"a-z\u03b1-\u03c9\u0430-{chr(LAST)}"
_MIXED_WORD = re.compile(f"[{_LETTERS}]{{{LEAST},}}")
_WITH_ZEROS = re.compile(f"(?<![0-9{_LETTERS}])(0*+[a-z]+)(0[a-z0]*)(?<=[a-z])(0*+)(?![0-9{_LETTERS}])")
"""Not next to a letter of another script: otherwise the word would mix scripts once its zeros are letters."""


@cache
def look_alikes() -> NDArray[np.uint16]:
    """Return, for each folded unit, itself or its look-alike in Latin, Cyrillic and Greek; 0 for none.

    Returns:
        uint16, shape (3, LAST + 1).
    """
    table = np.zeros((3, LAST + 1), dtype=np.uint16)
    for row, (first, last), pairs in zip(
        table,
        ((ord("a"), ord("z")), _CYRILLIC, _GREEK),
        (_AS_LATIN, _AS_CYRILLIC, _AS_GREEK),
        strict=True,
    ):
        row[first : last + 1] = range(first, last + 1)
        row[[ord(letter) for letter in pairs[::2]]] = [ord(other) for other in pairs[1::2]]
    return table


def one_script(units: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Rewrite each word in one of its scripts; if several are possible, the most frequent in the text.

    Returns:
        As many units; the same array if no word mixes scripts.
    """
    if not may_mix(units):
        return units
    known = units[units <= LAST]
    order = (-(look_alikes()[:, known] == known).sum(axis=1)).argsort(kind="stable")
    table = look_alikes()[order]
    text = _MIXED_WORD.sub(lambda word: _in_one_script(word[0], table), units.tobytes().decode(UTF16))
    text = _WITH_ZEROS.sub(lambda word: word[1] + word[2].replace("0", "o") + word[3], text)
    return np.frombuffer(text.encode(UTF16), dtype=np.uint16)


def may_mix(units: NDArray[np.uint16]) -> bool:
    """Whether `one_script` may change a word: a quick test."""
    latin = units - np.uint16(ord("a")) < 26  # noqa: PLR2004 - wraps around: a to z
    foreign = units - np.uint16(_GREEK[0]) <= LAST - _GREEK[0]
    if (latin[1:] & foreign[:-1]).any() or (foreign[1:] & latin[:-1]).any():
        return True
    zero = units == ord("0")
    return bool((latin[1:] & zero[:-1]).any() and (zero[1:] & latin[:-1]).any())


def _in_one_script(word: str, scripts: NDArray[np.uint16]) -> str:
    letters = [ord(letter) for letter in word]
    for written in scripts[:, letters]:
        if written.all() and (written == letters).any():
            return "".join(map(chr, written.tolist()))
    return word
