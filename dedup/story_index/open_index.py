"""Which index a name means: an address one on a server, any other name one in a file."""

import os
import re

from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.story_index.maintenance import Upkeep
from dedup.story_index.protocol import StoryIndex
from dedup.story_index.sqlite import SqliteIndex
from dedup.story_index.sqlite.sqlite_maintenance import SqliteUpkeep

SCHEMES = ("postgresql://", "postgres://")
_SCHEME = re.compile("[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""How any address begins; the drive of a path has one letter."""


def is_address(place: str | os.PathLike[str]) -> bool:
    """Whether a name means an index on a server.

    Raises:
        SettingError: It looks like an address, of a kind that is not known. As the name of a file it would
            be quoted wherever the file is, with the password in it.
    """
    if isinstance(place, str) and place.startswith(SCHEMES):
        return True
    if found := _SCHEME.match(os.fsdecode(place)):
        raise SettingError("index", f"{found[0]}...", "a file, or an address that begins with postgresql://")
    return False


def open_index(
    place: str | os.PathLike[str],
    *,
    recipe: Recipe | None = None,
    window: int | None = None,
    capacity: int | None = None,
    synchronous: str = "normal",
    timeout: float = 30.0,
    create: bool = True,
) -> StoryIndex:
    """Open the index of that name, or make one where there is none.

    Args:
        place: A path, or an address such as `postgresql://host/database`.
        recipe: None for that of the index, or the defaults for a new one.
        window: Milliseconds after which a story that was not offered again is forgotten.
        capacity: Stories beyond which those not offered for longest are forgotten.
        synchronous: `normal`, or `full` to lose nothing in a power cut either.
        timeout: Seconds to wait for other writers.
        create: Whether one is made where there is none.

    Raises:
        SettingError: A setting is out of range, or the libraries for a server are not installed.
        IndexFileError: There is something, and it is no usable index; or nothing, and none is to be made.
        IndexServerError: The server cannot be reached, or refuses.
        RecipeMismatchError: It was built with another recipe.
    """
    if not is_address(place):
        return SqliteIndex(
            place,
            recipe=recipe,
            window=window,
            capacity=capacity,
            synchronous=synchronous,
            timeout=timeout,
            create=create,
        )
    _need_client()
    from dedup.story_index.postgres import PostgresIndex  # noqa: PLC0415

    return PostgresIndex(
        str(place),
        recipe=recipe,
        window=window,
        capacity=capacity,
        synchronous=synchronous,
        timeout=timeout,
        create=create,
    )


def upkeep_of(index: StoryIndex) -> Upkeep:
    """Give what looks after an index of its kind."""
    if isinstance(index, SqliteIndex):
        return SqliteUpkeep(index)
    from dedup.story_index.postgres import PostgresIndex, PostgresUpkeep  # noqa: PLC0415

    if isinstance(index, PostgresIndex):
        return PostgresUpkeep(index)
    raise SettingError("index", type(index).__name__, "an index that `open_index` gave")


def _need_client() -> None:
    """See that the client library is there, and has the server's own one with it."""
    try:
        import psycopg  # noqa: F401, PLC0415
    except ImportError as error:
        raise SettingError(
            "index", "postgresql", "it needs one more library: pip install 'newsdedup[postgres]'"
        ) from error
