"""The last lines of a summary."""

import pytest

from dedup.output.closing_lines import closing_lines
from dedup.output.summary import summarise
from tests.report_samples import the_seeds


@pytest.mark.parametrize(("above", "repeated"), [(24, False), (25, True)])
def test_the_totals_are_repeated_below_more_than_a_screen(above: int, *, repeated: bool) -> None:
    """Twenty-four lines are in view without scrolling."""
    lines = closing_lines(summarise(the_seeds()), above=above, width=80, ranked=True, given=())

    assert ("5 documents" in lines) is repeated
