"""Facts that two copies have in each other's place -> those that an editor would call changed."""

from collections.abc import Collection, Sequence

from dedup.core.numerals import NUMERALS
from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.model.measures import ExchangedFact


def changed_facts(
    facts: Sequence[ExchangedFact], left: Sequence[str], right: Sequence[str]
) -> tuple[ExchangedFact, ...]:
    """Keep the facts around which both texts have the same words: `at least 40 died`, `at least 14 died`.

    Of a number, what it counts is enough: `40 arrests`, `about 30 arrests`. In a passage that was rewritten,
    facts are paired by their order, which shows nothing. Two spellings of one fact are no change (`1` and
    `01`, a month with and without its suffix), and one letter is no name.

    Args:
        facts: Folded.
        left: The words of the left text, in which `left_place` counts.
        right: The same of the right text.
    """
    ours, theirs = {fact.left_place for fact in facts}, {fact.right_place for fact in facts}
    return tuple(
        fact
        for fact in facts
        if _correspond(
            _neighbours(left, fact.left_place, ours),
            _neighbours(right, fact.right_place, theirs),
            counts=fact.left.isdecimal(),
        )
        and not _same_fact(fact.left, fact.right)
        and not any(map(_is_letter, (fact.left, fact.right)))
    )


def _correspond(one: tuple[str, str], other: tuple[str, str], *, counts: bool) -> bool:
    """Tell whether two facts with these neighbours are about the same."""
    return one == other or (counts and one[1] == other[1] != "")


def _neighbours(words: Sequence[str], place: int, passed_over: Collection[int]) -> tuple[str, str]:
    """Return the words before and after a place that were not exchanged; empty at an end of the text."""
    before, after = place - 1, place + 1
    while before in passed_over:
        before -= 1
    while after in passed_over:
        after += 1
    return words[before] if before >= 0 else "", words[after] if after < len(words) else ""


def _same_fact(one: str, other: str) -> bool:
    if one.isdecimal() and other.isdecimal():
        return one.lstrip("0") == other.lstrip("0")
    if one in NUMERALS or other in NUMERALS:
        return False
    return one.startswith(other) or other.startswith(one)


def _is_letter(word: str) -> bool:
    """Tell a lone letter, such as an initial, from a numeral or a word of a script without spaces."""
    return len(word) == 1 and word.isalpha() and word < chr(FIRST_UNSPACED) and word not in NUMERALS
