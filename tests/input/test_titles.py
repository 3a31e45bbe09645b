"""The headline of a plain text."""

from pathlib import Path

import pytest

from dedup.input.titles import headline

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
LONGEST = "abc " * 29 + "abcd"
"""A line of 120 letters and spaces."""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("رایزنی تلفنی وزرای خارجه\nمتن", "رایزنی تلفنی وزرای خارجه"),
        ("\n\n  \ufeffرایزنی تلفنی \r\n\r\nمتن", "رایزنی تلفنی"),
        ("x\n۱۷ / مهر / ۱۴۰۲ ۲۱:۱۹\n\nرایزنی تلفنی\n\nمتن", "رایزنی تلفنی"),
        ("سه شنبه ۱۷ / مهر / ۱۴۰۲\nرایزنی تلفنی\nمتن", "رایزنی تلفنی"),
        ("\n" * 4080 + "رایزنی تلفنی\nمتن", "رایزنی تلفنی"),
        ("\n" * 4084 + "رایزنی تلفنی\nمتن", ""),
        ("کد خبر: ۱۴۲۹۰۳۵\nرایزنی تلفنی\nمتن", "رایزنی تلفنی"),
        ("به گزارش ایسنا:\nرایزنی تلفنی\nمتن", "رایزنی تلفنی"),
        ("آیا آتش بس می‌شود؟\nمتن", "آیا آتش بس می‌شود؟"),
        ("رایزنی تلفنی", ""),
        ("رایزنی تلفنی\n\n", ""),
        ("وزیر به تهران آمد.\nرایزنی تلفنی\nمتن", ""),
        ("a b " * 31 + "\nرایزنی تلفنی\nمتن", ""),
        ("a\nb\nc\nd\nرایزنی تلفنی\nمتن", "رایزنی تلفنی"),
        ("a\nb\nc\nd\ne\nرایزنی تلفنی\nمتن", ""),
        (f"{LONGEST}\nمتن", LONGEST),
        (f"{LONGEST}d\nمتن", ""),
        ("خبر\nورزش", ""),
        ("تهران مشهد ۱۲ ۱۳\nمتن", ""),
        ("", ""),
    ],
)
def test_headlines(text: str, title: str) -> None:
    """The headline is the first short line of several words at the top that more text follows."""
    assert headline(text) == title


def test_the_seeds_have_their_headlines() -> None:
    """Rubbish first lines and leading blanks do not hide the headline of a seed."""
    assert [headline(seed.read_text(encoding="utf-8")) for seed in SEEDS] == [
        "جزئیات تلاش دیپلماتیک ایران برای تثبیت آتشبس در غزه",
        "امیرعبداللهیان با روسای برخی از سازمانهای بینالمللی رایزنی کرد",
        "رایزنی تلفنی وزرای خارجه ایران و عمان درباره اوضاع کنونی فلسطین",
        "رایزنی تلفنی وزرای خارجه ایران و روسیه درباره غزه",
        "گفتوگوی امیرعبداللهیان با همتایان عمانی و عراقی",
    ]
