"""`dedup tune`: the settings tested on labelled pairs."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dedup.cli.exit_codes import DONE
from dedup.cli.settings import recipe_of
from dedup.cli.streams import encoded, say, write
from dedup.comparison.measure_pairs import NOTHING
from dedup.input import read
from dedup.input.labelled_pairs import labelled_pairs
from dedup.model import Problem
from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.output.to_terminal import problem_lines
from dedup.output.tuning_report import tuning_report
from dedup.report.find_duplicates import learn_boilerplate
from dedup.tune.tune import tune

PROBLEM_LINES = 20
"""Problems of an archive that are printed; the rest are counted."""


def run(options: argparse.Namespace) -> int:
    """Print precision and recall on the labelled pairs, and advice on the bounds."""
    try:
        content = Path(options.labelled).read_bytes()
    except OSError as error:
        raise ReadingError(f"{options.labelled}: cannot be read: {error.strerror}") from error
    recipe = recipe_of(options)
    archive = _boilerplate_of(options.archive, recipe) if options.archive else NOTHING
    tuning = tune(labelled_pairs(content, name=options.labelled), recipe, boilerplate=archive)
    write("-", [encoded(tuning_report(tuning))])
    if options.write is not None:
        advised = tuning.recipe if tuning.advised is None else tuning.advised.recipe
        written = json.dumps(advised.as_json(), indent=1, ensure_ascii=False)
        write(options.write, [encoded(f"{written}\n")])
    return DONE


def _boilerplate_of(inputs: Sequence[str], recipe: Recipe) -> NDArray[np.uint64]:
    """Learn the boilerplate of an archive; its problems are printed."""
    items = list(read(inputs))
    problems = [item for item in items if isinstance(item, Problem)]
    for line in problem_lines(problems, limit=PROBLEM_LINES):
        say(line)
    if len(problems) == len(items):
        raise ReadingError(f"nothing readable in {', '.join(inputs)}")
    return learn_boilerplate(items, recipe=recipe).shingles
