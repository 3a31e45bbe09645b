"""Guess the 8-bit or East Asian encoding of bytes that do not declare one.

charset-normalizer distinguishes scripts, but often confuses Latin code pages, so these are chosen by the
letters that their languages use.
"""

import re

CODE_PAGES = (
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
    "koi8_r",
    "koi8_u",
    "iso8859_2",
    "iso8859_5",
)
"""Codec names of the encodings that are guessed; ISO-8859-1, ISO-8859-9, GBK, Shift-JIS and EUC-KR are
subsets of cp1252, cp1254, gb18030, cp932 and cp949."""

_LATIN: dict[str, tuple[str, ...]] = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüß",  # German
        "áéíñóúü¿¡ªº",  # Spanish
        "àáâãçéêíóôõúüªº",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü·",  # Catalan
        "åäöéæøáðíóúýþ",  # Nordic
        "éëïóöü",  # Dutch
    ),
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîşţ",  # Romanian
        "čćđšž",  # Croatian, Slovene
    ),
    "cp1254": ("çğıİöşüâî",),  # Turkish
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),  # Lithuanian, Latvian, Estonian
}
_LATIN["iso8859_2"] = _LATIN["cp1250"]
"""Letters beyond ASCII of the languages for which a code page is used. If several pages fit, the first
wins."""

_THAI = "cp874"
"""Tried last: nearly every byte is a letter in it, also those of Japanese and Chinese encodings."""
_SAMPLE = 16 * 1024
"""Maximum number of bytes examined; a guess takes some milliseconds."""
_LONGEST = 4
"""Maximum number of bytes of a character."""
_SIGNS = frozenset("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026«»€£§°·\u00a0")
_HIGH = bytes(range(128, 256))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FEW = 24
"""Minimum number of bytes beyond ASCII to distinguish scripts; with fewer, only Latin pages are tried."""
_LATIN_SHARE = 0.3
"""Maximum share of bytes beyond ASCII in a line of Latin text."""
_LETTERS_SHARE = 0.6
"""Minimum share of characters beyond ASCII that are letters of the language: nearly all in text, few in
binary data."""
_DAMAGED_SHARE = 0.5
"""Share of bytes beyond ASCII in valid UTF-8 characters above which the data is damaged UTF-8; few in other
encodings."""


def guess_encoding(data: bytes) -> str:
    """Guess the encoding of bytes that are not UTF-8.

    Args:
        data: A line, a text or the beginning of a file.

    Returns:
        One of `CODE_PAGES`; empty if the data is UTF-8, damaged UTF-8 or unrecognisable.
    """
    sample = b"\n".join(line for line in data.split(b"\n") if not _is_utf8(line))[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    if not high or sum(map(len, _CHARACTER.findall(sample))) > _DAMAGED_SHARE * high:
        return ""
    if high < _FEW:
        return _latin_page(sample) if high < _LATIN_SHARE * len(sample) else ""
    for cut in range(_LONGEST if len(sample) == _SAMPLE else 1):  # the sample may end inside a character
        page = _likeliest(sample[: len(sample) - cut], [page for page in CODE_PAGES if page != _THAI])
        if page:
            return _latin_page(sample) if page in _LATIN else page
    return _likeliest(sample, [_THAI])


def _likeliest(sample: bytes, pages: list[str]) -> str:
    """Choose the code page by the decoded letters; empty if none fits."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few inputs need it

    best = from_bytes(sample, cp_isolation=pages, enable_fallback=False).best()
    return "" if best is None else best.encoding


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _latin_page(sample: bytes) -> str:
    """Choose the code page one of whose languages covers most of the sample; empty if none does."""
    shares = {page: _share(sample.decode(page, "replace"), of) for page, of in _LATIN.items()}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _LETTERS_SHARE else ""


def _share(text: str, languages: tuple[str, ...]) -> float:
    letters = [letter for letter in _BEYOND_ASCII.findall(text.lower()) if letter not in _SIGNS]
    if not letters:
        return 1.0
    return max(sum(letter in language for letter in letters) for language in languages) / len(letters)
