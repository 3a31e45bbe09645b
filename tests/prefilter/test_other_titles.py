"""Wall and stub pages offered to an index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import Answer, PreFilter
from tests.made_up_news import story

TITLES = ("Tram line opens", "Baker wins prize", "Storm shuts harbour", "Museum shows maps", "Mayor sworn")


@pytest.fixture
def prefilter(tmp_path: Path) -> Iterator[PreFilter]:
    """An empty index."""
    with PreFilter.open(tmp_path / "news.dedup") as opened:
        yield opened


def offered(prefilter: PreFilter, number: int, title: str, **more: str) -> Answer:
    """Offer a story with one and the same text."""
    return prefilter.check_and_add({"id": f"w{number}", "title": title, "text": story(1), **more})


def test_a_wall_page_is_never_dropped(prefilter: PreFilter) -> None:
    """Up to the fourth title it may be a copy; then it is no story, and a copy of none."""
    answers = [offered(prefilter, number, title) for number, title in enumerate([*TITLES, TITLES[0]])]

    assert [(answer.drops, answer.stored) for answer in answers] == [(False, True)] * 6
    assert [answer.duplicate_of for answer in answers] == [None, "w0", "w0", "w0", None, None]
    assert [str(answer.reasons[-1]) for answer in answers[1:]] == [
        f"one text under {number} unrelated titles" for number in (2, 3, 4, 5, 5)
    ]
    assert (answers[-1].verdict, answers[-1].match) == (None, None)


def test_a_wall_page_offered_again_is_the_same(prefilter: PreFilter) -> None:
    """Its address was seen with that text."""
    for number, title in enumerate(TITLES):
        offered(prefilter, number, title)

    again = offered(prefilter, 4, TITLES[4])

    assert (again.relation, again.drops, again.stored) == ("same", True, False)


@pytest.mark.parametrize("title", ["Tram runs from Monday", ""], ids=["related", "unknown"])
def test_a_copy_under_another_headline_is_a_copy(prefilter: PreFilter, title: str) -> None:
    """The headlines share a word, or nothing is known of one."""
    offered(prefilter, 1, TITLES[0])

    copy = offered(prefilter, 2, title)

    assert (copy.duplicate_of, copy.drops, copy.stored) == ("w1", True, False)


def test_an_address_is_a_title_where_there_is_none(prefilter: PreFilter) -> None:
    """It has other words, so another story may be meant."""
    offered(prefilter, 1, "", url="https://news.example/tram-line-opens")

    other = offered(prefilter, 2, "", url="https://news.example/baker-wins-prize")

    assert (other.duplicate_of, other.drops) == ("w1", False)
