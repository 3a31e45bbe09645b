"""Whom a text credits."""

import pytest

from dedup.text.credit import credits_of
from dedup.text.latin_sounds import sounds_alike

STORY = "The new bridge over the Sirdan was opened on Monday. "


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("به گزارش ایسنا، پل تازهٔ سپیدکوه باز شد.", ("ایسنا",)),
        ("پل باز شد.\nبه گزارش خبرنگار مهر، این پل دو سال در دست ساخت بود.", ("مهر",)),
        ("به گزارش گروه دفاعی خبرگزاری تسنیم، رزمایش آغاز شد.", ("تسنیم",)),
        ("به گزارش آوای رود به نقل از رویترز، پل باز شد.", ("آوای رود", "رویترز")),
        ("به نقل از «پیک بامداد» پل باز شد.", ("پیک بامداد",)),
        ("به گزارش خبرنگار ما پل باز شد.", ()),
        (
            "به گزارش روابط عمومی اداره کل راهداری استان سپیدکوه، پل باز شد.",
            ("روابط عمومی اداره کل راهداری استان سپیدکوه",),
        ),
        ("تهران -ایرنا- پل باز شد.", ("ایرنا",)),
        ("رویترز دفتر خود را در سپیدکوه بست.", ()),
        ("الرياض - واس: افتتح الجسر اليوم.", ("واس",)),
        ("افتتح الجسر اليوم (أ ف ب).", ("أ ف ب",)),
        ("نقلا عن وكالة رويترز، افتتح الجسر.", ("رويترز",)),
        ("وقال لوكالة الأنباء الألمانية، إن الجسر افتتح.", ("وكالة الأنباء الألمانية",)),
        ("أفادت وكالة أنباء الأناضول أن الجسر افتتح.", ("الأناضول",)),
        ("تقدم بها لوكالة الحجز والتنفيذ، لافتتاح الجسر.", ()),  # an office of a ministry
        ("من الوكالة الدولية للطاقة، عن الجسر.", ()),
        ("نقلا عن الشرطة، افتتح الجسر.", ()),
        ("به نقل از روزنامه ایران، پل گشوده شد.", ("روزنامه ایران",)),
        ("به گزارش مهربه نقل از صداوسیما، پل گشوده شد.", ("مهر", "صداوسیما")),  # a blank is lost
        ("به گزارش ایسناتمامی پل‌های استان باز شدند.", ("ایسنا",)),
        ("به گزارش خبرگزاری صدا و سیما؛ پل باز شد.", ("صداوسیما",)),
        ("به گزارش پایگاه اطلاع رسانی دفتر مقام سپیدکوه، پل باز شد.", ("دفتر مقام سپیدکوه",)),
        ("به گزارش سرویس سیاسی آوای رود، پل باز شد.", ("آوای رود",)),
        ("به نقل از مهتابی رئیس هیات مدیره پل باز شد.", ()),  # a person
        ("قال مسؤول لوكالة الصحافة الفرنسية، إن الجسر افتتح.", ("أ ف ب",)),
        ("أفادت وكالة أنباء الأناضول الحكومية التركية أن الجسر افتتح.", ("الأناضول",)),
        ("أظهر مسح لوكالة أنباء رويترز نشرت نتائجه اليوم أن الجسر افتتح.", ("رويترز",)),
        ("به نقل از ایران، پل گشوده شد.", ()),
        ("اسلام آباد ۔ 19اکتوبر (اے پی پی) پل کا افتتاح ہو گیا۔", ("اے پی پی",)),
        ("LONDON (Reuters) - " + STORY, ("Reuters",)),
        (STORY + "It is the third this year, Reuters reports.", ("Reuters",)),
        (STORY + "Reuters moved its office there.", ()),
        (STORY * 20 + "\n© 2019 AFP", ("AFP",)),
        (STORY * 20 + "Reuters is quoted in the middle. " + STORY * 20, ()),
        ("Paris, le pont a été ouvert (avec AFP).", ("AFP",)),
        ("LONDON (our correspondents and Reuters) - " + STORY, ("Reuters",)),
        ("Berlin (dpa) - Die Brücke ist offen.", ("dpa",)),
        ("İSTANBUL, (DHA) Köprü açıldı.", ("DHA",)),
        ("新华社北京3月2日电 大桥开通。", ("新华社",)),
        ("据法新社报道，大桥开通。", ("法新社",)),
        ("", ()),
    ],
)
def test_credits_are_read_in_many_languages(text: str, names: tuple[str, ...]) -> None:
    """In an opening or at the end, where an agency is credited and not only mentioned."""
    assert credits_of(text) == names


def test_a_name_that_the_opening_cuts_is_left_out() -> None:
    """The five hundredth letter stands inside «الألمانية»."""
    text = "قيل " * 117 + "أمس. " + "وقال لوكالة الأنباء الألمانية إن الجسر افتتح. " + "قيل " * 200

    assert text[:500].endswith("الألمان")
    assert credits_of(text) == ()


@pytest.mark.parametrize(
    ("name", "source", "alike"),
    [
        ("تابناک", "tabnak", True),
        ("ایسنا", "www.isna.ir", True),
        ("مهر", "mehrnews.com", True),
        ("عصرایران", "asriran", True),
        ("AFP", "afp.com", True),
        ("ایسنا", "tabnak", False),
        ("ایران", "irna.ir", False),
        ("آنا", "ana.ir", False),
        ("مهر", "", False),
    ],
)
def test_a_name_sounds_like_the_address_of_its_source(name: str, source: str, *, alike: bool) -> None:
    """The same consonants and most vowels; one consonant is not enough."""
    assert sounds_alike(name, source) is alike


@pytest.mark.parametrize(("letters", "names"), [(139, ("Sirdan Post",)), (150, ())])
def test_the_last_160_characters_are_searched_for_credits(letters: int, names: tuple[str, ...]) -> None:
    """A credit of 21 characters is searched for at the end of a long text, not in its middle."""
    assert credits_of(f"{STORY * 20}Source: Sirdan Post. {'x' * letters}") == names


@pytest.mark.parametrize(("letters", "names"), [(40, ("AFP",)), (41, ())])
def test_a_dateline_has_at_most_forty_characters_before_the_agency(
    letters: int, names: tuple[str, ...]
) -> None:
    """Behind more, dashes around a name are part of a sentence."""
    assert credits_of(f"{'x' * letters}, AFP - {STORY}") == names


@pytest.mark.parametrize(("letters", "names"), [(40, ("x" * 40,)), (41, ())])
def test_a_name_has_at_most_forty_letters(letters: int, names: tuple[str, ...]) -> None:
    """What is longer is a sentence without punctuation."""
    assert credits_of(f"Source: {'x' * letters}. {STORY}") == names
