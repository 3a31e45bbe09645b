"""Import the stories of an export into an index, in steps between which others can write."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import batched
from typing import Any

from dedup.prefilter.checked_export import CheckedExport
from dedup.prefilter.describe_index import known_passages
from dedup.prefilter.index_keys import prepare_query
from dedup.prefilter.lookup import crowded_keys
from dedup.story_index.protocol import Copy, Stored, StoryIndex, Writing
from dedup.story_index.ticket import new_secret

AT_ONCE = 64
"""Stories imported per transaction; other writers wait for it."""


def import_stories(index: StoryIndex, export: CheckedExport) -> tuple[int, int]:
    """Store exported stories; those that the index has already are skipped.

    If the import is interrupted, import the same again. An index without boilerplate gets that of the
    export, if both use shingles of the same length.

    Returns:
        The number of stored and of skipped stories.
    """
    is_alike = export.letters == index.recipe.letters
    if export.boilerplate and is_alike and not known_passages(index):
        with index.writing() as writing:
            writing.set_boilerplate(export.boilerplate)
    importing = _Importing(index)
    for step in batched(export.rows, AT_ONCE):
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
