"""The lines that `--verbose` prints on standard error."""

from collections.abc import Iterator, Mapping

from dedup import core
from dedup.model import Report
from dedup.output.cells import shown
from dedup.output.phrases import counted
from dedup.output.sanitize import sanitize_line

SOURCES = 10
"""Maximum number of sources whose order of day and month is printed; the JSON lists more."""

PASSAGES = 10
"""Maximum number of boilerplate passages that are printed; the JSON lists more."""


def verbose_lines(
    report: Report, *, forms: Mapping[str, int], size: int, seconds: Mapping[str, float], width: int
) -> list[str]:
    """Format what was read and compared, and the time of each step.

    Args:
        report: The finished report.
        forms: Number of files by format.
        size: Size of all files in bytes.
        seconds: Duration of each step in seconds, by name.
        width: Width in cells to which document text is shortened.

    Returns:
        Lines of the form `subject: facts`.
    """
    return [
        f"inputs: {counted(sum(forms.values()), 'file')}, {size:,} bytes: {_tally(forms)}",
        f"encodings: {sanitize_line(_tally(report.encodings))}",
        f"kernel: {' '.join(core.describe().values())}",
        *_compared(report.counts),
        *_date_orders(report),
        *_boilerplate(report, width),
        *([f"words: terms chosen by {_tally(report.tokenisers)}"] if report.tokenisers else []),
        f"seconds: {', '.join(f'{stage} {spent:.2f}' for stage, spent in seconds.items())}",
    ]


def _tally(counts: Mapping[str, int]) -> str:
    largest_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {name}" for name, count in largest_first) or "none"


def _compared(counts: Mapping[str, int]) -> Iterator[str]:
    pairs = counts["pairs"]
    yield f"candidates: {counts['candidates']:,} measured, {counted(pairs, 'pair')} with a verdict"
    buckets = counted(counts["cut_buckets"], "crowded bucket")
    yield f"buckets: {buckets} cut, {counts['cut_pairs']:,} pairs not compared"


def _date_orders(report: Report) -> Iterator[str]:
    for order in report.date_orders[:SOURCES]:
        source = sanitize_line(order.source) or "no source"
        dates = counted(order.dates, "date")
        yield f"dates: {order.first} first in {dates} of {source} (proof: {order.proof})"


def _boilerplate(report: Report, width: int) -> Iterator[str]:
    yield f"boilerplate: {counted(len(report.boilerplate), 'recurring passage')} left out"
    for passage in report.boilerplate[:PASSAGES]:
        label = f"  in {passage.documents:,} documents: "
        yield label + shown(passage.text, width - len(label))
