"""Options of a command -> the recipe, and the fields of its input."""

import argparse
from typing import Any

from dedup.cli.arguments.shared_arguments import BOUNDS, DATES
from dedup.input import Fields, preset
from dedup.model.recipe import Recipe


def given_bounds(options: argparse.Namespace) -> dict[str, Any]:
    """Return the bounds, and the settings about dates and changed copies, given on the command line."""
    given = {name: getattr(options, name, None) for name in (*BOUNDS, *DATES)}
    drop_changed = getattr(options, "drop_changed", None)
    given["keep_changed"] = None if drop_changed is None else not drop_changed
    return {name: value for name, value in given.items() if value is not None}


def recipe_of(options: argparse.Namespace, **more: bool | int | str | tuple[str, ...]) -> Recipe:
    """Make a recipe of the given bounds and `more` settings."""
    settings: dict[str, Any] = given_bounds(options) | more
    return Recipe(**settings)


def stored_recipe_of(options: argparse.Namespace) -> Recipe | None:
    """Make the recipe to ask of an index; None, for the one it was built with, if no bounds were given."""
    bounds = given_bounds(options)
    return Recipe(**bounds) if bounds else None


def fields_of(options: argparse.Namespace) -> Fields:
    """Return the field names that were given; SettingError if one is unknown."""
    fields = preset(options.preset) if options.preset is not None else Fields()
    return fields.mapped(options.field)
