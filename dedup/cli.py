"""The command: parse, call, print. Nothing heavy is imported before it is needed."""

import argparse
import gc
import os
import sys
import time
from functools import partial

from dedup.commands import add_filter, add_index, add_serve

TYPE_CHECKING = False  # as in typing, whose import would be half of what `--help` takes
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from dedup.recipe import Recipe
    from dedup.records import Document, Problem, Report

DONE, PROBLEMS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; done, but --strict found problems; usage, or nothing readable; stopped by Ctrl-C."""


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command; the exit code says how it went."""
    options = _parser().parse_args(arguments)
    from dedup.errors import DedupError  # noqa: PLC0415 - `--help` should not pay for it

    try:
        return int(options.run(options))
    except DedupError as error:
        print(f"dedup: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        _leave_quietly()
        return DONE
    except KeyboardInterrupt:
        print("dedup: stopped", file=sys.stderr)
        return INTERRUPTED


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(_width() - 2, 40))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dedup",
        description="Find copied news: near-duplicate stories, excerpts and roundups.",
        epilog="It finds copied text, not the same event retold in other words.",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_report(commands)
    _add_compare(commands)
    _add_tune(commands)
    add = partial(commands.add_parser, allow_abbrev=False, formatter_class=_Help)
    add_filter(add, _add_bounds)
    add_index(add, _add_bounds)
    add_serve(add, _add_bounds)
    doctor = add(
        "doctor",
        help="tell which kernel and libraries run here",
        description="Print the versions of the program, its kernel and its libraries.",
    )
    doctor.set_defaults(run=_doctor)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from dedup import __version__  # noqa: PLC0415

        print(f"dedup {__version__}")
        parser.exit()


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser(
        "report",
        help="find the copies in folders and archive files",
        description="Find the copies among the stories of folders and archive files, and print them.",
        epilog="Exit code: 0 done, 1 done but --strict found problems, 2 usage or nothing readable. "
        "Example: dedup report stories/ --html report.html",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    report.add_argument(
        "input",
        nargs="+",
        metavar="INPUT",
        help="a folder (searched through), a file (text, HTML, JSON, CSV, Parquet, WARC), or - for stdin",
    )
    _add_inputs(report)
    files = report.add_argument_group("results, besides the summary on standard output")
    for name, what in (("json", "everything"), ("csv", "members of clusters"), ("html", "a page to read")):
        files.add_argument(f"--{name}", metavar="FILE", help=f"{what}; - writes it instead of the summary")
    _add_bounds(report)
    report.add_argument(
        "--representative",
        choices=("earliest", "latest", "longest"),
        default="earliest",
        help="who represents a cluster (default: earliest)",
    )
    report.add_argument(
        "--prefer",
        action="append",
        default=[],
        metavar="SOURCE",
        help="a source whose documents represent before all others; may be given several times",
    )
    report.add_argument("--no-rank", action="store_true", help="leave out the TF-IDF ranking")
    report.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="threads that prepare and measure texts (default: one a processor)",
    )
    report.add_argument("--strict", action="store_true", help="exit with 1 when there were problems")
    report.add_argument("--quiet", action="store_true", help="no progress and no problems on standard error")
    report.set_defaults(run=_report)


INPUTS = {
    "glob": "read only files of a folder that match, by path or name; may be repeated",
    "exclude": "leave out files and folders that match; may be repeated",
    "field": "where fields stand in JSON and rows: text=body,title=headline; text=a|b takes the first filled",
    "preset": "fields as a tool names them: news-please, trafilatura, cc-news, c4, fineweb, oscar or ccnet",
}
LIMITS = {
    "max_bytes": "bytes of one document beyond which it is not read (default: 256 MiB)",
    "max_ratio": "unpacked bytes for each packed one beyond which a file is a bomb (default: 250)",
    "max_unpacked": "bytes that one packed file may unpack to (default: 64 GiB)",
}


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    inputs = parser.add_argument_group("inputs")
    for name, what in INPUTS.items():
        metavar = {"field": "PART=NAME", "preset": "NAME"}.get(name, "PATTERN")
        action = "store" if name == "preset" else "append"
        inputs.add_argument(f"--{name}", action=action, metavar=metavar, help=what)
    inputs.add_argument("--follow-links", action="store_true", help="follow symbolic links inside folders")
    for name, what in LIMITS.items():
        inputs.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=what)


