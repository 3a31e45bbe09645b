"""The series of a page: their wording in the core, the values of their slots in pieces."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, islice

from dedup.model import Series, SeriesMember
from dedup.output.page.page_dates import PageDates
from dedup.output.page.page_packing import Json
from dedup.output.sanitize import sanitize_line

SERIES = 500
"""Series shown, at most."""

MEMBERS = 500
"""Members shown of one series, at most: the first in order of time."""

SLOTS = 40
"""Slots shown of one series, at most."""

CARD = 300
"""Letters of the wording that the list of series shows."""

VALUE = 80
"""Letters shown of what fills a slot."""

SERIES_TOGETHER = 20
"""How many series are packed together."""


def series_list(series: Sequence[Series]) -> dict[str, Json]:
    """Return what the list of series shows: sizes and the beginning of the wording."""
    shown = list(islice(series, SERIES))
    return {
        "sizes": [len(each.members) for each in shown],
        "wording": [list(_beginning(each.wording)) for each in shown],
        "more": len(series) - len(shown),
        "together": SERIES_TOGETHER,
    }


def series_details(series: Sequence[Series], dates: PageDates) -> Iterator[list[Json]]:
    """Return the series whole, some at a time."""
    for batch in batched(islice(series, SERIES), SERIES_TOGETHER):
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
