"""`dedup tune`: test the settings on labelled pairs."""

import argparse
import json
from pathlib import Path

from dedup.cli.archive_reading import boilerplate_of, read_archive, with_stories
from dedup.cli.exit_codes import DONE
from dedup.cli.settings import fields_of, recipe_of
from dedup.cli.streams import encoded, write
from dedup.comparison.measure_pairs import NOTHING
from dedup.input.labelled_pairs import labelled_pairs
from dedup.model.errors import ReadingError
from dedup.output.tuning_report import tuning_report
from dedup.tune.tune import tune


def run(options: argparse.Namespace) -> int:
    """Print precision and recall on the labelled pairs, and advice on the settings."""
    try:
        content = Path(options.labelled).read_bytes()
    except OSError as error:
        raise ReadingError(f"{options.labelled}: cannot be read: {error.strerror}") from error
    recipe = recipe_of(options)
    pairs = list(labelled_pairs(content, name=options.labelled))
    boilerplate = NOTHING
    if options.archive:
        items = read_archive(options.archive, fields_of(options))
        pairs = with_stories(pairs, items)
        boilerplate = boilerplate_of(options.archive, items, recipe)
    tuning = tune(pairs, recipe, boilerplate=boilerplate)
    write("-", [encoded(tuning_report(tuning))])
    if options.write is not None:
        advised = tuning.recipe if tuning.advised is None else tuning.advised.recipe
        written = json.dumps(advised.as_json(), indent=1, ensure_ascii=False)
        write(options.write, [encoded(f"{written}\n")])
    return DONE
