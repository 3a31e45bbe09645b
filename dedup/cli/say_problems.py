"""Print the problems of an archive on standard error."""

from collections.abc import Sequence

from dedup.cli.streams import say
from dedup.model import Problem
from dedup.output.to_terminal import problem_lines

PROBLEM_LINES = 20
"""Maximum number of problems that are printed; the others are counted, and JSON lists all of them."""


def say_problems(problems: Sequence[Problem]) -> None:
    """Print a line for each problem, and how many more there are."""
    for line in problem_lines(problems, limit=PROBLEM_LINES):
        say(line)
