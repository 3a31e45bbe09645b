"""Which of many words are in a text."""

from hypothesis import given
from hypothesis import strategies as st

from dedup.text.credit import credits_of, credits_of_all
from dedup.text.word_search import WordSearch

LETTERS = "abیا\U0001f600"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=8)


def test_words_of_every_length_are_found_in_the_text_that_holds_them() -> None:
    """Two letters or six, at the beginning, inside a longer word, at the end; a word may begin another."""
    search = WordSearch(["AP", "ایسنا", "dpa", "خبر", "خبرگزاری"])

    found = search.search(["AP dpaX", "", "به گزارش ایسنا", "خبرگزاری", "AxP"])

    assert [sorted(words) for words in found] == [[0, 2], [], [1], [3, 4], []]


def test_a_word_over_the_border_of_two_texts_is_in_neither() -> None:
    """Texts are searched together, and words stay inside them."""
    assert WordSearch(["Reuters", "AP"]).search(["Reut", "ersA", "P"]) == [[], [], []]


@given(WORDS, st.lists(st.text(LETTERS, max_size=12), max_size=5))
def test_a_search_finds_what_python_finds(words: list[str], texts: list[str]) -> None:
    """Letters beyond the first plane, repeated words and texts without letters among them."""
    expected = [[number for number, word in enumerate(words) if word in text] for text in texts]

    assert [sorted(found) for found in WordSearch(words).search(texts)] == expected


def test_credits_of_many_texts_are_those_of_each() -> None:
    """A name that is credited in an opening and at the end comes once."""
    texts = ["به گزارش ایسنا، پل باز شد. (ایسنا)", "", "The bridge is open. " * 40 + "(Reuters)"]

    assert credits_of_all(texts) == [("ایسنا",), (), ("Reuters",)]
    assert [credits_of(text) for text in texts] == credits_of_all(texts)
