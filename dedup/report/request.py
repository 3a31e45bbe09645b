"""What a report is asked for: every setting that shapes it, besides the documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dedup.model.decisions import NO_DECISIONS, Decisions
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a report is asked for; `find_duplicates` says what each means."""

    recipe: Recipe = field(default_factory=Recipe)
    cross_source: bool = False
    decisions: Decisions = NO_DECISIONS
    boilerplate: Sequence[KnownPassage] = ()
