"""The sources of a report: who was first, who followed how late, whom they credit."""

import pytest

from dedup import Document, Recipe, find_duplicates
from dedup.model.source_figures import SourceFigures
from tests.made_up_news import story

LEAD = "به گزارش رودنیوز، "


def archive() -> list[Document]:
    """Two stories of one agency, which a paper took over an hour and three hours later, once with credit."""
    first, second, other = (story(seed, words=120) for seed in (1, 2, 3))
    return [
        Document("a1", LEAD + first, source="agency", published="2024-03-02T08:00:00Z"),
        Document("a2", LEAD + second, source="agency", published="2024-03-02T09:00:00Z"),
        Document("a3", LEAD + other, source="agency", published="2024-03-02T10:00:00Z"),
        Document("p1", first, source="paper", published="2024-03-02T09:00:00Z"),
        Document("p2", LEAD + second, source="paper", published="2024-03-02T12:00:00Z"),
    ]


def test_sources_are_counted() -> None:
    """The agency's own name is learnt from its leads, and is no credit where the agency uses it."""
    sources = find_duplicates(archive()).sources

    agency = SourceFigures("agency", 3, 0, 2, 0, 0, 0, None, 0, 0, (), ("رودنیوز",))
    paper = SourceFigures("paper", 2, 2, 0, 2, 0, 0, 7200, 0, 1, (("رودنیوز", 1),), ())
    assert tuple(sources) == (agency, paper)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("2024-03-02", ""),
        ("2024-03-02", "2024-03-02"),
        ("2024-03-02", "2024-03-02T14:00:00"),
        ("2024-03-02T14:00:10", "2024-03-02T14:00:50"),
    ],
)
def test_dates_that_do_not_tell_make_nobody_first(first: str, second: str) -> None:
    """Missing ones, and those of one day or minute: one document has no order, and nobody was first."""
    documents = [
        Document("a", story(1, words=120), source="agency", published=first),
        Document("p", story(1, words=120), source="paper", published=second),
    ]

    sources = find_duplicates(documents, recipe=Recipe(timezone="Asia/Tehran")).sources

    assert [(each.first, each.followed, each.delay) for each in sources] == [(0, 0, None)] * 2
    assert [(each.name, each.unordered, each.uncredited) for each in sources] == [
        ("agency", 0, 0),
        ("paper", 1, 1),
    ]


def test_days_tell_who_was_first() -> None:
    """The second of March came before the third."""
    documents = [
        Document("a", story(1, words=120), source="agency", published="2024-03-02"),
        Document("p", story(1, words=120), source="paper", published="2024-03-03"),
    ]

    agency, paper = find_duplicates(documents).sources

    assert (agency.first, paper.followed, paper.delay) == (1, 1, 86_400)


def test_own_stories_again_make_no_source_first() -> None:
    """Only who came before another source was first."""
    documents = [
        Document(name, story(1, words=120), source="agency", published=f"2024-03-0{day}")
        for day, name in enumerate("ab", 1)
    ]

    (agency,) = find_duplicates(documents).sources

    assert (agency.first, agency.repeated) == (0, 1)


def test_members_name_whom_they_credit() -> None:
    """Others, never themselves."""
    report = find_duplicates(archive())

    credited = {member.id: member.credits for cluster in report.clusters for member in cluster.members}

    assert credited == {"a1": (), "a2": (), "p1": (), "p2": ("رودنیوز",)}


def test_a_report_knows_when_its_documents_were_published() -> None:
    """The first and the last moment; none without dates."""
    dated = find_duplicates(archive())
    undated = find_duplicates([Document("a", story(1, words=120))])

    assert dated.span == (1_709_366_400, 1_709_380_800)
    assert undated.span is None


def test_a_longer_name_is_cut_to_the_one_that_is_known() -> None:
    """«رودنیوز شمال» once, «رودنیوز» three times: one name."""
    texts = [story(seed, words=120) for seed in range(4)]
    leads = [*[LEAD] * 3, "به گزارش رودنیوز شمال، "]
    documents = [
        Document(f"{side}{number}", (lead if side == "p" else "") + text, source=side)
        for number, (lead, text) in enumerate(zip(leads, texts, strict=True))
        for side in ("a", "p")
    ]

    report = find_duplicates([*documents, Document("q", story(9, words=90), source="p")])

    assert {name for cluster in report.clusters for member in cluster.members for name in member.credits} <= {
        "رودنیوز"
    }


def test_twenty_credited_names_are_listed_for_a_source() -> None:
    """A paper that credits 21 names, each once: the last in order is left out."""
    names = [f"رودنیوز{letter}" for letter in "ابپتثجچحخدذرزژسشصضطظف"]
    documents = [
        Document(
            f"{side}{number}", f"به گزارش {name}، {story(number, words=120)}", source=f"{side}{number % 7}"
        )
        for number, name in enumerate(names)
        for side in "ab"
    ]
    paper = [
        Document(f"paper{number}", document.text, source="paper")
        for number, document in enumerate(documents[::2])
    ]

    (figures,) = (each for each in find_duplicates([*documents, *paper]).sources if each.name == "paper")

    assert figures.credits == tuple((name, 1) for name in sorted(names)[:20])
