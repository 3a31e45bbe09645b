"""Calls about stories that an index has: hold, replace, find, delete, and what it knows."""

import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from functools import partial

from dedup.model.document_like import DocumentLike
from dedup.model.errors import IndexFileError, ReadingError, TicketError, quoted
from dedup.model.known_boilerplate import KnownPassage
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer
from dedup.prefilter.answer_offer import replace_story
from dedup.prefilter.learning import teach
from dedup.prefilter.offer import offers_of
from dedup.prefilter.retrying import retried
from dedup.prefilter.stored_story import StoredStory, stories_named
from dedup.story_index.maintenance import Size
from dedup.story_index.open_index import maintenance_of
from dedup.story_index.protocol import StoryIndex, View
from dedup.story_index.ticket import Ticket

_UNSTORED = re.compile("[\0\ud800-\udfff]")


class StoredCalls:
    """Adds the calls about stored stories to the pre-filter."""

    _index: StoryIndex
    _retry: float

    @property
    def recipe(self) -> Recipe:
        """The settings that the index was built with; IndexFileError if no story can be judged by them."""
        if self._index.fault:
            raise IndexFileError(self._index.fault)
        return self._index.recipe

    @property
    def place(self) -> str:
        """Where the index is: a path, or an address without its password."""
        return self._index.place

    def keep(self, tickets: Iterable[str]) -> None:
        """Store stories that were on hold for good, in any process, before or after a restart.

        A ticket whose hold has ended still works as long as nobody has offered the story since; keeping a
        story twice does nothing.

        Raises:
            TicketError: A ticket has no story any more, or belongs to another index; nothing was kept.
        """
        parsed = self._parsed(tickets)

        def keep(_: bool) -> None:  # noqa: FBT001
            with self._index.writing() as writing:
                writing.keep(parsed)

        retried(keep, self._retry)

    def release(self, tickets: Iterable[str]) -> None:
        """Remove stories that were on hold, as if they had never been offered.

        Raises:
            TicketError: A ticket has no story any more, was kept, or belongs to another index; nothing was
                released.
        """
        parsed = self._parsed(tickets)

        def release(again: bool) -> None:  # noqa: FBT001
            with suppress(TicketError) if again else nullcontext(), self._index.writing() as writing:
                writing.release(parsed)

        retried(release, self._retry)

    def replace(self, item: DocumentLike) -> Answer:
        """Store a story in place of the one with its id or, without an id, the latest with its URL.

        Their texts are not compared. The new story stays in the cluster, and takes over the source, date and
        URL of the old one where its own are missing. If there is no such story it is added.

        Returns:
            An answer whose `relation` is `updated`, or `new` if there was nothing to replace.
        """
        (offer,) = offers_of([item], self.recipe, hold=False, always=True)

        def write(_: bool) -> Answer:  # noqa: FBT001
            with self._index.writing() as writing:
                return replace_story(offer, writing, self.recipe)

        return retried(write, self._retry)

    def find(self, name: str) -> tuple[StoredStory, ...]:
        """Return the stored stories with this id or URL, the latest first; at most 16 for a URL.

        For the id or URL of a copy that was not stored, return the stored stories of its cluster.

        Raises:
            ReadingError: The name is no string, or has a lone surrogate or NUL, which no stored name has.
        """
        _check_name(name)
        return self._read(partial(stories_named, name))

    def delete(self, name: str) -> int:
        """Remove the stories with this id or URL, as if never offered; returns their number.

        Copies with that id or URL are forgotten too, and all copies of a cluster without any story left.

        Raises:
            ReadingError: The name is no string, or has a lone surrogate or NUL, which no stored name has.
        """
        _check_name(name)

        def delete(_: bool) -> int:  # noqa: FBT001
            with self._index.writing() as writing:
                removed = 0
                while stories := writing.named([name]):
                    writing.remove([each.seq for each in stories])
                    removed += len(stories)
                return removed + writing.remove_copies(name)

        return retried(delete, self._retry)

    def learn(self, passages: Iterable[KnownPassage], *, forget: bool = False) -> int:
        """Let the index know boilerplate, such as `known_boilerplate` of a report with the same `letters`.

        Whoever uses the index takes it into account from the next call on. With `forget` the passages replace
        those learnt before. Returns the number of passages that the index knows by now.
        """
        given = list(passages)

        def learn(_: bool) -> int:  # noqa: FBT001
            with self._index.writing() as writing:
                return teach(writing, given, forget=forget)

        return retried(learn, self._retry)

    def size(self) -> Size:
        """Read the number of stories, of those on hold, and the bytes of the index."""
        return maintenance_of(self._index).size()

    def probe(self) -> None:
        """Read from the index and write to it, changing nothing; raises what `check_and_add` would."""
        with self._index.reading():
            pass
        with self._index.writing():
            pass

    def _read[Result](self, look_up: Callable[[View], Result]) -> Result:
        """Look something up in the index, again while it cannot be reached."""

        def read(_: bool) -> Result:  # noqa: FBT001
            with self._index.reading() as view:
                return look_up(view)

        return retried(read, self._retry)

    def _parsed(self, tickets: Iterable[str]) -> list[Ticket]:
        """Parse tickets, each once; a single one may be given without a list."""
        listed = [tickets] if tickets is None or isinstance(tickets, str) else tickets
        return [Ticket.parse(each, self.place) for each in dict.fromkeys(listed)]


def _check_name(name: object) -> None:
    """Refuse what cannot be the id or URL of a stored story, before it reaches the index."""
    if not isinstance(name, str):
        raise ReadingError(f"the id or URL is of type {type(name).__name__}; expected a string")
    if _UNSTORED.search(name):
        raise ReadingError(
            f"the id or URL {quoted(name)} has a lone surrogate or NUL, which is stored as U+FFFD"
        )
