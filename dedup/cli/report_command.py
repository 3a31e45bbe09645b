"""`dedup report`: find the copies in an archive."""

import argparse
import gc
import shlex
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

from dedup.cli.archive_reading import known_boilerplate
from dedup.cli.arguments.report_arguments import READING_LIMITS, RESULTS
from dedup.cli.engine import find, over_budget
from dedup.cli.exit_codes import DONE, PROBLEMS, UNUSABLE
from dedup.cli.loading import load
from dedup.cli.output_paths import Guarded, check_outputs
from dedup.cli.say_problems import say_problems
from dedup.cli.settings import decisions_of, fields_of, recipe_of
from dedup.cli.streams import encoded, say, write, write_all
from dedup.cli.terminal import colour, on_terminal, width
from dedup.cli.unmet_decisions import unmet_decisions
from dedup.input import ReadProgress, expected, read
from dedup.model import Report
from dedup.model.decisions import Decisions
from dedup.model.errors import SettingError
from dedup.model.known_boilerplate import SUFFIX
from dedup.model.quoting import printable
from dedup.output.closing_lines import closing_lines
from dedup.output.phrases import counted
from dedup.output.progress import Progress, peak_memory
from dedup.output.sanitize import sanitize_line
from dedup.output.summary import summarise
from dedup.output.to_archive import to_archive
from dedup.output.to_boilerplate import to_boilerplate
from dedup.output.to_csv import csv_pieces, pairs_to_csv
from dedup.output.to_json import json_pieces
from dedup.output.to_markdown import to_markdown
from dedup.output.to_parquet import libraries, to_parquet
from dedup.output.to_terminal import to_terminal
from dedup.output.verbose import verbose_lines
from dedup.output.whole_files import is_written_in_place

type Output = tuple[str, Callable[[Report], Iterable[bytes]]]
"""A path, and the function that makes its content."""

SWITCH_INTERVAL = 0.0005
"""Seconds after which the reading thread lets the worker threads run; with Python's default of 5 ms they wait
longer than they work."""
TABLES_FROM = 72
"""Minimum width of a terminal, in columns, for tables instead of lines."""


def run(options: argparse.Namespace) -> int:
    """Report on the inputs; returns the exit code."""
    began = time.monotonic()
    gc.disable()  # a run makes millions of records but no cycles; collecting them takes 5 % of the time
    sys.setswitchinterval(SWITCH_INTERVAL)
    outputs = _outputs(options)
    read_progress = ReadProgress()
    decisions = decisions_of(options.decisions)
    with _progress(options, read_progress) as progress:
        report = _find(options, read_progress, progress, decisions=decisions)
    if not options.quiet:
        for line in unmet_decisions(decisions, report):
            say(line)
        say_problems(report.problems)
    if report.counts["documents"] == report.scope.get("reference", 0):
        say(f"dedup: nothing readable in {', '.join(map(printable, options.input))}")
        return UNUSABLE
    if options.reference and "reference" not in report.scope and not options.quiet:
        reference = ", ".join(map(printable, options.reference))
        say(f"dedup: warning: nothing readable in the reference {reference}: every story counts as new")
    outputs += _beside(options.keep, report)
    _write(outputs, report, progress)
    _print_kept(report, options, summarised="-" not in _paths(options))
    if options.verbose:
        for line in verbose_lines(
            report,
            forms=read_progress.forms,
            size=read_progress.size,
            seconds=progress.seconds,
            width=width(),
        ):
            say(line)
    code = _exit_code(report, options)
    if not options.quiet:
        for line in _last_lines(report, options, read_progress=read_progress, began=began):
            say(line)
    gc.freeze()  # otherwise Python visits every record once more at exit
    return code


def _write(outputs: list[Output], report: Report, progress: Progress) -> None:
    """Write the outputs: files with a progress line, then standard output, pipes and devices without one."""
    in_place = {path for path, _ in outputs if path == "-" or is_written_in_place(path)}
    with progress:
        write_all(
            [
                (
                    path,
                    partial(
                        _without_progress if path in in_place else _with_progress, make, report, progress
                    ),
                )
                for path, make in outputs
            ]
        )


