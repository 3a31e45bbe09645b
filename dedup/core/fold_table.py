"""Make the packaged fold table: `python -m dedup.core.fold_table` writes fold_table.npz.

The rule, per code point and without context: unify(NFKD(c)). Each row of `_UNIFIED` lists code points that
become one letter, besides the presentation forms that NFKD resolves. Latin letters that NFKD does not
decompose (ł, ø) fold by their Unicode names. Korean syllables become their jamo: no other rule without
context makes NFC and NFD equal.
Sources: Unicode Character Database; the Persian, Arabic, Sorani and Hindi normalisers, the decimal-digit
filter and the ASCII folding of Apache Lucene; Persian text tools compared side by side.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("fold_table.npz")
DROP, LOOK_UP = 0, 1
"""Table values that are not letters: delete the unit; look it up in `codes`, alone or as a surrogate pair."""

PRIVATE_PLANES = 0xF0000
"""First code point of the planes for private use, which are deleted like the private use area below."""

PLANES_WITH_RULES = (*range(0x10000, 0x20000), *range(0x2F800, 0x2FA20), *range(0xE0000, 0xE0200))

_BY_BYTES, _ASCENDING = ("units", "expansions"), ("codes", "starts")

_UNIFIED = {
    "ا": "0622 0623 0625 0671-0673 0675 0773 0774 0870-0882",
    "ی": "0649 064A 0626 0620 063D-063F 0678 06CD 06CE 06D0-06D3 0775-0777 077A 077B 0886 08A8 08A9 08BA",
    "ک": "0643 06AA-06AE 063B 063C 0762-0764 077F 08B4 08C2",
    "ه": "0629 06BE 06C0-06C3 06D5 06FF",
    "و": "0624 0676 0677 06C4-06CB 06CF 0778 0779 08AB 08B1",
    "گ": "06B0-06B4 08B0 08C8",
    "ژ": "0699",
    "پ": "08B7",
    "ن": "06B9-06BD 0767-0769 08BD",
    "ل": "06B5-06B8 076A 08A6 08C7",
    "م": "0765 0766 08A7",
    "ر": "0691-0697 06EF 075B 076B 076C 0771 08AA 08B2",
    "د": "0688-068B 068D 0690 06EE 0759 075A 08AE",
    "ذ": "068C 068E 068F",
    "ت": "0679 067A 067C 067D 067F 08B8",
    "ب": "066E 067B 0680 0750-0752 0754-0756 08A0 08A1 08B6",
    "ف": "06A1-06A6 0760 0761 08A4",
    "ق": "066F 06A7 06A8 08A5 08BC",
    "ج": "0683 0684 08A2",
    "چ": "0687 06BF 0758 08C1",
    "ح": "0681 0682 0685 0757 076E 076F 0772 077C",
    "س": "069A 069B 075C 076D 0770 077D 077E",
    "ش": "069C 06FA",
    "ص": "069D 08AF",
    "ض": "069E 06FB",
    "ط": "069F 08A3",
    "ع": "06A0 075D-075F 08B3",
    "غ": "06FC 08C3",
    "بسم الله الرحمن الرحیم": "FDFD",
    "a": "0251",
    "ae": "00E6",
    "d": "00F0",
    "e": "0259 025B",
    "i": "0131",
    "j": "0237",
    "k": "0138",
    "n": "014B",
    "o": "0254",
    "oe": "0153",
    "th": "00FE",
    "": "0621 0674 0640 0883-0885 06E5 06E6 08C9 00AC",
    " ": "02B9-02BF 02C8 02EE A78B A78C FDFA FDFB FD40-FD4F FDCF FDFE FDFF FFFE FFFF",
}
_INVISIBLE = "034F 115F 1160 17B4 17B5 180B-180F 3164 FFA0 FFF0-FFF8"
"""Characters that no font draws although their category is letter or mark, not format."""
_DROPPED_MARKS = (
    "0300-036F 0483-0489 0591-05BD 05BF 05C1 05C2 05C4 05C5 05C7 0610-061A 064B-065F 0670 06D6-06ED "
    "0897-089F 08CA-08FF 1AB0-1AFF 1DC0-1DFF "
    "20D0-20FF 2DE0-2DFF A66F-A67D A69E A69F FE00-FE0F FE20-FE2F 10EAB-10EAC 10EFC-10EFF E0100-E01EF"
)
"""Marks of the Arabic, Hebrew, Latin, Cyrillic and common ranges; vowel signs of other scripts are kept."""
_NUKTA = 7
"""Combining class of the dot with or without which Hindi and Bengali letters are typed."""
_LATIN_LETTER = re.compile(
    "LATIN SMALL LETTER (?:SCRIPT )?([A-Z])(?: WITH .*)?|LATIN LETTER SMALL CAPITAL ([A-Z])"
)


def _code_points(ranges: str) -> set[int]:
    codes: set[int] = set()
    for item in ranges.split():
        first, _, last = item.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return codes


_LETTER_OF = {code: letter for letter, ranges in _UNIFIED.items() for code in _code_points(ranges)}
_MARKS = _code_points(_DROPPED_MARKS)
_DELETED = _code_points(_INVISIBLE)


def _unify(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    if code in _LETTER_OF:
        return _LETTER_OF[code]
    if code in _DELETED or category in {"Cf", "Co"} or (category in {"Mn", "Me"} and _is_dropped(character)):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] in "PSZ" or category in {"Cc", "Cs"}:
        return " "
    latin = _LATIN_LETTER.fullmatch(unicodedata.name(character, ""))
    return (latin[1] or latin[2]).lower() if latin else character


def _is_dropped(mark: str) -> bool:
    return ord(mark) in _MARKS or unicodedata.combining(mark) == _NUKTA


UPPER, LOWER = 1, 2


def _case(character: str) -> int:
    if not character.isalpha() or character.lower() == character.upper():
        return 0
    return LOWER if character.islower() else UPPER


def folded(code: int) -> str:
    """Fold one code point by the rule; `fold` uses the packaged table instead."""
    if code >= PRIVATE_PLANES:
        return ""
    if code in _LETTER_OF:
        return _LETTER_OF[code]
    text = chr(code)
    while True:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        again = "".join(map(_unify, decomposed))
        if again == text:
            return again
        text = again


def make_table() -> dict[str, NDArray[np.generic]]:
    """Fold every code point that has a rule.

    Returns:
        units: uint16, shape (65536,): the folded form of a UTF-16 unit, DROP, or LOOK_UP.
        codes: uint32, ascending: code points whose result is not one unit.
        starts: uint32, one longer: start of the result of each in `expansions`.
        expansions: uint16: the results, as UTF-16 units.
        cases: uint8, shape (65536,): UPPER or LOWER for a letter that has both cases, else 0.
    """
    units = np.zeros(0x10000, dtype=np.uint16)
    results: dict[int, bytes] = {}
    for code in (*range(0x10000), *PLANES_WITH_RULES):
        result = folded(code).encode("utf-16-le")
        surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - the surrogates' range
        if code < 0x10000 and not surrogate and len(result) <= 2:  # noqa: PLR2004 - one unit has 2 bytes
            units[code] = int.from_bytes(result, "little") if result else DROP
            continue
        if code < 0x10000:  # noqa: PLR2004 - the first plane's end
            units[code] = LOOK_UP
        if surrogate or result != chr(code).encode("utf-16-le"):
            results[code] = result
    ends = np.cumsum([0, *(len(result) // 2 for result in results.values())])
    return {
        "units": units,
        "codes": np.array(list(results), dtype=np.uint32),
        "starts": ends.astype(np.uint32),
        "expansions": np.frombuffer(b"".join(results.values()), dtype="<u2").astype(np.uint16),
        "cases": np.array([_case(chr(code)) for code in range(0x10000)], dtype=np.uint8),
        "unicode": np.array(unicodedata.unidata_version),
    }


def pack(table: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Convert the table to a form that compresses to half the size.

    Returns:
        `units` and `expansions` as uint8, shape (2, n): the low bytes, then the high bytes; `codes` and
        `starts` as differences; the rest unchanged.
    """
    return {
        **table,
        **{name: np.array([table[name] & 0xFF, table[name] >> 8], dtype=np.uint8) for name in _BY_BYTES},
        **{name: np.diff(table[name], prepend=0).astype(np.uint32) for name in _ASCENDING},
    }


def unpack(packed: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Undo `pack`."""
    return {
        **packed,
        **{name: packed[name][0] + (packed[name][1].astype(np.uint16) << 8) for name in _BY_BYTES},
        **{name: np.cumsum(packed[name], dtype=np.uint32) for name in _ASCENDING},
    }


if __name__ == "__main__":
    np.savez_compressed(TABLE, **pack(make_table()))  # type: ignore[arg-type]  # numpy 2.1 has no `allow_pickle` here
