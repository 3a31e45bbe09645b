"""to_terminal and problem_lines: a report on a terminal."""

import re
from dataclasses import replace

import pytest

from dedup import Document, find_duplicates
from dedup.model import Problem, ReportWarning, Verdict
from dedup.output.cells import cells
from dedup.output.to_terminal import problem_lines, to_terminal
from dedup.report import credit_names
from tests.made_up_news import story
from tests.report_samples import (
    DAY,
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

SEEDS = """\
5 documents \u00b7 1 cluster of 2 documents \u00b7 1 can be spared (20 %)
1 contained \u00b7 1 listed as partial
1 problem: 1 unreadable
encodings other than UTF-8: 1 cp1256

Cluster 1 \u00b7 2 documents \u00b7 cohesion 35 %
  shared: <غزه>
  \u25cf represents: longest
    <فارس> \u00b7 2023-10-17
    000.txt  <\u00abتلاش ایران\u00bb>
  \u25cb contained       J  35 %  C  77 %  TF-IDF  81 %
    <مهر>
    001.txt  <\u00abرایزنی\u00bb>
    own: <آلبا> \u00b7 ASEAN

Listed, not joined
    partial         J  13 %  C  24 %
    003.txt  <\u00abروسیه\u00bb>
  ~ 004.txt  <گفت‌وگو با عمان>
    because: 24 % of both texts together is shared
""".replace("<", "\u2068").replace(">", "\u2069")


def test_the_seeds_on_a_terminal() -> None:
    """Figures, the cluster, the listed pair; a story without a title shows how it begins."""
    assert to_terminal(the_seeds(), colour=False, width=80) == SEEDS


def test_no_text_is_read_for_credits_that_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are learnt from the whole archive."""
    report = find_duplicates([Document("a", story(1), source="x"), Document("b", story(1), source="y")])
    monkeypatch.setattr(credit_names, "credits_of_all", pytest.fail)

    assert "2 documents \u00b7 1 cluster" in to_terminal(report, colour=False, width=80)


def test_a_changed_figure_and_an_unsure_verdict_are_said() -> None:
    """Of a member and of a pair, before anything else that tells the two apart; a sure one says nothing."""
    copy = a_member(
        "b", Verdict.NEAR_DUPLICATE, own_terms=("jetty",), changed=(FIGURE, DAY), confidence=0.69, rank=1
    )
    pair = a_pair("a", "c", Verdict.CONTAINED, changed=(FIGURE,), confidence=0.7, reasons=(SHARED,))
    report = a_report(counts={"documents": 3}, clusters=(a_cluster(a_member("a"), copy),), pairs=(pair,))

    shown = to_terminal(report, colour=False, width=80).splitlines()

    copied, paired = shown.index("    b"), shown.index("  ~ c")
    assert shown[copied + 1 : copied + 4] == [
        "    unsure: confidence 69 %",
        "    changed: 40 -> 14 \u00b7 \u2068شنبه -> جمعه\u2069",
        "    own: jetty",
    ]
    assert shown[paired + 1 :] == [
        "    changed: 40 -> 14",
        "    because: 24 % of both texts together is shared",
    ]


def test_colour_adds_nothing_but_colour() -> None:
    """Without its ANSI sequences the coloured text is the plain one."""
    coloured = to_terminal(the_seeds(), colour=True, width=80)

    assert "\x1b[34mcontained     \x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == SEEDS


def test_nothing_to_compare_is_said_first() -> None:
    """An empty input has one line."""
    assert to_terminal(a_report(), colour=False, width=80) == "no documents: nothing to compare\n"


def test_no_copies_is_said_first() -> None:
    """Documents without a cluster have one line."""
    alone = a_report(counts={"documents": 3})

    assert to_terminal(alone, colour=False, width=80) == "3 documents \u00b7 no copies found\n"


def test_a_narrow_terminal_puts_the_source_on_a_line_of_its_own() -> None:
    """What does not fit beside the figures goes below, and long titles are shortened."""
    copy = a_member(
        "b",
        Verdict.IDENTICAL,
        source="Mehr",
        title="A headline that is much too long for forty cells",
        rank=1,
    )
    report = a_report(counts={"documents": 2}, clusters=(a_cluster(a_member("a"), copy),))

    assert to_terminal(report, colour=False, width=10).splitlines() == [
        "2 documents \u00b7 1 cluster of 2 documents \u00b7",
        "  0 can be spared (0 %)",
        "1 identical",
        "",
        "Cluster 1 \u00b7 2 documents \u00b7 cohesion 35 %",
        "  \u25cf represents: longest",
        "    a",
        "  \u25cb identical",
        "    J 100 %  C 100 %  TF-IDF 100 %",
        "    Mehr",
        "    b  \u2068\u00abA headline that is much too lo\u2026\u00bb\u2069",
    ]


@pytest.mark.parametrize("width", [40, 50, 60, 72, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Figures go below their verdict and sentences are broken where there is no room."""
    shown = to_terminal(the_seeds(), colour=False, width=width)

    assert max(map(cells, shown.splitlines())) <= width


@pytest.mark.parametrize(("width", "ending"), [(81, "100 %"), (82, "100 %   Mehr \u00b7 2023")])
def test_a_source_stands_beside_the_figures_where_32_cells_are_free(width: int, ending: str) -> None:
    """Verdict and figures take 50 cells of the line; else it is on the next."""
    copy = a_member("b", Verdict.IDENTICAL, source="Mehr", published="2023")
    report = a_report(counts={"documents": 2}, clusters=(a_cluster(a_member("a"), copy),))

    shown = to_terminal(report, colour=False, width=width).splitlines()

    assert shown[6].endswith(ending)
    assert shown[7:] == (["    b"] if "Mehr" in ending else ["    Mehr \u00b7 2023", "    b"])


def test_a_copy_keeps_its_date_and_source_in_80_columns() -> None:
    """A source that is too long is shortened, its date is not."""
    copy = a_member("b", Verdict.IDENTICAL, source="agency " * 20, published="2023-10-17T09:00:00+03:30")
    report = a_report(counts={"documents": 2}, clusters=(a_cluster(a_member("a"), copy),))

    line = to_terminal(report, colour=False, width=80).splitlines()[7]

    assert line.startswith("    \u2068agency agency ")
    assert line.endswith("\u2026\u2069 \u00b7 2023-10-17T09:00:00+03:30")
    assert cells(line) == 80


def test_terms_that_do_not_fit_are_left_out() -> None:
    """The weightiest come first; the line ends where the terminal does."""
    head = a_member("a", own_terms=("x" * 20, "y" * 9, "z"))
    report = a_report(counts={"documents": 1}, clusters=(a_cluster(head),))

    assert to_terminal(report, colour=False, width=40).splitlines()[-1] == "    own: " + "x" * 20


def test_long_lists_end_in_a_count() -> None:
    """10 clusters, 5 members of each, 3 pairs of a verdict; the rest is counted, and the page has it."""
    member = a_member("b", Verdict.IDENTICAL)
    clusters = (a_cluster(a_member("a"), *[member] * 5), *[a_cluster(a_member("a"))] * 11)
    pairs = [a_pair(f"{place:02}", "z", Verdict.TEMPLATE) for place in range(5)]

    lines = to_terminal(
        a_report(counts={"documents": 9}, clusters=clusters, pairs=tuple(pairs)), colour=False, width=80
    ).splitlines()

    assert "  \u2026 and 1 more member; see --html" in lines
    assert "\u2026 and 2 more clusters; see --html" in lines
    assert lines[-1] == "  \u2026 and 2 more pairs listed as template; see --html"
    assert sum(line.startswith("  ~ ") for line in lines) == 3
    assert sum(line.startswith("Cluster ") for line in lines) == 10


@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_not_act(text: str, width: int) -> None:
    """No control but line feeds, every isolate closed on its line, as many lines as for a plain text."""
    shown = to_terminal(hostile_report(text), colour=False, width=width)
    problems = problem_lines(hostile_report(text).problems, limit=9)

    plain = to_terminal(hostile_report("plain"), colour=False, width=width)
    assert width < 60 or len(shown.splitlines()) == len(plain.splitlines())
    assert len("\n".join(problems).splitlines()) == 2
    for line in [*shown.split("\n"), *problems]:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]", line)
        assert re.fullmatch("[^\u2068\u2069]*(\u2068[^\u2068\u2069]*\u2069[^\u2068\u2069]*)*", line)


