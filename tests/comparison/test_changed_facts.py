"""Which of the facts that two copies exchanged are listed as changed."""

import pytest

import dedup
from dedup.comparison.changed_facts import changed_facts
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
    ],
)
def test_a_fact_changed_where_the_words_around_it_stayed(left: str, right: str, *, kept: bool) -> None:
    """Between rewritten passages nothing shows that two facts are about the same."""
    one, other = (_words(text) for text in (left, right))
    places = [words.index(">") for words in (one, other)]
    for words in (one, other):
        words.remove(">")
    fact = ExchangedFact(one[places[0]], other[places[1]], *places)

    assert changed_facts([fact], one, other) == ((fact,) if kept else ())


def _words(text: str) -> list[str]:
    unspaced = text[0] > "\u3000"
    return list(text) if unspaced else text.replace(">", "> ").split()


def test_both_words_of_a_changed_name_are_kept() -> None:
    """The words around the whole name count."""
    left, right = ["minister", "nicole", "belloubet", "said"], ["minister", "bruno", "lemaire", "said"]
    facts = [ExchangedFact("nicole", "bruno", 1, 1), ExchangedFact("belloubet", "lemaire", 2, 2)]

    assert changed_facts(facts, left, right) == tuple(facts)


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
