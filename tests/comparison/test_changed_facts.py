"""Which of the facts that two copies exchanged are listed as changed."""

import pytest

import dedup
from dedup.comparison.align import align, read_words
from dedup.comparison.changed_facts import changed_facts
from dedup.comparison.readable_text import ReadableText
from dedup.model import ExchangedFact, ReasonKind


@pytest.mark.parametrize(
    ("left", "right", "kept"),
    [
        ("at least >40 people died", "at least >14 people died", True),
        ("police counted >450", "reporters saw >400", False),  # nothing shows what the last words count
        ("police made >450 arrests", "about >400 arrests", True),  # what a number counts is enough
        ("leaves on the >5 january", "is tried on the >13 february", False),
        ("it was >paris again", "it was >lyon again", True),
        ("the town of >arpajon", "said >dupont of", False),
        ("from >paris", "from >m", False),  # an initial
        ("in >paris", "in >parisian", False),
        ("room >1 of", "room >01 of", False),
        ("مبلغ >پنج هزار", "مبلغ >پنجاه هزار", True),  # five, fifty
        ("المركز >الاول في", "المركز >الاولی في", False),  # one ordinal in both genders
        ("المركز >الاول في", "المركز >الثانی في", True),
        ("بخش >دومین شب", "بخش >دوم شب", False),
        ("at >five people", "at >5 people", False),
        ("سال >1396 به", "سال >96 به", False),  # the year with two digits
        ("سال >1396 به", "سال >97 به", True),
        ("killed >1250 people", "killed >50 people", True),
        ("the 18 01 2019 >18 21 12 paris", "the 18 01 2019 >08 21 12 paris", False),  # a time stamp
        ("at 18 >21 in paris", "at 18 >45 in paris", True),
        ("در >ابان برگزار", "در >ابانماه برگزار", False),
        ("在>三个", "在>四个", True),
        ("la >seconde guerre", "la >deuxieme guerre", False),
        ("it came to >7000 to 8000 euros", "it came to >7 to 8000 euros", False),  # 7 to 8,000
        ("it cost >7000 euros", "it cost >7 euros", True),
        ("samples of water >82 bottles, oil 56", "water 82, of oil >56 bottles", False),  # listed another way
        ("they will put up >400 signs in the streets", "there are >600 signs in the streets", True),
        ("its new contract of >750 million pounds", "that player cost them >25 million pounds", False),
        ("eight planes f16 block >52 to cairo", "eight planes f >16 to cairo", False),
    ],
)
def test_a_fact_changed_where_the_words_around_it_stayed(left: str, right: str, *, kept: bool) -> None:
    """Between rewritten passages nothing shows that two facts are about the same."""
    one, other = (_words(text) for text in (left, right))
    places = [words.index(">") for words in (one, other)]
    for words in (one, other):
        words.remove(">")
    fact = ExchangedFact(one[places[0]], other[places[1]], *places)

    assert _changed([fact], one, other) == ((fact,) if kept else ())


def _changed(facts: list[ExchangedFact], left: list[str], right: list[str]) -> tuple[ExchangedFact, ...]:
    blank = "" if left[0] > "\u3000" else " "
    one, other = (ReadableText(blank.join(words)) for words in (left, right))
    return changed_facts(facts, left, right, (lambda: one, lambda: other))


@pytest.mark.parametrize(
    ("left", "right", "changed"),
    [
        ("it paid 17.7 million", "it paid 17.70 million", ()),
        ("it paid 17.7 million", "it paid 17.8 million", ("17.7 -> 17.8",)),
        (
            "it paid 17.75 million",
            "it paid 18.25 million",
            ("17.75 -> 18.25",),
        ),  # once, though both words differ
        ("it fell 0.05 percent", "it fell 0.50 percent", ("0.05 -> 0.50",)),
        ("ends at 16:00 today", "ends at 4:00 today", ()),
        ("begins at 08:30 today", "begins at 8.30 today", ()),
        ("it paid 17.30 million", "it paid 5.30 million", ("17.30 -> 5.30",)),
        ("ends at 16:00 today", "ends at 5:00 today", ("16:00 -> 5:00",)),
        ("more than 30 000 people came", "more than 28 000 people came", ("30000 -> 28000",)),
        ("بلغ 96.599 مسجلا", "بلغ 599.\u200f96 مسجلا", ()),
        ("سعر ۱۷٫۷ دلار", "سعر ۱۷٫۹ دلار", ("17٫7 -> 17٫9",)),
        ("am 5.11.2018 in Wien", "am 2018-11-05 in Wien", ()),
        ("am 5.11.2018 in Wien", "am 6.11.2018 in Wien", ("5.11.2018 -> 6.11.2018",)),
        ("they won 3-1 at home", "they won 4-1 at home", ("3-1 -> 4-1",)),
        ("call 1-2-3-4-5-6 now", "call 1-2-3-4-5-7 now", ("6 -> 7",)),  # too many to be one
    ],
)
def test_a_number_is_compared_and_shown_as_it_is_written(
    left: str, right: str, changed: tuple[str, ...]
) -> None:
    """A decimal, a time, a date, a score and thousands apart are one number each."""
    compared = align(read_words(left), read_words(right))
    one, other = ReadableText(left), ReadableText(right)

    found = changed_facts(
        compared.examples, read_words(left).words, read_words(right).words, (lambda: one, lambda: other)
    )

    assert tuple(map(str, found)) == changed


def _words(text: str) -> list[str]:
    unspaced = text[0] > "\u3000"
    return list(text) if unspaced else text.replace(">", "> ").split()


def test_both_words_of_a_changed_name_are_kept() -> None:
    """The words around the whole name count."""
    left, right = ["minister", "nicole", "belloubet", "said"], ["minister", "bruno", "lemaire", "said"]
    facts = [ExchangedFact("nicole", "bruno", 1, 1), ExchangedFact("belloubet", "lemaire", 2, 2)]

    assert _changed(facts, left, right) == tuple(facts)


def test_a_comparison_names_no_fact_that_only_order_paired() -> None:
    """Neither among the changed facts nor among its reasons; the copy is no less a copy."""
    shared = (
        "The council voted on the budget of the new bridge after a long debate about its approach roads. "
        "Residents of the old quarter had asked for a tunnel instead, which engineers called too costly. "
        "A ferry will carry cyclists while the piers are built, and buses take the road along the dam. "
    )
    left = f"{shared}Work begins on 5 January, said the mayor."
    right = f"{shared}The mayor did not name a contractor; 13 firms are waiting."

    compared = dedup.compare(left, right)

    assert compared.verdict is not None
    assert compared.verdict.joins
    assert compared.changed == ()
    assert ReasonKind.EXCHANGED not in [reason.kind for reason in compared.reasons]
