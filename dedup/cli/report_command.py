"""`dedup report`: the copies of an archive."""

import argparse
import gc
import sys
import time
from functools import partial

from dedup.cli.common import DONE, PROBLEMS, UNUSABLE, add_loudness, say
from dedup.cli.printing import colour, encoded, on_terminal, width, write, write_all
from dedup.cli.results import RESULTS, check_places, guarded, kept_line
from dedup.cli.settings import add_bounds, add_fields, fields_of, recipe_of

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dedup.cli.common import Adds
    from dedup.input import Intake
    from dedup.model import Document, Problem, Report
    from dedup.output.progress import Progress


def add_report(add: "Adds") -> None:
    """Add `dedup report`."""
    report = add(
        "report",
        help="find the copies in folders and archive files",
        description="Find the copies among the stories of folders and archive files, and print them.",
        epilog="Exit code: 0 done, 1 done but --strict found problems, 2 usage or nothing readable.",
    )
    report.add_argument(
        "input",
        nargs="+",
        metavar="INPUT",
        help="a folder (searched through), a file (text, HTML, JSON, CSV, Parquet, WARC), or - for stdin",
    )
    _add_inputs(report)
    files = report.add_argument_group("results, besides the summary on standard output")
    for name, what in RESULTS.items():
        files.add_argument(f"--{name}", metavar="FILE", help=what)
    files.add_argument(
        "--language", choices=("fa", "en"), help="what the page opens in (default: that of most stories)"
    )
    add_bounds(report, archive=True)
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
    add_loudness(
        report,
        quiet="no progress, no problems and no figures of the run on standard error",
        verbose="say on standard error what was read and compared, and what each stage took",
    )
    report.set_defaults(run=_report)


INPUTS = {
    "glob": "read only files of a folder that match, by path or name; may be repeated",
    "exclude": "leave out files and folders that match; may be repeated",
}
LIMITS = {
    "max_bytes": "bytes of one document beyond which it is not read (default: 256 MiB)",
    "max_ratio": "unpacked bytes for each packed one beyond which a file is a bomb (default: 250)",
    "max_unpacked": "bytes that one packed file may unpack to (default: 64 GiB)",
}


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    inputs = parser.add_argument_group("inputs")
    for name, what in INPUTS.items():
        inputs.add_argument(f"--{name}", action="append", metavar="PATTERN", help=what)
    add_fields(inputs)
    inputs.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="INPUT",
        help="a folder or file of stories that are known already: new ones are held against them and each "
        "other, they themselves are not compared; may be repeated",
    )
    inputs.add_argument(
        "--cross-source",
        action="store_true",
        help="compare only stories of different sources; those without a source count as one source",
    )
    inputs.add_argument("--follow-links", action="store_true", help="follow symbolic links inside folders")
    for name, what in LIMITS.items():
        inputs.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=what)


def _found(
    options: argparse.Namespace, intake: "Intake"
) -> "tuple[Iterator[Document | Problem], Iterator[Document | Problem]]":
    """What is read: the stories, and the reference."""
    from dedup.input import read  # noqa: PLC0415

    names = ("glob", "exclude", "follow_links", *LIMITS)
    settings = {name: value for name in names if (value := getattr(options, name)) is not None}
    settings |= {"fields": fields_of(options), "intake": intake}
    prefixed = bool(options.reference) or len(options.input) > 1
    outputs = [path for name in RESULTS if (path := getattr(options, name)) is not None]
    new = read(
        options.input,
        records=options.keep is not None,
        prefixed=prefixed,
        apart=[path for path in options.reference if path != "-"],
        **settings,
    )
    old = read(
        options.reference,
        prefixed=prefixed,
        apart=[path for path in options.input if path != "-"],
        **settings,
    )
    return (
        guarded(new, options.input, outputs=outputs, prefixed=prefixed),
        guarded(old, options.reference, outputs=outputs, prefixed=prefixed),
    )


def _progress(options: argparse.Namespace, intake: "Intake") -> "Progress":
    """Make the line that tells how far the run is, where somebody can see it."""
    from dedup.input import expected  # noqa: PLC0415
    from dedup.output.progress import Progress  # noqa: PLC0415

    if options.quiet or not on_terminal(sys.stderr):
        return Progress(sys.stderr, shown=False)
    size = expected(
        [*options.reference, *options.input],
        glob=options.glob or (),
        exclude=options.exclude or (),
        follow_links=options.follow_links,
    )
    return Progress(sys.stderr, shown=True, position=lambda: (intake.read(), size))


