"""Arguments of `dedup completion` and `dedup doctor`."""

import argparse

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.arguments.shared_arguments import AddCommand

SHELLS = ("bash", "zsh", "fish")


def add_completion(add: "AddCommand", whole: argparse.ArgumentParser) -> None:
    """Add `dedup completion`, which completes the command `whole`."""
    completion = add(
        "completion",
        help="print a completion script for a shell",
        description="Print a script that completes commands, options, their values and files. It does not "
        "run dedup when you press Tab; generate it again after an update.",
    )
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    completion.set_defaults(run="dedup.cli.completion_command:run", whole=whole)


def add_doctor(add: "AddCommand") -> None:
    """Add `dedup doctor`."""
    doctor = add(
        "doctor",
        help="show which kernel and libraries are in use",
        description="Print the versions of dedup, its kernel and its libraries.",
    )
    doctor.set_defaults(run="dedup.cli.doctor_command:run")
