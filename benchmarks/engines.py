"""One archive with three engines: one process, a work folder, Spark; their reports must be the same bytes.

For each: seconds, processor seconds of the process and its children, largest resident size; for the work
folder also what a second run takes, which finds everything done, and the bytes that the folder has for each
byte of input. Spark's fixed cost is that of the same run on the seeds; the bytes that its tasks shuffled and
sent to the driver are those of its event log. A session with empty jobs shows what every run
on Spark takes at least. With `--once` nothing is run again, and there is no work folder without Spark: on a
large archive that is half the time.

With `--peer` pyspark's MinHashLSH runs on the archive beside it, see `dedup.bench.peers.spark_minhash_peer`:
once as its guide shows, and once so that it finds the copies that a report finds, which are cut to a third,
typed on another keyboard or without half-spaces. For that it is given folded texts, whose folding is not in
its time, and joins from a Jaccard of 0.3. Beside it, dedup runs on Spark without the ranking, since the peer
does not rank. For made-up archives the recall of copies is printed beside the time. The ratio of processor
seconds is printed as measured, and with what an empty session takes subtracted from both.

    python -m benchmarks.engines (ARCHIVE | --synthetic N) [--spark] [--peer] [--once] [--master URL]
        [--json FILE]
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import orjson

from benchmarks import corpus, processes
from benchmarks.machine import describe
from benchmarks.processes import ROOT, Run, timed
from benchmarks.spark_events import Moved, event_log, moved
from benchmarks.tool_results import Gold, ToolResult, against_gold
from dedup import fold

SEEDS = ROOT / "seeds"
PEERS = {"MinHashLSH": (3, 0.7), "MinHashLSH, folded": (8, 0.3)}
"""Tables and Jaccard: those of the guide; and those that find what a report finds, with 0.94 of the pairs of
a Jaccard of 0.3 and 0.99 of those of 0.45."""
UNRANKED, EMPTY = "spark, unranked", "empty session"
SMALLEST = 0.1
"""Processor seconds below which a difference is no measurement."""
PEER = "dedup.bench.peers.spark_minhash_peer"
ONCE = ("one process", "spark", UNRANKED)
"""Roads of `--once`."""


def roads(archive: Path, folder: Path, *, master: str, once: bool) -> dict[str, list[str]]:
    """Return the command of each engine by its name; each writes its report to a file of that name."""
    local, spark = folder / "local", folder / "spark"
    on_spark = ("--engine", "spark", "--master", master, "--work-dir")
    commands = {
        "one process": (),
        "work folder": ("--work-dir", str(local)),
        "work folder, again": ("--work-dir", str(local)),
        "spark": (*on_spark, str(spark)),
        UNRANKED: (*on_spark, str(folder / "unranked"), "--no-rank"),
        "spark, again": (*on_spark, str(spark)),
    }
    selected = {
        name: each
        for name, each in commands.items()
        if (master or not name.startswith("spark")) and (name in ONCE or not once)
    }
    return {
        name: processes.report(archive, folder / f"{name}.json", *each) for name, each in selected.items()
    }


def size_of(folder: Path) -> int:
    """Count the bytes in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(archive: Path, folder: Path, *, master: str, once: bool) -> dict[str, Run]:
    """Run every engine, in `folder`, with Spark's events in its folder `events`.

    Raises:
        AssertionError: Two reports differ.
    """
    measured: dict[str, Run] = {}
    first = folder / "one process.json"
    for name, command in roads(archive, folder, master=master, once=once).items():
        with event_log(folder / "events") if name == "spark" else nullcontext():
            measured[name] = timed(command, descendants=True)
        if name != UNRANKED and (folder / f"{name}.json").read_bytes() != first.read_bytes():
            raise AssertionError(f"{name}: the bytes differ from those of one process")
    return measured


def run_peers(archive: Path, folder: Path) -> dict[str, Run]:
    """Run pyspark's MinHashLSH on an archive of JSON lines, as it is and folded."""
    folded = folder / "folded.jsonl"
    with archive.open("rb") as lines, folded.open("wb") as file:
        for record in map(orjson.loads, lines):
            file.write(orjson.dumps({"id": record["id"], "text": str(fold(record["text"]))}) + b"\n")
    measured = {}
    for name, settings in PEERS.items():
        source = folded if name.endswith("folded") else archive
        command = [sys.executable, "-m", PEER, str(source), str(folder / f"{name}.json")]
        measured[name] = timed([*command, *map(str, settings)], descendants=True)
    return measured


