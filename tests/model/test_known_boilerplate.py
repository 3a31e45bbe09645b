"""Boilerplate that is kept."""

from dedup.model.known_boilerplate import KnownPassage, from_lines, to_lines, without_repetition


def test_what_was_written_is_read_again() -> None:
    """Text, number of documents and shingles, also those of 64 bits, come back."""
    passages = [KnownPassage("اشتراک", 9, (1, 2**64 - 1)), KnownPassage("read\nmore", 3, (7,))]

    lines = b"".join(to_lines(passages, letters=20)).decode().splitlines()

    assert from_lines(lines, letters=20) == passages


def test_a_passage_within_others_is_left_out() -> None:
    """Of 1 to 3, 2 to 4 and 1 to 4 the last adds nothing."""
    sets = ([1, 2, 3], [2, 3, 4], [1, 4])

    assert without_repetition(sets, list) == [[1, 2, 3], [2, 3, 4]]
