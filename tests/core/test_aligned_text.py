"""Texts whose words have flags: what is left out before aligning, names, boilerplate."""

from collections.abc import Collection

import pytest

from dedup.core.aligned_text import aligned_text
from dedup.core.alignment import align
from dedup.core.word_sequence import IS_BOILERPLATE, IS_NAME, LEFT_OUT, LEFT_OUT_WHOLE, WordSequence
from dedup.model import Alignment

BODY = "the council met on the bridge repairs and chose a builder for the northern bank of the river"


def sequence(text: str, **flagged: Collection[str]) -> WordSequence:
    """Read a text; `names`, `boilerplate`, `left_out` and `left_out_whole` list words with that flag."""
    flags = {
        "names": IS_NAME,
        "boilerplate": IS_BOILERPLATE,
        "left_out": LEFT_OUT,
        "left_out_whole": LEFT_OUT_WHOLE,
    }
    words = text.split()
    return WordSequence(
        words, [sum(flags[kind] for kind, marked in flagged.items() if word in marked) for word in words]
    )


def aligned(left: WordSequence, right: WordSequence, *, whole: bool = False) -> Alignment:
    """Align two texts; exchanged sides must give the mirrored result."""
    found = align(left, right, whole=whole)
    assert align(right, left, whole=whole) == found.mirrored()
    return found


def test_words_that_are_left_out_are_not_aligned() -> None:
    """Two words ahead of the body in one text; the exchanged number keeps its place among all words."""
    left = sequence(f"read also {BODY} cost 7 coins", left_out=["read", "also"])

    found = aligned(left, sequence(f"{BODY} cost 8 coins"))

    assert (found.whole_words, found.words) == ((23, 21), (21, 21))
    assert (found.kept, found.new) == (20, (1, 1))
    assert found.examples == (("7", "8", 21, 19),)


def test_texts_alike_as_wholes_have_a_flag_of_their_own() -> None:
    """`also` is left out of either, `read` only of texts that are not alike as wholes."""
    left = sequence(f"read also {BODY}", left_out=["read", "also"], left_out_whole=["also"])

    assert aligned(left, sequence(BODY)).words == (18, 18)
    assert aligned(left, sequence(BODY), whole=True).words == (19, 18)


def test_names_in_each_others_place_are_exchanged() -> None:
    """Two first names and a surname for another; names follow numbers in the examples."""
    names = ["anna", "smith", "carl", "weiss"]
    left = sequence("today anna smith of the town won 3 medals", names=names)
    right = sequence("today carl weiss of the town won 4 medals", names=names)

    found = aligned(left, right)

    assert (found.exchanged, found.exchanged_names, found.slots, found.fact_slots) == (1, 2, 2, 2)
    assert found.examples == (("3", "4", 7, 7), ("anna", "carl", 1, 1), ("smith", "weiss", 2, 2))


def test_a_name_that_the_other_text_has_elsewhere_is_not_exchanged() -> None:
    """Anna won here and lost there: she is in both texts."""
    names = ["anna", "carl"]
    left = sequence("anna won the race as the fans of carl saw", names=names)
    right = sequence("carl won the race as the fans of anna saw", names=names)

    assert aligned(left, right).exchanged_names == 0


def test_two_spellings_of_a_name_are_one_name() -> None:
    """One letter of nine is missing."""
    names = ["ghafoorian", "ghaforian"]
    left, right = (
        sequence("reporter ghafoorian says", names=names),
        sequence("reporter ghaforian says", names=names),
    )

    assert aligned(left, right).exchanged_names == 0


def test_a_name_is_not_exchanged_for_another_word() -> None:
    """`he` is no name, though it is in the place of one."""
    assert aligned(sequence("today anna won", names=["anna"]), sequence("today he won")).exchanged_names == 0


def test_a_date_that_looks_like_a_name_is_a_date() -> None:
    """`July` with a capital letter is a date."""
    found = aligned(sequence("on 3 july here", names=["july"]), sequence("on 3 june here", names=["june"]))

    assert (found.exchanged, found.exchanged_names, found.kept_facts, found.kept_names) == (1, 0, 1, 0)


def test_kept_names_are_counted() -> None:
    """Anna twice; the number is another fact."""
    text = sequence("anna won 3 medals said anna", names=["anna"])

    found = aligned(text, text)

    assert (found.kept_names, found.kept_facts) == (2, 1)


def test_boilerplate_counts_where_both_texts_have_it() -> None:
    """Three of four such words occur in the other text too, and two of three: the smaller number counts."""
    left = sequence(f"share this page page {BODY}", boilerplate=["share", "this", "page"])
    right = sequence(f"share page now {BODY}", boilerplate=["share", "page", "now"])

    assert aligned(left, right).boilerplate == 2
    assert aligned(left, sequence(BODY)).boilerplate == 0


def test_a_word_is_parted_where_the_other_text_has_both_parts() -> None:
    """`newsagency` is one word where `agency` is left out of the other text."""
    parted = aligned(sequence("newsagency met here"), sequence("news agency met here"))
    whole = aligned(sequence("newsagency met here"), sequence("news agency met here", left_out=["agency"]))

    assert (parted.words, parted.new) == ((4, 4), (0, 0))
    assert (whole.words, whole.new) == ((3, 3), (1, 1))


def test_a_text_of_which_everything_is_left_out() -> None:
    """Nothing of it is aligned; the other is new."""
    found = aligned(sequence("read also", left_out=["read", "also"]), sequence("the bridge"))

    assert (found.whole_words, found.words, found.new) == ((2, 2), (0, 2), (0, 2))


def test_the_words_of_a_text_know_where_they_were_read() -> None:
    """The second of four words is left out."""
    text = aligned_text(sequence("a b c d", left_out=["b"]), left_out=LEFT_OUT)

    assert (text.words, text.origins) == (["a", "c", "d"], [0, 2, 3])


def test_texts_with_equal_words_and_other_flags_give_the_mirrored_result() -> None:
    """Of such texts the one without flags is aligned first, and its words count as kept."""
    found = aligned(sequence("anna won here", names=["anna"]), sequence("anna won here"))

    assert found.kept_names == 0


@pytest.mark.parametrize(
    ("new", "fresh"),
    [("a b c d e f g", 0), ("a b c d e f g h", 8), ("a b c w1 w3 w5 w7 w9", 3), ("a b w0 w2 w4 w6 w8 w1", 0)],
)
def test_fresh_words_of_one_passage_are_counted_apart(new: str, fresh: int) -> None:
    """Of a passage of eight new words or more, if three in ten of them are nowhere in the other text."""
    body = " ".join(f"w{number}" for number in range(20))

    found = aligned(sequence(f"{body} {new} {body}"), sequence(f"{body} {body}"))

    assert found.fresh_together == (fresh, 0)


def test_facts_among_the_first_words_are_counted_apart() -> None:
    """Of the fresh words of the lead one is a number and one a name; those far down do not count."""
    left = sequence(f"anna saw 7 ships {BODY} {BODY} 9", names=["anna"])

    found = aligned(left, sequence(f"{BODY} {BODY}"))

    assert (found.fresh, found.fresh_first, found.facts_first) == ((5, 0), (4, 0), (2, 0))