def ratios(measured: Mapping[str, Run]) -> dict[str, dict[str, float]]:
    """Divide the processor seconds of each peer by those of a report on Spark without the ranking.

    Returns:
        By the name of the peer, the ratio of the `whole` and that `without_session`: what an empty session
        takes is subtracted from both.
    """
    if UNRANKED not in measured:
        return {}
    ours, empty = (measured[name].processor_seconds for name in (UNRANKED, EMPTY))
    return {
        name: {
            "whole": round(theirs / ours, 1),
            "without_session": round((theirs - empty) / max(ours - empty, SMALLEST), 1),
        }
        for name, theirs in ((name, measured[name].processor_seconds) for name in PEERS if name in measured)
    }


def recalls(names: Iterable[str], folder: Path, gold: Path | None) -> dict[str, dict[str, object]]:
    """Score the results on a made-up archive against its gold, by the name of the engine or peer."""
    if gold is None:
        return {}
    truth = Gold.read(gold)
    return {name: against_gold(ToolResult.read(folder / f"{name}.json"), truth) for name in names}


def main() -> None:
    """Measure, print the tables and write the JSON file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__.splitlines()[0])
    corpus.add_arguments(parser, synthetic=20_000)
    parser.add_argument("--spark", action="store_true", help="run on Spark too")
    parser.add_argument("--peer", action="store_true", help="run pyspark's MinHashLSH too, twice")
    parser.add_argument("--once", action="store_true", help="one process and Spark, each once")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.once and not options.spark:
        parser.error("--once compares one process with Spark: give --spark too")
    master = options.master if options.spark else ""
    with tempfile.TemporaryDirectory() as name:
        folder, fixed, out = (Path(name) / each for each in ("archive", "seeds", "out"))
        for each in (folder, fixed, out):
            each.mkdir()
        archive = corpus.prepare(options, folder)
        measured = measure(archive.path, out, master=master, once=options.once)
        events = moved(out / "events") if master else None
        room = size_of(out / ("spark" if options.once else "local"))
        seeds = measure(SEEDS, fixed, master=master, once=options.once)
        if master:
            command = [sys.executable, "-m", "benchmarks.empty_session", "--master", master]
            measured[EMPTY] = timed(command, descendants=True)
        if options.peer:
            measured |= run_peers(archive.path, out)
        found = recalls(("one process", *(PEERS if options.peer else ())), out, archive.gold)
    show(measured, seeds)
    times = ratios(measured)
    for name, ratio in times.items():
        print(
            f"{name:20} {ratio['whole']} times ours unranked on Spark, "
            f"{ratio['without_session']} times without an empty session on both sides"
        )
    for name, scores in found.items():
        print(f"{name:20} recall of copies {scores['recall']}: {scores['by_kind']}")
    if events:
        show_moved(events, archive.documents)
    per_byte = room / archive.size
    print(f"work folder: {room:,} bytes, {per_byte:.2f} for each byte of input; equal bytes on all roads")
    if options.json:
        result = {
            "machine": describe(),
            "archive": archive.described(),
            "roads": {name: asdict(run) for name, run in measured.items()},
            "seeds": {name: asdict(run) for name, run in seeds.items()},
            "recall": found,
            "times_ours": times,
            "moved_by_spark": asdict(events) if events else None,
            "work_folder_bytes": room,
            "work_folder_bytes_for_each": round(per_byte, 2),
        }
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def show(measured: dict[str, Run], seeds: dict[str, Run]) -> None:
    """Print one line per engine."""
    for name, run in measured.items():
        fixed = f"({seeds[name].processor_seconds:.1f} on the seeds)" if name in seeds else ""
        print(
            f"{name:20} {run.seconds:8.1f} s {run.processor_seconds:8.1f} s of processor {fixed:22}"
            f"{run.peak_mb:8.0f} MB"
        )


def show_moved(events: Moved, stories: int) -> None:
    """Print the bytes that Spark's tasks moved for each story."""
    print(
        f"{events.tasks:,} tasks of Spark: {events.shuffled / stories:,.0f} bytes a story shuffled, "
        f"{events.returned / stories:,.0f} sent to the driver"
    )


if __name__ == "__main__":
    main()
