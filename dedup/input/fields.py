"""Make documents of records with named fields: which field is the text, which the title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import time, timedelta

from dedup.input.json_parsing import SpeltFloat
from dedup.input.markup import plain_text
from dedup.model import Document, Problem, Reason, ReasonKind
from dedup.model.errors import SettingError

_TYPES: tuple[tuple[type, str], ...] = (
    (type(None), "null"),
    (bool, "a boolean"),
    (int, "a number"),
    (float, "a number"),
    (str, "a string"),
    (bytes, "bytes"),
    (time, "a time of day"),
    (timedelta, "a duration"),
    (list, "a list"),
    (dict, "an object"),
)
_WIDE = 2.0**63
"""Integers from here on may have lost digits as floats."""


NO_DATE = frozenset({"None", "NaT", "nan", "null"})
"""Missing values of Python, pandas and JSON that were written as strings."""


class WideNumberError(ValueError):
    """A field has a number that the fast parser may have rounded."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The field names of each part of a document; the first non-empty field is used.

    A dotted name that is not a key of the record leads inside it: `a.b` is the field `b` of the object `a`,
    `a.0` the first item of the list `a`, `a.main` its first object whose `role` is `main`. A field of `html`
    is used if no field of `text` is filled; its markup is removed. The value of `version` is appended to the
    id after a colon, since versions of a story share an id.
    """

    id: tuple[str, ...] = ("id",)
    text: tuple[str, ...] = ("text",)
    title: tuple[str, ...] = ("title",)
    source: tuple[str, ...] = ("source",)
    published: tuple[str, ...] = ("published", "date")
    url: tuple[str, ...] = ("url",)
    html: tuple[str, ...] = ()
    version: tuple[str, ...] = ()

    def mapped(self, pairs: Iterable[str]) -> "Fields":
        """Replace names of fields.

        Args:
            pairs: Such as `text=body,title=headline`, or with alternatives `text=body|summary`.

        Raises:
            SettingError: A pair has another form, or names an unknown part of a document.
        """
        known = [each.name for each in fields(self)]
        names: dict[str, tuple[str, ...]] = {}
        for pair in (each for several in pairs for each in several.split(",")):
            part, _, given = (each.strip() for each in pair.partition("="))
            alternatives = tuple(name.strip() for name in given.split("|"))
            if part not in known or not all(alternatives):
                hint = (
                    f"the part comes first: {given}={part}"
                    if part and given in known
                    else f"expected PART=NAME, where PART is one of {', '.join(known)}"
                )
                raise SettingError("field", pair, hint)
            names[part] = alternatives
        return replace(self, **names)

    @classmethod
    def of(cls, names: "Fields | Mapping[str, str] | None") -> "Fields":
        """Convert an argument of a caller, such as `{"text": "body", "title": "headline|name"}`.

        Raises:
            SettingError: It has an unknown part of a document, or a value that is not a name.
        """
        if names is None:
            return cls()
        if isinstance(names, Fields):
            return names
        known = [each.name for each in fields(cls)]
        chosen: dict[str, tuple[str, ...]] = {}
        for part, given in names.items():
            alternatives = tuple(name.strip() for name in given.split("|")) if isinstance(given, str) else ()
            if part not in known or not all(alternatives) or not alternatives:
                raise SettingError("fields", {part: given}, f"expected names by {', '.join(known)}")
            chosen[part] = alternatives
        return replace(cls(), **chosen)

    def by_part(self) -> dict[str, tuple[str, ...]]:
        """Return the names by part of a document."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of all fields for the text, with or without markup."""
        return (*self.text, *self.html)

    @property
    def plain(self) -> bool:
        """Whether no name is dotted, no text has markup and no id has a version."""
        return not (self.html or self.version) and not any(
            "." in name for each in fields(self) for name in getattr(self, each.name)
        )

    def wanted(self) -> frozenset[str]:
        """Return all names, and the outer field of dotted ones."""
        names = {name for each in fields(self) for name in getattr(self, each.name)}
        return frozenset(names | {name.partition(".")[0] for name in names})

    def spelt_as(self, columns: Sequence[str]) -> "Fields":
        """Replace names that no column has by columns that differ from them only in case."""
        there = set(columns)
        by_case = {column.casefold(): column for column in reversed(columns)}
        changed = {
            each.name: tuple(
                name if name in there else by_case.get(name.casefold(), name)
                for name in getattr(self, each.name)
            )
            for each in fields(self)
        }
        return replace(self, **changed)

    def has_text(self, columns: Iterable[str]) -> bool:
        """Whether one of the columns may contain the text, itself or in a nested field."""
        return not {*self.texts, *(name.partition(".")[0] for name in self.texts)}.isdisjoint(columns)


