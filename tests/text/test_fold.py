"""fold: what print and keyboards vary is removed, what distinguishes words stays."""

import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.core.fold_table import folded
from dedup.core.mixed_words import LAST, look_alikes, one_script
from dedup.text.fold import fold

rule = cache(folded)

PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤةكي\u200c\u0640۰۱۲۳۹٠٤ ،؛؟«»"
MARKED_ARABIC = "ابتجدرسعفقكلمنهويىآأإؤئة\u064b\u064c\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670 "
PRESENTATION = "\ufefb\ufef5\ufdf2\ufdfc\ufdfd\ufe8d\ufee3\ufbfc\ufb56 "
ACCENTED = "aeioucnsAEIOUßéèêëàçñÅøłİıﬁ\u0301\u0308\u030a\u0327 "
CYRILLIC = "абвежзийклЁёЙйЇї\u0306\u0308 "
EMOJI = "😀👍🏽❤\ufe0f\u200d👩🇮🇷a "
KOREAN = "한국각뷁가힣\u1100\u1161\u11a8\u3131\u314f\uffa1 "
REALISTIC = [PERSIAN, MARKED_ARABIC, PRESENTATION, ACCENTED, CYRILLIC, EMOJI, KOREAN]
HONORIFICS = {"\ufdfa", "\ufdfb"}
"""Ligatures that are a space, while NFKD spells them out."""
FORMS = ["NFC", "NFD", "NFKC", "NFKD"]

any_text = st.text(max_size=40)  # every plane, no lone surrogates
public_text = st.text(st.characters(max_codepoint=0xEFFFF), max_size=40)  # without the private planes
near_text = st.text(alphabet="".join(REALISTIC) + "\t\r\n\u00a0\ufffd😀𝟗𐎠한", max_size=40)


def slow(text: str) -> str:
    """Fold as the rule says: each code point, joined, white space collapsed, each word in one script."""
    joined = " ".join(part for part in "".join(rule(ord(char)) for char in text).split(" ") if part)
    units = one_script(np.frombuffer(joined.encode("utf-16-le"), dtype=np.uint16))
    return units.tobytes().decode("utf-16-le")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("آب أحمد إيران ٱلله", "اب احمد ایران الله"),
        ("دائمی مؤثر تأکید", "دایمی موثر تاکید"),
        ("جزء سوء ءا", "جز سو ا"),
        ("مدرسة خانۀ خانه\u0654", "مدرسه خانه خانه"),
        ("كيك على", "کیک علی"),
        ("ہے ھ ۓ", "هی ه ی"),
        ("ٹڈڑں", "تدرن"),
        ("ټډړږښګڼځڅې", "تدررسکنححی"),
        ("ڵڕۆێە", "لرویه"),
        ("ڪڀٿڦڄڇڱڙ", "کبتفجچگژ"),
        ("ڧڢڜڝڞڟڠۼڌ", "قفشصضطعغذ"),
        ("\u08b7 \u0765", "پ م"),
    ],
)
def test_letters_of_other_keyboards_become_the_persian_ones(written: str, expected: str) -> None:
    """Hamza carriers and the letters of Arabic, Urdu, Pashto, Sorani and Sindhi fold to their base."""
    assert str(fold(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("०१२३४५६७८९", "0123456789"),
        ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
        ("０１２３４５６７８９", "0123456789"),
        ("𝟎𝟗𞥐𞥙", "0909"),
        ("²③㊿", "2350"),
        ("½", "1 2"),
    ],
)
def test_digits_of_every_script_are_the_same(written: str, expected: str) -> None:
    """Every decimal digit is 0 to 9; superscript and circled ones too."""
    assert str(fold(written)) == expected


def test_digits_are_never_masked() -> None:
    """Two prices that differ in one digit stay different."""
    assert str(fold("۱۲۳۴")) == "1234"
    assert str(fold("۱۲۳۵")) == "1235"


