"""Relate an offered story to a stored one: unchanged, changed, longer, or a copy of another.

Stories grow: a one-minute alert becomes a full report within an hour, under the same or another address. An
index with only the first version would drop the later ones as copies, and lose their new content.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dedup.model import Verdict
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer, Match, Relation, answer
from dedup.prefilter.index_keys import Query
from dedup.prefilter.lookup import LookupResult, find_among, find_best, find_itself
from dedup.prefilter.other_titles import compare_titles
from dedup.prefilter.policy import Policy, Versions
from dedup.story_index.protocol import Stored, View

LONGER = 0.1
"""Minimum growth of a version, as in reports: smaller growth is different boilerplate or a few words; growth
by this much is new text that a reader of the shorter one would miss."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Result of looking up an offered story.

    Attributes:
        answer: The answer.
        crowded: Keys whose buckets are full; None if no keys were looked up.
        seen: The stored story that was offered again, itself or as a copy; None for a new story.
        replaces: Whether `seen` is an earlier version of the offered story.
    """

    answer: Answer
    crowded: frozenset[int] | None = None
    seen: Stored | None = None
    replaces: bool = False


def follow(query: Query, view: View, recipe: Recipe, policy: Policy) -> Followed:
    """Find the story that a story follows: first one with its id or URL, then the best match of all.

    A wall or stub page (a text stored under many unrelated titles) follows no story.
    """
    earlier = view.named(query.names)
    if earlier and (own := find_among(query, view, recipe, stories=earlier)):
        return _again(query, _latest(own), policy.versions)
    if policy.cross_source and (twin := find_itself(query, view)):
        return _again(query, twin, policy.versions)
    found = find_best(query, view, recipe, policy)
    best = found.matches[0] if found.matches else None
    titles = compare_titles(query, view) if best is not None and best.verdict is Verdict.IDENTICAL else None
    if best is not None and titles is not None and titles.is_unrelated:
        best = replace(best, drops=False, reasons=(*best.reasons, titles.reason))
    elif best is not None and _is_itself(query, best):
        return _again(query, best, policy.versions)
    identity = query.story.id
    if any(each.id == identity for each in earlier):
        identity = _free_id(identity, view)
    if titles is not None and titles.is_wall:
        return Followed(Answer(identity, reasons=(titles.reason,), cluster_id=identity, cluster_size=1))
    return _other(query, found, best, policy=policy, identity=identity)


def _latest(own: Sequence[Match]) -> Match:
    """The version to compare with: an identical one, or the latest under the id of the best."""
    best = own[0]
    if best.verdict is Verdict.IDENTICAL:
        return best
    return max((each for each in own if each.stored.id == best.stored.id), key=lambda each: each.stored.seq)


def _again(query: Query, match: Match, versions: Versions) -> Followed:
    """The same story: unchanged, or another version of it."""
    is_numbered = match.stored.id.startswith(f"{query.story.id}#")
    identity = match.stored.id if is_numbered else query.story.id
    reply = answer(identity, match, letters=query.letters)
    if match.verdict is Verdict.IDENTICAL:
        same = replace(reply, relation=Relation.SAME, drops=True)
        return Followed(same, seen=match.stored)
    passes = versions is Versions.FOLLOW or (versions is Versions.LONGEST and reply.longer >= LONGER)
    updated = replace(reply, relation=Relation.UPDATED, drops=not passes, cluster_id=match.stored.cluster_id)
    return Followed(updated, seen=match.stored, replaces=True)


def _other(
    query: Query,
    found: LookupResult,
    best: Match | None,
    *,
    policy: Policy,
    identity: str,
) -> Followed:
    """A new story, a copy of another, or a longer version of it."""
    reply = answer(identity, best, letters=query.letters, exact=not found.cut)
    if best is None or not best.verdict.joins:
        return Followed(reply, found.crowded)
    contains = best.verdict is Verdict.CONTAINED and reply.longer > 0
    if (best.repeats or contains) and reply.longer >= LONGER:
        if policy.versions is Versions.FIRST and best.repeats:
            reply = replace(reply, drops=not policy.prefers(query.story.source, best.stored.source))
        else:
            reply = replace(reply, relation=Relation.EXTENDS, drops=False)
    elif best.drops and policy.prefers(query.story.source, best.stored.source):
        reply = replace(reply, drops=False)
    return Followed(reply, found.crowded, seen=best.stored)


def _is_itself(query: Query, best: Match) -> bool:
    """Whether the same source offered it before: without id and URL, or under an id from `_free_id`."""
    stored, identity = best.stored, query.story.id
    if stored.source != query.story.source:
        return False
    unchanged = stored.id == identity and best.verdict is Verdict.IDENTICAL
    return unchanged or stored.id.rpartition("#")[0] == identity


def _free_id(taken: str, view: View) -> str:
    """Return an id with a number appended, for a story whose id already belongs to another text.

    The numbers in use have few gaps, so the search doubles its steps, then bisects the last one.
    """
    used, free = 1, 2
    while view.named([f"{taken}#{free}"]):
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if view.named([f"{taken}#{middle}"]) else (used, middle)
    return f"{taken}#{free}"
