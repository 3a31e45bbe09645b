"""`dedup compare`: explain how two stories are related."""

import argparse
import os
from itertools import islice

from dedup.cli.archive_reading import boilerplate_of, read_archive, stories_by_id
from dedup.cli.exit_codes import DONE
from dedup.cli.output_paths import check_distinct
from dedup.cli.settings import fields_of, recipe_of
from dedup.cli.streams import encoded, say, write_all
from dedup.cli.terminal import colour, width
from dedup.comparison.compare import compare
from dedup.input import read
from dedup.model import Comparison, Document
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable
from dedup.model.recipe import Recipe
from dedup.output.comparison_page import comparison_page
from dedup.output.explain import explain
from dedup.output.whole_files import Content


def run(options: argparse.Namespace) -> int:
    """Compare two stories, and print the explanation."""
    files = options.archive or [options.left, options.right]
    if options.html is not None:
        check_distinct([*dict.fromkeys(files), options.html])
    comparison = _compared(options, recipe_of(options))
    outputs: list[tuple[str, Content]] = []
    if options.html is not None:
        outputs.append((options.html, lambda: [comparison_page(comparison)]))
    if options.html != "-":
        explained = explain(comparison, colour=colour(), width=width(), contributions=options.contributions)
        outputs.append(("-", lambda: [encoded(explained)]))
    write_all(outputs)
    return DONE


def _compared(options: argparse.Namespace, recipe: Recipe) -> Comparison:
    """Compare two files, or two stories of an archive, ignoring its boilerplate."""
    if not options.archive:
        return compare(_one_story(options.left), _one_story(options.right), recipe=recipe)
    items = read_archive(options.archive, fields_of(options))
    left, right = stories_by_id(items, [options.left, options.right])
    return compare(left, right, recipe=recipe, boilerplate=boilerplate_of(options.archive, items, recipe))


def _one_story(name: str) -> Document:
    """Read a file with one story, and print its problems."""
    if name != "-" and "://" not in name and not os.path.lexists(name):
        raise ReadingError(
            f"{printable(name)}: no such file; if it is the id of a story, name its archive with --archive"
        )
    items = list(islice(read([name]), 3))
    stories = [item for item in items if isinstance(item, Document)]
    problems = [item.reason for item in items if not isinstance(item, Document)]
    if len(stories) > 1:
        raise ReadingError(
            f"{name}: expected one story, found several; give a file with one story, "
            "or two ids and --archive with this file"
        )
    if not stories:
        raise ReadingError(f"{name}: {problems[0]}")
    for reason in problems:
        say(f"{name}: {reason}")
    return stories[0]