def _with_progress(
    make: Callable[[Report], Iterable[bytes]], report: Report, progress: Progress
) -> Iterator[bytes]:
    """Update the progress line while an output is made."""
    progress("write", 0, 0)
    for piece in make(report):
        yield piece
        progress("write", 0, 0)


def _without_progress(
    make: Callable[[Report], Iterable[bytes]], report: Report, progress: Progress
) -> Iterable[bytes]:
    """Make an output after erasing the progress line."""
    progress.end()
    return make(report)


def _exit_code(report: Report, options: argparse.Namespace) -> int:
    """Return the exit code: `PROBLEMS` if `--fail-above` or `--strict` is violated."""
    if (bound := options.fail_above) is not None and (summary := summarise(report)).spare_share > bound:
        documents = counted(summary.documents - summary.reference, "document")
        say(
            f"dedup: {summary.spare:,} of {documents} can be spared ({summary.spare_share:.1%}), "
            f"--fail-above allows {bound:.1%}"
        )
        return PROBLEMS
    return PROBLEMS if options.strict and report.problems else DONE


def _paths(options: argparse.Namespace) -> list[str]:
    """Return the paths of the requested outputs."""
    return [path for name in RESULTS if (path := getattr(options, name)) is not None]


def _find(
    options: argparse.Namespace, read_progress: ReadProgress, progress: Progress, *, decisions: Decisions
) -> Report:
    """Read the inputs and find their copies."""
    recipe = recipe_of(
        options,
        rank=False if options.no_rank else None,
        neighbours=options.neighbours,
        representative=options.representative,
        sources=tuple(options.prefer) or None,
    )
    documents, reference = _read(options, read_progress)
    known = known_boilerplate([*options.input, *options.reference], recipe)
    return find(
        options,
        documents,
        reference,
        decisions=decisions,
        boilerplate=known,
        recipe=recipe,
        progress=progress,
    )


def _read(options: argparse.Namespace, read_progress: ReadProgress) -> tuple[Guarded, Guarded]:
    """Read the new stories and the reference; neither may come from an output file."""
    names = ("glob", "exclude", "follow_links", *READING_LIMITS)
    settings = {name: value for name in names if (value := getattr(options, name)) is not None}
    settings |= {"fields": fields_of(options), "read_progress": read_progress}
    prefixed = bool(options.reference) or len(options.input) > 1
    outputs = _paths(options)
    new = read(
        options.input,
        records=options.keep is not None,
        prefixed=prefixed,
        apart=[path for path in options.reference if path != "-"],
        **settings,
    )
    known = read(
        options.reference,
        prefixed=prefixed,
        apart=[path for path in options.input if path != "-"],
        **settings,
    )
    return (
        Guarded(new, options.input, outputs=outputs, prefixed=prefixed),
        Guarded(known, options.reference, outputs=outputs, prefixed=prefixed),
    )


def _progress(options: argparse.Namespace, read_progress: ReadProgress) -> Progress:
    """Make the progress line, shown only on a terminal."""
    if options.quiet or not on_terminal(sys.stderr):
        return Progress(sys.stderr, shown=False)
    sizes = (
        expected(
            inputs,
            glob=options.glob or (),
            exclude=options.exclude or (),
            follow_links=options.follow_links,
            apart=[path for path in others if path != "-"],
        )
        for inputs, others in ((options.reference, options.input), (options.input, options.reference))
    )
    size = 0 if "-" in {*options.reference, *options.input} else sum(sizes)
    return Progress(sys.stderr, shown=True, position=lambda: (read_progress.read(), size))


