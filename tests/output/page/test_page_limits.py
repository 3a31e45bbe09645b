"""How much of a report the page carries; the JSON report has all of it."""

from itertools import combinations

import pytest

from dedup.model import Boilerplate, DateOrder, Document, Series, SeriesMember, Verdict
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_documents import PageDocuments
from tests.output.page.test_page_content import page_documents_of, pieces
from tests.report_samples import a_cluster, a_member, a_pair, a_report


def a_series(wording: tuple[str, ...] = ("the rate is ", "")) -> Series:
    """Make a series of one member."""
    values = ("1",) * (len(wording) - 1)
    return Series(1, "a", wording, (SeriesMember("a", "", "", "", values),))


def of_stories(texts: list[str]) -> PageDocuments:
    """Add unrelated stories."""
    named = {str(number): Document(str(number), text) for number, text in enumerate(texts)}
    shown = PageDocuments(named, PageDates(a_report()))
    for name in named:
        shown.add([name])
    return shown


def test_two_hundred_pairs_of_a_cluster_are_shown() -> None:
    """Besides those with its representative: 22 members have 231, of which 21 are with it."""
    names = [f"{number:02}" for number in range(22)]
    members = [a_member(name, Verdict.IDENTICAL if name != "00" else None) for name in names]
    pairs = tuple(a_pair(one, other, Verdict.IDENTICAL) for one, other in combinations(names, 2))

    (cluster,) = pieces(a_report(clusters=(a_cluster(*members),), pairs=pairs))["cluster-0"]

    assert len(pairs) == 231
    assert [pair[:2] for pair in cluster["between"]] == [
        [one, other] for one, other in combinations(range(22), 2) if one
    ][:200]


@pytest.mark.parametrize(("clusters", "expected"), [(50, ["cluster-0"]), (51, ["cluster-0", "cluster-1"])])
def test_fifty_clusters_are_packed_together(clusters: int, expected: list[str]) -> None:
    """The page opens one piece for the reasons of one cluster."""
    found = pieces(a_report(clusters=tuple(a_cluster(a_member(str(n)), id=n + 1) for n in range(clusters))))

    assert [name for name in found if name.startswith("cluster-")] == expected
    assert found["core"]["together"] == [50, 250]


@pytest.mark.parametrize(("pairs", "expected"), [(250, ["pair-0"]), (251, ["pair-0", "pair-1"])])
def test_two_hundred_and_fifty_pairs_are_packed_together(pairs: int, expected: list[str]) -> None:
    """The page opens one piece for the reasons of one pair."""
    found = pieces(a_report(pairs=tuple(a_pair("a", f"b{n}", Verdict.PARTIAL) for n in range(pairs))))

    assert [name for name in found if name.startswith("pair-")] == expected


def test_the_date_orders_of_two_hundred_sources_are_shown() -> None:
    """An archive may have more sources than anyone reads."""
    orders = tuple(DateOrder(f"paper {number}", "day", "source", 2, 1, 0) for number in range(201))

    shown = pieces(a_report(date_orders=orders))["about"]["date_orders"]

    assert [*shown] == [order.source for order in orders[:200]]


def test_a_missing_title_is_replaced_from_two_hundred_characters() -> None:
    """Nine words of twenty letters and a space are 189 of them; eleven letters of the tenth are left."""
    title = page_documents_of(Document("a", " ".join(["a" * 20] * 12))).columns.title

    assert title == [" ".join([*["a" * 20] * 9, "a" * 11]) + " \u2026"]


@pytest.mark.parametrize(
    ("letters", "common"), [(5, False), (6, True), (200, True), (201, False)], ids=["5", "6", "200", "201"]
)
def test_a_common_sentence_has_6_to_200_characters(letters: int, *, common: bool) -> None:
    """Shorter ones are in unrelated stories too, longer ones are stories."""
    shown = of_stories([f"Story {number} is here.\n{'x' * letters}" for number in range(5)])

    assert shown.boilerplate_sentences() == (["x" * letters] if common else [])


def test_common_sentences_are_three_from_the_top_or_five_from_the_end() -> None:
    """In between are only those of the story."""
    common = [f"sentence {letter} of all" for letter in "abcdefghij"]
    shown = of_stories(["\n".join(common)] * 5)

    expected = [f"sentence{letter}ofall" for letter in "abcfghij"]
    assert shown.boilerplate_sentences() == expected


@pytest.mark.parametrize(("before", "common"), [(978, True), (979, False)])
def test_common_sentences_of_a_long_story_are_in_its_first_thousand_characters(
    before: int, *, common: bool
) -> None:
    """A sentence further down is cut, and is not the same any more."""
    shown = of_stories(
        [f"{number}{'x' * (before - 2)}\nthe end of the opening\n{'y' * 5000}" for number in range(5)]
    )

    assert ("theendoftheopening" in shown.boilerplate_sentences()) is common


@pytest.mark.parametrize(("letters", "linked"), [(2000, True), (2001, False)])
def test_an_address_of_two_thousand_characters_is_linked(letters: int, *, linked: bool) -> None:
    """A longer one is shown up to seventy."""
    url = "https://paper.example/".ljust(letters, "a")
    columns = page_documents_of(Document("a", "x", url=url)).columns

    assert (columns.url, columns.address) == (
        [url if linked else ""],
        ["" if linked else f"{url[:69]}\u2026"],
    )


@pytest.mark.parametrize(("text", "known"), [("abc defg", []), ("abcd efgh", ["abcdefgh"])])
def test_a_boilerplate_passage_of_eight_letters_is_greyed(text: str, known: list[str]) -> None:
    """A shorter one is part of other words."""
    found = pieces(a_report(boilerplate=(Boilerplate(text, 40),)))

    assert found["core"]["boilerplate"] == known


def test_five_hundred_series_are_shown() -> None:
    """The others are counted; twenty are packed together."""
    found = pieces(a_report(series=(a_series(),) * 501))

    assert (len(found["core"]["series"]["sizes"]), found["core"]["series"]["more"]) == (500, 1)
    assert len([name for name in found if name.startswith("series-")]) == 25


@pytest.mark.parametrize(("slots", "more"), [(40, 0), (41, 1)])
def test_forty_slots_of_a_series_are_shown(slots: int, more: int) -> None:
    """The others are counted."""
    (found,) = pieces(a_report(series=(a_series(("a",) * (slots + 1)),)))["series-0"]

    assert (len(found["slots"]), len(found["members"][0][4]), found["more_slots"]) == (40, 40, more)
