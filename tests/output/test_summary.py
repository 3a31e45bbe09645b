"""summary: what the head of a report says, and which pairs are listed."""

from dataclasses import replace

from dedup.model import Problem, ReportWarning, Verdict
from dedup.output.summary import Summary, summarise
from tests.report_samples import a_cluster, a_member, a_pair, a_report, the_seeds


def test_the_seeds_are_counted() -> None:
    """Two of five are copies, one by containment; one pair is listed."""
    report = the_seeds()

    assert summarise(report) == Summary(
        documents=5,
        clusters=1,
        copies=2,
        spare=1,
        joined={Verdict.CONTAINED: 1},
        listed={Verdict.PARTIAL: (report.pairs[1],)},
        problems={"unreadable": 1},
        guessed={"cp1256": 1},
        unlisted_pairs=0,
        unclustered=0,
        warnings=(),
        reference=0,
        known=0,
        boilerplate=(),
        cut_buckets=0,
        cut_pairs=0,
    )


def test_nothing_is_zero() -> None:
    """A report of nothing has no documents, not a missing key."""
    assert summarise(a_report()) == Summary(
        documents=0,
        clusters=0,
        copies=0,
        spare=0,
        joined={},
        listed={},
        problems={},
        guessed={},
        unlisted_pairs=0,
        unclustered=0,
        warnings=(),
        reference=0,
        known=0,
        boilerplate=(),
        cut_buckets=0,
        cut_pairs=0,
    )


def test_a_roundup_is_listed_with_each_of_its_stories() -> None:
    """Joining pairs that no cluster shows are listed, after template and partial."""
    one = a_cluster(a_member("a"), a_member("b", Verdict.IDENTICAL))
    two = a_cluster(a_member("c"), a_member("roundup", Verdict.CONTAINED), id=2)
    inside = a_pair("a", "b", Verdict.IDENTICAL)
    across = a_pair("a", "roundup", Verdict.CONTAINED)
    outside = a_pair("x", "y", Verdict.CONTAINED)
    template = a_pair("a", "b", Verdict.TEMPLATE)

    listed = summarise(a_report(clusters=(one, two), pairs=(inside, across, outside, template))).listed

    assert list(listed.items()) == [
        (Verdict.TEMPLATE, (template,)),
        (Verdict.CONTAINED, (across, outside)),
    ]


def test_listed_pairs_come_strongest_first() -> None:
    """Containment orders, then Jaccard, then the ids."""
    weak = a_pair("a", "b", Verdict.PARTIAL, containment=0.2)
    strong = a_pair("c", "d", Verdict.PARTIAL, containment=0.5, jaccard=0.1)
    stronger = a_pair("e", "f", Verdict.PARTIAL, containment=0.5, jaccard=0.3)
    later = a_pair("e", "g", Verdict.PARTIAL, containment=0.5, jaccard=0.3)

    listed = summarise(a_report(pairs=(weak, strong, later, stronger))).listed

    assert listed[Verdict.PARTIAL] == (stronger, later, strong, weak)


def test_problems_are_counted_by_kind_most_first() -> None:
    """Kinds that are as frequent come by name."""
    found = [Problem("f", None, "", kind=kind) for kind in ("undated", "skipped", "too_short", "too_short")]

    counts = summarise(a_report(problems=tuple(found))).problems

    assert list(counts.items()) == [("too_short", 2), ("skipped", 1), ("undated", 1)]


def test_a_new_copy_of_several_old_ones_is_listed_once() -> None:
    """Its cluster shows one of them; the pairs with the others say no more, a partial one does."""
    cluster = a_cluster(a_member("o"), a_member("n", Verdict.IDENTICAL))
    pairs = (
        replace(a_pair("n", "o", Verdict.IDENTICAL), reference="right"),
        replace(a_pair("n", "p", Verdict.IDENTICAL), reference="right"),
        replace(a_pair("a", "n", Verdict.PARTIAL), reference="left"),
    )

    summary = summarise(a_report(clusters=(cluster,), pairs=pairs, scope={"reference": 3}))

    assert summary.listed == {Verdict.PARTIAL: (pairs[2],)}
    assert (summary.reference, summary.known) == (3, 1)


def test_warnings_are_said_in_words() -> None:
    """In their order."""
    warnings = (ReportWarning("source", "x", 2, 3, "one"), ReportWarning("cluster", "y", 2, 3, "two"))

    assert summarise(a_report(warnings=warnings)).warnings == ("one", "two")