def test_a_title_of_five_megabytes_is_shortened() -> None:
    """No line is longer than the terminal."""
    head = a_member("خ" * 2_500_000, title="خ" * 2_500_000, source="خ" * 5_000_000)
    report = a_report(counts={"documents": 1}, clusters=(a_cluster(head, replace(head, rank=1)),))

    assert max(map(cells, to_terminal(report, colour=False, width=90).splitlines())) == 90


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("a.jsonl", 3, "no text"), "a.jsonl:3: no text"),
        (Problem("a.txt", None, "no text"), "a.txt: no text"),
        (Problem("", None, "no text"), "no text"),
        (Problem("خبر.txt", 3, "no text"), "\u2068خبر.txt\u2069:3: no text"),
        (Problem("a\x1b[31m.txt", None, "no\ntext"), "a[31m.txt: no text"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    """Path and line as far as they are known, then the reason."""
    assert problem_lines([problem], limit=1) == [line]


def test_problems_beyond_the_limit_are_counted_by_kind() -> None:
    """The most frequent kind first."""
    problems = [
        Problem("a", None, "r", kind=kind) for kind in ("skipped", "skipped", "too_short", "too_short")
    ]

    assert problem_lines(problems, limit=1) == ["a: r", "\u2026 and 3 more problems: 2 too short, 1 skipped"]
    assert problem_lines(problems[:1], limit=0) == ["\u2026 and 1 more problem: 1 skipped"]
    assert problem_lines([], limit=5) == []


def test_what_no_cluster_shows_is_told() -> None:
    """Copies of a member alone, and pairs of crowded texts."""
    report = a_report(counts={"documents": 9, "unclustered": 1, "unlisted_pairs": 1234})

    assert to_terminal(report, colour=False, width=100).splitlines()[1:] == [
        "1 document in no cluster: copies of a member, but not of its representative",
        "1,234 pairs not listed: each document lists its strongest (--neighbours)",
    ]


def test_crowded_buckets_are_told() -> None:
    """Pairs that were not compared are no secret."""
    report = a_report(counts={"documents": 9, "cut_buckets": 2, "cut_pairs": 1234})

    assert to_terminal(report, colour=False, width=80).splitlines()[1] == (
        "2 crowded buckets compared only in part: up to 1,234 pairs were not compared"
    )


def test_a_warning_that_is_broken_leaves_no_isolate_open() -> None:
    """In 40 cells it takes several lines; right-to-left words are isolated in each of them."""
    reason = "the source خبرگزاری رود دراز would lose 12 of 20 documents to خبرگزاری کوه بلند and others"
    report = replace(a_report(), warnings=(ReportWarning("source", "x", 12, 20, reason),))

    lines = to_terminal(report, colour=False, width=40).splitlines()

    told = [line for line in lines if "\u2068" in line]
    assert len(told) > 1
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    assert all(word in " ".join(told) for word in ("رود", "کوه", "warning:"))


def test_a_listed_pair_says_which_side_is_the_reference() -> None:
    """Beside the document."""
    pair = replace(a_pair("new", "old", Verdict.PARTIAL), reference="right")

    lines = to_terminal(
        a_report(pairs=(pair,), counts={"documents": 2}, scope={"reference": 1}), colour=False, width=80
    ).splitlines()

    assert lines[2] == "1 new document compared with a reference of 1 document: 0 with a copy there"
    assert [line for line in lines if line.startswith(("    new", "  ~ "))] == [
        "    new",
        "  ~ old  in the reference",
    ]
