"""to_tables: a report in tables, on a terminal."""

import re
from dataclasses import replace

import pytest

from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.output.cells import cells
from dedup.output.to_tables import to_tables
from tests.report_samples import (
    FIGURE,
    HOSTILE,
    SHARED,
    a_cluster,
    a_member,
    a_pair,
    a_report,
    hostile_report,
    the_seeds,
)

ESCAPES = re.compile(r"\x1b\[[\d;]*m")
SEEDS = (
    """\
5 documents \u00b7 1 cluster of 2 documents \u00b7 1 can be spared (20 %)
contained        1 document   one text stands almost whole inside a clearly
                              longer one
partial              1 pair   listed: shared passages, each side with much of
                              its own
1 problem: 1 unreadable
encodings other than UTF-8: 1 cp1256

Cluster 1 \u00b7 2 documents \u00b7 cohesion 35 %                       J       C   TF-IDF
--------------------------------------------------------------------------------
\u25cf represents: longest
  000.txt  <\u00abتلاش ایران\u00bb>
  <فارس> \u00b7 2023-10-17
  shared: <غزه>
\u25cb contained                                                35 %    77 %     81 %
  001.txt  <\u00abرایزنی\u00bb>
  <مهر>
  own: <آلبا> \u00b7 ASEAN

Listed, not joined                                            J       C   TF-IDF
--------------------------------------------------------------------------------
  partial                                                  13 %    24 %        \u2013
  003.txt  <\u00abروسیه\u00bb>
~ 004.txt  <گفت‌وگو با عمان>
  because: 24 % of both texts together is shared
""".replace("<", "\u2068")
    .replace(">", "\u2069")
    .replace("-" * 80, "\u2500" * 80)
)


def plain(shown: str) -> str:
    """Take the colours out."""
    return "\n".join(line.rstrip() for line in ESCAPES.sub("", shown).split("\n"))


def test_the_seeds_in_tables() -> None:
    """What each verdict means, a table a cluster, and what is only listed."""
    assert plain(to_tables(the_seeds(), colour=False, width=80)) == SEEDS


def test_a_changed_figure_and_an_unsure_verdict_are_said() -> None:
    """Of a member and of a pair, as without tables."""
    copy = a_member("b", Verdict.NEAR_DUPLICATE, changed=(FIGURE,), confidence=0.69, rank=1)
    pair = a_pair("a", "c", Verdict.CONTAINED, changed=(FIGURE,), reasons=(SHARED,))
    report = a_report(counts={"documents": 3}, clusters=(a_cluster(a_member("a"), copy),), pairs=(pair,))

    shown = plain(to_tables(report, colour=False, width=80)).splitlines()

    copied, paired = shown.index("  b"), shown.index("~ c")
    assert shown[copied + 1 : copied + 3] == ["  unsure: confidence 69 %", "  changed: 40 -> 14"]
    assert shown[paired + 1 :] == ["  changed: 40 -> 14", "  because: 24 % of both texts together is shared"]


def test_colour_adds_nothing_but_colour() -> None:
    """Verdicts have one each; without it nothing has."""
    coloured = to_tables(the_seeds(), colour=True, width=80)

    assert "\x1b[34mcontained\x1b[0m" in coloured
    assert plain(coloured) == SEEDS
    assert not re.search(r"\x1b\[[\d;]*3\d", to_tables(the_seeds(), colour=False, width=80))


def test_without_ranking_there_is_no_column_for_it() -> None:
    """J and C remain."""
    unranked = replace(the_seeds(), recipe=Recipe(rank=False))

    assert "TF-IDF" not in to_tables(unranked, colour=False, width=80)


def test_nothing_to_compare_and_no_copies_have_one_line() -> None:
    """There is no table to draw."""
    assert plain(to_tables(a_report(), colour=False, width=80)) == "no documents: nothing to compare\n"
    alone = a_report(counts={"documents": 3})
    assert plain(to_tables(alone, colour=False, width=80)) == "3 documents \u00b7 no copies found\n"


def test_long_lists_end_in_a_count() -> None:
    """10 clusters, 5 members of each, 3 pairs of a verdict; the rest is counted, and the page has it."""
    member = a_member("b", Verdict.IDENTICAL)
    clusters = (a_cluster(a_member("a"), *[member] * 5), *[a_cluster(a_member("a"))] * 11)
    pairs = tuple(a_pair(f"{place:02}", "z", Verdict.TEMPLATE) for place in range(5))

    lines = plain(
        to_tables(a_report(counts={"documents": 9}, clusters=clusters, pairs=pairs), colour=False, width=80)
    ).splitlines()

    assert "\u2026 and 1 more member; see --html" in lines
    assert "\u2026 and 2 more clusters; see --html" in lines
    assert lines[-1] == "\u2026 and 2 more pairs listed as template; see --html"
    assert sum(line.startswith("~ ") for line in lines) == 3
    assert sum(line.startswith("Cluster ") for line in lines) == 10


@pytest.mark.parametrize("width", [72, 100])
@pytest.mark.parametrize("text", [*HOSTILE.values(), "\u2764\ufe0f" * 90, "\U0001f468\u200d\U0001f469" * 60])
def test_hostile_text_does_not_act(text: str, width: int) -> None:
    """No control but line feeds and our own colours; every isolate is closed on its line."""
    shown = ESCAPES.sub("", to_tables(hostile_report(text), colour=True, width=width))

    harmless = to_tables(hostile_report("plain"), colour=True, width=width)
    assert len(shown.splitlines()) == len(harmless.splitlines())
    for line in shown.split("\n"):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]", line)
        assert re.fullmatch("[^\u2068\u2069]*(\u2068[^\u2068\u2069]*\u2069[^\u2068\u2069]*)*", line)


def test_markup_of_the_library_is_text() -> None:
    """`[red]` in a headline stays what it is."""
    head = a_member("a", title="[red]News[/red] :smile: [link=x]y[/link]")
    report = a_report(counts={"documents": 1}, clusters=(a_cluster(head),))

    assert "\u2068\u00ab[red]News[/red] :smile: [link=x]y[/link]\u00bb\u2069" in to_tables(
        report, colour=True, width=100
    )


def test_a_title_of_five_megabytes_is_shortened() -> None:
    """No line is longer than the terminal."""
    head = a_member("خ" * 2_500_000, title="خ" * 2_500_000, source="خ" * 5_000_000)
    report = a_report(counts={"documents": 1}, clusters=(a_cluster(head, replace(head, rank=1)),))

    assert max(map(cells, plain(to_tables(report, colour=False, width=90)).splitlines())) <= 90
