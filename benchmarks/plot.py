"""Plots of measured results, as SVG that is readable on a light and on a dark page.

A speed result gives `speed.svg` (seconds, with the fastest and slowest run) and, on a made-up archive,
`recall.svg` (the share of copies of each kind that are in one cluster with their original); a scale result
gives `scale.svg`. Needs the extra `bench`.

    python -m benchmarks.plot RESULT.json [...] [--folder FOLDER]
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

INK = "#6e7781"
"""Contrast above 4 to both white and the near-black of dark pages."""
OURS, THEIRS, GUIDE = "#0e8a6a", "#8a94a6", "#c2703d"
FOLDER = Path(__file__).with_name("plots")
FLOOR = "floor"
KINDS = ("verbatim", "edited", "lead", "cut", "respaced", "keyboard")

type Result = dict[str, Any]


def draw_speed(result: Result, out: Path) -> None:
    """Draw a bar for each command, the fastest on top, and the cost of reading as a line."""
    figure, (axes,) = _canvas(1, height=0.42 * len(result["commands"]) + 0.9)
    floor = result["commands"][FLOOR]["median_seconds"]
    rows = sorted(
        ((name, command) for name, command in result["commands"].items() if name != FLOOR),
        key=lambda row: -row[1]["median_seconds"],
    )
    for place, (name, command) in enumerate(rows):
        median = command["median_seconds"]
        seconds = [run["seconds"] for run in command["runs"]]
        reach = [[median - min(seconds)], [max(seconds) - median]]
        axes.barh(place, median, color=_colour(name), height=0.68, xerr=reach, ecolor=INK, capsize=2)
        axes.text(max(seconds) * 1.06, place, _bar_label(command), va="center", color=INK, fontsize=8)
    axes.set_yticks(range(len(rows)), [_label(name) for name, _ in rows])
    axes.axvline(floor, color=GUIDE, linestyle=":", linewidth=1.2)
    axes.set_ylim(-0.6, len(rows) + 0.1)
    axes.text(floor, len(rows) - 0.5, f" reading alone, {floor:.2f} s", color=GUIDE, fontsize=8, va="bottom")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    longest = max(max(run["seconds"] for run in command["runs"]) for _, command in rows)
    axes.set_xlim(floor / 1.6, longest * 6)
    axes.set_xlabel(f"seconds, whole process, {result['corpus']['documents']:,} stories (log scale)")
    _save(figure, out)


def draw_recall(result: Result, out: Path) -> None:
    """Draw one row per tool and one column per kind of copy; each cell is a percentage."""
    rows = [
        (name, command["gold"])
        for name, command in result["commands"].items()
        if "gold" in command and name != "report"
    ]
    columns = [*KINDS, "joined rightly"]
    shares = [[gold["by_kind"].get(kind, 1.0) for kind in KINDS] + [gold["precision"]] for _, gold in rows]
    figure, (axes,) = _canvas(1, height=0.36 * len(rows) + 1.1)
    axes.imshow(shares, cmap="Greens", vmin=0, vmax=1.2, aspect="auto")
    for row, values in enumerate(shares):
        for column, share in enumerate(values):
            ink = "white" if share > 0.7 else "black"  # noqa: PLR2004 - where the greens turn dark
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", color=ink, fontsize=8)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), [_label(name) for name, _ in rows])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xlabel("percent of the copies of each kind that are joined with their original")
    _save(figure, out)


def draw_scale(result: Result, out: Path) -> None:
    """Draw seconds and memory over the number of stories, both axes logarithmic."""
    figure, (time, memory) = _canvas(2, height=3.2)
    sizes = [size["corpus"]["documents"] for size in result["sizes"]]
    for name in result["sizes"][-1]["commands"]:
        for axes, field in ((time, "median_seconds"), (memory, "median_peak_mb")):
            values = [size["commands"][name][field] for size in result["sizes"]]
            colour = GUIDE if name == FLOOR else OURS
            style = "--" if name == "report" else "-"
            label = "reading alone" if name == FLOOR else _label(name)
            axes.plot(sizes, values, marker="o", markersize=4, color=colour, linestyle=style, label=label)
    for axes, title in ((time, "seconds"), (memory, "MB of memory at most")):
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.minorticks_off()
        axes.yaxis.set_major_formatter("{x:,g}")
        axes.set_title(title, color=INK, fontsize=9)
        axes.set_xlabel("stories")
        axes.grid(color=INK, alpha=0.25, linewidth=0.5)
    time.legend(frameon=False, labelcolor=INK, fontsize=8)
    _save(figure, out)


PLOTS: dict[str, tuple[tuple[str, Callable[[Result, Path], None]], ...]] = {
    "dedup-speed/1": (("speed.svg", draw_speed), ("recall.svg", draw_recall)),
    "dedup-scale/1": (("scale.svg", draw_scale),),
}
"""What is drawn of a result, by its schema."""


def draw(result: Result, folder: Path) -> list[Path]:
    """Draw all plots of a result into a folder; return their paths."""
    drawn = []
    for name, plot in PLOTS[result["schema"]]:
        if plot is draw_recall and not any("gold" in command for command in result["commands"].values()):
            continue
        plot(result, folder / name)
        drawn.append(folder / name)
    return drawn


def _canvas(panels: int, *, height: float) -> tuple[Any, list[Any]]:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        sys.exit("plots need matplotlib; install the extra: pip install -e '.[bench]'")
    settings: Any = {
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        **dict.fromkeys(("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    }
    with rc_context(settings):
        figure = Figure(figsize=(8, height), layout="constrained")
        return figure, [figure.add_subplot(1, panels, panel + 1) for panel in range(panels)]


def _save(figure: Any, out: Path) -> None:  # noqa: ANN401 - of matplotlib, which has no types here
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "dedup"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})


def _label(name: str) -> str:
    return f"dedup {name}" if name.startswith("report") else name


def _colour(name: str) -> str:
    return OURS if name.startswith("report") else THEIRS


def _bar_label(command: Result) -> str:
    label = f"{command['median_seconds']:.1f} s"
    if "gold" in command:
        label += f", recall {100 * command['gold']['recall']:.1f} %"
    return label


def main() -> None:
    """Draw the plots of every result that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plot", description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+", type=Path, metavar="RESULT.json")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="default: benchmarks/plots")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for path in options.results:
        result = json.loads(path.read_text(encoding="utf-8"))
        if result.get("schema") not in PLOTS:
            parser.error(f"{path} is neither a speed nor a scale result")
        for drawn in draw(result, options.folder):
            print(drawn)


if __name__ == "__main__":
    main()
