"""Commands that write files, each with what its files may contain after a fault."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.synthetic.dice import Dice
from benchmarks.synthetic.lexicon import lexicon

ROOT = Path(__file__).parents[2]
STORIES = 300
EARLIER = b"an earlier result\n"


@dataclass(frozen=True, slots=True)
class Command:
    """A command and the check of its files.

    Attributes:
        name: Its name in the table.
        arguments: Arguments of `dedup`; files are in the folder where it runs.
        prepare: Puts the files of an earlier run into the folder.
        fault: Describes what is wrong with the folder after a run that may have been cut short; empty if
            nothing.
    """

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Path], None]
    fault: Callable[[Path], str]


def run(
    arguments: tuple[str, ...], folder: Path, *, limit: Callable[[], object] | None = None
) -> "subprocess.Popen[bytes]":
    """Start `dedup` in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "dedup", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=limit,  # noqa: PLW1509 - there are no threads here
    )


def finish(arguments: tuple[str, ...], folder: Path) -> None:
    """Run `dedup` to its end."""
    started = run(arguments, folder)
    words = started.communicate()[1]
    if started.returncode:
        raise RuntimeError(f"dedup {' '.join(arguments)} left with {started.returncode}: {words.decode()}")


def write_stories(path: Path) -> None:
    """Write made-up stories, every third of them twice; all end with the same boilerplate."""
    words = lexicon(1)
    boilerplate = " ".join(words.draw(Dice(7, 0), 30))
    with path.open("w", encoding="utf-8") as file:
        for number in range(STORIES):
            text = " ".join(words.draw(Dice(5, number // 3 * 3 if number % 3 == 1 else number), 150))
            text = f"{text}\n{boilerplate}"
            file.write(json.dumps({"id": f"s{number}", "text": text}, ensure_ascii=False) + "\n")


def write_labelled(path: Path) -> None:
    """Write made-up pairs with labels: copies and others alternate."""
    words = lexicon(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(40):
            text, other = (" ".join(words.draw(Dice(6, number, side), 150)) for side in (0, 1))
            label, other = ("near-duplicate", f"{text} {other[:40]}") if number % 2 else ("unrelated", other)
            pair = {"a_text": text, "b_text": other, "label": label}
            file.write(json.dumps(pair, ensure_ascii=False) + "\n")


REPORT_OUTPUTS = {
    "--json": "report.json",
    "--csv": "report.csv",
    "--csv-pairs": "pairs.csv",
    "--markdown": "report.md",
    "--html": "page.html",
    "--keep": "kept.jsonl",
}
REPORT_FILES = (*REPORT_OUTPUTS.values(), "kept.jsonl.boilerplate")
REPORT = ("report", "in.jsonl", "--no-rank", "--quiet", *chain.from_iterable(REPORT_OUTPUTS.items()))
PAGE = ("compare", "s0", "s1", "--archive", "in.jsonl", "--html", "pair.html")
TUNE = ("tune", "labelled.jsonl", "--write", "recipe.json")
BENCH_FILES = ("bench.json", "bench.html")
BENCH = (
    *("bench", "in.jsonl", "--quiet", "--no-rank", "--sample", "50"),
    *("--json", BENCH_FILES[0], "--html", BENCH_FILES[1]),
)
EXPORT = ("index", "export", "full.dedup", "export.jsonl")
FILTER = (
    *("filter", "in.jsonl", "--mode", "split", "--quiet", "--output", "stories.jsonl"),
    *("--index", "own.dedup", "--duplicates", "copies.jsonl", "--rejects", "rejects.jsonl"),
)


NAMES = ("report", "compare", "tune", "bench", "index export", "filter")


def commands(folder: Path) -> list[Command]:
    """Run each command once without faults; return them with the files that they have to write."""
    write_stories(folder / "in.jsonl")
    write_labelled(folder / "labelled.jsonl")
    for arguments in (REPORT, PAGE, TUNE, FILTER):
        finish(arguments, folder)
    (folder / "own.dedup").rename(folder / "full.dedup")
    finish(EXPORT, folder)
    lines = {name: _lines(folder / name) for name in ("stories.jsonl", "copies.jsonl")}

    def filtered(folder: Path) -> str:
        finish(FILTER, folder)
        finish(("index", "check", "own.dedup"), folder)
        wrong = [name for name, expected in lines.items() if _lines(folder / name) != expected]
        return f"{wrong[0]} lost or repeated lines" if wrong else ""

    return [
        _writing("report", REPORT, REPORT_FILES, folder),
        _writing("compare", PAGE, ("pair.html",), folder),
        _writing("tune", TUNE, ("recipe.json",), folder),
        _writing("index export", EXPORT, ("export.jsonl",), folder),
        Command("bench", BENCH, lambda place: _put_earlier(place, BENCH_FILES), bench_is_whole),
        Command("filter", FILTER, _start_anew, filtered),
    ]


def _writing(name: str, arguments: tuple[str, ...], files: tuple[str, ...], folder: Path) -> Command:
    """Describe a command that writes files; the folder holds them with the right content."""
    whole = {name: (folder / name).read_bytes() for name in files}
    return Command(
        name,
        arguments,
        lambda place: _put_earlier(place, files),
        lambda place: whole_or_earlier(whole, place),
    )


def _put_earlier(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).write_bytes(EARLIER)


def _start_anew(folder: Path) -> None:
    for path in (*folder.glob("own.dedup*"), *(folder / name for name in ("stories.jsonl", "copies.jsonl"))):
        path.unlink(missing_ok=True)


def whole_or_earlier(whole: dict[str, bytes], folder: Path) -> str:
    """Name a file that is neither the earlier nor the whole one, or report that old and new are mixed."""
    found = {name: (folder / name).read_bytes() for name in whole}
    for name, content in found.items():
        if content not in {EARLIER, whole[name]}:
            return f"{name} is neither the earlier file nor the new one"
    return "earlier and new files" if len({content == EARLIER for content in found.values()}) > 1 else ""


def bench_is_whole(folder: Path) -> str:
    """Describe what is wrong if the figures of a measurement are cut short or beside an earlier page."""
    figures, page = ((folder / name).read_bytes() for name in BENCH_FILES)
    if EARLIER in {figures, page}:
        return "" if figures == page else "earlier and new files"
    try:
        whole = "schema" in json.loads(figures) and page.rstrip().endswith(b"</html>")
    except ValueError:
        whole = False
    return "" if whole else "a file of bench is neither the earlier one nor whole"


def _lines(path: Path) -> list[int]:
    """List the stories of a file of lines, by number."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    return sorted(int(json.loads(line)["id"][1:]) for line in lines)