def _found(options: argparse.Namespace) -> "Iterator[Document | Problem]":
    from dedup.reading import Fields, preset, read  # noqa: PLC0415

    fields = preset(options.preset) if options.preset is not None else Fields()
    names = ("glob", "exclude", "follow_links", *LIMITS)
    settings = {name: value for name in names if (value := getattr(options, name)) is not None}
    return read(options.input, fields=fields.mapped(options.field or ()), **settings)


def _add_compare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    compare = commands.add_parser(
        "compare",
        help="explain what two stories are to each other",
        description="Measure two stories, and show the passages they share and what differs.",
        epilog="Example: dedup compare seeds/000_dadc580f8462299b.txt seeds/001_fa5d6c0f982a0054.txt",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    compare.add_argument("left", metavar="A", help="a file that holds one story")
    compare.add_argument("right", metavar="B", help="another, or - for standard input")
    _add_bounds(compare)
    compare.set_defaults(run=_compare)


def _add_tune(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tune = commands.add_parser(
        "tune",
        help="hold the settings against pairs that people labelled",
        description="Judge labelled pairs, print precision and recall, and look for bounds that do better.",
        epilog="A line holds a_text and b_text (or left and right) and label, one of near-duplicate, partial "
        "reuse, same-template-but-different, unrelated; other_label where a second reader differs.",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    tune.add_argument("labelled", metavar="LABELLED.jsonl", help="a file of labelled pairs, JSON lines")
    _add_bounds(tune)
    tune.set_defaults(run=_tune)


BOUNDS = {
    "threshold": "Jaccard below which no texts are near-duplicates (default: 0.2)",
    "containment": "containment from which one text stands in the other (default: 0.65)",
    "partial": "containment from which shared passages are listed (default: 0.15)",
    "boilerplate": "texts that share a passage and little else from which the passage counts for nothing "
    "(default: 20; 0: never)",
    "min_letters": "letters below which a story is too short to compare (default: 40)",
}
"""Settings of the recipe that the command offers."""


def _add_bounds(parser: argparse.ArgumentParser) -> None:
    bounds = parser.add_argument_group("bounds")
    for name, what in BOUNDS.items():
        kind = int if name in {"boilerplate", "min_letters"} else float
        bounds.add_argument(f"--{name.replace('_', '-')}", type=kind, metavar="X", help=what)


def _recipe(options: argparse.Namespace, **more: bool | str | tuple[str, ...]) -> "Recipe":
    from dedup.recipe import Recipe  # noqa: PLC0415

    given = {name: getattr(options, name) for name in BOUNDS}
    settings: dict[str, Any] = {name: value for name, value in given.items() if value is not None} | more
    return Recipe(**settings)


def _report(options: argparse.Namespace) -> int:
    from dedup.pipeline import find_duplicates  # noqa: PLC0415
    from dedup.reporting.progress import Progress  # noqa: PLC0415
    from dedup.reporting.to_terminal import problem_lines  # noqa: PLC0415

    began = time.monotonic()
    gc.disable()  # a run makes millions of records and no cycles: looking for them takes a twentieth
    recipe = _recipe(
        options,
        rank=not options.no_rank,
        representative=options.representative,
        sources=tuple(options.prefer),
    )
    outputs = _outputs(options)
    found = _found(options)
    with Progress(
        sys.stderr, shown=not options.quiet and sys.stderr is not None and sys.stderr.isatty()
    ) as progress:
        report = find_duplicates(
            progress.counted("read", found), recipe=recipe, workers=options.workers, progress=progress
        )
    if not options.quiet:
        for line in problem_lines(report.problems, limit=PROBLEM_LINES):
            print(line, file=sys.stderr)
    if not report.counts["documents"]:
        print(f"dedup: nothing readable in {', '.join(options.input)}", file=sys.stderr)
        return UNUSABLE
    for path, write in outputs:
        _write(path, write(report))
    if not options.quiet:
        print(_spent(report, began), file=sys.stderr)
    return PROBLEMS if options.strict and report.problems else DONE


def _spent(report: "Report", began: float) -> str:
    """Say what the run took: seconds, and the most memory where the system tells it."""
    from dedup.reporting.progress import peak_memory  # noqa: PLC0415

    seconds = time.monotonic() - began
    peak = peak_memory()
    memory = f", at most {peak:,.0f} MB of memory" if peak else ""
    return f"dedup: {report.counts['documents']:,} documents in {seconds:.1f} s{memory}"


PROBLEM_LINES = 20
"""Problems printed one by one; the rest are counted, and all are in the JSON."""


def _outputs(options: argparse.Namespace) -> "list[tuple[str, Callable[[Report], Iterable[bytes]]]]":
    """What to write where, checked before the work begins."""
    from dedup.errors import SettingError  # noqa: PLC0415
    from dedup.reporting.to_csv import to_csv  # noqa: PLC0415
    from dedup.reporting.to_html import to_html  # noqa: PLC0415
    from dedup.reporting.to_json import json_pieces  # noqa: PLC0415

    wanted: dict[str, Callable[[Report], Iterable[bytes]]] = {
        "json": json_pieces,
        "csv": lambda report: [to_csv(report)],
        "html": lambda report: [to_html(report)],
    }
    outputs = [
        (getattr(options, name), write)
        for name, write in wanted.items()
        if getattr(options, name) is not None
    ]
    to_stdout = [path for path, _ in outputs if path == "-"]
    if len(to_stdout) > 1:
        raise SettingError("output", "-", "only one of --json, --csv and --html can have standard output")
    taken = [os.path.realpath(path) for path in options.input if path != "-"]
    for path, _ in outputs:
        if path != "-" and os.path.realpath(path) in taken:
            raise SettingError("output", path, "it is an input, or another output")
        taken.append(os.path.realpath(path))
        folder = os.path.dirname(path) or "."  # noqa: PTH120 - pathlib costs a third of `--help`
        if path != "-" and not os.path.isdir(folder):  # noqa: PTH112
            raise SettingError("output", path, f"there is no folder {folder!r}; make it first")
    return outputs if to_stdout else [("-", _summary), *outputs]


def _summary(report: "Report") -> "list[bytes]":
    from dedup.reporting.to_terminal import to_terminal  # noqa: PLC0415

    return [_encoded(to_terminal(report, colour=_colour(), width=_width()))]


def _compare(options: argparse.Namespace) -> int:
    from dedup.pipeline import compare  # noqa: PLC0415
    from dedup.reporting.explain import explain  # noqa: PLC0415

    recipe = _recipe(options)
    comparison = compare(_one_story(options.left), _one_story(options.right), recipe=recipe)
    _write("-", [_encoded(explain(comparison, colour=_colour(), width=_width()))])
    return DONE


def _tune(options: argparse.Namespace) -> int:
    from dedup.errors import ReadingError  # noqa: PLC0415
    from dedup.pipeline.tuning import tune  # noqa: PLC0415
    from dedup.reading.labelled import labelled_pairs  # noqa: PLC0415
    from dedup.reporting.tuned import tuned  # noqa: PLC0415

    try:
        with open(options.labelled, "rb") as file:  # noqa: PTH123
            content = file.read()
    except OSError as error:
        raise ReadingError(f"{options.labelled}: cannot be read: {error.strerror}") from error
    tuning = tune(labelled_pairs(content, name=options.labelled), _recipe(options))
    _write("-", [_encoded(tuned(tuning))])
    return DONE


def _doctor(_: argparse.Namespace) -> int:
    from dedup.reporting.doctor import doctor  # noqa: PLC0415

    _write("-", [_encoded(doctor())])
    return DONE


def _one_story(name: str) -> "Document":
    """Read a file that holds one story."""
    from itertools import islice  # noqa: PLC0415

    from dedup.errors import ReadingError  # noqa: PLC0415
    from dedup.reading import read  # noqa: PLC0415
    from dedup.records import Document  # noqa: PLC0415

    found = list(islice(read([name]), 3))
    stories = [item for item in found if isinstance(item, Document)]
    problems = [item.reason for item in found if not isinstance(item, Document)]
    if len(stories) > 1:
        raise ReadingError(f"{name}: holds more than one story; give a file with one")
    if not stories:
        raise ReadingError(f"{name}: {problems[0]}")
    for reason in problems:
        print(f"{name}: {reason}", file=sys.stderr)
    return stories[0]


def _write(path: str, content: "Iterable[bytes]") -> None:
    from dedup.errors import WritingError  # noqa: PLC0415

    try:
        if path != "-":
            with open(path, "wb") as file:  # noqa: PTH123
                file.writelines(content)
        elif sys.stdout is None:
            raise WritingError("standard output is closed; name a file with --json, --csv or --html")
        else:
            sys.stdout.buffer.writelines(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if path == "-":
            _leave_quietly()
        raise WritingError(f"{path}: cannot be written: {error.strerror}") from error


def _encoded(text: str) -> bytes:
    return text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")


def _width() -> int:
    """Cells of a line; shutil has the same, for a tenth of what `--help` takes."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # no standard output, or no terminal
        return 80


def _colour() -> bool:
    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _leave_quietly() -> None:
    """Keep the interpreter from complaining about a closed pipe when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
