"""`dedup completion`: a completion script for a shell."""

import argparse

import shtab

from dedup.cli.examples import every_command
from dedup.cli.exit_codes import DONE
from dedup.cli.streams import encoded, write
from dedup.input import PRESETS

FILES = frozenset({"A", "B", "FILE", "INDEX", "INPUT", "LABELLED.jsonl"})
"""Metavars of arguments that are files."""


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    for _, parser in every_command(options.whole):
        for action in parser._actions:  # noqa: SLF001 - argparse has no public list of arguments
            if action.metavar in FILES:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
            if action.dest == "preset":
                action.choices = tuple(PRESETS)
    write("-", [encoded(shtab.complete(options.whole, options.shell))])
    return DONE