@pytest.mark.parametrize("honorific", "\ufdfa\ufdfb\ufd40\ufd47\ufd4f\ufdcf\ufdfe\ufdff")
def test_an_honorific_is_a_space(honorific: str) -> None:
    """Honorific ligatures, written inconsistently, only part words."""
    assert str(fold(f"محمد{honorific}گفت")) == "محمد گفت"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("\ufdf2", "الله"),
        ("۵\ufdfc", "5ریال"),
        ("\ufdfd", "بسم الله الرحمن الرحیم"),
        ("\ufef5\ufef6\ufef7\ufef8\ufef9\ufefa\ufefb\ufefc", "لا" * 8),
        ("\ufeb3\ufefc\ufee1", "سلام"),
        ("\ufb56\ufb7a\ufb8a\ufb8e\ufb92\ufbfc", "پچژکگی"),
    ],
)
def test_presentation_forms_are_the_letters_they_show(written: str, expected: str) -> None:
    """Shapes of letters and ligatures of words are spelt out."""
    assert str(fold(written)) == expected


FORMAT = [0xAD, 0x61C, *range(0x600, 0x606), *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
FORMAT += [*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0x6DD, 0xFEFF, 0xE0001]


def test_a_format_character_goes_to_nothing() -> None:
    """What has no shape of its own, the half-space among them, does not part a word."""
    folded = {hex(code): str(fold(f"کتاب{chr(code)}ها")) for code in FORMAT}

    assert folded == dict.fromkeys(folded, "کتابها")


@pytest.mark.parametrize(
    "code", [0xAC, 0x640, 0x621, 0x674, 0x64E, 0x651, 0x670, 0x6D6, 0x300, 0xFE0F], ids=hex
)
def test_an_old_half_space_a_tatweel_and_marks_go_to_nothing(code: int) -> None:
    """U+00AC stood for the half-space; a tatweel stretches; vowel marks are seldom written."""
    assert str(fold(f"سل{chr(code)}ام")) == "سلام"


SEPARATORS = (
    "،؛؟«»“”‘’„'\"—–-…٪٫٬.,:;!?()[]{}<>_/\\@#$%&*+=|~^`°©€😀👍✅\ufffd\u00a0\u3000\u2028\t\r\n\x00\x1f"
)


def test_punctuation_symbols_and_controls_are_one_space() -> None:
    """However many of them are between two words, one space is left."""
    folded = {each: {str(fold(f"یک{each * times}دو")) for times in (1, 3)} for each in SEPARATORS}

    assert folded == {each: {"یک دو"} for each in SEPARATORS}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Straße ÉCOLE ﬁn", "strasse ecole fin"),
        ("İstanbul ISTANBUL", "istanbul istanbul"),
        ("ΆΘΛΟΣ Ἀθῆναι", "αθλοσ αθηναι"),
        ("ЁЛКА Йод", "елка иод"),
        ("ｆｕｌｌ Ⅻ", "full xii"),
    ],
)
def test_case_and_accents_do_not_count(written: str, expected: str) -> None:
    """Latin, Greek and Cyrillic letters are case folded and lose their accents."""
    assert str(fold(written)) == expected


@pytest.mark.parametrize("text", ["हिन्दी", "ไทย", "中文", "שלום"])
def test_other_scripts_stay_as_they_are(text: str) -> None:
    """Vowel signs of scripts that cannot be read without them are kept."""
    assert str(fold(text)) == text


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łódź, gdzie płynęła", "Lodz, gdzie plynela"),
        ("Đặng Văn Lâm được", "Dang Van Lam duoc"),
        ("ışık IŞIK İnsan", "isik ISIK Insan"),
        ("Søren Kierkegård", "Soren Kierkegard"),
        ("Æthelred Þórður Guðrún", "Aethelred Thordur Gudrun"),
        ("cœur œuvre", "coeur oeuvre"),
        ("Ħal Għaxaq", "Hal Ghaxaq"),
        ("Azərbaycan", "Azerbaycan"),
        ("ɗan ƙasa ɓera", "dan kasa bera"),
        ("O\u02bbzbekiston", "O'zbekiston"),
        ("ʙʀᴇᴀᴋɪɴɢ", "BREAKING"),
    ],
)
def test_letters_with_strokes_and_ligatures_are_those_they_are_typed_as(written: str, typed: str) -> None:
    """NFKD leaves ł, đ, ı, ø and ə whole; who has no key for them writes the plain letter."""
    assert str(fold(written)) == str(fold(typed))


@pytest.mark.parametrize(
    ("written", "bare"), [("शहर में ज़मीन", "शहर में जमीन"), ("שָׁלוֹם", "שלום"), ("বাড়ি", "বাডি")]
)
def test_points_that_few_writers_set_do_not_count(written: str, bare: str) -> None:
    """The dot below of Hindi and Bengali letters, and the vowel points of Hebrew."""
    assert str(fold(written)) == bare


