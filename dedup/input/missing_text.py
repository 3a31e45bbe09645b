"""The message for an input without a field `text`: the fields that exist, and the likely ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dedup.input.fields import Fields
from dedup.input.presets import PRESETS
from dedup.model.errors import QUOTED, ReadingError
from dedup.model.likely_fields import dotted, likely_fields
from dedup.model.quoting import printable

_LISTED = 12
"""Names that a message lists."""


def names_in(records: Iterable[object], names: Fields) -> Fields:
    """Spell names of fields as records do.

    Args:
        records: The first of an input; what is no object is left alone.
        names: Where the parts of a document are looked for.

    Raises:
        ReadingError: There are objects, and none of them has a text.
    """
    objects = [record for record in records if isinstance(record, dict)]
    columns = fields_of(objects)
    spelt = names.spelt_as(columns)
    if objects and not spelt.has_text(columns):
        raise ReadingError(missing_text(columns, names, values=objects[0], thing="field"))
    return spelt


def fields_of(records: Iterable[object]) -> list[str]:
    """Return the names of the fields of the records that are objects, each once."""
    return list(dict.fromkeys(name for record in records if isinstance(record, dict) for name in record))


def missing_text(
    columns: Sequence[str],
    names: Fields,
    *,
    values: Mapping[str, object] | None = None,
    thing: str = "column",
) -> str:
    """Say that no field holds the text, list the fields, and propose the likely one.

    Args:
        columns: Names of the fields.
        names: Where the text was looked for.
        values: What one record holds under them, if that is known.
        thing: What the fields are called.
    """
    shown = [f"`{printable(column)[:QUOTED]}`" for column in columns[:_LISTED]]
    more = f" and {len(columns) - _LISTED} more" if len(columns) > _LISTED else ""
    wanted = " or ".join(f"`{printable(name)[:QUOTED]}`" for name in names.texts)
    return (
        f"no {thing} is called {wanted} ({', '.join(shown)}{more}); "
        f"{what_to_try(columns, names, values or {})}"
    )


def what_to_try(columns: Sequence[str], names: Fields, values: Mapping[str, object]) -> str:
    """Propose the preset or the fields that fit, ready to paste; arguments as of `missing_text`."""
    inside = dict(dotted(values))
    there = list(dict.fromkeys([*columns, *inside]))
    if tool := tool_of(there):
        return f"they are those of {tool}: try --preset {tool}"
    likely = likely_fields(there, names.by_part(), inside)
    if likely.get("text") == "text":
        return "the field `text` is read by default, without --field or --preset"
    pairs = [f"{part}={column}" for part, column in likely.items()]
    if not pairs:
        return "say with --field text=NAME which holds the text"
    return f"try --field {_quoted(','.join(pairs))}"


def tool_of(columns: Sequence[str]) -> str:
    """Return the name of the preset whose fields these are, empty if there is none; dotted names count."""
    return next((tool for tool, preset in PRESETS.items() if _wrote(preset, columns)), "")


def _wrote(preset: Fields, columns: Sequence[str]) -> bool:
    """Whether columns are named as a tool names them: the text, and two more by names that are its own."""
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
