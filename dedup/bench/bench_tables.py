"""What `dedup bench` found -> tables, which the terminal and the page both show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dedup.bench.bench_result import BenchResult, assumptions
from dedup.bench.exact_overlap import CONTAINMENT, JACCARD, SMALLEST, WORDS
from dedup.bench.exact_recall import OWN
from dedup.bench.extrapolate import Estimate
from dedup.output.phrases import counted, percentage

_NAMES = {"memory": "memory, MB", "json_mb": "JSON, MB"}

type Show = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading.

    Attributes:
        title: What it shows.
        notes: What a reader has to know, a sentence each.
        heads: Of the columns.
        rows: As many cells as heads; the first names the row.
    """

    title: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def headline(result: BenchResult) -> str:
    """Say in one line what was measured on what."""
    census, sample = result.census, result.parts[-1].documents
    drawn = "all of them" if sample == census.stories else f"a sample of {sample:,}"
    problems = f" · {counted(len(census.problems), 'problem')}" if census.problems else ""
    return (
        f"{census.stories:,} stories, {census.text_bytes / 1e6:,.1f} MB of text, read in "
        f"{_seconds(census.seconds)} s · measured on {drawn}{problems}"
    )


def tables(result: BenchResult) -> Iterator[Table]:
    """Make the tables, the answer first."""
    yield _whole(result)
    yield _stages(result)
    yield _growth(result)
    yield _overlap(result)
    yield _settings(result)
    yield _jaccards(result)
    if result.spark is not None or result.peers:
        yield _beside(result)


def _whole(result: BenchResult) -> Table:
    whole = result.whole
    title = f"{whole.stories:,} stories on this machine, {'measured' if result.is_whole else 'extrapolated'}"
    rows = [_estimate(f"seconds, {each.what}", each, _seconds) for each in whole.seconds]
    counts = [whole.memory_mb, *whole.counts]
    rows += [_estimate(_NAMES.get(each.what, each.what), each, _number) for each in counts]
    return Table(title, tuple(assumptions(result)), ("", "sample", "power", "whole"), tuple(rows))


def _estimate(name: str, each: Estimate, show: Show) -> tuple[str, ...]:
    low, high = show(each.low), show(each.high)
    power = "" if each.power is None else f"{each.power:.2f}"
    return name, show(each.sample), power, low if low == high else f"{low} to {high}"


def _stages(result: BenchResult) -> Table:
    run = result.parts[-1]
    rows = [
        (
            each.stage,
            _seconds(each.seconds),
            _seconds(each.processor_seconds),
            _number(run.documents / each.seconds) if each.seconds else "",
            _number(each.peak_mb),
        )
        for each in run.stages
    ]
    rate = _number(run.documents / run.seconds)
    rows.append(("all", _seconds(run.seconds), _seconds(run.processor_seconds), rate, _number(run.peak_mb)))
    return Table(
        f"Stages of the run on {run.documents:,} stories",
        ("start: libraries are loaded; sketch: stories are read, too; write: the JSON",),
        ("", "seconds", "processor seconds", "stories/s", "MB"),
        tuple(rows),
    )


def _growth(result: BenchResult) -> Table:
    rows = [
        (
            f"{run.documents:,} stories",
            _seconds(run.seconds),
            _number(run.documents / run.seconds),
            _number(run.peak_mb),
            *(f"{run.counts[name] / run.documents:.3f}" for name in ("candidates", "pairs", "copies")),
        )
        for run in result.parts
    ]
    heads = ("", "seconds", "stories/s", "MB", "candidates a story", "pairs a story", "copies a story")
    return Table("Growth: parts of the sample, each the beginning of the next", (), heads, tuple(rows))


def _overlap(result: BenchResult) -> Table:
    recall = result.recall
    pairs = counted(recall.pairs, "pair")
    bounds = f"a Jaccard of {JACCARD} or a containment of {CONTAINMENT}"
    notes = [
        f"each of {recall.stories:,} stories was compared with all others: {pairs} with {bounds}",
        f"(over word {WORDS}-grams, of which the shorter text has {SMALLEST} or more)",
        f"the report shows {percentage(recall.recall)} of these pairs: joined, in one series, or listed"
        if recall.pairs
        else "without such pairs there is no recall to measure",
    ]
    if recall.missed:
        notes.append("pairs that it does not show, the most alike first:")
    rows = [
        (f"{each.left} · {each.right}", f"{each.jaccard:.2f}", f"{each.containment:.2f}")
        for each in recall.missed
    ]
    return Table("Recall against exact overlap", tuple(notes), ("", "Jaccard", "containment"), tuple(rows))


def _settings(result: BenchResult) -> Table:
    rows = [
        (
            f"--{each.setting} {each.value}{' (this run)' if each.own else ''}",
            f"{each.clusters:,}",
            f"{each.copies:,}",
        )
        for each in result.settings
    ]
    heads = ("", "clusters", "copies that can be spared")
    return Table("What other settings would join", (), heads, tuple(rows))


def _jaccards(result: BenchResult) -> Table:
    rows = [
        (f"{each.jaccard}", f"{each.pairs:,}", f"{each.copies:,}", f"{each.below:,}")
        for each in result.jaccards
    ]
    return Table(
        "What a Jaccard threshold alone would join, of the listed pairs of different texts",
        (),
        ("Jaccard", "pairs", "of them copies by their verdict", "copies left out"),
        tuple(rows),
    )


def _beside(result: BenchResult) -> Table:
    run, recall = result.parts[-1], result.recall
    heads = ("", "seconds", "MB", "clusters", f"of {recall.high:,} pairs with Jaccard 0.7")
    found = f"{run.counts['clusters']:,}", f"{recall.joined_by[OWN]:,} joined"
    rows = [(OWN, _seconds(run.seconds), _number(run.peak_mb), *found)]
    notes = []
    if result.spark is not None:
        spark = result.spark
        same_found = found if spark.same_bytes else ("", "")
        rows.append((f"{OWN} on Spark", _seconds(spark.run.seconds), _number(spark.run.peak_mb), *same_found))
        same = "the same bytes as" if spark.same_bytes else "other bytes than"
        notes.append(
            f"Spark gave {same} this machine; the work folder has {spark.work_bytes / 1e6:,.1f} MB; the "
            "memory is that of the driver"
        )
    for peer in result.peers:
        if peer.error:
            rows.append((peer.tool, "failed", "", "", peer.error))
            continue
        joined = f"{recall.joined_by[peer.tool]:,} joined"
        name = f"{peer.tool} {peer.version}"
        clusters = f"{len(peer.clusters):,}"
        rows.append((name, _seconds(peer.seconds), _number(peer.peak_mb), clusters, joined))
    if result.peers:
        notes.append(
            "other tools estimate Jaccard over word 3-grams, fold nothing, verify and explain no pair, and "
            "know neither excerpts nor series"
        )
    return Table("Beside it, on the same sample", tuple(notes), heads, tuple(rows))


def _seconds(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"  # noqa: PLR2004


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")  # noqa: PLR2004
