"""The longest chain of extensions, worked out by hand."""

import pytest

from dedup.report.longest_chain import sequence


@pytest.mark.parametrize(
    ("extensions", "chain"),
    [
        ([], ()),
        ([(0, 1)], (0, 1)),
        ([(0, 1), (0, 2), (1, 2)], (0, 1, 2)),
        ([(0, 3), (1, 2), (2, 3)], (1, 2, 3)),
        ([(0, 2), (1, 2)], (0, 2)),
        ([(0, 1), (2, 3)], (0, 1)),
        ([(2, 3), (3, 4), (0, 4), (0, 1)], (2, 3, 4)),
    ],
)
def test_the_longest_chain_is_found(extensions: list[tuple[int, int]], chain: tuple[int, ...]) -> None:
    """A shortcut does not count; of equal chains the first ends first, or begins first."""
    assert sequence(extensions) == chain
    assert sequence(extensions[::-1]) == chain
