"""Microseconds to read a date, by the form it is written in; needs no archive.

Dates come in batches, as an archive gets them; the best of all rounds counts.

    python -m benchmarks.dates [--dates N] [--rounds N]
"""

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import batched

import numpy as np

from dedup.model.document_batch import StringColumn
from dedup.report.archive_dates import ArchiveDates
from dedup.report.representative import UNDATED

BATCH = 4000
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
PERSIAN_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()  # noqa: SIM905
)

FORMS: dict[str, Callable[[datetime], str]] = {
    "2024-01-08": lambda when: when.strftime("%Y-%m-%d"),
    "2024-01-08T09:00:00Z": lambda when: when.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "2024-01-08T09:00:00+03:30": lambda when: when.strftime("%Y-%m-%dT%H:%M:%S+03:30"),
    "2024-01-08T09:00:00.000Z": lambda when: when.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    "Mon, 08 Jan 2024 09:00:00 +0000": format_datetime,
    "08/01/2024 09:00": lambda when: when.strftime("%d/%m/%Y %H:%M"),
    "1704700000": lambda when: str(int(when.timestamp())),
    "۰۹:۰۰ - ۱۴۰۲/۱۰/۱۸": lambda when: _persian(when, "{clock} - {year}/{month:02}/{day:02}"),
    "۱۸ دی ۱۴۰۲ - ۰۹:۰۰": lambda when: _persian(when, "{day} {name} {year} - {clock}"),
    "3 hours ago": lambda when: f"{when.hour} hours ago",
}


def main() -> None:
    """Time every form, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--dates", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    source = random.Random(1)
    first = datetime(2010, 1, 1, tzinfo=UTC)
    moments = [first + timedelta(seconds=source.randrange(450_000_000)) for _ in range(options.dates)]
    for form, write in FORMS.items():
        written = [write(moment) for moment in moments]
        seconds, read = min(timed(written) for _ in range(options.rounds))
        print(f"{1e6 * seconds / len(written):6.2f} microseconds, {read:4.0%} read: {form}")


def timed(written: list[str]) -> tuple[float, float]:
    """Read dates as those of one source; return the processor seconds, and the share that is understood."""
    batches = [StringColumn.of(batch) for batch in batched(written, BATCH)]
    dates = ArchiveDates()
    began = time.process_time()
    for batch in batches:
        dates.add(batch, np.zeros(len(batch), dtype=np.int64))
    found, _, _ = dates.settle([""])
    return time.process_time() - began, float((found != UNDATED).mean())


def _persian(when: datetime, form: str) -> str:
    """Write some date of the Persian calendar; which one does not matter."""
    text = form.format(
        year=when.year - 621,
        month=when.month,
        name=PERSIAN_MONTHS[when.month - 1],
        day=min(when.day, 29),
        clock=when.strftime("%H:%M"),
    )
    return text.translate(PERSIAN_DIGITS)


if __name__ == "__main__":
    main()
