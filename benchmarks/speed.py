"""Seconds and memory of the whole command, beside the cost of reading and beside the peers.

Every command is a process of its own. All run once to warm up, then in turn, each round beginning with the
next one; the median counts. `floor` is reading alone, on one core: quote the ratio to it, since machines
differ. Beside each time is the quality of the result: recall of the joined pairs against the gold of a
made-up archive, and of all pairs with an exact Jaccard of 0.7 over word 3-grams (a pair that dedup lists
without joining counts there). Peers return clusters of ids; dedup also writes the evidence of every pair as
JSON. `report --no-rank --keep`, which writes the archive without its copies, is most like a peer's work.
With `--peers`, the stages of `report --no-rank` are timed too; those that a peer also has are summed up, as
a peer neither compares the texts of a pair nor says what it found.

    python -m benchmarks.speed [ARCHIVE | --synthetic N] [--peers [NAME ...]] [--runs N] [--json FILE]
    python -m benchmarks.speed --check
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import corpus, processes
from benchmarks.corpus import Corpus
from benchmarks.machine import describe
from benchmarks.peers.venvs import PEERS, VENVS, present
from benchmarks.processes import Run, timed
from benchmarks.reference import similar_pairs
from benchmarks.tool_results import Gold, ToolResult, against_gold, against_pairs, pair_of
from dedup.bench.measured_run import Engine, MeasuredRun, measured_run
from dedup.bench.stage_clock import START
from dedup.model.recipe import Recipe

FLOORS = Path(__file__).with_name("floors.json")
FLOOR, KEEP, FAST, FULL = "floor", "report --no-rank --keep", "report --no-rank", "report"
EXACT_LIMIT = 50_000
"""Documents up to which the exact pairs are counted; beyond, it takes more minutes than the runs."""

SHARED = (START, "sketch", "index", "cluster")
"""Stages that a peer has, too: load libraries, read and sketch texts, find candidates, group them."""

type Commands = dict[str, list[str]]


def commands(
    archive: Corpus, folder: Path, *, full: bool, peers: list[str], venvs: Path
) -> tuple[Commands, dict[str, Path]]:
    """Return the commands to time by their names, and the file to which each writes its result."""
    ours = {FAST: ["--no-rank"], FULL: []} if full else {FAST: ["--no-rank"]}
    outs = {name: folder / f"out-{number}.json" for number, name in enumerate((*ours, *peers))}
    todo = {FLOOR: processes.floor(archive.path)}
    if full:
        todo[KEEP] = processes.keep(archive.path, folder / "kept.jsonl")
    for name, settings in ours.items():
        todo[name] = processes.report(archive.path, outs[name], *settings)
    for name in peers:
        todo[name] = PEERS[name].command(venvs, archive.path, outs[name])
    return todo, outs


def measure(todo: Commands, runs: int) -> dict[str, list[Run]]:
    """Run all commands `runs` times in rotated order, after one round that does not count."""
    names = list(todo)
    measured: dict[str, list[Run]] = {name: [] for name in names}
    for number in range(-1, runs):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            run = timed(todo[name])
            if number >= 0:
                measured[name].append(run)
        print(f"\rround {number + 1} of {runs}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return measured


def summarised(measured: dict[str, list[Run]]) -> dict[str, dict[str, Any]]:
    """Return the medians of every command, its ratios to the floor and to the fast report, and all runs."""
    medians = {name: statistics.median(run.seconds for run in runs) for name, runs in measured.items()}
    return {
        name: {
            "median_seconds": round(medians[name], 4),
            "median_processor_seconds": round(statistics.median(run.processor_seconds for run in runs), 4),
            "median_peak_mb": round(statistics.median(run.peak_mb for run in runs), 1),
            "to_floor": round(medians[name] / medians[FLOOR], 3),
            "to_ours": round(medians[name] / medians[FAST], 3),
            "runs": [asdict(run) for run in runs],
        }
        for name, runs in measured.items()
    }


def score(archive: Corpus, outs: dict[str, Path], *, exact_limit: int) -> dict[str, dict[str, Any]]:
    """Score the result of every tool against the gold, if there is one, and against the exact pairs."""
    gold = Gold.read(archive.gold) if archive.gold else None
    exact = None
    if archive.documents <= exact_limit:
        with archive.path.open("rb") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
        ids = [str(record["id"]) for record in records]
        rows = similar_pairs([record["text"] for record in records])
        exact = [pair_of(ids[left], ids[right]) for left, right in rows]
    scores: dict[str, dict[str, Any]] = {}
    for name, path in outs.items():
        found = ToolResult.read(path)
        scores[name] = {}
        if gold:
            scores[name]["gold"] = against_gold(found, gold)
        if exact is not None:
            scores[name]["exact"] = against_pairs(found, exact)
    return scores


def show(results: dict[str, dict[str, Any]]) -> None:
    """Print one line per command."""
    heads = ("seconds", "/ floor", "/ ours", "cores", "MB")
    print(f"{'':30}" + "".join(f"{head:>9}" for head in heads) + "  gold recall, precision; exact recall")
    for name, result in results.items():
        scored = ""
        if "gold" in result:
            scored += f"{result['gold']['recall']:.3f} {result['gold']['precision']:.3f}"
        if "exact" in result:
            scored += f"; {result['exact']['recall']:.3f}"
        cores = result["median_processor_seconds"] / result["median_seconds"]
        print(
            f"{name:30}{result['median_seconds']:9.2f}{result['to_floor']:9.1f}{result['to_ours']:9.2f}"
            f"{cores:9.1f}{result['median_peak_mb']:9,.0f}  {scored}"
        )


def stages(archive: Path, folder: Path, runs: int) -> dict[str, dict[str, float]]:
    """Return the median seconds and processor seconds of each stage of `report --no-rank`."""
    out, recipe = folder / "stages.json", Recipe(rank=False)
    measured = [measured_run(archive, out, recipe=recipe, engine=Engine()) for _ in range(runs)]
    return stage_medians(measured)


def stage_medians(measured: Sequence[MeasuredRun]) -> dict[str, dict[str, float]]:
    """Return the medians of each stage, then those of the stages that a peer has, too, as `shared`."""
    of_runs = [{stage.stage: stage for stage in run.stages} for run in measured]
    parts = {name: [name] for name in of_runs[0]} | {"shared": list(SHARED)}
    return {
        name: {
            figure: round(
                statistics.median(sum(getattr(run[stage], figure) for stage in part) for run in of_runs), 4
            )
            for figure in ("seconds", "processor_seconds")
        }
        for name, part in parts.items()
    }


def show_stages(medians: dict[str, dict[str, float]]) -> None:
    """Print one line per stage, and one for what a peer does, too."""
    print(f"\n{FAST + ', by stage':40}{'seconds':>9}{'processor':>11}")
    for name, taken in medians.items():
        shown = f"as peers: {', '.join(SHARED)}" if name == "shared" else name
        print(f"{shown:40}{taken['seconds']:9.2f}{taken['processor_seconds']:11.2f}")


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    corpus.add_arguments(parser, synthetic=20_000)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="rounds that count (default: 5)")
    parser.add_argument(
        "--peers", nargs="*", metavar="NAME", help="time these too, or all that are installed"
    )
    parser.add_argument("--venvs", type=Path, default=VENVS, metavar="FOLDER", help="default: .peers")
    parser.add_argument("--exact-limit", type=int, default=EXACT_LIMIT, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="exit with 1 above the ratio of floors.json")
    options = parser.parse_args()
    if options.check:
        options.synthetic = json.loads(FLOORS.read_text(encoding="utf-8"))["speed"]["stories"]
    if options.runs < 1:
        parser.error("--runs is 1 or more")
    unknown = sorted(set(options.peers or ()) - PEERS.keys())
    if unknown:
        parser.error(f"no peer is called {', '.join(unknown)}; there are {', '.join(PEERS)}")
    return options


def main() -> int:
    """Measure, score and print; with `--check`, return 1 if the ratio is too large."""
    options = parsed()
    ready = present(options.venvs) if options.peers is not None else []
    asked = (options.peers or list(PEERS)) if options.peers is not None else []
    absent = [name for name in asked if name not in ready]
    for name in absent:
        print(f"{name}: absent; python -m benchmarks.peers.venvs makes its environment", file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = corpus.prepare(options, folder)
        peers = [peer for peer in asked if peer in ready]
        todo, outs = commands(archive, folder, full=not options.check, peers=peers, venvs=options.venvs)
        results = summarised(measure(todo, options.runs))
        for peer, scored in score(archive, outs, exact_limit=options.exact_limit).items():
            results[peer] |= scored
        for peer in peers:
            result = json.loads(outs[peer].read_bytes())
            results[peer] |= {"version": result["version"], "settings": result["settings"]}
        by_stage = stages(archive.path, folder, options.runs) if peers else {}
    show(results)
    if by_stage:
        show_stages(by_stage)
    if options.json:
        write(options.json, archive, results, absent=absent, by_stage=by_stage)
    return check(results) if options.check else 0


def write(
    path: Path,
    archive: Corpus,
    results: dict[str, dict[str, Any]],
    *,
    absent: list[str],
    by_stage: dict[str, dict[str, float]],
) -> None:
    """Write everything that was measured."""
    content = {
        "schema": "dedup-speed/1",
        "machine": describe(),
        "corpus": archive.described(),
        "absent": absent,
        "commands": results,
        "stages": by_stage,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def check(results: dict[str, dict[str, Any]]) -> int:
    """Compare the ratio to the floor with the one that is allowed."""
    allowed = json.loads(FLOORS.read_text(encoding="utf-8"))["speed"]["no_rank_to_floor"]
    ratio = results[FAST]["to_floor"]
    if ratio > allowed:
        print(f"{FAST} takes {ratio:.1f} times as long as the floor, {allowed} is allowed", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
