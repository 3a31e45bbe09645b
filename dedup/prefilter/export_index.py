"""Export an index to JSON lines, whose last one tells whether they are whole."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from dedup.model.errors import ReadingError
from dedup.prefilter.describe_index import known_passages
from dedup.story_index.maintenance import Row
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import StoryIndex

SCHEMA = "dedup-index/2"
OLD_SCHEMA = "dedup-index/1"
"""Format whose exports have no last line, so that truncation cannot be detected."""


def export_lines(index: StoryIndex) -> Iterator[str]:
    """Yield a header line, one line per story, and a last line with their number and digest."""
    boilerplate = [passage.as_json() for passage in known_passages(index)]
    return lines_of_rows(maintenance_of(index).rows(), index.recipe.as_json(), boilerplate=boilerplate)


def lines_of_rows(
    rows: Iterable[Row], recipe: Mapping[str, object] | None, *, boilerplate: Sequence[object] = ()
) -> Iterator[str]:
    """Yield the lines of an export; of the recipe an import reads only `letters`."""
    known = {"boilerplate": boilerplate} if boilerplate else {}
    yield json.dumps({"schema": SCHEMA, "recipe": recipe, **known}, ensure_ascii=False)
    whole = WholeExport()
    for row in rows:
        line = json.dumps(row.as_json(), ensure_ascii=False)
        whole.add(line)
        yield line
    yield json.dumps(whole.last_line())


class WholeExport:
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

    def check(self, summary: dict[str, object]) -> None:
        """Compare with the last line of an export; ReadingError if they differ."""
        if summary != self.last_line():
            raise ReadingError(
                f"the export has {self.stories:,} stories, and its last line tells of "
                f"{summary.get('stories')!r:.20} or of others: it was changed; nothing was imported"
            )
        self.is_checked = True
