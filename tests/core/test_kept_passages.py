"""Passages that two texts have in the same order: in one piece, and cut at anchors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.core.kept_passages import kept_blocks, segments

WORDS = [f"w{place}" for place in range(60)]


def test_passages_in_one_piece() -> None:
    """The third word was exchanged, the last one is behind both."""
    assert kept_blocks(["a", "b", "c", "d"], ["a", "b", "x", "d"]) == [(0, 0, 2), (3, 3, 1)]


def test_long_texts_are_split_at_a_passage_that_each_has_once() -> None:
    """Twenty words follow ten of its own in one text and twelve in the other; two are at the end."""
    left = [*map(str, range(10)), *WORDS[:20], "1", "x", "end"]
    right = [*map(str, range(100, 112)), *WORDS[:20], "y", "end"]

    assert kept_blocks(left, right, most=5) == [(10, 12, 20), (32, 33, 1)]


def test_a_repeated_passage_is_not_an_anchor() -> None:
    """Twelve words that one text prints twice say nothing of which of the two is meant."""
    left = ["a", *WORDS[:12], "b", *WORDS[:12], "c"]
    right = ["d", *WORDS[:12], "e"]

    assert kept_blocks(left, right, most=5) == []


@pytest.mark.parametrize(("size", "kept"), [(11, []), (12, [(1, 1, 12)])])
def test_twelve_words_are_an_anchor(size: int, kept: list[tuple[int, int, int]]) -> None:
    """A shorter passage is found only where little is around it."""
    left, right = ([*letters[:1], *WORDS[:size], *letters[1:]] for letters in ("abcdefgh", "ijklmnop"))

    assert kept_blocks(left, right, most=5) == kept


def test_of_passages_in_another_order_the_longest_list_is_kept() -> None:
    """Of three passages, each of more than twelve words, the first is last in the other text."""
    one, two, three = WORDS[:14], WORDS[20:34], WORDS[40:54]
    left, right = ["a", *one, *two, *three], ["b", "c", *two, *three, *one]

    assert kept_blocks(left, right, most=5) == [(15, 2, 28)]


def test_what_is_too_long_between_anchors_has_nothing_in_common() -> None:
    """Six words by six are more than five by five, although they are the same but for one."""
    left = ["a", *WORDS[:12], "1", "2", "3", "4", "5", "6", *WORDS[20:32], "b"]
    right = ["c", *WORDS[:12], "0", "2", "3", "4", "5", "7", *WORDS[20:32], "d"]

    assert kept_blocks(left, right, most=5) == [(1, 1, 12), (19, 19, 12)]
    assert kept_blocks(left, right, most=6) == [(1, 1, 12), (14, 14, 4), (19, 19, 12)]


@pytest.mark.parametrize(("size", "kept"), [(2, False), (3, True)])
def test_chance_keeps_a_word_or_two_between_larger_changes(size: int, kept: bool) -> None:  # noqa: FBT001
    """Four words were exchanged on either side."""
    left = [*"abcd", *WORDS[:size], *"efgh"]
    right = [*"ijkl", *WORDS[:size], *"mnop"]

    assert any(same for same, *_ in segments(left, right, most=99)) is kept


few = st.lists(st.sampled_from("abc"), max_size=40)


@given(few, few, few, st.integers(1, 12))
def test_passages_are_equal_ascend_and_do_not_touch(
    left: list[str], right: list[str], shared: list[str], most: int
) -> None:
    """However small the pieces are."""
    left, right = [*left, *WORDS[:12], *shared], [*right, *WORDS[:12], *shared, *right]
    end = other_end = -1
    for at, other_at, size in kept_blocks(left, right, most=most):
        assert left[at : at + size] == right[other_at : other_at + size] != []
        assert at >= max(end, 0)
        assert other_at >= max(other_end, 0)
        assert (at, other_at) != (end, other_end)
        end, other_end = at + size, other_at + size
