"""Encodings that bytes do not name are guessed from their letters."""

import pytest

from dedup.input.guess_encoding import CODE_PAGES, guess_encoding

TEXTS = {
    "cp1250": "Burza śnieżna zamknęła w nocy drogi górskie w trzech województwach.",
    "cp1251": "Снежная буря закрыла ночью горные дороги трех областей.",
    "cp1252": "Une tempête de neige a fermé les routes de montagne près du col, a indiqué la police.",
    "cp1253": "Χιονοθύελλα έκλεισε τη νύχτα τους ορεινούς δρόμους τριών νομών.",
    "cp1254": "Kar fırtınası gece üç ilin dağ yollarını kapattı.",
    "cp1255": "סופת שלגים סגרה בלילה את הכבישים ההרריים של שלושה מחוזות.",
    "cp1256": "عاصفة ثلجية اغلقت الطرق الجبلية في ثلاث محافظات.",
    "cp1257": "Sniego audra per naktį uždarė trijų apskričių kalnų kelius.",
    "cp874": "พายุหิมะปิดถนนบนภูเขาในสามจังหวัดเมื่อคืนนี้",
    "gb18030": "暴风雪一夜之间封闭了三个省的山路，没有人受伤。",
    "big5": "暴風雪一夜之間封閉了三個省的山路，沒有人受傷。",
    "cp932": "吹雪により三つの県の山道が夜間に閉鎖されたと発表した。",
    "euc_jp": "吹雪により三つの県の山道が夜間に閉鎖されたと発表した。",
    "cp949": "밤새 눈보라로 세 개 도의 산길이 폐쇄되었다고 밝혔다.",
    "koi8_r": "Снежная буря закрыла ночью горные дороги трех областей.",
    "iso8859_2": "Sněhová bouře uzavřela v noci horské silnice ve třech krajích, šest lidí je zraněno.",
    "iso8859_5": "Снежная буря закрыла ночью горные дороги трех областей.",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_sentence_is_enough_to_guess_its_encoding(encoding: str) -> None:
    """One sentence is enough, among lines that are UTF-8."""
    text = TEXTS[encoding]
    data = b"id,text\n" + text.encode(encoding) + "\nخبر فارسی\n".encode()

    assert text.encode(encoding).decode(guess_encoding(data)) == text


def test_only_named_encodings_are_guessed() -> None:
    """The tested encodings are all there are, but for Ukrainian KOI8, of which Russian's is a part."""
    assert {*TEXTS, "koi8_u"} == set(CODE_PAGES)


@pytest.mark.parametrize("data", [b"", b"news", "خبر".encode(), "خبر تازه".encode()[:-1], b"\xcc\xe8\xed"])
def test_nothing_is_guessed_of_utf8_and_a_few_bytes(data: bytes) -> None:
    """ASCII, UTF-8, a cut character and three letters have no guess."""
    assert not guess_encoding(data)


def test_a_long_line_is_not_cut_inside_a_character() -> None:
    """Of a text of one line, the beginning is looked at, in whole characters."""
    text = "暴风雪一夜之间封闭了三个省的山路。" * 2000

    assert guess_encoding(b"1," + text.encode("gbk")) == "gb18030"


@pytest.mark.parametrize(("letters", "encoding"), [(5, ""), (6, "cp1252")])
def test_most_signs_of_a_latin_line_are_letters(letters: int, encoding: str) -> None:
    """Of ten bytes beyond ASCII, six letters of a language are enough, five are not."""
    signs = "é" * letters + "¤" * (10 - letters)

    assert guess_encoding(f"the menu of the day at the harbour {signs}".encode("cp1252")) == encoding


def test_a_sample_may_end_inside_a_character_of_four_bytes() -> None:
    """16 KiB end behind the third byte of a character that only GB18030 has, in four bytes."""
    text = "暴风雪一夜之间封闭了三个省的山路。" * 2000
    before = text.encode("gb18030")[: 16 * 1024 - 4] + b"1"

    assert guess_encoding(before + "\u1e3f".encode("gb18030") * 2 + text.encode("gb18030")) == "gb18030"
