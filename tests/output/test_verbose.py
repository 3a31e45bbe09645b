"""What --verbose says."""

from dedup import core
from dedup.model import Boilerplate, DateOrder
from dedup.output.verbose import verbose_lines
from tests.report_samples import a_report

COUNTS = {"candidates": 1200, "pairs": 1, "cut_buckets": 2, "cut_pairs": 3456}


def test_a_run_in_particular() -> None:
    """Inputs and encodings most first, the kernel, what was compared, whose words, the seconds."""
    report = a_report(counts=COUNTS, encodings={"cp1256": 1, "utf-8": 4}, tokenisers={"hazm": 5})

    lines = verbose_lines(
        report, forms={"jsonl.gz": 1, "txt": 3}, size=21000, seconds={"read": 0.125, "match": 2.0}, width=80
    )

    assert lines == [
        "inputs: 4 files, 21,000 bytes: 3 txt, 1 jsonl.gz",
        "encodings: 4 utf-8, 1 cp1256",
        f"kernel: {core.NAME} {core.simd()} {core.compiler()}",
        "candidates: 1,200 measured, 1 pair with a verdict",
        "buckets: 2 crowded buckets cut, 3,456 pairs not compared",
        "boilerplate: 0 recurring passages left out",
        "words: terms chosen by 5 hazm",
        "seconds: read 0.12, match 2.00",
    ]


def test_recurring_passages_are_named_ten_at_most() -> None:
    """Shortened to the line, and sanitized."""
    passages = tuple(Boilerplate(f"\x1b[31m{'word ' * 20}{number}", 30) for number in range(12))

    lines = verbose_lines(
        a_report(counts=COUNTS, boilerplate=passages), forms={}, size=0, seconds={}, width=40
    )

    named = [line for line in lines if line.startswith("  ")]
    assert lines[0] == "inputs: 0 files, 0 bytes: none"
    assert named == ["  in 30 documents: \u2068[31mword word word w…\u2069"] * 10


def test_hostile_encodings_do_not_act() -> None:
    """Names of encodings come from pages."""
    report = a_report(counts=COUNTS, encodings={"\x1b[2J": 1})

    assert verbose_lines(report, forms={}, size=0, seconds={}, width=80)[1] == "encodings: 1 [2J"


def test_what_is_first_in_dates_is_named_by_source() -> None:
    """The ten with most such dates; names are sanitized."""
    orders = (
        DateOrder("\x1b[31mwire", "month", "source", 1200, 0, 3),
        *(DateOrder(str(number), "day", "none", 1, 0, 0) for number in range(10)),
    )

    lines = verbose_lines(a_report(counts=COUNTS, date_orders=orders), forms={}, size=0, seconds={}, width=80)

    named = [line for line in lines if line.startswith("dates: ")]
    assert named[0] == "dates: month first in 1,200 dates of [31mwire (proof: source)"
    assert named[1] == "dates: day first in 1 date of 0 (proof: none)"
    assert len(named) == 10
