"""Describe an index, export it to JSON lines, import them, and index its stories under another recipe."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import blake2b

from dedup.model.errors import ReadingError
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import iso_utc
from dedup.prefilter.index_keys import prepare_query
from dedup.prefilter.lookup import crowded_keys
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import StoryIndex, Writing
from dedup.story_index.ticket import new_secret

SCHEMA = "dedup-index/2"
_OLD_SCHEMA = "dedup-index/1"
"""Has no last line that tells a whole file from one that was cut."""


def describe(index: StoryIndex) -> dict[str, object]:
    """Facts about an index, ready for JSON."""
    facts = maintenance_of(index).facts()
    return {
        "path": index.place,
        "stories": facts.stories,
        "held": facts.held,
        "bytes": facts.bytes,
        "first_seen": None if facts.first_seen is None else iso_utc(facts.first_seen),
        "last_seen": None if facts.last_seen is None else iso_utc(facts.last_seen),
        "recipe": index.recipe.as_json(),
    }


def export_lines(index: StoryIndex) -> Iterator[str]:
    """Yield a header line, one line per story, and a last line with their number and digest."""
    yield json.dumps({"schema": SCHEMA, "recipe": index.recipe.as_json()}, ensure_ascii=False)
    whole = _Whole()
    for row in maintenance_of(index).rows():
        line = json.dumps(asdict(row), ensure_ascii=False)
        whole.add(line)
        yield line
    yield json.dumps(whole.last_line())


def import_lines(index: StoryIndex, lines: Iterable[str]) -> tuple[int, int]:
    """Store exported stories, all or none; stories that the index has already are skipped.

    Returns:
        The number of stored and of skipped stories.

    Raises:
        ReadingError: A line was not written by `export_lines`.
    """
    stored = skipped = 0
    whole, schema = _Whole(), ""
    with index.writing() as writing:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            value = _parsed(line, number)
            if not schema:
                schema = _checked_schema(value)
            elif "digest" in value:
                whole.check(value)
            else:
                whole.add(line.rstrip("\n"))
                if _import(value, writing, index.recipe, number=number):
                    stored += 1
                else:
                    skipped += 1
        if schema == SCHEMA and not whole.is_checked:
            raise ReadingError(
                f"the export ends after {whole.stories:,} stories without its last line, which counts them: "
                "it was cut; nothing was imported"
            )
    return stored, skipped


class _Whole:
    """Number and digest of the lines of an export."""

    def __init__(self) -> None:
        self.stories = 0
        self.is_checked = False
        self._digest = blake2b(digest_size=16)

    def add(self, line: str) -> None:
        """Add a story, given without its newline."""
        self.stories += 1
        self._digest.update(line.encode() + b"\n")

    def last_line(self) -> dict[str, object]:
        """What the last line of an export says."""
        return {"stories": self.stories, "digest": self._digest.hexdigest()}

    def check(self, said: dict[str, object]) -> None:
        """Compare with the last line of an export; ReadingError if they differ."""
        if said != self.last_line():
            raise ReadingError(
                f"the export has {self.stories:,} stories, and its last line tells of "
                f"{said.get('stories')!r:.20} or of others: it was changed; nothing was imported"
            )
        self.is_checked = True


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
    if schema not in {SCHEMA, _OLD_SCHEMA}:
        raise ReadingError(
            f"the first line has the schema {schema!r:.100} ; expected {SCHEMA!r}: "
            "import what `dedup index export` wrote, or run stories through `dedup filter`"
        )
    return str(schema)


def _import(value: dict[str, object], writing: Writing, recipe: Recipe, *, number: int) -> bool:
    times = [value.get("first_seen"), value.get("last_seen")]
    if not all(type(stamp) is int and 0 <= stamp < 2**52 for stamp in times):  # not bool, which is an int too
        raise ReadingError(f"line {number} has no usable first_seen and last_seen; nothing was imported")
    if not isinstance(value.get("text"), str):
        raise ReadingError(f"line {number} has no text; nothing was imported")
    query = prepare_query(value, recipe)
    twins = writing.identical(query.story.digest)
    if not query.shingles.size or any(twin.id == query.story.id for twin in twins):
        return False
    crowded = crowded_keys(query, writing, recipe)
    put = writing.put(query.story, crowded=crowded, secret=new_secret(), hold=None)
    writing.set_times(put.seq, *(int(str(stamp)) for stamp in times))
    return True


def rebuild(index: StoryIndex, recipe: Recipe) -> int:
    """Index every story again under another recipe; returns their number."""
    return maintenance_of(index).rebuild(
        recipe, lambda text: prepare_query(text, recipe, storing=False).story.keys
    )
