"""Facts in corresponding places of two copies -> those that an editor would call changed."""

from collections.abc import Collection, Sequence

from dedup.comparison.same_fact import in_time_stamp, same_fact
from dedup.core.numerals import NUMERALS
from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.model.measures import ExchangedFact


def changed_facts(
    facts: Sequence[ExchangedFact], left: Sequence[str], right: Sequence[str]
) -> tuple[ExchangedFact, ...]:
    """Keep the facts that both texts surround with the same words: `at least 40 died`, `at least 14 died`.

    For a number, the word after it is enough: `40 arrests`, `about 30 arrests`. In a rewritten passage, facts
    are paired by order alone, which proves nothing. Two spellings of one fact (`1` and `01`, a month with and
    without its suffix) are not a change, nor are two time stamps; a single letter is not a name.

    Args:
        facts: Folded.
        left: The words of the left text; `left_place` is an index into them.
        right: The words of the right text.
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
        and not same_fact(fact.left, fact.right)
        and not (in_time_stamp(left, fact.left_place) and in_time_stamp(right, fact.right_place))
        and not any(map(_is_letter, (fact.left, fact.right)))
    )


def _correspond(one: tuple[str, str], other: tuple[str, str], *, counts: bool) -> bool:
    """Whether the neighbours of two facts show that they are about the same thing."""
    return one == other or (counts and one[1] == other[1] != "")


def _neighbours(words: Sequence[str], place: int, passed_over: Collection[int]) -> tuple[str, str]:
    """Return the nearest words before and after a place that were not exchanged; "" at an end of the text."""
    before, after = place - 1, place + 1
    while before in passed_over:
        before -= 1
    while after in passed_over:
        after += 1
    return words[before] if before >= 0 else "", words[after] if after < len(words) else ""


def _is_letter(word: str) -> bool:
    """Whether a word is a lone letter such as an initial, not a numeral or a word of an unspaced script."""
    return len(word) == 1 and word.isalpha() and word < chr(FIRST_UNSPACED) and word not in NUMERALS
