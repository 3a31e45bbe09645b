"""Pairs of texts in which one extends the other -> the versions of a developing story."""

from collections.abc import Iterable


def sequence(extensions: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Find the longest chain of texts in which each extends the previous one.

    Args:
        extensions: Pairs of an earlier text and a later one that extends it, as positions in chronological
            order; ascending, each once.

    Returns:
        The positions of the chain, at least two, or none. Of equally long chains the one that ends first,
        then the one whose earlier links come first.
    """
    before: dict[int, int] = {}
    length: dict[int, int] = {}
    for earlier, later in sorted(extensions, key=lambda pair: pair[::-1]):
        reached = length.get(earlier, 1) + 1
        if reached > length.get(later, 1):
            length[later], before[later] = reached, earlier
    if not length:
        return ()
    chain = [max(length, key=lambda place: (length[place], -place))]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
