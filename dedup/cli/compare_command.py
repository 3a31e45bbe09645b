"""`dedup compare`: how two stories are related."""

import argparse
from itertools import islice

from dedup.cli.exit_codes import DONE
from dedup.cli.settings import recipe_of
from dedup.cli.streams import encoded, say, write
from dedup.cli.terminal import colour, width
from dedup.comparison.compare import compare
from dedup.input import read
from dedup.model import Document
from dedup.model.errors import ReadingError
from dedup.output.explain import explain


def run(options: argparse.Namespace) -> int:
    """Compare two files with one story each, and print the explanation."""
    recipe = recipe_of(options)
    comparison = compare(_one_story(options.left), _one_story(options.right), recipe=recipe)
    explained = explain(comparison, colour=colour(), width=width(), contributions=options.contributions)
    write("-", [encoded(explained)])
    return DONE


def _one_story(name: str) -> Document:
    """Read a file with one story; its problems are printed."""
    items = list(islice(read([name]), 3))
    stories = [item for item in items if isinstance(item, Document)]
    problems = [item.reason for item in items if not isinstance(item, Document)]
    if len(stories) > 1:
        raise ReadingError(f"{name}: expected one story, found several; give a file with one story")
    if not stories:
        raise ReadingError(f"{name}: {problems[0]}")
    for reason in problems:
        say(f"{name}: {reason}")
    return stories[0]
