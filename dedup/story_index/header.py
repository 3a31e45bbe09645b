"""The header of an index: its recipe and format version, and the checks when it is opened."""

import json
from dataclasses import fields

from dedup.model.errors import IndexFileError, RecipeMismatchError, SettingError
from dedup.model.recipe import Recipe

_NOT_STORED = frozenset({"boilerplate", "neighbours", "representative", "sources", "rank", "rank_sample"})
"""Settings that do not affect the answers of an index."""


def recipe_json(recipe: Recipe) -> str:
    """Serialise a recipe for the header."""
    return json.dumps(recipe.as_json())


def as_recipe(text: str, place: str) -> tuple[Recipe, str]:
    """Parse the recipe of an index; messages call the index `place`.

    Returns:
        The recipe, and the reason why no story can be judged by it, empty if there is none. The reason is
        that its weights are of another release; the recipe then has those of this release instead.
    """
    try:
        settings = json.loads(text)
        recipe = Recipe.from_json({**settings, "weights": None})
    except (TypeError, ValueError) as error:
        raise IndexFileError(f"{place}: the recipe in its header cannot be read ({error})") from None
    try:
        return Recipe.from_json(settings), ""
    except (TypeError, ValueError) as error:
        return recipe, (
            f"{place}: its recipe has weights that this release cannot use ({error}); "
            f"`dedup index rebuild {place}` gives it those of this release, `--recipe FILE` others"
        )


def check_recipe(stored: Recipe, wanted: Recipe | None) -> None:
    """Compare the stored with the wanted recipe; RecipeMismatchError names the first difference."""
    for field in fields(Recipe):
        ours, theirs = getattr(stored, field.name), getattr(wanted or stored, field.name)
        if field.name not in _NOT_STORED and ours != theirs:
            raise RecipeMismatchError(field.name, ours, theirs)


def check_version(version: int, place: str, *, supported: int) -> None:
    """Refuse an index of a newer or an older format than the one that is supported."""
    if version > supported:
        raise IndexFileError(
            f"{place}: it has format {version}, and this dedup supports formats up to {supported}; "
            "install a newer dedup"
        )
    if version < supported:
        raise IndexFileError(
            f"{place}: it has format {version} of an older dedup; "
            f"`dedup index import NEW {place}` copies its stories into a new index"
        )


def check_unchanged(text: str, *, opened: str, place: str) -> None:
    """Raise if the index was rebuilt with another recipe, or upgraded, since it was opened."""
    if text == opened:
        return
    is_upgraded = text.rstrip(" ") == opened.rstrip(" ")  # an upgrade adds a space
    what = "upgraded to a newer format" if is_upgraded else "rebuilt with another recipe"
    raise IndexFileError(f"{place}: {what} since it was opened; open it again")


def check_synchronous(value: str) -> str:
    """Allow the two settings that lose nothing if the program is killed."""
    if value.upper() not in {"NORMAL", "FULL"}:
        raise SettingError("synchronous", value, "normal (a power cut may undo the last writes) or full")
    return value.upper()