def to_document(
    record: object,
    default_id: str,
    *,
    names: Fields,
    path: str,
    line: int | None,
    encoding: str,
    written: bytes = b"",
) -> Document | Problem:
    """Make a document of a record. Numbers become strings, other types count as missing.

    Args:
        record: The parsed record.
        default_id: The id if the record has none.
        names: Names of the fields.
        path: Path of the file.
        line: Line of the record; None if it has none.
        encoding: Encoding of the record.
        written: The whole record, for `Document.record`.

    Raises:
        WideNumberError: The record came from the fast parser, and a number in it may have lost digits.
    """
    if not isinstance(record, dict):
        reason = f"expected an object, got {kind_of(record)}"
        came = f"{reason}{_item(default_id, path, line=line)}"
        return Problem.of_input(path, line, Reason(ReasonKind.NO_TEXT, (came,)))
    text = _text(record, names.text)
    if not text and names.html:
        markup = _text(record, names.html)
        text = text if markup is None else plain_text(markup)
    if text is None:
        reason = _no_text(record, names.texts)
        came = f"{reason}{_item(default_id, path, line=line)}"
        return Problem.of_input(path, line, Reason(ReasonKind.NO_TEXT, (came,)))
    return Document(
        _identity(record, names) or default_id,
        text,
        _string(record, names.title),
        _string(record, names.source),
        _date(record, names.published),
        _string(record, names.url),
        path,
        line,
        encoding,
        written,
    )


def _text(record: dict[str, object], names: tuple[str, ...]) -> str | None:
    blank = None
    for name in names:
        value = _value(record, name)
        if isinstance(value, str):
            if value:
                return value
            blank = value
    return blank


def parts_of(record: Mapping[str, object], names: Fields) -> dict[str, object]:
    """Return the value of each part of a document in a record from Python; types are not converted.

    Markup becomes text, and an id with a version a string.
    """
    fields = dict(record)
    markup = _text(fields, names.html)
    parts = {part: _first_filled(fields, given) for part, given in names.by_part().items()}
    if not parts["text"] and markup is not None:
        parts["text"] = plain_text(markup)
    version = _string(fields, names.version)
    if version and parts["id"] is not None:
        parts["id"] = f"{parts['id']}:{version}"
    return parts


def _first_filled(record: dict[str, object], names: tuple[str, ...]) -> object:
    values = [value for name in names if (value := _value(record, name)) is not None]
    return next(filter(None, values), values[0] if values else None)


def _identity(record: dict[str, object], names: Fields) -> str:
    identity, version = _string(record, names.id), _string(record, names.version)
    return f"{identity}:{version}" if identity and version else identity


def _string(record: dict[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = record.get(name)
        if value is None and "." in name:
            value = _value(record, name)
        if isinstance(value, str):
            if value:
                return value
        elif value is not None and (spelt := _number(value)):
            return spelt
    return ""


def _date(record: dict[str, object], names: tuple[str, ...]) -> str:
    """Return a date as written; the words in `NO_DATE` count as missing."""
    date = _string(record, names)
    if date not in NO_DATE:
        return date
    left = tuple(name for name in names if _string(record, (name,)) not in NO_DATE)
    return _string(record, left)


def _value(record: dict[str, object], name: str) -> object:
    value = record.get(name)
    if value is None and "." in name:
        outer, _, inner = name.partition(".")
        return _inside(record.get(outer), inner)
    return value


def _inside(outer: object, name: str) -> object:
    if isinstance(outer, dict):
        return _value(outer, name)
    if isinstance(outer, list):
        first, _, inner = name.partition(".")
        item = _item_of(outer, first)
        return _inside(item, inner) if inner else item
    return None


def _item_of(items: list[object], name: str) -> object:
    """Return an item by its index, or the first object with this role."""
    if name.isdecimal():
        return items[int(name)] if int(name[:9]) < len(items) else None
    return next((item for item in items if isinstance(item, dict) and item.get("role") == name), None)


def _number(value: object) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    if isinstance(value, float) and not isinstance(value, SpeltFloat) and abs(value) >= _WIDE:
        raise WideNumberError
    return str(value)


def _no_text(record: dict[str, object], names: tuple[str, ...]) -> str:
    there = [name for name in names if name in record]
    came = kind_of(_value(record, there[0])) if there else "missing"
    called = " or ".join(f"`{name}`" for name in there[:1] or names)
    return f"the field {called} is {came}, not a string"


def kind_of(value: object) -> str:
    """Return the JSON name of the type of a value, with an article."""
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "something else")


def _item(identity: str, path: str, *, line: int | None) -> str:
    return f" (item {identity.rpartition('#')[2]})" if line is None and identity != path else ""
