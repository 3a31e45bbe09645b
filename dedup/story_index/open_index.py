"""Open an index by name: an address is on a server, any other name is a file."""

import os
import re
from collections.abc import Iterator
from importlib import import_module
from numbers import Integral
from pathlib import Path
from types import ModuleType

from dedup.model.duration import seconds_to_wait
from dedup.model.errors import SettingError
from dedup.model.extras import optional
from dedup.model.recipe import Recipe
from dedup.story_index.maintenance import Maintenance, Row
from dedup.story_index.protocol import StoryIndex
from dedup.story_index.sqlite import SqliteIndex
from dedup.story_index.sqlite.older_file import older_rows
from dedup.story_index.sqlite.sqlite_maintenance import SqliteMaintenance

SCHEMES = ("postgresql://", "postgres://")
IN_MEMORY = ":memory:"
"""A database of SQLite that ends with its connection."""
_SCHEME = re.compile("[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""The start of any address; a drive letter before a path is one letter long."""


def is_address(place: str | os.PathLike[str]) -> bool:
    """Whether a name is the address of an index on a server.

    Raises:
        SettingError: It is an address of an unknown kind, which as a file name would be quoted in messages,
            perhaps with a password in it; or it names nothing that lasts.
    """
    if isinstance(place, str) and place.startswith(SCHEMES):
        return True
    if os.fsdecode(place) == IN_MEMORY:
        raise SettingError("index", IN_MEMORY, "expected the name of a file: an index lasts")
    if scheme := _SCHEME.match(os.fsdecode(place)):
        raise SettingError(
            "index", f"{scheme[0]}...", "expected a file, or an address that begins with postgresql://"
        )
    return False


def _check_capacity(capacity: int | None) -> None:
    if capacity is None:
        return
    if isinstance(capacity, bool) or not isinstance(capacity, Integral) or capacity < 1:
        raise SettingError("capacity", capacity, "expected a whole number, 1 or more")


def open_index(
    place: str | os.PathLike[str],
    *,
    recipe: Recipe | None = None,
    window: int | None = None,
    capacity: int | None = None,
    synchronous: str = "normal",
    timeout: float = 30.0,
    create: bool = True,
    read_only: bool = False,
    trust_clock: bool = False,
) -> StoryIndex:
    """Open an index, or create one.

    Args:
        place: A path, or an address such as `postgresql://host/database`.
        recipe: None for the recipe of the index, or the defaults for a new index.
        window: Milliseconds after which a story that was not offered again is forgotten.
        capacity: Most stories; beyond it those not offered for the longest time are forgotten.
        synchronous: `normal`, or `full` to lose nothing even in a power cut.
        timeout: Seconds to wait for other writers.
        create: Whether to create a missing index.
        read_only: Whether to leave the index unchanged.
        trust_clock: Whether to trust the system clock in any case; see `clock`.

    Raises:
        SettingError: A setting is out of range.
        MissingLibraryError: The library for a server is not installed.
        IndexFileError: It is not a usable index, or does not exist and is not to be created.
        IndexServerError: The server cannot be reached, or refuses access.
        RecipeMismatchError: The index was built with another recipe.
    """
    timeout = seconds_to_wait(timeout, "timeout")
    _check_capacity(capacity)
    if not is_address(place):
        return SqliteIndex(
            place,
            recipe=recipe,
            window=window,
            capacity=capacity,
            synchronous=synchronous,
            timeout=timeout,
            create=create,
            read_only=read_only,
            trust_clock=trust_clock,
        )
    index: StoryIndex = _postgres().PostgresIndex(
        str(place),
        recipe=recipe,
        window=window,
        capacity=capacity,
        synchronous=synchronous,
        timeout=timeout,
        create=create,
        read_only=read_only,
        trust_clock=trust_clock,
    )
    return index


def maintenance_of(index: StoryIndex) -> Maintenance:
    """Return the maintenance of an index, by its back end."""
    if isinstance(index, SqliteIndex):
        return SqliteMaintenance(index)
    postgres = _postgres()
    if isinstance(index, postgres.PostgresIndex):
        maintenance: Maintenance = postgres.PostgresMaintenance(index)
        return maintenance
    raise SettingError("index", type(index).__name__, "expected an index that `open_index` returned")


def older_rows_of(place: str | os.PathLike[str]) -> Iterator[Row] | None:
    """Stories of an index of an older format; None if it has the present one."""
    if not is_address(place):
        return older_rows(Path(place))
    rows: Iterator[Row] | None = _postgres().older_rows(str(place))
    return rows


def _postgres() -> ModuleType:
    """Import the PostgreSQL back end; MissingLibraryError without psycopg, or without libpq that it needs."""
    what = "an index on a PostgreSQL server"
    optional("psycopg", what=what, library="psycopg", extra="postgres")
    return import_module("dedup.story_index.postgres")
