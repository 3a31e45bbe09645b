"""Which encoding bytes are in, and what a line and a chunk are."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.input.byte_source import split_lines
from dedup.input.decoding import decode, sniff_encoding, to_utf8, without_partial_character
from dedup.model.errors import ReadingError

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TO_CP1256 = str.maketrans("ی۰۱۲۳۴۵۶۷۸۹", "ي0123456789")
RUSSIAN = "Министр иностранных дел провел телефонные переговоры с коллегой."
GERMAN = "Der Außenminister führte Gespräche über die Lage in der Region."


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("size", [40, 300, 100_000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1256"])
def test_the_seeds_are_read_in_every_encoding(seed: Path, size: int, encoding: str) -> None:
    """Forty letters are enough to tell the encoding of each seed, without a mark."""
    text = seed.read_text(encoding="utf-8").strip()[:size]
    if encoding == "cp1256":
        text = text.translate(TO_CP1256).encode("cp1256", "ignore").decode("cp1256")
    data = text.encode(encoding)

    assert decode(data, sniff_encoding(data)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (GERMAN, "cp1252"),
        ("外交部长与同行通电话，讨论地区局势。", "gb18030"),
        ("caf\xe9", "cp1252"),
    ],
)
def test_other_encodings_are_not_taken_for_windows_1256(text: str, encoding: str) -> None:
    """Cyrillic, Latin and Chinese bytes come back as what was written, with the name of their encoding."""
    data = text.encode(encoding)

    assert decode(data, sniff_encoding(data)) == (text, encoding)


@pytest.mark.parametrize(
    "data",
    [
        "خبر تازه از تهران".encode()[:-1],
        "خبر تازه از تهران".encode().replace(b"\xd8\xb2", b"\xd8", 1),
        RUSSIAN[:12].encode("cp1251"),
    ],
)
def test_damage_and_a_few_bytes_are_refused(data: bytes) -> None:
    """Damaged UTF-8, and a handful of bytes of an unknown encoding, are not read as wrong letters."""
    with pytest.raises(ReadingError, match=r"byte \d+ \(0x[0-9a-f]{2}\) is not UTF-8"):
        decode(data, sniff_encoding(data))


def test_a_line_is_read_in_the_encoding_of_its_file() -> None:
    """What was guessed of more lines counts more than the line; bytes it cannot have made are refused."""
    assert decode(b"t\xe3o", "utf-8", guess="cp1250") == ("tăo", "cp1250")
    with pytest.raises(ReadingError, match="some bytes are not cp949 either"):
        decode(b"\xff\xff", "utf-8", guess="cp949")


def test_isolated_letters_are_not_windows_1256() -> None:
    """In Arabic script most letters are next to another one; here five of ten are."""
    lone, beside = "ا ل م ن ه", "المنه"

    with pytest.raises(ReadingError, match="is not UTF-8"):
        decode(f"{lone} {beside}".encode("cp1256"), "utf-8")


def test_a_stray_control_character_does_not_make_utf16() -> None:
    """UTF-8 with a control character is still UTF-8."""
    assert sniff_encoding("خبر\x02 تازه".encode()) == "utf-8"
    assert sniff_encoding(b"news \x1f today") == "utf-8"
    assert sniff_encoding(b"\x01") == "utf-8"


@pytest.mark.parametrize(("controls", "encoding"), [(1, "utf-16-le"), (2, "")])
def test_one_character_in_a_hundred_of_utf16_may_be_a_control(controls: int, encoding: str) -> None:
    """A stray one occurs in scraped text; with more of them the bytes are numbers, and binary."""
    data = ("خبر تازه " * 11 + "x")[controls:].encode("utf-16-le") + b"\x02\0" * controls

    if encoding:
        assert sniff_encoding(data) == encoding
    else:
        with pytest.raises(ReadingError, match="binary"):
            sniff_encoding(data)


@pytest.mark.parametrize(("ideographs", "encoding"), [(60, "utf-16-le"), (61, "")])
def test_six_of_ten_characters_of_utf16_may_be_of_rarer_scripts(ideographs: int, encoding: str) -> None:
    """Nearly all are in text that is read in the wrong byte order."""
    data = ("\u4e2d" * ideographs + "a" * (100 - ideographs)).encode("utf-16-le")

    if encoding:
        assert sniff_encoding(data) == encoding
    else:
        with pytest.raises(ReadingError, match="binary"):
            sniff_encoding(data)


def test_one_byte_in_ten_of_a_text_may_be_nul() -> None:
    """A few bad lines do not spoil the others; binary data has more."""
    assert sniff_encoding(b"a" * 90 + b"\0" * 10) == "utf-8"
    with pytest.raises(ReadingError, match="binary"):
        sniff_encoding(b"a" * 89 + b"\0" * 11)


def test_small_binary_numbers_are_not_utf16() -> None:
    """Four-byte integers look like letters and NUL in turn, and are no text."""
    with pytest.raises(ReadingError, match="binary"):
        sniff_encoding(b"A\0\0\0B\0\0\0")


def test_half_characters_of_utf16_are_replaced() -> None:
    """A lone surrogate and an odd last byte become U+FFFD."""
    assert decode(b"a\0\x00\xd8b\0c", "utf-16-le") == ("a\ufffdb\ufffd", "utf-16-le")
    assert list(to_utf8([b"a\0\x00\xd8b\0c"], "utf-16-le")) == ["a\ufffdb".encode(), "\ufffd".encode()]


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b"", b""),
        (b"ab", b"ab"),
        (b"ab\xd8", b"ab"),
        (b"ab\xd8\xa7", b"ab"),
        (b"ab\xf0\x9f\x98", b"ab"),
    ],
)
def test_a_cut_character_is_dropped(data: bytes, kept: bytes) -> None:
    """What may be half a character goes; ASCII stays."""
    assert without_partial_character(data, "utf-8") == kept


@given(text=st.text(), sizes=st.lists(st.integers(1, 5), min_size=1))
def test_recoding_does_not_depend_on_the_chunks(text: str, sizes: list[int]) -> None:
    """UTF-16 cut anywhere gives the UTF-8 of the whole."""
    data = text.encode("utf-16-le")
    generator = random.Random(len(text))
    chunks = []
    while data:
        size = generator.choice(sizes)
        chunks.append(data[:size])
        data = data[size:]

    assert b"".join(to_utf8(chunks, "utf-16-le")) == text.encode()


@given(chunks=st.lists(st.text("ab\n", max_size=8).map(str.encode)), limit=st.integers(1, 9))
def test_lines_do_not_depend_on_the_chunks(chunks: list[bytes], limit: int) -> None:
    """Splitting chunk by chunk equals splitting the whole; only long lines are None."""
    whole = b"".join(chunks).split(b"\n")
    if not whole[-1]:
        whole.pop()

    lines = list(split_lines(chunks, max_bytes=limit))

    assert lines == [row if len(row) <= limit else None for row in whole]
