"""Message for an input without a field `text`: it lists the fields, and proposes the likely ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dedup.input.fields import Fields
from dedup.input.presets import PRESETS
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.likely_fields import dotted, likely_fields
from dedup.model.quoting import printable

_LISTED = 12
"""Maximum number of names that a message lists."""


def names_in(records: Iterable[object], names: Fields) -> Fields:
    """Adapt names of fields to the case that records use.

    Args:
        records: The first records of an input; those that are not objects are ignored.
        names: Names of the fields for each part of a document.

    Raises:
        ReadingError: There are objects, but none of them has a text.
    """
    objects = [record for record in records if isinstance(record, dict)]
    columns = field_names(objects)
    spelt = names.spelt_as(columns)
    if objects and not spelt.has_text(columns):
        raise ReadingError(missing_text(columns, names, values=objects[0], thing="field"))
    return spelt


def field_names(records: Iterable[object]) -> list[str]:
    """Return the distinct field names of the records that are objects."""
    return list(dict.fromkeys(name for record in records if isinstance(record, dict) for name in record))


def missing_text(
    columns: Sequence[str],
    names: Fields,
    *,
    values: Mapping[str, object] | None = None,
    thing: str = "column",
) -> str:
    """Return the message: the names that were tried, the names that exist, and a proposal.

    Args:
        columns: Names of the fields.
        names: Names that were tried.
        values: The values of one record by name, if known.
        thing: The word for a field.
    """
    shown = [f"`{printable(column)[:QUOTED]}`" for column in columns[:_LISTED]]
    more = f" and {len(columns) - _LISTED} more" if len(columns) > _LISTED else ""
    wanted = " or ".join(f"`{printable(name)[:QUOTED]}`" for name in names.texts)
    return (
        f"no {thing} is called {wanted} ({', '.join(shown)}{more}); "
        f"{what_to_try(columns, names, values or {})}"
    )


def what_to_try(columns: Sequence[str], names: Fields, values: Mapping[str, object]) -> str:
    """Propose options to paste: a preset, or names of fields. Arguments as in `missing_text`."""
    inside = dict(dotted(values))
    there = list(dict.fromkeys([*columns, *inside]))
    if tool := tool_of(there):
        return f"these are the fields of {tool}: try --preset {tool}"
    likely = likely_fields(there, names.by_part(), inside)
    if likely.get("text") == "text":
        return "the field `text` is read by default, without --field or --preset"
    pairs = [f"{part}={column}" for part, column in likely.items()]
    if not pairs:
        return "name the field that contains the text with --field text=NAME"
    return f"try --field {_quoted(','.join(pairs))}"


def tool_of(columns: Sequence[str]) -> str:
    """Return the name of the preset whose fields these are, dotted names included; empty if none fits."""
    return next((tool for tool, preset in PRESETS.items() if _wrote(preset, columns)), "")


def _wrote(preset: Fields, columns: Sequence[str]) -> bool:
    """Whether columns match a preset: the text, and at least two other names that only this tool uses."""
    common = replace(Fields(), published=("published", "date", "timestamp"))
    own = [
        [name for name in of if name not in usual]
        for of, usual in (
            (preset.id, common.id),
            (preset.source, common.source),
            (preset.published, common.published),
            (preset.url, common.url),
        )
    ]
    present = sum(not set(each).isdisjoint(columns) for each in own)
    return present > 1 and not set(preset.texts).isdisjoint(columns)


def _quoted(pairs: str) -> str:
    return f"'{pairs}'" if any(letter in pairs for letter in " ()&;<>*?#~[]{}") else pairs