@pytest.mark.parametrize(("one", "other"), ["lا", "ذز", "سص", "حه", "oо", "0o", "1l", "نی"])
def test_look_alikes_and_sound_alikes_stay_apart(one: str, other: str) -> None:
    """TR39 confusables (Latin l and alef, Latin and Cyrillic o) and letters of one sound are not merged."""
    assert str(fold(one)) != str(fold(other))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Pоlicе in Cаirо", "police in cairo"),  # Cyrillic о, е and а
        ("Αpple Νews", "apple vews"),  # Greek Α and Ν; without case, ν is taken for v
        ("Mocквa и Пapиж решили", "москва и париж решили"),  # Latin M, o, c, a and p
        ("Αθnvα", "αθννα"),  # Latin n and v
        ("c0vid g00gle", "covid google"),
        ("сop", "cop"),
    ],
)
def test_a_word_of_mixed_scripts_is_written_in_one(written: str, read: str) -> None:
    """In that which can write all of it; if both can, in that of the text."""
    assert str(fold(written)) == read


@pytest.mark.parametrize(
    "text",
    [
        "сор оса",
        "iphoneшу",
        "25μm",
        "h20",
        "20am 1980s 007",
        "0ver o0",
        "αβ ab",
        "αd0cilo",
        "cil0dα",
        "сор λoc",
    ],
)
def test_a_word_of_one_script_or_of_none_stays(text: str) -> None:
    """Russian that looks like Latin, endings of another script, codes and numbers are no disguise.

    Nor is a zero in a word that would mix scripts with a letter in its place.
    """
    assert str(fold(text)) == text


INVISIBLE = [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x3164, 0xFFA0, 0xE000, 0xF8FF]


@pytest.mark.parametrize("code", INVISIBLE, ids=hex)
def test_what_nobody_sees_between_letters_goes_to_nothing(code: int) -> None:
    """Fillers, inherent vowels and characters for private use: a disguise that no font draws, or only one."""
    assert str(fold(f"pol{chr(code)}ice")) == "police"


def test_white_space_is_collapsed_and_none_is_left_at_the_ends() -> None:
    """Words stand apart by one space; a text of separators alone is empty."""
    assert str(fold(" \r\n خبر ،  «تازه»\t")) == "خبر تازه"
    assert str(fold(" \u200c.\n😀 ")) == ""


def test_the_empty_text_folds_to_nothing() -> None:
    """No units, no origins, of the usual types."""
    nothing = fold("")

    assert nothing.units.shape == nothing.origin.shape == (0,)
    assert nothing.units.dtype == np.uint16
    assert nothing.origin.dtype == np.int64
    assert nothing.letters == 0


def test_letters_counts_all_but_spaces() -> None:
    """«خبر تازه» has seven letters."""
    assert fold("خبر، تازه!").letters == 7


@pytest.mark.parametrize("codes", ["d800", "dbff", "dc00", "dfff", "dc00 d800", "d800 d800"])
def test_a_lone_surrogate_is_white_space(codes: str) -> None:
    """Half a character, at the beginning, inside or at the end, parts words."""
    half = "".join(chr(int(code, 16)) for code in codes.split())  # ruff takes all of them for one

    assert str(fold(f"{half}a{half}b{half}")) == "a b"


def test_a_lone_first_half_does_not_swallow_the_character_behind_it() -> None:
    """U+D83D before an astral digit is a space; the digit stays."""
    assert str(fold("a\ud83d𝟗b")) == "a 9b"


@pytest.mark.parametrize("text", [public_text, near_text], ids=["any", "near"])
def test_fast_and_slow_fold_agree(text: st.SearchStrategy[str]) -> None:
    """The packaged table over UTF-16 units follows the rule for every code point."""

    @given(text)
    @settings(max_examples=150, deadline=None)
    def agree(written: str) -> None:
        assert str(fold(written)) == slow(written)

    agree()


@given(
    st.text(alphabet="ab آ😀𝟗\udc00\udfff", max_size=20), st.text(alphabet="ab آ\ud800\udbff", max_size=20)
)
@settings(max_examples=80, deadline=None)
def test_fast_and_slow_fold_agree_on_lone_surrogates(seconds: str, firsts: str) -> None:
    """Second halves without a first, first halves without a second."""
    for text in (seconds, firsts):
        assert str(fold(text)) == slow(text)


