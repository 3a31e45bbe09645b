"""Make the recipe, the decisions and the field names from the options of a command."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from dedup.cli.arguments.shared_arguments import BOUNDS, DATES
from dedup.input import Fields, preset
from dedup.input.json_parsing import parse
from dedup.model.decisions import Decisions
from dedup.model.errors import ReadingError, SettingError
from dedup.model.recipe import Recipe


def given_bounds(options: argparse.Namespace) -> dict[str, Any]:
    """Return the bounds, and the settings about dates and changed copies, given on the command line."""
    given = {name: getattr(options, name, None) for name in (*BOUNDS, *DATES)}
    drop_changed = getattr(options, "drop_changed", None)
    given["keep_changed"] = None if drop_changed is None else not drop_changed
    return {name: value for name, value in given.items() if value is not None}


def recipe_of(options: argparse.Namespace, **more: bool | int | str | tuple[str, ...] | None) -> Recipe:
    """Make a recipe from the recipe file, the bounds on the command line, and `more` settings unless None."""
    settings: dict[str, Any] = {name: value for name, value in more.items() if value is not None}
    recipe = Recipe() if options.recipe is None else _read_recipe(options.recipe)
    return replace(recipe, **(given_bounds(options) | settings))


def stored_recipe_of(options: argparse.Namespace) -> Recipe | None:
    """Make the recipe to require of an index; None if no option was given: then any recipe is accepted."""
    return recipe_of(options) if options.recipe is not None or given_bounds(options) else None


def _read_recipe(path: str) -> Recipe:
    """Read a recipe from a JSON file.

    Raises:
        ReadingError: The file cannot be read, or is not a valid recipe.
    """
    try:
        return Recipe.from_json(parse(Path(path).read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, ReadingError, SettingError, TypeError) as error:
        raise ReadingError(f"{path}: not a recipe: {error}") from error


def decisions_of(path: str | None) -> Decisions:
    """Read decisions from a JSON file; none without a path.

    Raises:
        ReadingError: The file cannot be read, or has no decisions.
    """
    if path is None:
        return Decisions()
    try:
        return Decisions.from_json(parse(Path(path).read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, ReadingError) as error:
        raise ReadingError(f"{path}: {error}") from error


def fields_of(options: argparse.Namespace) -> Fields:
    """Return the field names; SettingError if an option names an unknown part of a document."""
    fields = preset(options.preset) if options.preset is not None else Fields()
    return fields.mapped(options.field)
