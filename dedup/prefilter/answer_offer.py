"""Answer for an offered story inside a write transaction, and store it if it passes."""

from collections.abc import Iterable
from dataclasses import replace

from dedup.model import Reason, ReasonKind
from dedup.model.recipe import Recipe
from dedup.prefilter.answer import Answer, Relation, answer
from dedup.prefilter.compared_stories import judge_ahead
from dedup.prefilter.follow_story import Followed, follow
from dedup.prefilter.index_keys import Query
from dedup.prefilter.lookup import crowded_keys, find_all, likely_matches
from dedup.prefilter.offer import Offer, stored_before
from dedup.prefilter.policy import Policy
from dedup.story_index.protocol import Copy, Stored, View, Writing

EVICTED_AT_ONCE = 2
"""Most stories that one write removes: more than it adds, so that the index shrinks to its limits."""


def answer_offer(offer: Offer, writing: Writing, recipe: Recipe, policy: Policy, *, again: bool) -> Answer:
    """Answer for one story, and store it if it passes.

    Args:
        offer: The story.
        writing: The transaction.
        recipe: The recipe of the index.
        policy: Which copies pass.
        again: Whether an earlier attempt may have stored it.
    """
    query = offer.query
    if again and (stored := stored_before(offer, writing)):
        return stored
    if not is_comparable(query, recipe):
        return too_short(query, recipe)
    followed = follow(query, writing, recipe, policy)
    reply, seen = followed.answer, followed.seen
    if seen is not None:
        writing.mark_seen(seen.seq)
    if reply.relation is Relation.SAME or (reply.drops and not offer.always):
        if seen is not None and reply.relation is Relation.COPY:
            story = query.story
            writing.add_copy(seen.cluster, Copy(story.id, story.source, story.url, str(reply.verdict)))
        return with_size(reply, seen, writing)
    return _stored(offer, followed, writing, recipe)


def compare_ahead(queries: Iterable[Query], view: View, recipe: Recipe, policy: Policy) -> None:
    """Compare stories with those of a snapshot, so that it need not be done in a write transaction."""
    judge_ahead(
        [
            (query, each)
            for query in queries
            if is_comparable(query, recipe)
            for each in likely_matches(query, view, recipe, policy)
        ],
        recipe,
        view.boilerplate,
    )


def replace_story(offer: Offer, writing: Writing, recipe: Recipe) -> Answer:
    """Store a story in place of the one with its id or, without an id, the latest with its URL."""
    query = offer.query
    if not is_comparable(query, recipe):
        return too_short(query, recipe)
    earlier = writing.named(query.names[:1])
    if not earlier:
        reply = Answer(query.story.id, cluster_id=query.story.id, cluster_size=1)
        return _stored(offer, Followed(reply), writing, recipe)
    latest = earlier[0]
    writing.remove([each.seq for each in earlier[1:] if each.id == latest.id])
    reply = Answer(
        latest.id, match=latest.id, relation=Relation.UPDATED, cluster_id=latest.cluster_id, cluster_size=1
    )
    return _stored(offer, Followed(reply, seen=latest, replaces=True), writing, recipe)


def _stored(offer: Offer, followed: Followed, writing: Writing, recipe: Recipe) -> Answer:
    story, reply, earlier = offer.query.story, followed.answer, followed.seen
    if followed.replaces and earlier is not None:  # fields missing from the new version are kept
        story = replace(
            story,
            source=story.source or earlier.source,
            published=story.published or earlier.published,
            url=story.url or earlier.url,
        )
    crowded = followed.crowded
    if crowded is None:
        crowded = crowded_keys(offer.query, writing, recipe)
    put = writing.put(
        story if story.id == reply.id else replace(story, id=reply.id),
        crowded=crowded,
        secret=offer.secret,
        hold=offer.hold,
        joins=followed.seen,
        replaces=followed.replaces,
    )
    writing.evict(EVICTED_AT_ONCE)
    return with_size(replace(reply, stored=True, ticket=offer.ticket(put)), followed.seen, writing)


def every_answer(query: Query, view: View, recipe: Recipe, policy: Policy) -> tuple[Answer, ...]:
    """The answers that each stored story which has a verdict with a story would give, copies first."""
    return tuple(
        with_size(
            answer(query.story.id, match, letters=query.letters),
            match.stored if match.verdict.joins else None,
            view,
        )
        for match in find_all(query, view, recipe, policy).matches
    )


def with_size(reply: Answer, seen: Stored | None, view: View) -> Answer:
    """Add the size of the cluster of the story that it is a copy or a version of."""
    return reply if seen is None else replace(reply, cluster_size=view.cluster_size(seen.cluster))


def is_comparable(query: Query, recipe: Recipe) -> bool:
    """Whether a story is long enough to be compared."""
    return query.letters >= recipe.min_letters and query.shingles.size > 0


def too_short(query: Query, recipe: Recipe) -> Answer:
    """The answer for a story that is too short."""
    reason = Reason(ReasonKind.TOO_SHORT, (query.letters, recipe.min_letters))
    return Answer(query.story.id, reasons=(reason,))
