"""`dedup filter`: filter JSON lines through an index."""

import argparse
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from dedup.cli.arguments.shared_arguments import INDEX
from dedup.cli.exit_codes import DONE, PROBLEMS, UNUSABLE
from dedup.cli.open_prefilter import open_prefilter
from dedup.cli.output_paths import check_distinct
from dedup.cli.settings import fields_of
from dedup.cli.streams import leave_quietly, open_input, say
from dedup.model import Problem
from dedup.model.errors import WritingError
from dedup.model.quoting import printable
from dedup.output.phrases import counted
from dedup.prefilter import PreFilter
from dedup.prefilter.append_once import AppendOnceFile
from dedup.prefilter.filter_lines import AT_ONCE, FilterOutputs, Lines, Mode, Stream, filter_lines
from dedup.story_index.open_index import is_address


def run(options: argparse.Namespace) -> int:
    """Filter the input through the index; returns the exit code."""
    with open_prefilter(options) as prefilter:
        try:
            return _filter(prefilter, options)
        except WritingError:
            if options.output == "-" and sys.stdout is not None:
                leave_quietly()
            raise


def _filter(prefilter: PreFilter, options: argparse.Namespace) -> int:
    beside = INDEX if is_address(options.index) else options.index  # an address may contain a password
    paths = {
        "duplicates": options.duplicates or f"{beside}.duplicates.jsonl",
        "rejects": options.rejects or f"{beside}.rejects.jsonl",
    }
    check_distinct([options.input, options.output, beside, *paths.values()])
    began = time.monotonic()
    with ExitStack() as opened:
        saved = {name: opened.enter_context(AppendOnceFile(path)) for name, path in paths.items()}
        outputs = FilterOutputs(
            stories=_output(options.output, opened),
            duplicates=saved["duplicates"],
            rejects=saved["rejects"],
            sync=options.synchronous == "full",
        )
        counts = filter_lines(
            opened.enter_context(open_input(options.input)),
            prefilter,
            mode=Mode(options.mode),
            outputs=outputs,
            problem=_ignore if options.quiet else _print_problem,
            fields=fields_of(options),
            at_once=1 if options.unbuffered else AT_ONCE,
        )
    if options.verbose:
        seconds = time.monotonic() - began
        for name, path in ({"index": prefilter.place} | paths).items():
            say(f"{name}: {path}")
        say(f"seconds: {seconds:.2f}, {counts['stories'] / seconds:,.0f} stories a second")
    if not options.quiet:
        say(_summary(counts))
    if counts["rejected"] and not counts["stories"]:
        say(f"dedup: nothing readable in {printable(options.input)}")
        return UNUSABLE
    return PROBLEMS if options.strict and counts["rejected"] else DONE


def _summary(counts: Mapping[str, int]) -> str:
    return (
        f"{counted(counts['stories'], 'story')} · {counts['new']:,} new · "
        f"{counted(counts['copies'], 'copy')} · {_nonzero(counts)}"
        f"{counts['listed']:,} that share passages or a form · {counts['too_short']:,} too short · "
        f"{counted(counts['rejected'], 'line')} rejected"
    )


def _nonzero(counts: Mapping[str, int]) -> str:
    """Format the counts that are shown only if they are not zero."""
    shown = {"changed": "changed and kept", "versions": "later versions", "same": "offered before"}
    return "".join(f"{counts[kind]:,} {words} · " for kind, words in shown.items() if counts[kind])


def _output(path: str, opened: ExitStack) -> Lines:
    if path != "-":
        return opened.enter_context(AppendOnceFile(Path(path)))
    if sys.stdout is None:
        raise WritingError("standard output is closed; name a file with --output")
    return Stream(sys.stdout.buffer)


def _print_problem(problem: Problem) -> None:
    say(f"line {problem.line}: {problem.reason}")


def _ignore(_: Problem) -> None:
    """Print nothing, for `--quiet`."""
