"""Boilerplate that an index learns."""

from collections.abc import Iterable

from dedup.model.errors import SettingError
from dedup.model.known_boilerplate import KnownPassage, without_repetition
from dedup.story_index.protocol import Writing


def teach(writing: Writing, passages: Iterable[KnownPassage], *, forget: bool) -> int:
    """Add passages to those that an index knows, except those that only repeat others.

    Args:
        writing: The transaction.
        passages: What to add.
        forget: Whether they replace those that it knows.

    Returns:
        The number of passages that the index knows afterwards.

    Raises:
        SettingError: One of them is not a passage.
    """
    known = () if forget else writing.boilerplate.passages
    every = without_repetition([*known, *map(_checked, passages)], lambda passage: passage.shingles)
    writing.set_boilerplate(every)
    return len(every)


def _checked(passage: KnownPassage) -> KnownPassage:
    try:
        return KnownPassage.from_json(passage.as_json())
    except (AttributeError, TypeError, ValueError):
        raise SettingError(
            "passages", passage, "expected passages, such as `known_boilerplate` of a report"
        ) from None
