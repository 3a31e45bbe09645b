"""Which new words at the beginning of a text are a statement of its own; on both kernels."""

import pytest

from tests.core.test_aligned_text import BODY, sequence
from tests.core.test_aligned_text import aligned as aligned_sequences
from tests.core.test_alignment import Aligning, every_kernel, one_pair, words_of

STATEMENT = "nobody came home"


def spliced(place: int, own: str = STATEMENT, *, gone: int = 0, words: int = 100) -> str:
    """Insert words into a text of `words` words, in place of `gone` of them."""
    written = words_of(words).split()
    return " ".join([*written[:place], own, *written[place + gone :]])


@every_kernel
@pytest.mark.parametrize(("own", "fresh"), [("the strike was called off", 4), ("nobody came", 0)])
@pytest.mark.parametrize(
    "pattern", ["{own} {body}", "the council met on the bridge {own} repairs and chose a builder"]
)
def test_three_words_that_nothing_faces_are_a_statement(
    kernel: Aligning, own: str, fresh: int, pattern: str
) -> None:
    """Ahead of the text or within its first sentence; "the" is in the other text too."""
    body = pattern.format(own="", body=BODY)

    assert one_pair(kernel, pattern.format(own=own, body=BODY), body).own_lead == (fresh, 0)


@every_kernel
@pytest.mark.parametrize(("place", "fresh"), [(59, 3), (60, 0)])
def test_a_statement_begins_within_sixty_words(kernel: Aligning, place: int, fresh: int) -> None:
    """Its first word is the sixtieth of the text, or the next."""
    assert one_pair(kernel, spliced(place), words_of(100)).own_lead == (fresh, 0)


@every_kernel
@pytest.mark.parametrize(("place", "fresh"), [(119, 4), (120, 0)])
def test_two_letters_of_a_script_without_spaces_are_a_word(kernel: Aligning, place: int, fresh: int) -> None:
    """A statement of four letters begins within 120."""
    letters = "".join(chr(0x4E00 + number) for number in range(200))

    found = one_pair(kernel, f"{letters[:place]}罢工取消{letters[place:]}", letters)

    assert found.own_lead == (fresh, 0)


@every_kernel
@pytest.mark.parametrize(
    ("place", "own", "fresh"),
    [(0, STATEMENT, 3), (0, "nobody waz waz came", 2), (0, "nobody waz wbz waz", 0), (10, STATEMENT, 0)],
)
def test_words_in_the_place_of_others_are_a_statement_if_they_open_the_text(
    kernel: Aligning, place: int, own: str, fresh: int
) -> None:
    """And if half of them are nowhere in the other text, which has "waz" and "wbz" further on."""
    other = f"{words_of(60)} waz then wbz"

    found = one_pair(kernel, f"{spliced(place, own, gone=6, words=60)} waz then wbz", other)

    assert found.own_lead[0] == fresh


@every_kernel
@pytest.mark.parametrize(
    ("line", "fresh"),
    [
        (STATEMENT, 3),
        ("nobody came", 0),
        ("Strike Called Off", 3),
        ("Home 417 views", 0),
        ("12 june\nnobody came home", 3),
    ],
)
def test_a_line_that_is_left_out_as_a_stamp_may_be_a_statement(
    kernel: Aligning, line: str, fresh: int
) -> None:
    """Not if it has a number or a date; a headline in capitals is written as names are."""
    found = one_pair(kernel, f"{line}\n{words_of(60)}", words_of(60))

    assert (found.words, found.own_lead) == ((60, 60), (fresh, 0))


@every_kernel
def test_a_line_at_the_end_is_not_in_the_lead(kernel: Aligning) -> None:
    """It is left out as a stamp, and the text is short."""
    assert one_pair(kernel, f"{words_of(30)}\n{STATEMENT}", words_of(30)).own_lead == (0, 0)


def test_boilerplate_is_no_statement() -> None:
    """Three words of it ahead of a text that is alike as a whole."""
    left = sequence(f"read more here {BODY}", boilerplate=["read", "more", "here"])

    assert aligned_sequences(left, sequence(BODY), whole=True).own_lead == (0, 0)


@every_kernel
@pytest.mark.parametrize(("known", "fresh"), [(4, 2), (5, 0)])
def test_three_in_ten_words_of_a_statement_are_fresh(kernel: Aligning, known: int, fresh: int) -> None:
    """Two of six are enough, two of seven are not; the others are further on, in another order."""
    further_on = words_of(100).split()[90:80:-2][:known]

    found = one_pair(kernel, spliced(10, " ".join(["nobody", "came", *further_on])), words_of(100))

    assert found.own_lead == (fresh, 0)
