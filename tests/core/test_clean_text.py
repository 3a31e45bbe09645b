"""Addresses are no words, and the groups of a number are one number, in texts as they were written."""

import pytest

from dedup.core.clean_text import DELETED, clean
from dedup.core.raw_units import characters_of, units_of


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/news/4581?page=2#top",
        "HTTP://EXAMPLE.ORG",
        "www.made-up.site/a",
        "desk@example.co.uk",
        "first.last+news@mail.example.com",
        "@made_up_news",
        "example.com",
        "news.example.ir/fa/12345",
        "t.me/made_up/77",
        "-a.example.com",
    ],
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("read ", " now"), ("(", " )"), ("«", "»")])
def test_an_address_becomes_spaces(address: str, before: str, after: str) -> None:
    """Of the web, of mail, of an account; nothing else of the text changes, and nothing changes its place."""
    found = characters_of(clean(units_of(before + address + after)))

    assert found == before + " " * len(address) + after


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("خبر\u200chttps://example.ir/خبر-تازه، ادامه", "خبر\u200c، ادامه"),
        ("کانال@example_fa ما", "کانال ما"),
        ("详见https://example.cn/abc。更多", "详见。更多"),
        ("نشانی example.irاست", "نشانی است"),
        ("Visit example.com. Then rest.", "Visit . Then rest."),
        ("a@b.example, c@d.example;", ", ;"),
        ("e...example.com", "e..."),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, left: str) -> None:
    """At white space, a quotation mark, a comma of Arabic script, a letter without spaces."""
    found = characters_of(clean(units_of(text)))

    assert found.replace(" ", "") == left.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "The end.It was late",
        "at 5 @ 6, a@b and x@",
        "www. and http:// alone",
        "example.community example.com-based file.example.txt",
        "e.g. i.e. 3.5 v2.0.1",
        "name@host",
    ],
)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    """Sentences without a space, versions, a sign alone, an unknown last part."""
    assert characters_of(clean(units_of(text))) == text


@pytest.mark.parametrize("sign", [",", ".", "٬", "،", "'", "’", "\xa0", "\u202f"])
@pytest.mark.parametrize(
    ("groups", "whole"),
    [
        (["8", "400"], "8400"),
        (["85", "000", "125"], "85000125"),
        (["۸", "۴۰۰"], "۸۴۰۰"),
        (["१२३", "४५६"], "१२३४५६"),
    ],
)
def test_the_groups_of_a_number_are_one(sign: str, groups: list[str], whole: str) -> None:
    """Of three digits in any script, with any of the usual signs between them."""
    found = characters_of(clean(units_of(f"for {sign.join(groups)} more")))

    assert found.replace(DELETED, "") == f"for {whole} more"
    assert len(found) == len(f"for {sign.join(groups)} more")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,5", "1234,5"),
        ("1,234.567", "1234.567"),
        ("$8,400m", "$8400m"),
    ],
)
def test_another_sign_begins_the_decimals(text: str, left: str) -> None:
    """The groups of a number have the same sign between them."""
    assert characters_of(clean(units_of(text))).replace(DELETED, "") == left


@pytest.mark.parametrize(
    "text",
    [
        "0.400",
        "8,40",
        "8,4000",
        "1.234.5678",
        "12345,678",
        "8, 400",
        "8,,400",
        "f1,200",
        "021,555,1234",
        "3/400",
    ],
)
def test_other_digits_stay_apart(text: str) -> None:
    """Decimals, versions, codes, a zero in front, a model's name, groups of other lengths."""
    assert characters_of(clean(units_of(text))) == text


def test_a_clean_text_is_not_copied() -> None:
    """What has no address and no groups comes back as it is."""
    units = units_of("خبر تازه")

    assert clean(units) is units


def test_halves_of_letters_come_back() -> None:
    """Lone surrogates and letters beyond the first plane keep their units."""
    assert characters_of(clean(units_of("\ud83d\ude00 x@y.example \ud840"))) == (
        "\ud83d\ude00 " + " " * 11 + " \ud840"
    )
