"""Wall and stub pages in a report; texts that are too short are tested in test_find_duplicates.py."""

from dataclasses import replace

from dedup import Document, Recipe, Report, find_duplicates
from dedup.model import ReportWarning
from tests.made_up_news import story

TITLES = ("Tram line opens", "Baker wins prize", "Storm shuts harbour", "Museum shows maps", "Mayor sworn")


def walled(*titles: str, more: tuple[Document, ...] = ()) -> Report:
    """Report on one text under these titles, and on other documents."""
    documents = [Document(f"w{row}", story(1), title=title) for row, title in enumerate(titles)]
    return find_duplicates([*documents, *more], recipe=Recipe(rank=False))


def test_a_wall_page_is_no_copy() -> None:
    """It is in no cluster and no pair, it is kept, and each document that has it is a problem."""
    copies = (Document("a", story(2)), Document("b", story(2)))

    report = walled(*TITLES, TITLES[0], more=copies)

    assert [[member.id for member in cluster.members] for cluster in report.clusters] == [["a", "b"]]
    assert [(pair.left, pair.right) for pair in report.pairs] == [("a", "b")]
    assert [document.id for document in report.kept] == ["w0", "w1", "w2", "w3", "w4", "w5", "a"]
    assert report.counts["wall_page"] == 6
    assert [(problem.kind, problem.reason) for problem in report.problems][:1] == [
        (
            "wall_page",
            "'w0': one text under 5 unrelated titles: a wall or stub page, not compared",
        )
    ]


def test_a_warning_says_how_many_titles_one_text_has() -> None:
    """By the document that would represent it."""
    reason = (
        "6 documents have the text of 'w0', under 5 unrelated titles: a wall or stub page, not a story; "
        "they are not compared, and all are kept"
    )

    assert walled(*TITLES, "").warnings == (ReportWarning("titles", "w0", 6, 5, reason),)


def test_copies_under_other_headlines_are_copies() -> None:
    """Editors give a story other titles; these share a word."""
    report = walled(*(f"{title} in Tehran" for title in TITLES))

    assert (len(report.clusters), report.warnings, len(report.kept)) == (1, (), 1)


def test_addresses_tell_pages_without_titles_apart() -> None:
    """By their words: five stories of which only the wall was seen."""
    pages = [
        Document(f"p{row}", story(1), url=f"https://news.example/{row}/{title.replace(' ', '-').lower()}")
        for row, title in enumerate(TITLES)
    ]

    report = find_duplicates(pages, recipe=Recipe(rank=False))

    assert (len(report.clusters), report.counts["wall_page"]) == (0, 5)


def test_a_text_that_returns_under_related_titles_is_no_copy() -> None:
    """Of one source, on five days; half of the titles share a word with each other."""
    titles = (*TITLES[:3], "Tram prize harbour", "Baker shuts opens", "Storm wins line")
    pages = [
        Document(f"p{day}", story(1), title=title, source="wire", published=f"2024-03-0{day}")
        for day, title in enumerate(titles, start=1)
    ]

    report = find_duplicates(pages, recipe=Recipe(rank=False))
    in_three_days = [
        replace(page, published=f"2024-03-0{1 + place // 2}T{hour}:30:00")
        for place, (page, hour) in enumerate(zip(pages, ("00", "23") * 3, strict=True))
    ]

    assert (len(report.clusters), report.counts["wall_page"]) == (0, 6)
    assert len(find_duplicates(in_three_days, recipe=Recipe(rank=False)).clusters) == 1
