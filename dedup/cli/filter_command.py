"""`dedup filter`: lines through an index."""

import argparse
import sys
import time

from dedup.cli.common import DONE, FAULTS, add_limits, add_loudness, check_apart, open_input, say
from dedup.cli.printing import leave_quietly
from dedup.cli.settings import add_bounds, add_fields, fields_of, given_bounds

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from typing import Any

    from dedup.cli.common import Adds
    from dedup.model import Problem
    from dedup.prefilter import PreFilter
    from dedup.prefilter.filter_lines import Lines

INDEX = "news.dedup"
"""The index where none is named: in the folder one stands in."""


def add_index_option(parser: argparse.ArgumentParser) -> None:
    """Offer to name the index."""
    parser.add_argument(
        "--index",
        default=INDEX,
        metavar="INDEX",
        help=f"the index: a file, or postgresql://user@host/database for many machines (default: {INDEX})",
    )


def add_filter(add: "Adds") -> None:
    """Add `dedup filter`."""
    parser = add(
        "filter",
        help="pass stories on as they come, without copies of what an index holds",
        description="Read JSON lines, tell copies of stories that came before, in this run or another, "
        "and pass the lines on.",
        epilog="A story counts once its line is out: after a crash run the same input again.",
    )
    parser.add_argument("input", nargs="?", default="-", metavar="INPUT", help="JSON lines; - for stdin")
    add_index_option(parser)
    parser.add_argument(
        "--mode",
        choices=("tag", "drop", "split"),
        default="tag",
        help="tag: pass all on with a tag; drop: pass new stories on as they came, save copies; "
        "split: tag both, new stories to the output, copies to a file (default: tag)",
    )
    files = parser.add_argument_group("files; what stands in them already is not written again")
    files.add_argument("--output", default="-", metavar="FILE", help="append there, not to stdout")
    files.add_argument("--duplicates", metavar="FILE", help="copies (default: INDEX.duplicates.jsonl)")
    files.add_argument("--rejects", metavar="FILE", help="broken lines (default: INDEX.rejects.jsonl)")
    add_fields(parser.add_argument_group("fields of the lines"))
    add_limits(parser)
    add_bounds(parser)
    parser.add_argument("--unbuffered", action="store_true", help="answer each line before reading the next")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when lines were rejected")
    add_loudness(
        parser,
        quiet="no summary and no problems on standard error",
        verbose="say on standard error where copies and broken lines are, and how fast it went",
    )
    parser.set_defaults(run=_filter)


def _filter(options: argparse.Namespace) -> int:
    from dedup.model.errors import WritingError  # noqa: PLC0415
    from dedup.model.recipe import Recipe  # noqa: PLC0415
    from dedup.prefilter import PreFilter  # noqa: PLC0415

    bounds = given_bounds(options)
    with PreFilter.open(
        options.index,
        recipe=Recipe(**bounds) if bounds else None,
        window=options.window,
        capacity=options.capacity,
        synchronous=options.synchronous,
    ) as prefilter:
        try:
            return _filter_through(prefilter, options)
        except WritingError:
            if options.output == "-" and sys.stdout is not None:
                leave_quietly()
            raise


def _filter_through(prefilter: "PreFilter", options: argparse.Namespace) -> int:
    from contextlib import ExitStack  # noqa: PLC0415

    from dedup.prefilter.append_once import SavedLines  # noqa: PLC0415
    from dedup.prefilter.filter_lines import AT_ONCE, Mode, Outlets, filter_lines  # noqa: PLC0415
    from dedup.story_index.open_index import is_address  # noqa: PLC0415

    beside = INDEX if is_address(options.index) else options.index  # an address may hold a password
    names = {
        "duplicates": options.duplicates or f"{beside}.duplicates.jsonl",
        "rejects": options.rejects or f"{beside}.rejects.jsonl",
    }
    check_apart([options.input, options.output, beside, *names.values()])
    began = time.monotonic()
    with ExitStack() as opened:
        saved = {name: opened.enter_context(SavedLines(path)) for name, path in names.items()}
        outlets = Outlets(
            stories=_output(options.output, opened),
            duplicates=saved["duplicates"],
            rejects=saved["rejects"],
            sync=options.synchronous == "full",
        )
        counts = filter_lines(
            opened.enter_context(open_input(options.input)),
            prefilter,
            mode=Mode(options.mode),
            outlets=outlets,
            problem=_silent if options.quiet else _name,
            fields=fields_of(options),
            at_once=1 if options.unbuffered else AT_ONCE,
        )
    if options.verbose:
        seconds = time.monotonic() - began
        for name, path in ({"index": prefilter.place} | names).items():
            say(f"{name}: {path}")
        say(f"seconds: {seconds:.2f}, {counts['stories'] / seconds:,.0f} stories a second")
    if not options.quiet:
        say(
            f"{counts['stories']:,} stories · {counts['new']:,} new · {counts['copies']:,} copies · "
            f"{counts['listed']:,} that share passages or a form · {counts['too_short']:,} too short · "
            f"{counts['rejected']:,} lines rejected"
        )
    return FAULTS if options.strict and counts["rejected"] else DONE


def _output(path: str, opened: "Any") -> "Lines":  # noqa: ANN401 - ExitStack, which `--help` does not load
    from dedup.model.errors import WritingError  # noqa: PLC0415
    from dedup.prefilter.append_once import SavedLines  # noqa: PLC0415
    from dedup.prefilter.filter_lines import Stream  # noqa: PLC0415

    if path != "-":
        return opened.enter_context(SavedLines(path))  # type: ignore[no-any-return]
    if sys.stdout is None:
        raise WritingError("standard output is closed; name a file with --output")
    return Stream(sys.stdout.buffer)


def _name(problem: "Problem") -> None:
    say(f"line {problem.line}: {problem.reason}")


def _silent(_: "Problem") -> None:
    """Tell nobody."""
