"""An export, checked before any of it is stored."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from tempfile import SpooledTemporaryFile
from typing import Any

from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import KnownPassage
from dedup.prefilter.export_index import OLD_SCHEMA, SCHEMA, WholeExport
from dedup.story_index.protocol import Copy

SPOOLED = 1 << 24
"""Maximum size in bytes of an export that is checked in memory; larger ones use a temporary file."""


@dataclass(frozen=True, slots=True)
class CheckedExport:
    """An export that was neither cut nor changed.

    Attributes:
        rows: The stories in their order, to be read once.
        boilerplate: What the exported index was taught.
        letters: Length of the shingles of that boilerplate; 0 without any.
    """

    rows: Iterator[dict[str, Any]]
    boilerplate: tuple[KnownPassage, ...]
    letters: int


@contextmanager
def checked_export(lines: Iterable[str]) -> Iterator[CheckedExport]:
    """Check the lines of an export, all of them.

    Raises:
        ReadingError: A line was not written by `export_lines`, or lines are missing.
    """
    with SpooledTemporaryFile(SPOOLED, "w+", encoding="utf-8", errors="surrogatepass") as checked:
        header: dict[str, Any] = {}
        for value in _checked_rows(lines, header):
            checked.write(json.dumps(value) + "\n")
        checked.seek(0)
        yield CheckedExport(map(json.loads, checked), *_checked_boilerplate(header))


def _checked_rows(lines: Iterable[str], header: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the stories of an export, and copy its first line into `header`."""
    whole, schema = WholeExport(), ""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = _parsed(line, number)
        if not schema:
            schema = _checked_schema(value)
            header |= value
        elif "digest" in value:
            whole.check(value)
        else:
            whole.add(line.rstrip("\n"))
            _check_row(value, number)
            yield value
    if schema != OLD_SCHEMA and not whole.is_checked:
        raise ReadingError(
            f"the export ends after {whole.stories:,} stories without its last line, which counts them: "
            "it was cut; nothing was imported"
        )


def _parsed(line: str, number: int) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"line {number} is not JSON ({error}); nothing was imported") from None
    if not isinstance(value, dict):
        raise ReadingError(f"line {number} is not a JSON object; nothing was imported")
    return value


def _checked_schema(value: dict[str, object]) -> str:
    schema = value.get("schema")
    if schema not in {SCHEMA, OLD_SCHEMA}:
        raise ReadingError(
            f"the first line has the schema {schema!r:.100} ; expected {SCHEMA!r}: "
            "import what `dedup index export` wrote, or run stories through `dedup filter`"
        )
    return str(schema)


def _checked_boilerplate(header: dict[str, Any]) -> tuple[tuple[KnownPassage, ...], int]:
    """The boilerplate in the first line of an export, and the length of its shingles."""
    if "boilerplate" not in header:
        return (), 0
    try:
        return tuple(map(KnownPassage.from_json, header["boilerplate"])), int(header["recipe"]["letters"])
    except (TypeError, KeyError, ValueError) as error:
        raise ReadingError(
            f"line 1 has boilerplate that cannot be read ({error}); nothing was imported"
        ) from None


def _check_row(value: dict[str, object], number: int) -> None:
    if not _are_times(value):
        raise ReadingError(f"line {number} has no usable first_seen and last_seen; nothing was imported")
    if not isinstance(value.get("text"), str):
        raise ReadingError(f"line {number} has no text; nothing was imported")
    copies = value.get("copies", [])
    if not isinstance(copies, list) or not all(map(_is_copy, copies)):
        raise ReadingError(f"line {number} has copies that cannot be read; nothing was imported")
    cluster, cluster_id = value.get("cluster"), value.get("cluster_id")
    if not isinstance(cluster, int | None) or not isinstance(cluster_id, str | None):
        raise ReadingError(f"line {number} has no usable cluster; nothing was imported")


def _is_copy(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {field.name for field in fields(Copy)}
        and all(isinstance(value[name], str) for name in ("id", "source", "url", "verdict"))
        and _are_times(value)
    )


def _are_times(value: Mapping[str, object]) -> bool:
    times = [value.get("first_seen"), value.get("last_seen")]
    return all(type(time) is int and 0 <= time < 2**52 for time in times)  # not bool, a subclass of int
