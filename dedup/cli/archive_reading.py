"""Archives that a command reads besides its main input: their stories by id, and their boilerplate."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from dedup.cli.streams import say
from dedup.input import Fields, read
from dedup.input.boilerplate_file import read_boilerplate
from dedup.input.labelled_pairs import LabelledPair
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError, quoted
from dedup.model.known_boilerplate import SUFFIX, KnownPassage
from dedup.model.quoting import printable
from dedup.model.recipe import Recipe
from dedup.output.to_terminal import problem_lines
from dedup.report.find_duplicates import learn_boilerplate

PROBLEM_LINES = 20
"""Problems of an archive that are printed; the rest are counted."""

NEAREST = 3
"""Ids proposed in place of a wrong one, at most."""

LIKE = 70
"""Likeness, in percent, from which an id is proposed."""


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


def boilerplate_of(
    inputs: Sequence[str], items: Sequence[Document | Problem], recipe: Recipe
) -> NDArray[np.uint64]:
    """Learn the boilerplate of an archive, as a report on it does.

    Args:
        inputs: The paths of the archive.
        items: What was read from them.
        recipe: How it is learnt.
    """
    return learn_boilerplate(items, boilerplate=known_boilerplate(inputs, recipe), recipe=recipe).shingles


def known_boilerplate(inputs: Sequence[str], recipe: Recipe) -> list[KnownPassage]:
    """Read the boilerplate that was kept beside archives; none where it is not to be learnt either.

    Raises:
        ReadingError: A file of it is damaged or was made with other settings.
    """
    paths = [f"{path}{SUFFIX}" for path in inputs if path != "-"] if recipe.boilerplate else []
    there = filter(os.path.isfile, paths)  # of pathlib it raises an OSError for a long name
    kept = [read_boilerplate(Path(path), letters=recipe.letters) for path in there]
    return [*chain.from_iterable(kept)]


def _nearest(name: str, ids: Collection[str]) -> str:
    """Propose the ids that end like a wrong one, or else those that are most like it."""
    ends = islice((each for each in ids if each.endswith(name)), NEAREST)
    near = (each for each, *_ in extract(name, list(ids), scorer=ratio, score_cutoff=LIKE, limit=NEAREST))
    found = list(dict.fromkeys([*ends, *near]))[:NEAREST]
    if not found:
        return "ids are those of a report"
    return f"did you mean {' or '.join(map(quoted, found))}?"


def stories_by_id(items: Sequence[Document | Problem], names: Sequence[str]) -> list[Document]:
    """Find stories by their ids.

    Raises:
        ReadingError: The archive has none of that id.
    """
    by_id = {item.id: item for item in reversed(items) if isinstance(item, Document)}
    for name in names:
        if name not in by_id:
            raise ReadingError(f"no story of the archive has the id {quoted(name)}; {_nearest(name, by_id)}")
    return [by_id[name] for name in names]


def with_stories(pairs: list[LabelledPair], items: Sequence[Document | Problem]) -> list[LabelledPair]:
    """Read the texts of labelled pairs as ids of an archive, if any pair has two of its ids.

    Args:
        pairs: Pairs with texts, or with ids in their place, as in the `pairs` of a report.
        items: The archive.

    Raises:
        ReadingError: Some are ids of the archive and others are not.
    """
    ids = {item.id for item in items if isinstance(item, Document)}
    names = [document.text for pair in pairs for document in (pair.left, pair.right)]
    if not any({pair.left.text, pair.right.text} <= ids for pair in pairs):
        return pairs
    stories = stories_by_id(items, names)
    return [
        replace(pair, left=left, right=right)
        for pair, left, right in zip(pairs, stories[0::2], stories[1::2], strict=True)
    ]
