"""An index and the filter, driven at random, compared with the simplest model of them."""

import io
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from dedup import PreFilter
from dedup.model.errors import TicketError, WritingError
from dedup.prefilter.append_once import AppendOnceFile
from dedup.prefilter.filter_lines import FilterOutputs, Mode, filter_lines
from tests.made_up_news import story

EXAMPLES = int(os.environ.get("DEDUP_EXAMPLES", "6"))
"""How many random runs; docs/reliability.md has what many more gave."""
NUMBERS = st.integers(0, 4)
"""Stories, of which no two share a passage."""


class IndexMachine(RuleBasedStateMachine):
    """What is stored, by the number of the text; beside it the index."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "news.dedup"
        self.index = PreFilter.open(self.path)
        self.stored: dict[int, str] = {}
        self.held: dict[str, int] = {}
        self.offered = 0

    def new_name(self) -> str:
        """Name a story that was never offered."""
        self.offered += 1
        return f"s{self.offered}"

    @rule(number=NUMBERS)
    def offer(self, number: int) -> None:
        """A text that is stored makes a copy; another is stored."""
        name = self.new_name()
        answer = self.index.check_and_add({"id": name, "text": story(number)})

        assert answer.duplicate_of == self.stored.get(number)
        assert answer.stored == (number not in self.stored)
        self.stored.setdefault(number, name)

    @rule(target=tickets, number=NUMBERS)
    def offer_on_hold(self, number: int) -> str:
        """The same; what is stored can still be released."""
        name = self.new_name()
        answer = self.index.check_and_add({"id": name, "text": story(number)}, hold=3600)

        assert (answer.ticket is not None) == (number not in self.stored)
        if answer.ticket is None:
            return ""
        self.stored[number] = name
        self.held[answer.ticket] = number
        return answer.ticket

    @rule(ticket=tickets)
    def keep(self, ticket: str) -> None:
        """Once or twice; not what was deleted or released."""
        if ticket in self.held:
            self.index.keep([ticket])
        elif ticket:
            with pytest.raises(TicketError):
                self.index.keep([ticket])

    @rule(ticket=consumes(tickets), again=st.booleans())
    def release(self, ticket: str, again: bool) -> None:  # noqa: FBT001
        """A story that is on hold is gone; what was kept may not be released."""
        if ticket not in self.held:
            return
        number = self.held[ticket]
        try:
            self.index.release([ticket])
        except TicketError:
            return  # it was kept
        del self.held[ticket], self.stored[number]
        if again:
            with pytest.raises(TicketError):
                self.index.release([ticket])

    @rule(number=NUMBERS)
    def delete(self, number: int) -> None:
        """By its id."""
        name = self.stored.pop(number, None)
        self.held = {ticket: held for ticket, held in self.held.items() if held != number}

        assert self.index.delete(name or "nobody") == (name is not None)

    @rule()
    def open_again(self) -> None:
        """Everything stays."""
        self.index.close()
        self.index = PreFilter.open(self.path)

    @invariant()
    def knows_what_is_stored(self) -> None:
        """Each text, under the name it was stored with."""
        for number in range(5):
            assert self.index.check({"id": "?", "text": story(number)}).match == self.stored.get(number)
        assert self.index.size().stories == len(self.stored)

    def teardown(self) -> None:
        """Remove the index."""
        self.index.close()
        self.folder.cleanup()


IndexMachine.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
TestIndex = IndexMachine.TestCase


class FailingFile(AppendOnceFile):
    """A file whose disk is full at one of the flushes, before or after it took the lines."""

    def __init__(self, path: Path, *, at: int, takes: bool) -> None:
        super().__init__(path)
        self.left, self.takes = at, takes

    def flush(self, *, sync: bool = False) -> None:
        """Fail when it is time."""
        self.left -= 1
        if self.left == 0 and not self.takes:
            self._waiting.clear()
            raise WritingError("full")
        super().flush(sync=sync)
        if self.left == 0:
            raise WritingError("full")


def filtered(folder: Path, numbers: Sequence[int], *, at: int = 0, takes: bool = False) -> list[list[int]]:
    """Run the filter; gives the stories and the duplicates that its files have, by place in the input."""
    lines = [json.dumps({"id": place, "text": story(number)}) for place, number in enumerate(numbers)]
    paths = folder / "stories", folder / "duplicates"
    with (
        PreFilter.open(folder / "news.dedup") as prefilter,
        FailingFile(paths[0], at=at, takes=takes) as stories,
        AppendOnceFile(paths[1]) as duplicates,
        AppendOnceFile(folder / "rejects") as rejects,
    ):
        outputs = FilterOutputs(stories, duplicates, rejects)
        stream = io.BytesIO("\n".join(lines).encode())
        filter_lines(stream, prefilter, mode=Mode.SPLIT, outputs=outputs, problem=lambda _: None, at_once=2)
    written = [path.read_bytes().splitlines() if path.exists() else [] for path in paths]
    return [[json.loads(line)["id"] for line in each] for each in written]


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    numbers=st.lists(NUMBERS, min_size=1, max_size=7),
    failures=st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=3),
)
def test_a_filter_that_fails_and_runs_again_writes_each_line_once(
    numbers: list[int], failures: list[tuple[int, bool]]
) -> None:
    """The same as one that never failed: the first of each text, and its copies."""
    first = [place for place, number in enumerate(numbers) if number not in numbers[:place]]
    with tempfile.TemporaryDirectory() as name:
        for at, takes in failures:
            try:
                filtered(Path(name), numbers, at=at, takes=takes)
            except WritingError:
                continue
        stories, duplicates = filtered(Path(name), numbers)

    assert sorted(stories) == first
    assert sorted(duplicates) == [place for place in range(len(numbers)) if place not in first]
