"""The series of a page: their wording in the core, the values of their slots in pieces."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched, islice

from dedup.model import Document, Series, SeriesMember
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_packing import Json
from dedup.output.sanitize import sanitize_line
from dedup.text.written_words import as_written

SERIES = 500
"""Maximum number of series shown."""

MEMBERS = 500
"""Members shown of one series, at most: the first in order of time."""

SLOTS = 40
"""Maximum number of slots shown of a series."""

CARD = 300
"""Maximum number of letters of the wording in the list of series."""

VALUE = 80
"""Maximum number of letters shown of the value of a slot."""

SERIES_TOGETHER = 20
"""Number of series that are packed together."""


def shown_series(series: Sequence[Series], documents: Mapping[str, Document]) -> list[Series]:
    """Return the series that the page shows, their wording as the representative spells it."""
    return [_as_written(each, documents.get(each.representative)) for each in islice(series, SERIES)]


def _as_written(series: Series, document: Document | None) -> Series:
    if document is None:
        return series
    passages = [passage for passage in series.wording if passage]
    written = dict(zip(passages, as_written(document.text, passages), strict=True))
    return replace(series, wording=tuple(written.get(passage) or passage for passage in series.wording))


def series_list(shown: Sequence[Series], *, more: int) -> dict[str, Json]:
    """Return what the list of series shows: sizes, beginnings of the wording, how many are not shown."""
    return {
        "sizes": [len(each.members) for each in shown],
        "wording": [list(_beginning(each.wording)) for each in shown],
        "more": more,
        "together": SERIES_TOGETHER,
    }


def series_details(shown: Sequence[Series], dates: PageDates) -> Iterator[list[Json]]:
    """Return the series whole, some at a time."""
    for batch in batched(shown, SERIES_TOGETHER):
        yield [_details(each, dates) for each in batch]


def _details(series: Series, dates: PageDates) -> Json:
    members = series.members[:MEMBERS]
    moments = dates.moments([member.published for member in members], [member.source for member in members])
    return {
        "wording": [sanitize_line(passage) for passage in series.wording[: SLOTS + 1]],
        "slots": [
            [slot.distinct, sanitize_line(slot.least, limit=VALUE), sanitize_line(slot.most, limit=VALUE)]
            for slot in series.slots[:SLOTS]
        ],
        "more_slots": max(len(series.wording) - 1 - SLOTS, 0),
        "members": [_member(member, moment) for member, moment in zip(members, moments, strict=True)],
        "more": max(len(series.members) - MEMBERS, 0),
    }


def _member(member: SeriesMember, moment: int) -> Json:
    return [
        sanitize_line(member.title).strip() or sanitize_line(member.id),
        sanitize_line(member.source).strip(),
        sanitize_line(member.published, limit=60).strip(),
        moment,
        [sanitize_line(value, limit=VALUE) for value in member.values[:SLOTS]],
    ]


def _beginning(wording: Iterable[str]) -> Iterator[str]:
    left = CARD
    for passage in wording:
        if left <= 0:
            return
        yield sanitize_line(passage, limit=left)
        left -= len(passage) + 1