@pytest.mark.parametrize("char", ["\U000f0000", "\U000ffffd", "\U00100000", "\U0010fffd"], ids=ascii)
def test_private_use_is_nothing_in_every_plane(char: str) -> None:
    """A character that only one font knows does not count, as U+E000 does not and as the rule says."""
    assert slow(f"a{char}b") == "ab"
    assert str(fold(f"a{char}b")) == "ab"


@given(any_text)
@settings(max_examples=150, deadline=None)
def test_fold_is_idempotent(text: str) -> None:
    """What is folded folds to itself."""
    once = str(fold(text))

    assert str(fold(once)) == once


def test_fold_is_idempotent_on_every_code_point() -> None:
    """Each code point of the planes that have characters, between letters."""
    codes = (*range(0xD800), *range(0xE000, 0x33480), *range(0xE0000, 0xE0200), *range(0xF0000, 0xF0010))
    once = str(fold("x".join(map(chr, codes))))

    assert str(fold(once)) == once


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_every_character_folds_the_same_in_every_normal_form(form: str) -> None:
    """All code points below U+20000, but for two honorifics, on purpose."""
    changed = [
        (char, normal)
        for char in map(chr, range(0x20000))
        if (normal := unicodedata.normalize(form, char)) != char and char not in "\ufdfa\ufdfb"
    ]

    folded = [str(fold("".join(f"<{text}>" for text in texts))) for texts in zip(*changed, strict=True)]

    assert folded[0] == folded[1]


@given(
    st.sampled_from(REALISTIC).flatmap(lambda alphabet: st.text(alphabet, max_size=30)),
    st.sampled_from(FORMS),
)
@settings(max_examples=200, deadline=None)
def test_texts_fold_the_same_in_every_normal_form(text: str, form: str) -> None:
    """Marks in any order and number, composed or not, in the alphabets that news is written in."""
    assert str(fold(unicodedata.normalize(form, text))) == str(fold(text))


@given(any_text)
@settings(max_examples=200, deadline=None)
def test_the_normal_forms_of_any_text_fold_the_same(text: str) -> None:
    """Whatever the scripts, canonical and compatibility forms are one text."""
    folded_forms = {
        str(fold(unicodedata.normalize(form, text))) for form in FORMS if not set(text) & HONORIFICS
    }

    assert len(folded_forms) <= 1


def test_origin_counts_characters_of_the_source() -> None:
    """The half-space is passed over; the emoji, two UTF-16 units, is one character and gives the space."""
    text = fold("a\u200cb😀c")

    assert str(text) == "ab c"
    assert text.origin.tolist() == [0, 2, 3, 4]


def test_origin_of_a_word_ligature_is_its_one_character() -> None:
    """All four letters of U+FDF2 come from one place, also behind an emoji at the beginning."""
    assert fold("😀\ufdf2 x").origin.tolist() == [1, 1, 1, 1, 2, 3]


def test_origin_of_a_letter_of_two_units_is_its_one_character() -> None:
    """Old Persian letters stay, both units at one index."""
    text = fold("a𐎠𐎡b")

    assert str(text) == "a𐎠𐎡b"
    assert text.origin.tolist() == [0, 1, 1, 2, 2, 3]


def test_origin_of_a_space_is_the_first_character_of_the_gap() -> None:
    """A gap of three characters counts from its first."""
    assert fold("  a .\nb ").origin.tolist() == [2, 3, 6]


def test_origin_holds_behind_a_pair_written_as_two_characters() -> None:
    """A `str` can hold both halves of a pair as two characters, as badly decoded JSON does."""
    assert fold("😀\ud83d\ude00ab").origin.tolist() == [3, 4]


@pytest.mark.parametrize("text", [public_text, near_text], ids=["any", "near"])
def test_each_unit_comes_from_the_character_origin_names(text: st.SearchStrategy[str]) -> None:
    """One index a unit, never going back; the character there folds to that unit, or one like it."""

    @given(text)
    @settings(max_examples=100, deadline=None)
    def holds(written: str) -> None:
        result = fold(written)
        assert result.origin.size == result.units.size
        assert (np.diff(result.origin) >= 0).all()
        for unit, at in zip(result.units.tolist(), result.origin.tolist(), strict=True):
            source = rule(ord(written[at])).encode("utf-16-le", "surrogatepass")
            units = np.frombuffer(source, dtype="<u2")
            assert unit in units or unit in look_alikes()[:, units[units <= LAST]] or chr(unit) == "o"

    holds()
