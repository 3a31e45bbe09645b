"""The command: parse, call, print. Nothing heavy is imported before it is needed."""

import argparse
import sys
from functools import partial

from dedup.cli.common import DONE, INTERRUPTED, UNUSABLE
from dedup.cli.compare_command import add_compare, add_tune
from dedup.cli.completion_command import add_completion
from dedup.cli.examples import add_examples
from dedup.cli.filter_command import add_filter
from dedup.cli.index_command import add_index
from dedup.cli.printing import encoded, leave_quietly, width, write
from dedup.cli.report_command import add_report
from dedup.cli.serve_command import add_serve

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command; the exit code says how it went."""
    options = parser().parse_args(arguments)
    from dedup.model.errors import DedupError  # noqa: PLC0415 - `--help` should not pay for it

    try:
        return int(options.run(options))
    except DedupError as error:
        print(f"dedup: {error}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        leave_quietly()
        return DONE
    except KeyboardInterrupt:
        print("dedup: stopped", file=sys.stderr)
        return INTERRUPTED


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(width() - 2, 40))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Fill the first paragraph; what stands below keeps its lines."""
        first, *rest = text.split("\n\n")
        return "\n\n".join([super()._fill_text(first, width, indent), *rest])


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command, of which its help, its completion and its reference are made."""
    whole = argparse.ArgumentParser(
        prog="dedup",
        description="Find copied news: near-duplicate stories, excerpts and roundups.",
        epilog="It finds copied text, not the same event retold in other words.",
        allow_abbrev=False,
        formatter_class=_Help,
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = partial(commands.add_parser, allow_abbrev=False, formatter_class=_Help)
    for add_command in (add_report, add_compare, add_tune, add_filter, add_index, add_serve):
        add_command(add)
    doctor = add(
        "doctor",
        help="tell which kernel and libraries run here",
        description="Print the versions of the program, its kernel and its libraries.",
    )
    doctor.set_defaults(run=_doctor)
    add_completion(add, whole)
    add_examples(whole)
    return whole


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from dedup import __version__  # noqa: PLC0415

        print(f"dedup {__version__}")
        parser.exit()


def _doctor(_: argparse.Namespace) -> int:
    from dedup.output.doctor import doctor  # noqa: PLC0415

    write("-", [encoded(doctor())])
    return DONE