def _report(options: argparse.Namespace) -> int:
    from dedup.input import Intake  # noqa: PLC0415
    from dedup.output.to_terminal import problem_lines  # noqa: PLC0415
    from dedup.report.find_duplicates import find_duplicates  # noqa: PLC0415

    began = time.monotonic()
    gc.disable()  # a run makes millions of records and no cycles: looking for them takes a twentieth
    sys.setswitchinterval(SWITCH)
    recipe = recipe_of(
        options,
        rank=not options.no_rank,
        representative=options.representative,
        sources=tuple(options.prefer),
    )
    outputs = _outputs(options)
    intake = Intake()
    found, reference = _found(options, intake)
    with _progress(options, intake) as progress:
        report = find_duplicates(
            progress.counted("read", found),
            reference=progress.counted("read", reference),
            cross_source=options.cross_source,
            recipe=recipe,
            workers=options.workers,
            progress=progress,
        )
    if not options.quiet:
        for line in problem_lines(report.problems, limit=PROBLEM_LINES):
            say(line)
    if report.counts["documents"] == report.scope.get("reference", 0):
        say(f"dedup: nothing readable in {', '.join(options.input)}")
        return UNUSABLE
    if options.reference and "reference" not in report.scope and not options.quiet:
        say(f"dedup: warning: nothing readable in the reference {', '.join(options.reference)}: all is new")
    write_all([(path, partial(make, report)) for path, make in outputs])
    _close(report, options, summarised=any(make is _summary for _, make in outputs))
    if options.verbose:
        _say_verbose(report, intake, progress)
    if not options.quiet:
        say(_spent(report, began))
    return PROBLEMS if options.strict and report.problems else DONE


def _say_verbose(report: "Report", intake: "Intake", progress: "Progress") -> None:
    from dedup.output.verbose import verbose_lines  # noqa: PLC0415

    lines = verbose_lines(
        report, forms=intake.forms, size=intake.size, seconds=progress.seconds, width=width()
    )
    for line in lines:
        say(line)


SWITCH = 0.0005
"""Seconds after which the thread that reads lets those that prepare texts go on: by Python's 5 ms they wait
longer than they work."""


def _close(report: "Report", options: argparse.Namespace, *, summarised: bool) -> None:
    """Say what was kept under the summary; where there is none, on standard error, with its warnings."""
    kept = "" if options.keep is None else kept_line(report, options.keep)
    if summarised:
        write("-", [encoded(kept)])
    elif not options.quiet:
        from dedup.output.sanitize import sanitize_line  # noqa: PLC0415

        warnings = [f"dedup: warning: {sanitize_line(warning.reason)}\n" for warning in report.warnings]
        print(*warnings, f"dedup: {kept}" * bool(kept), sep="", end="", file=sys.stderr)


def _spent(report: "Report", began: float) -> str:
    """Say what the run took: seconds, and the most memory where the system tells it."""
    from dedup.output.phrases import counted  # noqa: PLC0415
    from dedup.output.progress import peak_memory  # noqa: PLC0415

    seconds = time.monotonic() - began
    peak = peak_memory()
    memory = f", at most {peak:,.0f} MB of memory" if peak else ""
    return f"dedup: {counted(report.counts['documents'], 'document')} in {seconds:.1f} s{memory}"


PROBLEM_LINES = 20
"""Problems printed one by one; the rest are counted, and all are in the JSON."""


def _outputs(options: argparse.Namespace) -> "list[tuple[str, Callable[[Report], Iterable[bytes]]]]":
    """What to write where, checked before the work begins."""
    from dedup.model.errors import SettingError  # noqa: PLC0415
    from dedup.output.to_archive import to_archive  # noqa: PLC0415
    from dedup.output.to_csv import to_csv  # noqa: PLC0415
    from dedup.output.to_html import to_html  # noqa: PLC0415
    from dedup.output.to_json import json_pieces  # noqa: PLC0415
    from dedup.output.to_parquet import libraries, to_parquet  # noqa: PLC0415

    wanted: dict[str, Callable[[Report], Iterable[bytes]]] = {
        "json": json_pieces,
        "csv": lambda report: [to_csv(report)],
        "parquet": lambda report: [to_parquet(report)],
        "html": lambda report: [to_html(report, language=options.language)],
        "keep": to_archive,
    }
    if options.language and options.html is None:
        raise SettingError("language", options.language, "it is that of the page; ask for one with --html")
    if options.parquet is not None:
        libraries()  # rather now than after an hour of work
    named = [(name, path) for name in RESULTS if (path := getattr(options, name)) is not None]
    check_places(options, named)
    outputs = [(path, wanted[name]) for name, path in named]
    return outputs if any(path == "-" for path, _ in outputs) else [("-", _summary), *outputs]


TABLES_FROM = 72
"""Cells of a line; a narrower terminal is better served by lines."""


def _summary(report: "Report") -> "list[bytes]":
    """Write the summary: in tables on a terminal that has room for them, else in plain lines."""
    draws = on_terminal(sys.stdout) and sys.stdout.encoding.lower().startswith("utf")
    if draws and width() >= TABLES_FROM:
        from dedup.output.to_tables import to_tables  # noqa: PLC0415 - rich, for those who see it

        return [encoded(to_tables(report, colour=colour(), width=width()))]
    from dedup.output.to_terminal import to_terminal  # noqa: PLC0415

    return [encoded(to_terminal(report, colour=colour(), width=width()))]
