"""The settings of the recipe that the commands offer."""

import argparse

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from typing import Any

    from dedup.input import Fields
    from dedup.model.recipe import Recipe

BOUNDS = {
    "threshold": "Jaccard below which no texts are near-duplicates (default: 0.2)",
    "containment": "containment from which one text stands in the other (default: 0.65)",
    "partial": "containment from which shared passages are listed (default: 0.15)",
    "boilerplate": "texts that share a passage and little else from which the passage counts for nothing "
    "(default: 20; 0: never)",
    "min_letters": "letters below which a story is too short to compare (default: 40)",
}
"""Settings of the recipe that the command offers."""


FIELDS = {
    "field": "where fields stand in JSON and rows: text=body,title=headline; text=a|b takes the first filled",
    "preset": "fields as a tool names them: news-please, trafilatura, cc-news, c4, fineweb, oscar or ccnet",
}
"""Settings of the input that tell where the parts of a document stand."""


OF_AN_ARCHIVE = frozenset({"boilerplate"})
"""Those that mean something only where a whole archive is read."""


def add_bounds(parser: argparse.ArgumentParser, *, archive: bool = False) -> None:
    """Offer the bounds; those of an archive only where one is read."""
    bounds = parser.add_argument_group("bounds")
    for name, what in BOUNDS.items():
        kind = int if name in {"boilerplate", "min_letters"} else float
        if archive or name not in OF_AN_ARCHIVE:
            bounds.add_argument(f"--{name.replace('_', '-')}", type=kind, metavar="X", help=what)


def given_bounds(options: argparse.Namespace) -> "dict[str, Any]":
    """Give the bounds that were asked for."""
    given = {name: getattr(options, name, None) for name in BOUNDS}
    return {name: value for name, value in given.items() if value is not None}


def add_fields(parser: "argparse._ActionsContainer") -> None:
    """Offer to say where the parts of a document stand."""
    parser.add_argument("--field", action="append", default=[], metavar="PART=NAME", help=FIELDS["field"])
    parser.add_argument("--preset", metavar="NAME", help=FIELDS["preset"])


def fields_of(options: argparse.Namespace) -> "Fields":
    """Give the fields that were asked for; SettingError when there are none such."""
    from dedup.input import Fields, preset  # noqa: PLC0415

    fields = preset(options.preset) if options.preset is not None else Fields()
    return fields.mapped(options.field)


def recipe_of(options: argparse.Namespace, **more: bool | str | tuple[str, ...]) -> "Recipe":
    """Make the recipe that was asked for."""
    from dedup.model.recipe import Recipe  # noqa: PLC0415

    settings: dict[str, Any] = given_bounds(options) | more
    return Recipe(**settings)
