"""`dedup completion`: what a shell needs to complete the command."""

import argparse

from dedup.cli.common import DONE
from dedup.cli.examples import every_command
from dedup.cli.printing import encoded, write

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.common import Adds

SHELLS = ("bash", "zsh", "fish")
FILES = frozenset({"A", "B", "FILE", "INDEX", "INPUT", "LABELLED.jsonl"})
"""Names that the help has for arguments that are files."""


def add_completion(add: "Adds", whole: argparse.ArgumentParser) -> None:
    """Add `dedup completion`, which completes the command `whole`."""
    completion = add(
        "completion",
        help="print what a shell needs to complete this command",
        description="Print a script that completes commands, options, their values and files. It is made "
        "once and asks nothing of dedup when the key is pressed; make it again after an update.",
    )
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    completion.set_defaults(run=_completion, whole=whole)


def _completion(options: argparse.Namespace) -> int:
    import shtab  # noqa: PLC0415

    from dedup.input import PRESETS  # noqa: PLC0415

    for _, parser in every_command(options.whole):
        for action in parser._actions:  # noqa: SLF001 - where argparse keeps them
            if action.metavar in FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
            if action.dest == "preset":
                action.choices = tuple(PRESETS)
    write("-", [encoded(shtab.complete(options.whole, options.shell))])
    return DONE
