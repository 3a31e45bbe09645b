"""`dedup compare` and `dedup tune`: pairs of stories."""

import argparse
import sys

from dedup.cli.common import DONE
from dedup.cli.printing import colour, encoded, width, write
from dedup.cli.settings import add_bounds, recipe_of

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.cli.common import Adds
    from dedup.model import Document


def add_compare(add: "Adds") -> None:
    """Add `dedup compare`."""
    compare = add(
        "compare",
        help="explain what two stories are to each other",
        description="Measure two stories, and show the passages they share and what differs.",
    )
    compare.add_argument("left", metavar="A", help="a file that holds one story")
    compare.add_argument("right", metavar="B", help="another, or - for standard input")
    add_bounds(compare)
    compare.set_defaults(run=_compare)


def add_tune(add: "Adds") -> None:
    """Add `dedup tune`."""
    tune = add(
        "tune",
        help="hold the settings against pairs that people labelled",
        description="Judge labelled pairs, print precision and recall, and look for bounds that do better.",
        epilog="A line holds a_text and b_text (or left and right) and label, one of near-duplicate, partial "
        "reuse, same-template-but-different, unrelated; other_label where a second reader differs.",
    )
    tune.add_argument("labelled", metavar="LABELLED.jsonl", help="a file of labelled pairs, JSON lines")
    add_bounds(tune)
    tune.set_defaults(run=_tune)


def _compare(options: argparse.Namespace) -> int:
    from dedup.comparison.compare import compare  # noqa: PLC0415
    from dedup.output.explain import explain  # noqa: PLC0415

    recipe = recipe_of(options)
    comparison = compare(_one_story(options.left), _one_story(options.right), recipe=recipe)
    write("-", [encoded(explain(comparison, colour=colour(), width=width()))])
    return DONE


def _tune(options: argparse.Namespace) -> int:
    from dedup.input.labelled_pairs import labelled_pairs  # noqa: PLC0415
    from dedup.model.errors import ReadingError  # noqa: PLC0415
    from dedup.output.tuning_report import tuned  # noqa: PLC0415
    from dedup.tune.tune import tune  # noqa: PLC0415

    try:
        with open(options.labelled, "rb") as file:  # noqa: PTH123
            content = file.read()
    except OSError as error:
        raise ReadingError(f"{options.labelled}: cannot be read: {error.strerror}") from error
    tuning = tune(labelled_pairs(content, name=options.labelled), recipe_of(options))
    write("-", [encoded(tuned(tuning))])
    return DONE


def _one_story(name: str) -> "Document":
    """Read a file that holds one story."""
    from itertools import islice  # noqa: PLC0415

    from dedup.input import read  # noqa: PLC0415
    from dedup.model import Document  # noqa: PLC0415
    from dedup.model.errors import ReadingError  # noqa: PLC0415

    found = list(islice(read([name]), 3))
    stories = [item for item in found if isinstance(item, Document)]
    problems = [item.reason for item in found if not isinstance(item, Document)]
    if len(stories) > 1:
        raise ReadingError(f"{name}: holds more than one story; give a file with one")
    if not stories:
        raise ReadingError(f"{name}: {problems[0]}")
    for reason in problems:
        print(f"{name}: {reason}", file=sys.stderr)
    return stories[0]
