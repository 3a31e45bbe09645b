"""Warnings: a source that would lose most, a cluster too large for one story."""

import pytest

from dedup import Document, Recipe, Report, find_duplicates
from dedup.model import ReportWarning
from dedup.report import report_warnings
from tests.made_up_news import story


def archive_of(*, copied: int, alone: int, source: str = "paper", wire: str = "wire") -> list[Document]:
    """Stories of the wire, of which the paper copied some, and others of its own."""
    documents = [Document(f"w{number}", story(number, words=20), source=wire) for number in range(copied)]
    documents += [
        Document(f"p{number}", story(number, words=20), source=source) for number in range(copied + alone)
    ]
    return documents


def warnings_of(documents: list[Document], **settings: object) -> tuple[ReportWarning, ...]:
    """Warn of a report whose representatives are those of the wire."""
    report: Report = find_duplicates(documents, recipe=Recipe(rank=False, sources=("wire",)), **settings)  # type: ignore[arg-type]
    return report.warnings


def test_a_source_that_would_lose_most_is_named() -> None:
    """Eleven of its twenty-one stories are copies of the wire's."""
    assert warnings_of(archive_of(copied=11, alone=10)) == (
        ReportWarning("source", "paper", 11, 21, "'paper' would lose 11 of its 21 documents as copies"),
    )


def test_ten_lost_documents_are_enough() -> None:
    """Of ten."""
    (caution,) = warnings_of(archive_of(copied=10, alone=0))

    assert (caution.name, caution.documents, caution.of) == ("paper", 10, 10)


@pytest.mark.parametrize(("copied", "alone"), [(11, 11), (9, 0)], ids=["half", "few"])
def test_a_source_that_loses_half_or_few_is_not(copied: int, alone: int) -> None:
    """Half is not most, and nine copies may be chance."""
    assert warnings_of(archive_of(copied=copied, alone=alone)) == ()


def test_no_source_is_no_source_to_warn_of() -> None:
    """Documents that name none are not one paper."""
    assert warnings_of(archive_of(copied=11, alone=0, source="")) == ()


def test_old_documents_are_not_lost() -> None:
    """A source that is in the reference loses only new ones: here all of eleven."""
    documents = archive_of(copied=11, alone=10, wire="paper")

    found = warnings_of(documents[:11], reference=documents[11:])

    assert [(caution.documents, caution.of) for caution in found] == [(11, 11)]


def test_a_giant_cluster_is_named_by_its_representative() -> None:
    """Fifty copies among a hundred documents."""
    copies = [Document(f"c{number:02}", story(0)) for number in range(50)]
    others = [Document(f"o{number}", story(number)) for number in range(1, 51)]

    assert warnings_of([*copies, *others]) == (
        ReportWarning("cluster", "c00", 50, 100, "cluster 1, of 'c00', holds 50 of all 100 documents"),
    )


@pytest.mark.parametrize(("size", "share"), [(49, 0.02), (50, 0.6)], ids=["few", "a small share"])
def test_a_cluster_is_giant_by_number_and_share(
    size: int, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty-nine are too few in any archive; fifty of a hundred are no sixty percent."""
    monkeypatch.setattr(report_warnings, "CLUSTER_SHARE", share)
    copies = [Document(f"c{number:02}", story(0)) for number in range(size)]
    others = [Document(f"o{number}", story(number)) for number in range(1, 101 - size)]

    assert warnings_of([*copies, *others]) == ()


def test_copies_between_sources_need_sources() -> None:
    """One source, or none, leaves nothing to compare; two are no matter."""
    texts = [story(1), story(1)]

    def asked(*sources: str) -> list[tuple[str, str]]:
        documents = [
            Document(str(number), text, source=source)
            for number, (text, source) in enumerate(zip(texts, sources, strict=True))
        ]
        return [(caution.kind, caution.name) for caution in warnings_of(documents, cross_source=True)]

    assert asked("wire", "wire") == [("one_source", "wire")]
    assert asked("", "") == [("no_source", "")]
    assert asked("wire", "") == []


def test_a_name_is_quoted_in_part() -> None:
    """A source of 100,000 letters does not fill the screen; the record has it whole."""
    (found,) = warnings_of(archive_of(copied=11, alone=0, source="x" * 100_000))

    assert found.reason == f"'{'x' * 99}\u2026' would lose 11 of its 11 documents as copies"
    assert len(found.name) == 100_000


def dated(*dates: str) -> list[Document]:
    """Make documents of one source, published then."""
    return [
        Document(str(number), story(number), source="wire", published=date)
        for number, date in enumerate(dates)
    ]


def test_dates_that_may_be_read_two_ways_are_warned_of() -> None:
    """Unless another date proves the order; undated documents are not counted."""
    (found,) = warnings_of(dated("02/11/2024", "2024-10-05", ""))

    assert (found.kind, found.name, found.documents, found.of) == ("date_order", "", 1, 2)
    assert found.reason == (
        "1 of 2 dates may have the day or the month first, and no other date proves which; "
        "the day was taken to be first (--date-order changes that)"
    )
    assert warnings_of(dated("02/11/2024", "15/10/2024")) == ()


def test_a_source_that_writes_dates_both_ways_is_warned_of() -> None:
    """Most of its dates have the month first: one that may be either was read so."""
    (found,) = warnings_of(dated("02/11/2024", "15/10/2024", "10/15/2024", "10/16/2024"))

    assert (found.kind, found.name, found.documents, found.of) == ("mixed_date_orders", "wire", 1, 4)
    assert found.reason == (
        "'wire' has dates of both kinds, 1 with the day first, 2 with the month; in 1 that may be either, "
        "the month was taken to be first"
    )


def test_a_zone_that_was_assumed_is_warned_of() -> None:
    """Once for its name, with what would change it."""
    (found,) = warnings_of(dated("2024-01-08 09:00 IST", "2024-01-09 09:00 IST", "2024-01-08 09:00 UTC"))

    assert (found.kind, found.name, found.documents, found.of) == ("assumed_zone", "IST", 2, 3)
    assert found.reason == (
        "2 of 3 dates name the zone IST, which several countries have; the time of India was taken "
        "(--timezone Asia/Jerusalem changes that)"
    )


def test_an_unknown_zone_is_warned_of() -> None:
    """Once for all such zones, with one of them and how the dates were read."""
    (found,) = warnings_of(dated("2024-01-08 09:00 XYZT", "2024-01-09 09:00 ABCT", "2024-01-08 09:00 UTC"))

    assert (found.kind, found.name, found.documents, found.of) == ("unknown_zone", "ABCT", 2, 3)
    assert found.reason == (
        "2 of 3 dates name a time zone that is not known, such as ABCT; they were read as if they named none "
        "(--timezone ZONE says which is meant)"
    )
