"""Describe an index, export it to JSON lines, import them, and index its stories under another recipe."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from itertools import batched
from tempfile import SpooledTemporaryFile
from typing import Any

from dedup.model.errors import ReadingError
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import iso_utc
from dedup.prefilter.index_keys import prepare_query
from dedup.prefilter.lookup import crowded_keys
from dedup.story_index.maintenance import Row
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import Copy, Stored, StoryIndex, Writing
from dedup.story_index.ticket import new_secret

SCHEMA = "dedup-index/2"
_OLD_SCHEMA = "dedup-index/1"
"""Format whose exports have no last line, so that truncation cannot be detected."""
AT_ONCE = 64
"""Stories imported per transaction; other writers wait for it."""
SPOOLED = 1 << 24
"""Maximum size in bytes of an export that is checked in memory; larger ones use a temporary file."""


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
        "boilerplate": len(_boilerplate_of(index)),
        "recipe": index.recipe.as_json(),
    }


def _boilerplate_of(index: StoryIndex) -> Sequence[KnownPassage]:
    with index.reading() as view:
        return view.boilerplate.passages


def export_lines(index: StoryIndex) -> Iterator[str]:
    """Yield a header line, one line per story, and a last line with their number and digest."""
    boilerplate = [passage.as_json() for passage in _boilerplate_of(index)]
    return lines_of_rows(maintenance_of(index).rows(), index.recipe.as_json(), boilerplate=boilerplate)


def lines_of_rows(
    rows: Iterable[Row], recipe: Mapping[str, object] | None, *, boilerplate: Sequence[object] = ()
) -> Iterator[str]:
    """Yield the lines of an export; of the recipe an import reads only `letters`."""
    known = {"boilerplate": boilerplate} if boilerplate else {}
    yield json.dumps({"schema": SCHEMA, "recipe": recipe, **known}, ensure_ascii=False)
    whole = _Whole()
    for row in rows:
        line = json.dumps(row.as_json(), ensure_ascii=False)
        whole.add(line)
        yield line
    yield json.dumps(whole.last_line())


def import_lines(index: StoryIndex, lines: Iterable[str]) -> tuple[int, int]:
    """Store exported stories; those that the index has already are skipped.

    First all lines are checked, then the stories are stored in steps, between which others can write. If the
    import is interrupted, import the same again. An index that was taught no boilerplate gets that of the
    export, if both cut shingles alike.

    Returns:
        The number of stored and of skipped stories.

    Raises:
        ReadingError: A line was not written by `export_lines`, or lines are missing; nothing was stored.
    """
    with SpooledTemporaryFile(SPOOLED, "w+", encoding="utf-8", errors="surrogatepass") as checked:
        boilerplate: list[KnownPassage] = []
        for value in _checked_rows(lines, boilerplate, letters=index.recipe.letters):
            checked.write(json.dumps(value) + "\n")
        checked.seek(0)
        if boilerplate and not _boilerplate_of(index):
            with index.writing() as writing:
                writing.set_boilerplate(boilerplate)
        importing = _Importing(index)
        for step in batched(map(json.loads, checked), AT_ONCE, strict=False):
            importing.store(step)
    return importing.stored, importing.skipped


class _Importing:
    """Stores exported stories, and maps clusters of the export to clusters of the index."""

    def __init__(self, index: StoryIndex) -> None:
        self.stored = self.skipped = 0
        self._index = index
        self._clusters: dict[int, Stored] = {}

    def store(self, values: Iterable[dict[str, Any]]) -> None:
        """Store some stories in one transaction."""
        with self._index.writing() as writing:
            for value in values:
                self._store(value, writing)

    def _store(self, value: dict[str, Any], writing: Writing) -> None:
        query = prepare_query(value, self._index.recipe)
        if not query.shingles.size:
            self.skipped += 1
            return
        twins = [twin for twin in writing.identical(query.story.digest) if twin.id == query.story.id]
        number = value.get("cluster")
        joins = None if number is None else self._clusters.get(number)
        if twins:
            story = twins[0]
            self.skipped += 1
        else:
            crowded = crowded_keys(query, writing, self._index.recipe)
            story = writing.put(query.story, crowded=crowded, secret=new_secret(), hold=None, joins=joins)
            times = {name: value[name] for name in ("first_seen", "last_seen")}
            writing.restore(story.seq, **times, cluster_id=value.get("cluster_id"))
            self.stored += 1
        if number is not None and joins is None:
            self._clusters[number] = replace(story, cluster_id=value.get("cluster_id") or story.cluster_id)
        for copy in value.get("copies", ()):
            writing.add_copy(story.cluster, Copy(**copy))


def _checked_rows(
    lines: Iterable[str], boilerplate: list[KnownPassage], *, letters: int
) -> Iterator[dict[str, Any]]:
    """Yield the stories of an export, and append its boilerplate; ReadingError if it was cut or changed."""
    whole, schema = _Whole(), ""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = _parsed(line, number)
        if not schema:
            schema = _checked_schema(value)
            boilerplate += _checked_boilerplate(value, letters)
        elif "digest" in value:
            whole.check(value)
        else:
            whole.add(line.rstrip("\n"))
            _check_row(value, number)
            yield value
    if schema == SCHEMA and not whole.is_checked:
        raise ReadingError(
            f"the export ends after {whole.stories:,} stories without its last line, which counts them: "
            "it was cut; nothing was imported"
        )


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
        """Return the last line of an export."""
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


def _checked_boilerplate(value: dict[str, Any], letters: int) -> list[KnownPassage]:
    """The boilerplate in the first line of an export; none if its shingles are cut in another way."""
    if "boilerplate" not in value:
        return []
    try:
        known = list(map(KnownPassage.from_json, value["boilerplate"]))
        return known if value["recipe"]["letters"] == letters else []
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


KEY_SETTINGS = ("letters", "winnow", "bucket_cap")
"""Settings that determine the keys under which stories are stored."""


def rebuild(index: StoryIndex, recipe: Recipe) -> int:
    """Index every story again under another recipe; returns their number.

    If the recipe yields the same keys (bounds do not affect them), it is only recorded, which takes no time.
    Otherwise the stories get their new keys in steps, between which others can write.
    With other `letters` the shingles are others too: the index forgets its boilerplate.
    """
    maintenance = maintenance_of(index)
    if index.recipe.letters != recipe.letters and _boilerplate_of(index):
        with index.writing() as writing:
            writing.set_boilerplate(())
    same = all(getattr(index.recipe, name) == getattr(recipe, name) for name in KEY_SETTINGS)
    if same and not maintenance.is_rebuilding():
        return maintenance.set_recipe(recipe)
    return maintenance.rebuild(recipe, lambda text: prepare_query(text, recipe, storing=False).story.keys)
