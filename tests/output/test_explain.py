"""The comparison of two documents, as a terminal shows it."""

from math import inf

import pytest

from dedup.model import (
    Comparison,
    Contribution,
    Difference,
    Document,
    ExchangedFact,
    Overlap,
    Passage,
    Reason,
    ReasonKind,
    Verdict,
)
from dedup.output.cells import cells
from dedup.output.explain import explain

NOTHING = Difference((), (), (), ())


def _comparison(**changes: object) -> Comparison:
    """Two stories that share a passage, with some fields changed."""
    fields: dict[str, object] = {
        "left": Document("a", "yes the same words here", title="A title"),
        "right": Document("b", "the same words here no"),
        "verdict": Verdict.PARTIAL,
        "overlap": Overlap(shared=1, left=4, right=5),
        "reasons": (Reason(ReasonKind.LONGEST),),
        "passages": (Passage(4, 23, 0, 19),),
        "difference": Difference(("yes",), ("no",), ("1", "2"), ()),
        "confidence": 0.934,
    }
    return Comparison(**{**fields, **changes})


def test_everything_in_its_order() -> None:
    """Verdict, reasons, what is shared, what differs: Jaccard 1/8, containment 1/4."""
    assert explain(_comparison(), colour=False, width=80) == (
        "partial: shared passages, each side with much of its own "
        "(Jaccard 12 %, containment 25 %, confidence 93 %)\n"
        "  left   a  A title\n"
        "  right  b\n"
        "Because\n"
        "  longest\n"
        "Shared: 1 passage\n"
        "  - the same words here\n"
        "Only left\n"
        "  words: yes\n"
        "  numbers: 1 2\n"
        "Only right\n"
        "  words: no\n"
    )


def test_changed_facts_of_a_copy_have_a_section() -> None:
    """Each with where the left text has it: in its first forty words or behind them."""
    changed = (ExchangedFact("40", "14", 39, 50), ExchangedFact("شنبه", "جمعه", 40, 3))

    shown = explain(_comparison(changed=changed), colour=False, width=80)

    assert (
        "  longest\n"
        "Changed\n"
        "  40 -> 14, in the lead\n"
        "  \u2068شنبه -> جمعه\u2069, in the body\n"
        "Shared: 1 passage\n"
    ) in shown


def test_changed_facts_fit_the_line() -> None:
    """Two names of a hundred letters each are shortened."""
    changed = (ExchangedFact("a" * 100, "b" * 100, 0, 0),)

    lines = explain(_comparison(changed=changed), colour=False, width=40).splitlines()

    assert cells(lines[lines.index("Changed") + 1]) <= 40


@pytest.mark.parametrize(("letters", "cut"), [(2000, False), (2001, True)])
def test_two_thousand_characters_of_a_passage_are_shown(letters: int, *, cut: bool) -> None:
    """A longer one ends in an ellipsis."""
    text = ("word " * 500)[: letters - 1] + "x"
    passage = Passage(0, letters, 0, letters)

    shown = explain(
        _comparison(left=Document("a", text), right=Document("b", text), passages=(passage,)),
        colour=False,
        width=80,
    )

    assert ("\u2026" in shown) is cut


def test_headings_are_bold_where_colour_is_wanted() -> None:
    """Four headings and the verdict."""
    assert explain(_comparison(), colour=True, width=80).count("\x1b[1m") == 5


def test_stories_that_share_too_little() -> None:
    """No verdict is said in words."""
    shown = explain(_comparison(verdict=None, passages=()), colour=False, width=80)

    assert shown.startswith("not copies of each other (Jaccard 12 %, containment 25 %, confidence 93 %)\n")
    assert "Shared" not in shown


def test_stories_that_were_not_compared() -> None:
    """Without overlap there are no scores."""
    shown = explain(
        _comparison(verdict=None, overlap=None, passages=(), difference=NOTHING), colour=False, width=80
    )

    assert shown == "not compared\n  left   a  A title\n  right  b\nBecause\n  longest\n"


def test_many_words_are_wrapped_and_counted() -> None:
    """Forty are shown, in lines of at most 40 cells."""
    words = tuple(f"word{number}" for number in range(40 + 2))
    difference = Difference(words, (), (), ())

    lines = explain(_comparison(difference=difference), colour=False, width=40).splitlines()

    assert lines[-1] == "         and 2 more"
    assert max(len(line) for line in lines[lines.index("Only left") :]) <= 40


def test_hostile_text_does_not_act() -> None:
    """Escape sequences and overrides of a story are gone."""
    left = Document("\x1b]0;a\x07", "\x1b[31mred\u202e text", title="\x1b[2J")

    shown = explain(_comparison(left=left, passages=(Passage(0, 14, 0, 14),)), colour=False, width=80)

    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_contributions_are_a_table_when_asked_for() -> None:
    """A line for each measure, blanks where a score does not look at it, and the sums."""
    terms = (
        Contribution("bias", 1.0, join=-2.5, template=1.0),
        Contribution("own", 4.0, join=-0.8),
        Contribution("nothing_filled", 1.0, template=-inf),
    )

    shown = explain(_comparison(contributions=terms), colour=False, width=80, contributions=True)

    assert shown.endswith(
        "Contributions\n"
        "  measure           value       join    partial   template  unrelated\n"
        "  bias               1.00      -2.50                 +1.00\n"
        "  own                4.00      -0.80\n"
        "  nothing_filled     1.00                             -inf\n"
        "  sum                          -3.30                  -inf\n"
    )
    assert "Contributions" not in explain(_comparison(contributions=terms), colour=False, width=80)
