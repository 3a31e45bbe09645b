"""The kernel's terms as people read them."""

from collections.abc import Sequence

from dedup.report.rank.shown_terms import TERMS, Asked, in_all, readable
from dedup.report.rank.stop_words import Vocabulary


def join(words: Sequence[str]) -> list[str]:
    """Join will and has with what follows."""
    return " ".join(words).replace("will ", "will_").replace("has ", "has_").split(" ")


VOCABULARY = Vocabulary("test", frozenset({"will", "the", "will_be"}), frozenset({"will", "has"}), join)


def shown(*pairs: tuple[str, str], together: bool = True) -> tuple[str, ...]:
    """Show words with the phrases they are in."""
    words, phrases = zip(*pairs, strict=True)
    (terms,) = readable([Asked((words, phrases), 0, together=together)], VOCABULARY, text=lambda _: "")
    return terms


def test_a_word_is_shown_with_the_rest_of_its_verb() -> None:
    """The kernel gives `gone` as part of «will has gone»."""
    assert shown(("gone", "will has gone"), ("fox", "fox")) == ("will has gone", "fox")


def test_a_verb_is_shown_once() -> None:
    """Each of its parts names it."""
    assert shown(("gone", "has gone"), ("has", "has gone"), ("owl", "owl")) == ("has gone", "owl")


def test_a_neighbour_that_is_no_part_of_the_verb_is_left_out() -> None:
    """`fox` follows an opener that hazm does not join to it."""
    assert shown(("gone", "has gone"), ("fox", "opener fox")) == ("has gone", "fox")


def test_what_says_nothing_is_left_out() -> None:
    """A bare auxiliary, and one that is joined to another."""
    assert shown(("will", "will"), ("be", "will be"), ("owl", "owl")) == ("owl",)


def test_words_stay_alone_where_verbs_are_not_put_together() -> None:
    """In a text of another language the same letters are another word."""
    assert shown(("gone", "has gone"), ("will", "will gone"), together=False) == ("gone",)


def test_six_are_shown() -> None:
    """The heaviest six."""
    words = tuple("abcdefgh")

    assert shown(*zip(words, words, strict=True)) == words[:TERMS] == tuple("abcdef")


def test_terms_in_all_lists_keep_their_order() -> None:
    """Owl is missing in one, fox in another."""
    lists = [
        (tuple(words), tuple(words))
        for words in (["red", "owl", "fox", "dog"], ["fox", "red", "dog"], ["dog", "red"])
    ]

    assert in_all(lists) == (("red", "dog"), ("red", "dog"))
