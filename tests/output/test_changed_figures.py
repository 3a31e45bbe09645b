"""Copies with changed figures, in the summaries."""

import dedup
from dedup.model import Verdict
from dedup.output.changed_figures import changed_lines
from dedup.output.to_tables import to_tables
from dedup.output.to_terminal import to_terminal
from tests.report_samples import DAY, FIGURE, a_cluster, a_member, a_report
from tests.shell import ROOT


def test_the_first_copies_with_changed_figures_are_listed() -> None:
    """What was changed, then the copy; the others are counted."""
    copies = [a_member(name, Verdict.NEAR_DUPLICATE, changed=(FIGURE, DAY), title="T") for name in "bcdefgh"]
    report = a_report(clusters=(a_cluster(a_member("a"), *copies),))

    lines = changed_lines(report, room=80)

    assert lines[:3] == [
        "Changed figures \u00b7 7 documents",
        "  40 -> 14 \u00b7 \u2068شنبه -> جمعه\u2069",
        "    b  \u2068\u00abT\u00bb\u2069",
    ]
    assert (len(lines), lines[-1]) == (2 + 2 * 5, "  \u2026 and 2 more; see --html")


def test_where_no_figure_was_changed_nothing_is_written() -> None:
    """No heading either."""
    report = a_report(clusters=(a_cluster(a_member("a"), a_member("b", Verdict.IDENTICAL)),))

    assert changed_lines(report, room=80) == []


def test_columns_and_records_give_the_same_lines() -> None:
    """The member is found in its cluster; summaries of both kinds have the section."""
    report = dedup.find_duplicates(
        ROOT / "docs" / "screenshots" / "stories.jsonl", recipe=dedup.Recipe(rank=False)
    )
    lines = changed_lines(report, room=80)

    assert lines[0] == "Changed figures \u00b7 2 documents"
    assert lines == changed_lines(a_report(clusters=tuple(report.clusters)), room=80)
    assert lines[0] in to_terminal(report, colour=False, width=80)
    assert lines[0] in to_tables(report, colour=False, width=80)