def _outputs(options: argparse.Namespace) -> list[Output]:
    """Check and list the outputs, with the summary unless `-` replaces it."""
    writers: dict[str, Callable[[Report], Iterable[bytes]]] = {
        "html": lambda report: [_page(report, options)],
        "json": json_pieces,
        "csv": csv_pieces,
        "csv_pairs": pairs_to_csv,
        "parquet": lambda report: [to_parquet(report)],
        "markdown": lambda report: [to_markdown(report)],
        "keep": to_archive,
    }
    if options.language and options.html is None:
        raise SettingError("language", options.language, "it is the language of the page; add --html FILE")
    if options.parquet is not None:
        libraries()  # fail now rather than after an hour of work
    named = [(name, path) for name in RESULTS if (path := getattr(options, name)) is not None]
    check_outputs(options, named)
    outputs = [(path, writers[name]) for name, path in named]
    if any(path == "-" for path, _ in outputs):
        return outputs
    return [("-", partial(_summary, given=[name for name, _ in named])), *outputs]


def _beside(kept: str | None, report: Report) -> list[Output]:
    """Return the boilerplate file next to the kept archive, if there is boilerplate or an older file."""
    if kept is None or kept == "-" or is_written_in_place(kept):
        return []
    path = kept + SUFFIX
    return [(path, to_boilerplate)] if report.known_boilerplate or Path(path).exists() else []


def _page(report: Report, options: argparse.Namespace) -> bytes:
    """Make the page. It names files without their folders, since it may be shared."""
    names, references = (
        sorted({Path(path).name or path for path in paths}) for paths in (options.input, options.reference)
    )
    command = ["dedup", "report", *names]
    for name in references:
        command += ["--reference", name]
    command += ["--cross-source"] * options.cross_source
    head = load("dedup.output.page.content:PageHead")(", ".join(names), shlex.join(command))
    page: bytes = load("dedup.output.to_html:to_html")(report, language=options.language, head=head)
    return page


def _summary(report: Report, *, given: Collection[str]) -> list[bytes]:
    """Format the summary: as tables on a terminal that is wide enough, otherwise as plain lines."""
    make = to_terminal
    if on_terminal(sys.stdout) and sys.stdout.encoding.lower().startswith("utf") and width() >= TABLES_FROM:
        make = load("dedup.output.to_tables:to_tables")  # loads rich, which only a terminal needs
    summary = summarise(report)
    lines = make(report, colour=colour(), width=width(), summary=summary)
    last = closing_lines(
        summary,
        above=lines.count("\n"),
        width=width(),
        ranked=report.recipe.rank,
        given=given,
    )
    return [encoded(lines + last)]


def _print_kept(report: Report, options: argparse.Namespace, *, summarised: bool) -> None:
    """Print what `--keep` wrote, after the summary or, without one, on standard error with the warnings."""
    kept = "" if options.keep is None else _kept_line(report, options.keep)
    if summarised:
        write("-", [encoded(kept)])
    elif not options.quiet:
        for warning in report.warnings:
            say(f"dedup: warning: {sanitize_line(warning.reason)}")
        if kept:
            say(f"dedup: {kept.rstrip()}")


def _kept_line(report: Report, path: str) -> str:
    """Count the documents that were kept and the copies that were left out."""
    new = report.counts["documents"] - int(report.scope.get("reference", 0))
    where = "" if path == "-" else f" in {sanitize_line(path)}"
    copies = new - len(report.kept)
    left_out = "1 copy" if copies == 1 else f"{copies:,} copies"
    return f"kept {len(report.kept):,} of {counted(new, 'document')}{where}; {left_out} left out\n"


def _last_lines(
    report: Report, options: argparse.Namespace, *, read_progress: ReadProgress, began: float
) -> Iterator[str]:
    """Propose a date field if no dates were read; then report excess memory, and time."""
    if report.span is None and read_progress.date_fields:
        likely = printable(read_progress.date_fields.most_common(1)[0][0])
        yield f"dedup: no dates were read; `{likely}` looks like one: try --field published={likely}"
    peak = peak_memory()
    yield from over_budget(options, peak)
    yield _statistics(report, began, peak)


def _statistics(report: Report, began: float, peak: float) -> str:
    """Format the number of documents, the seconds, and the peak memory if the system reports it."""
    seconds = time.monotonic() - began
    memory = f", at most {peak:,.0f} MB of memory" if peak else ""
    return f"dedup: {counted(report.counts['documents'], 'document')} in {seconds:.1f} s{memory}"
