"""Facts in corresponding places of two copies -> those that an editor would call changed."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from dedup.comparison.readable_text import ReadableText
from dedup.comparison.same_fact import abbreviates, in_time_stamp, same_fact
from dedup.comparison.written_number import written_number
from dedup.core.numerals import NUMERALS
from dedup.core.unspaced_scripts import FIRST_UNSPACED
from dedup.model.measures import ExchangedFact

type Words = Sequence[str]
type Texts = tuple[Callable[[], ReadableText], Callable[[], ReadableText]]

_AROUND = 4
"""Words on each side of a fact that are compared; numbers and other exchanged facts are passed over."""
_NEAR = 12
"""Words on each side within which a fact that both texts have was moved, not changed."""


def changed_facts(
    facts: Sequence[ExchangedFact],
    left: Words,
    right: Words,
    texts: Texts,
) -> tuple[ExchangedFact, ...]:
    """Keep the facts that both texts surround with the same words: `at least 40 died`, `at least 14 died`.

    In a rewritten passage, facts are paired by order alone, which proves nothing: half of the nearest words
    must be the same, and for a number the word after it: `40 arrests`, `about 30 arrests`. Spellings of one
    fact (`1` and `01`, `17.7` and `17.70`, a month with and without its suffix) are not a change, nor are two
    time stamps, nor two numbers that both texts have nearby in another order; a single letter is not a name.

    Args:
        facts: Folded.
        left: The words of the left text; `left_place` is an index into them.
        right: The words of the right text.
        texts: Return the left and the right text; called only for numbers that are changed.

    Returns:
        Numbers as they are written, with decimals: `17.7`, once even if several of their words differ.
    """
    ours, theirs = {fact.left_place for fact in facts}, {fact.right_place for fact in facts}
    changed = [
        fact
        for fact in facts
        if not same_fact(fact.left, fact.right)
        and not any(map(_is_letter, (fact.left, fact.right)))
        and _correspond(
            _Around.of(left, fact.left_place, ours),
            _Around.of(right, fact.right_place, theirs),
            counts=fact.left.isdecimal(),
        )
        and not (in_time_stamp(left, fact.left_place) and in_time_stamp(right, fact.right_place))
        and not _moved(fact, left, right)
        and not abbreviates(left, fact.left_place, right, fact.right_place)
    ]
    return tuple(_whole_numbers(changed, left, right, texts))


def _correspond(one: "_Around", other: "_Around", *, counts: bool) -> bool:
    """Whether the words around two facts show that they are about the same thing."""
    behind = one.after[:1] == other.after[:1]
    ahead = one.before[:1] == other.before[:1]
    if not (behind and (ahead or (counts and one.after))):
        return False
    pairs = (one.before, other.before), (one.after, other.after)
    sides = [(_words_only(ours), _words_only(theirs)) for ours, theirs in pairs]
    same = sum((Counter(ours) & Counter(theirs)).total() for ours, theirs in sides)
    return 2 * same >= sum(min(len(ours), len(theirs)) for ours, theirs in sides)


@dataclass(frozen=True, slots=True)
class _Around:
    """The nearest words before and after a fact, nearest first, without facts that were exchanged."""

    before: Words
    after: Words

    @classmethod
    def of(cls, words: Words, place: int, exchanged: Collection[int]) -> "_Around":
        return cls(
            *(
                [words[at] for at in places if at not in exchanged]
                for places in (
                    range(place - 1, max(place - _NEAR, 0) - 1, -1),
                    range(place + 1, min(place + _NEAR + 1, len(words))),
                )
            )
        )


def _words_only(words: Words) -> Words:
    return [word for word in words if not word.isdecimal()][:_AROUND]


def _moved(fact: ExchangedFact, left: Words, right: Words) -> bool:
    """Whether each of two facts is near the place of the other: `82 of water, 56 of oil`, `water 82, oil 56`.

    A number that is glued to a word is near, too: `F16, block 52`, `F-16`.
    """
    ours, theirs = _near(left, fact.left_place), _near(right, fact.right_place)
    if fact.left in theirs and fact.right in ours:
        return True
    glued = (
        (left[fact.left_place - 1 : fact.left_place], fact.left, theirs),
        (right[fact.right_place - 1 : fact.right_place], fact.right, ours),
    )
    return any(
        before and any(word.endswith("".join((*before, number))) for word in near)
        for before, number, near in glued
    )


def _near(words: Words, place: int) -> Collection[str]:
    return {*words[max(place - _NEAR, 0) : place], *words[place + 1 : place + _NEAR + 1]}


def _is_letter(word: str) -> bool:
    """Whether a word is a lone letter such as an initial, not a numeral or a word of an unspaced script."""
    return len(word) == 1 and word.isalpha() and word < chr(FIRST_UNSPACED) and word not in NUMERALS


def _whole_numbers(
    facts: Sequence[ExchangedFact], left: Words, right: Words, texts: Texts
) -> Iterator[ExchangedFact]:
    """Give numbers as they are written, each once, without those that are spellings of one."""
    known: set[tuple[int, int]] = set()
    for fact in facts:
        if not (fact.left.isdecimal() and fact.right.isdecimal()):
            yield fact
            continue
        one = written_number(left, fact.left_place, texts[0])
        other = written_number(right, fact.right_place, texts[1])
        if (one.first, other.first) not in known and not one.readings & other.readings:
            known.add((one.first, other.first))
            yield ExchangedFact(one.text, other.text, one.first, other.first)
