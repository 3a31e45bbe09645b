"""What stands at the head of an index that lasts: its recipe, and which settings of it count."""

import json
from dataclasses import asdict, fields

from dedup.model.errors import IndexFileError, RecipeMismatchError, SettingError
from dedup.model.recipe import Recipe

FORMAT = 1
"""Goes up when the tables, the fold table or the hashes of the keys change."""
_NOT_STORED = frozenset({"boilerplate", "representative", "sources", "rank", "rank_sample"})
"""Settings that no answer of an index depends on."""


def written(recipe: Recipe) -> str:
    """Spell a recipe for the header."""
    return json.dumps(asdict(recipe))


def as_recipe(spelt: str, place: str) -> Recipe:
    """Read the recipe that an index was built with; `place` is what the index is called."""
    try:
        return Recipe(**json.loads(spelt))
    except (TypeError, ValueError) as error:
        raise IndexFileError(f"{place}: the recipe in its header cannot be read ({error})") from None


def check_recipe(stored: Recipe, wanted: Recipe | None) -> None:
    """Hold the stored recipe against the wanted one; RecipeMismatchError names the first difference."""
    for field in fields(Recipe):
        ours, theirs = getattr(stored, field.name), getattr(wanted or stored, field.name)
        if field.name not in _NOT_STORED and ours != theirs:
            raise RecipeMismatchError(field.name, ours, theirs)


def check_format(version: int, place: str) -> None:
    """Refuse an index of a newer program."""
    if version > FORMAT:
        raise IndexFileError(
            f"{place}: it was written in format {version}, and this program knows none after {FORMAT}; "
            "install a newer dedup"
        )


def check_unchanged(spelt: str, *, opened: str, place: str) -> None:
    """See that nobody has rebuilt the index with other settings since it was opened."""
    if spelt != opened:
        raise IndexFileError(f"{place}: it was rebuilt with another recipe meanwhile; open it again")


def check_synchronous(value: str) -> str:
    """Allow the two settings that lose nothing when the program is killed."""
    if value.upper() not in {"NORMAL", "FULL"}:
        raise SettingError("synchronous", value, "normal (a power cut may undo the last writes) or full")
    return value.upper()
