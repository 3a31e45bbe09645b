"""An argument parser whose errors are one line with a suggestion, and whose help has examples."""

import argparse
import os
import re

from dedup.cli.terminal import width

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

LIMITS = "limits"
"""Beginning of the titles of option groups that the help shows last."""

_NUMBER = re.compile(r"argument (?P<name>\S+): invalid (?P<kind>float|int) value: (?P<given>.+)")
_RESULTS = "--html FILE, --json FILE or --csv FILE write results"
_MEANT = {"-o": _RESULTS, "--out": _RESULTS, "--output": _RESULTS, "--format": _RESULTS}
"""Hints for common options of other programs."""
_CHOICE = re.compile(r"argument (?P<name>\S+): invalid choice: (?P<given>.+) \(choose from (?P<choices>.+)\)")


class CommandParser(argparse.ArgumentParser):
    """The parser of a command and of its subcommands."""

    def error(self, message: str) -> "NoReturn":
        """Print the error on one line, and exit with code 2."""
        from dedup.model.quoting import printable  # noqa: PLC0415 - only needed for errors

        choice = _CHOICE.fullmatch(message)
        if choice:
            message = self._wrong_choice(*(re.sub("['\"]", "", part) for part in choice.groups()))
        elif number := _NUMBER.fullmatch(message):
            expected = "a number such as 0.5" if number["kind"] == "float" else "a whole number"
            message = f"{number['name']} expects {expected}, got {number['given'].strip("'")}"
        joint = " See" if message.endswith("?") else "; see"
        self.exit(2, f"{self.prog}: {printable(message)}{joint} {self.prog} --help\n")

    def refuse(self, unknown: "list[str]") -> "NoReturn":
        """Report unknown arguments."""
        wrong = next((each for each in unknown if each.startswith("-")), unknown[0]).partition("=")[0]
        options = [option for option in self._option_string_actions if option.startswith("--")]
        what = "unknown option" if wrong.startswith("-") else "unexpected argument"
        meant = f"; {_MEANT[wrong]}" if wrong in _MEANT and "--csv" in options else _nearest(wrong, options)
        self.error(f"{what} {wrong}{meant}")

    def format_help(self) -> str:
        """Format the help: results and inputs first, then other options, limits last."""
        groups = self._action_groups
        self._action_groups = sorted(
            groups, key=lambda group: ((group.title or "").startswith(LIMITS), group is self._optionals)
        )
        try:
            return super().format_help()
        finally:
            self._action_groups = groups

    def _wrong_choice(self, name: str, given: str, choices: str) -> str:
        known = choices.split(", ")
        if name == "COMMAND" and os.path.exists(given):  # noqa: PTH110 - pathlib takes long to load
            return f"unknown command {given}; did you mean {self.prog} report {given}?"
        if name == "COMMAND":
            return f"unknown command {given}{_nearest(given, known) or f' (there are {choices})'}"
        return f"{name} is one of {choices}, not {given}{_nearest(given, known)}"


class Help(argparse.HelpFormatter):
    """Formats help to the width of the terminal, and keeps the lines of examples."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(width() - 2, 40))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Wrap the first paragraph; the others are examples and keep their lines."""
        first, *rest = text.split("\n\n")
        return "\n\n".join([super()._fill_text(first, width, indent), *rest])


def _nearest(wrong: str, known: "Iterable[str]") -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only needed for errors

    nearest = get_close_matches(wrong, known, n=1)
    return f"; did you mean {nearest[0]}?" if nearest else ""
