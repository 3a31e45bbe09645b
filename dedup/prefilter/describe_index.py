"""The contents of an index in figures, for `dedup index info`."""

from collections.abc import Sequence

from dedup.model.known_boilerplate import KnownPassage
from dedup.model.quoting import printable
from dedup.prefilter.answer import iso_utc
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import StoryIndex


def describe(index: StoryIndex) -> dict[str, object]:
    """Facts about an index, ready for JSON."""
    facts = maintenance_of(index).facts()
    fault = {"fault": printable(index.fault)} if index.fault else {}
    return {
        "path": printable(index.place),
        "stories": facts.stories,
        "held": facts.held,
        "bytes": facts.bytes,
        "first_seen": None if facts.first_seen is None else iso_utc(facts.first_seen),
        "last_seen": None if facts.last_seen is None else iso_utc(facts.last_seen),
        "boilerplate": len(known_passages(index)),
        "recipe": index.recipe.as_json(),
        **fault,
    }


def known_passages(index: StoryIndex) -> Sequence[KnownPassage]:
    """The boilerplate that an index was taught."""
    with index.reading() as view:
        return view.boilerplate.passages
