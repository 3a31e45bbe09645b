"""Read the archives of `--archive`: their stories by id, and their boilerplate."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from dedup.cli.say_problems import say_problems
from dedup.input import Fields, read
from dedup.input.boilerplate_file import read_boilerplate
from dedup.input.labelled_pairs import LabelledPair
from dedup.model import Document, Problem
from dedup.model.errors import ReadingError, quoted
from dedup.model.known_boilerplate import SUFFIX, KnownPassage
from dedup.model.quoting import printable
from dedup.model.recipe import Recipe
from dedup.report.find_duplicates import learn_boilerplate

NEAREST = 3
"""Maximum number of ids proposed instead of a wrong one."""

LIKE = 70
"""Minimum similarity in percent of a proposed id."""


def read_archive(inputs: Sequence[str], fields: Fields | None = None) -> list[Document | Problem]:
    """Read an archive, and print its problems.

    Raises:
        ReadingError: Nothing in it can be read.
    """
    items = list(read(inputs, fields=fields))
    problems = [item for item in items if isinstance(item, Problem)]
    say_problems(problems)
    if len(problems) == len(items):
        raise ReadingError(f"nothing readable in {', '.join(map(printable, inputs))}")
    return items


def boilerplate_of(
    inputs: Sequence[str], items: Sequence[Document | Problem], recipe: Recipe
) -> NDArray[np.uint64]:
    """Learn the boilerplate of an archive as a report does: uint64 shingles, ascending.

    Args:
        inputs: The paths of the archive.
        items: Its documents and problems.
        recipe: The recipe of the report.
    """
    return learn_boilerplate(items, boilerplate=known_boilerplate(inputs, recipe), recipe=recipe).shingles


def known_boilerplate(inputs: Sequence[str], recipe: Recipe) -> list[KnownPassage]:
    """Read the boilerplate files next to archives; none if the recipe turns boilerplate off.

    Raises:
        ReadingError: A file is damaged or was made with other settings.
    """
    paths = [f"{path}{SUFFIX}" for path in inputs if path != "-"] if recipe.boilerplate else []
    existing = filter(os.path.isfile, paths)  # Path.is_file raises an OSError for a name that is too long
    passages = [read_boilerplate(Path(path), letters=recipe.letters) for path in existing]
    return [*chain.from_iterable(passages)]


def _nearest(name: str, ids: Collection[str]) -> str:
    """Propose ids that end with a wrong one, then those most similar to it."""
    longer = islice((each for each in ids if each.endswith(name)), NEAREST)
    similar = (each for each, *_ in extract(name, list(ids), scorer=ratio, score_cutoff=LIKE, limit=NEAREST))
    proposed = list(dict.fromkeys([*longer, *similar]))[:NEAREST]
    if not proposed:
        return "use the ids that a report shows"
    return f"did you mean {' or '.join(map(quoted, proposed))}?"


def stories_by_id(items: Sequence[Document | Problem], names: Sequence[str]) -> list[Document]:
    """Find stories by their ids.

    Raises:
        ReadingError: The archive has no story with one of the ids.
    """
    by_id = {item.id: item for item in reversed(items) if isinstance(item, Document)}
    for name in names:
        if name not in by_id:
            raise ReadingError(f"no story of the archive has the id {quoted(name)}; {_nearest(name, by_id)}")
    return [by_id[name] for name in names]


def with_stories(pairs: list[LabelledPair], items: Sequence[Document | Problem]) -> list[LabelledPair]:
    """Replace ids in labelled pairs by the stories of an archive, if both texts of any pair are its ids.

    Args:
        pairs: Pairs with texts, or with ids instead, as in the `pairs` of a report.
        items: The archive.

    Raises:
        ReadingError: Only some of the texts are ids of the archive.
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
