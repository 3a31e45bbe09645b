"""The command `dedup`. The parser is built from light modules; the chosen command is loaded afterwards."""

import argparse
from functools import partial

from dedup import __version__
from dedup.cli.arguments.bench_arguments import add_bench
from dedup.cli.arguments.compare_arguments import add_compare, add_tune
from dedup.cli.arguments.completion_arguments import add_completion, add_doctor
from dedup.cli.arguments.filter_arguments import add_filter
from dedup.cli.arguments.index_arguments import add_index
from dedup.cli.arguments.report_arguments import add_report
from dedup.cli.arguments.serve_arguments import add_serve
from dedup.cli.command_parser import CommandParser, Help
from dedup.cli.examples import add_examples, every_command
from dedup.cli.loading import load

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Parse the arguments, run the command, and return its exit code; wrong arguments raise SystemExit."""
    options, unknown = parser().parse_known_args(arguments)
    if unknown:
        options.parser.refuse(unknown)
    run_command = load("dedup.cli.run_command:run_command")
    return int(run_command(options))


def parser() -> CommandParser:
    """Build the parser, from which the help, the completion scripts and the reference are generated."""
    whole = CommandParser(
        prog="dedup",
        description="Find copied news: near-duplicate stories, excerpts and roundups.",
        epilog="It finds copied text, not the same event retold in other words.",
        allow_abbrev=False,
        formatter_class=Help,
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = partial(commands.add_parser, allow_abbrev=False, formatter_class=Help)
    for add_command in (add_report, add_compare, add_tune, add_bench, add_filter, add_index, add_serve):
        add_command(add)
    add_doctor(add)
    add_completion(add, whole)
    add_examples(whole)
    for _, each in every_command(whole):
        each.set_defaults(parser=each)
    return whole


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"dedup {__version__}")
        parser.exit()
