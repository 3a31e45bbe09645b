"""Archives that a command needs beside what it is asked about: their stories by id, and their boilerplate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.cli.streams import say
from dedup.input import Fields, read
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError
from dedup.model.quoting import printable
from dedup.model.recipe import Recipe
from dedup.output.to_terminal import problem_lines
from dedup.report.find_duplicates import learn_boilerplate

PROBLEM_LINES = 20
"""Problems of an archive that are printed; the rest are counted."""


def read_archive(inputs: Sequence[str], fields: Fields | None = None) -> list[Document | Problem]:
    """Read an archive; its problems are printed.

    Raises:
        ReadingError: Nothing in it can be read.
    """
    items = list(read(inputs, fields=fields))
    problems = [item for item in items if isinstance(item, Problem)]
    for line in problem_lines(problems, limit=PROBLEM_LINES):
        say(line)
    if len(problems) == len(items):
        raise ReadingError(f"nothing readable in {', '.join(map(printable, inputs))}")
    return items


def boilerplate_of(items: Sequence[Document | Problem], recipe: Recipe) -> NDArray[np.uint64]:
    """Learn the boilerplate of an archive, as a report on it does."""
    return learn_boilerplate(items, recipe=recipe).shingles


def stories_by_id(items: Sequence[Document | Problem], names: Sequence[str]) -> list[Document]:
    """Find stories by their ids.

    Raises:
        ReadingError: The archive has none of that id.
    """
    by_id = {item.id: item for item in reversed(items) if isinstance(item, Document)}
    for name in names:
        if name not in by_id:
            raise ReadingError(f"no story of the archive has the id {name!r}; ids are those of a report")
    return [by_id[name] for name in names]
