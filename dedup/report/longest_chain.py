"""Which texts extend which -> the versions of a developing story."""

from collections.abc import Iterable


def sequence(extensions: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Find the longest chain of texts each of which extends the one before it.

    Args:
        extensions: Pairs of an earlier text and a later one that extends it, by their places in the order of
            time; ascending, each once.

    Returns:
        The places of the chain, two at least, or none; of chains of equal length the one that ends first,
        and of these the one whose earlier links come first.
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
