"""Joined pairs -> clusters around representatives: no chains, and no story fused with another.

Stars, not connected components: a member joins because it was matched against the representative.
Source: Aslam, Pelekhov and Rus, "The star clustering algorithm", 2004, with the policy's order
instead of the degree.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

Moment = tuple[int, ...]
"""Year, month, day, hour, minute, second."""


@dataclass(frozen=True, slots=True)
class Join:
    """A pair whose verdict joins: ids, and which of the two contains the other, if one does.

    Attributes:
        left: One id.
        right: The other.
        container: The id of the longer text, where the other stands in it (almost) whole, else None.
    """

    left: str
    right: str
    container: str | None = None


@dataclass(frozen=True, slots=True)
class Star:
    """A representative and those that were matched against it, by id."""

    representative: str
    members: tuple[str, ...]


def cluster(
    joins: Sequence[Join],
    *,
    related: Iterable[tuple[str, str]],
    order: Sequence[str],
    published: Mapping[str, Moment],
    copied: Collection[str] = (),
    old: Collection[str] = (),
) -> list[Star]:
    """Gather documents around representatives.

    A roundup (a text that contains two or more others that have nothing to do with each other, and
    is not known to be older than all of them) fuses nothing: it is listed with each story it holds,
    and represents only its own copies. Where it is itself a copy of an old text, it is listed
    with that alone.

    Args:
        joins: Pairs whose verdict joins, each once.
        related: Pairs with any verdict.
        order: The ids; of two that join, the first represents.
        published: When, for the ids where it is known: a roundup is no older than what it holds.
        copied: Ids that stand for several identical documents: they make a star even alone.
        old: Ids that were not compared with each other.

    Returns:
        Stars by representative. Only a roundup stands in several.
    """
    neighbours: dict[str, set[str]] = {name: set() for name in copied}
    for join in joins:
        neighbours.setdefault(join.left, set()).add(join.right)
        neighbours.setdefault(join.right, set()).add(join.left)
    roundups = _roundups(joins, related=related, published=published)
    taken: set[str] = set()
    stars = []
    for name in sorted(filter(neighbours.__contains__, order), key=roundups.__contains__):
        if name in taken:
            continue
        members = tuple(sorted(neighbours[name] - taken - roundups.get(name, set())))
        if members or name in copied:
            stars.append(Star(name, members))
            taken.add(name)
            taken.update(other for other in members if other not in roundups or name in roundups)
    copied_roundups = _copied_roundups(stars, roundups, old=old)
    left = (replace(star, members=_without(star, copied_roundups)) for star in stars)
    kept = (star for star in left if star.members or star.representative in copied)
    return sorted(kept, key=lambda star: star.representative)


def _copied_roundups(
    stars: Sequence[Star], roundups: Mapping[str, set[str]], *, old: Collection[str]
) -> dict[str, set[str]]:
    """Roundups that copy old texts which are none of their stories, with such texts.

    Nobody compared those with the stories that they hold, so they are no roundups themselves.
    """
    found: dict[str, set[str]] = {}
    for star in stars:
        if star.representative in old:
            for name in star.members:
                if name in roundups and star.representative not in roundups[name]:
                    found.setdefault(name, set()).add(star.representative)
    return found


def _without(star: Star, copied_roundups: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Leave out of a star the roundups whose copy stands elsewhere: that says all there is to say of them."""
    name = star.representative
    return tuple(member for member in star.members if name == min(copied_roundups.get(member, {name})))


def _roundups(
    joins: Sequence[Join], *, related: Iterable[tuple[str, str]], published: Mapping[str, Moment]
) -> dict[str, set[str]]:
    """Texts that contain several stories, with the stories each contains."""
    parts: dict[str, set[str]] = {}
    for join in joins:
        if join.container is not None:
            part = join.right if join.container == join.left else join.left
            parts.setdefault(join.container, set()).add(part)
    several = {name: held for name, held in parts.items() if len(held) > 1}
    asked = set().union(*several.values())
    known = {frozenset(pair) for pair in related if pair[0] in asked and pair[1] in asked}
    return {
        name: held
        for name, held in several.items()
        if _unrelated(held, known) and not _oldest(name, held, published)
    }


def _oldest(name: str, others: set[str], published: Mapping[str, Moment]) -> bool:
    """Whether a text is known to be older than all the others: they are excerpts of it."""
    return name in published and all(
        other in published and published[name] < published[other] for other in others
    )


def _unrelated(names: set[str], related: set[frozenset[str]]) -> bool:
    """Whether any two of the names have no verdict in common."""
    return any(frozenset(pair) not in related for pair in combinations(sorted(names), 2))
