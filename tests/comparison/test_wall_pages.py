"""Titles of one text: of one story, or of many behind a wall."""

import pytest

from dedup.comparison.wall_pages import count_unrelated, heading, unrelated_titles

TITLES = ("Tram line opens", "Baker wins prize", "Storm shuts harbour", "Museum shows maps", "Mayor sworn")


def titles(*given: str, sources: tuple[str, ...] = ("",)) -> int:
    """Count the unrelated titles of documents without addresses."""
    return unrelated_titles([heading(title, "") for title in given], sources)


def test_five_titles_without_a_common_word_are_of_no_story() -> None:
    """A second `Mayor`, a title again and an empty one add nothing."""
    assert titles(*TITLES) == 5
    assert titles(*TITLES, "Mayor speaks", TITLES[0], "") == 5


@pytest.mark.parametrize(("copies", "expected"), [(60, 5), (61, 0)])
def test_the_titles_of_64_documents_are_read(copies: int, expected: int) -> None:
    """The fifth unrelated title is that of the 64th or the 65th."""
    assert titles(*[TITLES[0]] * copies, *TITLES[1:]) == expected


@pytest.mark.parametrize("given", [TITLES[:4], [*TITLES[:4], "A prize for maps"]], ids=["four", "related"])
def test_four_titles_may_be_of_one_story(given: list[str]) -> None:
    """The fifth shares a word with two others."""
    assert titles(*given) == 0


@pytest.mark.parametrize(
    ("sources", "expected"),
    [(("wire",), 3), (("wire", "paper"), 0), (("",), 0)],
    ids=["one", "two", "unknown"],
)
def test_one_source_gives_a_story_few_titles(sources: tuple[str, ...], expected: int) -> None:
    """Three are enough, if all are known to be of one source."""
    assert titles(*TITLES[:3], sources=sources) == expected


def test_headlines_of_one_story_share_words_with_each_other() -> None:
    """Five of ten share none with those before, but each shares one with half of the others."""
    pairs = [f"{one} {other}" for one, other in zip(TITLES, [*TITLES[1:], TITLES[0]], strict=True)]

    assert count_unrelated([heading(title, "") for title in [*TITLES, *pairs]]) == 5
    assert titles(*TITLES, *pairs) == 5  # 15 of 45 pairs
    assert titles(*TITLES, *(f"{title} storm mayor" for title in pairs)) == 0  # 31 of 45


@pytest.mark.parametrize(
    ("sources", "days", "expected"),
    [(("wire",), 5, 3), (("wire",), 4, 0), (("wire", "paper"), 5, 0)],
    ids=["returns", "in four days", "of two"],
)
def test_a_text_that_one_source_returns_to_is_no_story(
    sources: tuple[str, ...], days: int, expected: int
) -> None:
    """Three of six titles are unrelated, but each of the others shares a word with all of them."""
    given = (*TITLES[:3], "Tram prize harbour", "Baker shuts opens", "Storm wins line")
    headings = [heading(title, "") for title in given]

    assert unrelated_titles(headings, sources, days=days) == expected


def test_an_address_replaces_a_missing_title() -> None:
    """The part with most words does; numbers and the site say nothing."""
    tram = heading("", "https://news.example/2024/05/tram-line-opens.html")

    assert tram == heading("Tram line opens", "") == heading("", "https://a.example/tram-line-opens/1201")
    assert heading("", "https://news.example/2024/1201") == frozenset()
    assert heading("", "https://[broken") == frozenset()
    assert heading("", "https://news.example/%D8%A7%D9%81%D8%AA%D8%AA%D8%A7%D8%AD") == heading("افتتاح", "")


def test_titles_without_spaces_share_pairs_of_letters() -> None:
    """The first two share one, the third none."""
    given = ["\u5e02\u957f\u5ba3\u8a93", "\u65b0\u5e02\u957f", "\u535a\u7269\u9986"]

    assert count_unrelated([heading(title, "") for title in given]) == 2


@pytest.mark.parametrize(
    ("word", "related"), [("and", False), ("Der", False), ("Oslo", True), ("غزه", True), ("از", False)]
)
def test_a_word_of_four_letters_relates_two_titles(word: str, *, related: bool) -> None:
    """Three are enough in Arabic; shorter ones are in titles of anything."""
    one, other = (heading(f"{title} {word}", "") for title in TITLES[:2])

    assert one.isdisjoint(other) is not related


@pytest.mark.parametrize(("ending", "related"), [("しました", False), ("東京", True)])
def test_endings_relate_no_japanese_titles(ending: str, *, related: bool) -> None:
    """Ideographs do."""
    one, other = (heading(f"{title}{ending}", "") for title in ("港閉鎖", "館再開"))
    assert one.isdisjoint(other) is not related
