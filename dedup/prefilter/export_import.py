"""An index between the runs: what is in it, as JSON lines and back, and under another recipe."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import moment
from dedup.prefilter.index_keys import prepare_offer
from dedup.prefilter.lookup import crowded_keys
from dedup.story_index.open_index import upkeep_of
from dedup.story_index.protocol import StoryIndex, Writing

SCHEMA = "dedup-index/1"


def describe(index: StoryIndex) -> dict[str, object]:
    """Tell what an index holds, for JSON."""
    found = upkeep_of(index).facts()
    return {
        "path": index.place,
        "stories": found.stories,
        "held": found.held,
        "bytes": found.bytes,
        "first_seen": None if found.first_seen is None else moment(found.first_seen),
        "last_seen": None if found.last_seen is None else moment(found.last_seen),
        "recipe": asdict(index.recipe),
    }


def export_lines(index: StoryIndex) -> Iterator[str]:
    """Yield a header and then a story a line, with its folded text and its stamps."""
    yield json.dumps({"schema": SCHEMA, "recipe": asdict(index.recipe)}, ensure_ascii=False)
    for row in upkeep_of(index).rows():
        yield json.dumps(asdict(row), ensure_ascii=False)


def import_lines(index: StoryIndex, lines: Iterable[str]) -> tuple[int, int]:
    """Store what `export_lines` gave, all or nothing; stories that are there already are left out.

    Returns:
        Stories stored, and stories left out.

    Raises:
        ReadingError: A line is not what `export_lines` gives.
    """
    stored = left_out = 0
    begun = False
    with index.writing() as writing:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            value = _parsed(line, number)
            if not begun:
                _check_header(value)
                begun = True
            elif _import(value, writing, index.recipe, number=number):
                stored += 1
            else:
                left_out += 1
    return stored, left_out


def _parsed(line: str, number: int) -> dict[str, object]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"line {number} is not JSON ({error}); nothing was imported") from None
    if not isinstance(value, dict):
        raise ReadingError(f"line {number} is not a JSON object; nothing was imported")
    return value


def _check_header(value: dict[str, object]) -> None:
    if value.get("schema") != SCHEMA:
        raise ReadingError(
            f"the first line has the schema {value.get('schema')!r:.100} where {SCHEMA!r} is wanted; "
            "import what `dedup index export` wrote, or run stories through `dedup filter`"
        )


def _import(value: dict[str, object], writing: Writing, recipe: Recipe, *, number: int) -> bool:
    stamps = [value.get("first_seen"), value.get("last_seen")]
    if not all(type(stamp) is int and 0 <= stamp < 2**52 for stamp in stamps):  # True is no stamp
        raise ReadingError(f"line {number} has no usable first_seen and last_seen; nothing was imported")
    if not isinstance(value.get("text"), str):
        raise ReadingError(f"line {number} has no text; nothing was imported")
    offered = prepare_offer(value, recipe)
    twins = writing.identical(offered.story.digest)
    if not offered.shingles.size or any(twin.id == offered.story.id for twin in twins):
        return False
    put = writing.put(offered.story, crowded=crowded_keys(offered, writing, recipe), held=False)
    writing.stamp(put.seq, *(int(str(stamp)) for stamp in stamps))
    return True


def rebuild(index: StoryIndex, recipe: Recipe) -> int:
    """Put every story under the keys of another recipe; how many there are."""
    return upkeep_of(index).rebuild(
        recipe, lambda text: prepare_offer(text, recipe, storing=False).story.keys
    )
