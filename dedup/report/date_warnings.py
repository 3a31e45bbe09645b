"""Warnings about dates: day and month may be swapped, the zone was assumed or is not known."""

from collections.abc import Iterator

import numpy as np

from dedup.model import DateOrder, ReportWarning
from dedup.model.errors import quoted
from dedup.report.archive import Archive
from dedup.report.representative import UNDATED
from dedup.text.dates.zone_names import SharedName


def date_warnings(archive: Archive) -> Iterator[ReportWarning]:
    """Warn about dates whose order is unproven, sources that use both orders, and zones."""
    dated = int(np.count_nonzero(archive.dates != UNDATED))
    unproved = [order for order in archive.date_orders if order.proof == "none"]
    if unproved:
        yield _unproved(unproved, dated=dated)
    for order in archive.date_orders:
        if order.proof == "source" and order.day_first and order.month_first:
            yield _mixed(order)
    for zone, dates in archive.assumed_zones:
        yield _assumed(zone, dates, dated=dated)
    abbreviation, dates = archive.unknown_zones
    if dates:
        yield _unknown(abbreviation, dates, dated=dated)


def _unproved(orders: list[DateOrder], *, dated: int) -> ReportWarning:
    """Count the dates; all of them were read in the order of most dates of the archive."""
    dates = sum(order.dates for order in orders)
    reason = (
        f"{dates:,} of {dated:,} dates may have the day or the month first, and no other date proves which; "
        f"the {orders[0].first} was taken to be first (--date-order changes that)"
    )
    return ReportWarning("date_order", "", dates, dated, reason)


def _assumed(zone: SharedName, dates: int, *, dated: int) -> ReportWarning:
    other = min(zone.others)
    reason = (
        f"{dates:,} of {dated:,} dates name the zone {zone.name}, which several countries have; "
        f"{zone.whose} was taken (--timezone {other} changes that)"
    )
    return ReportWarning("assumed_zone", zone.name, dates, dated, reason)


def _unknown(abbreviation: str, dates: int, *, dated: int) -> ReportWarning:
    reason = (
        f"{dates:,} of {dated:,} dates name a time zone that is not known, such as {abbreviation}; they were "
        "read as if they named none (--timezone ZONE says which is meant)"
    )
    return ReportWarning("unknown_zone", abbreviation, dates, dated, reason)


def _mixed(order: DateOrder) -> ReportWarning:
    name = quoted(order.source) if order.source else "the archive"
    reason = (
        f"{name} has dates of both kinds, {order.day_first:,} with the day first, {order.month_first:,} with "
        f"the month; in {order.dates:,} that may be either, the {order.first} was taken to be first"
    )
    of = order.dates + order.day_first + order.month_first
    return ReportWarning("mixed_date_orders", order.source, order.dates, of, reason)
