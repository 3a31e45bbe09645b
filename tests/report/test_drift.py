"""Stories that drift: every version is a copy of the last, and the thirtieth none of the first."""

import random

import pytest

from dedup import Recipe, find_duplicates
from dedup.model import Report
from tests.report.test_made_up_archives import some_stories

pytestmark = pytest.mark.once

STORIES, VERSIONS, WORDS, CHANGED = 6, 30, 200, 12


def drifting() -> list[dict[str, str]]:
    """Write stories whose versions each replace a run of words of the version before."""
    source = random.Random(5)
    spare = " ".join(some_stories(STORIES * VERSIONS, words=CHANGED)).split()
    archive = []
    for story, text in enumerate(some_stories(STORIES, words=WORDS)):
        words = text.split()
        for version in range(VERSIONS):
            archive.append(
                {
                    "id": f"{story:02}-{version:02}",
                    "text": " ".join(words),
                    "published": f"2024-03-01T{version:02}:00"
                    if version < 24
                    else f"2024-03-02T{version - 24:02}:00",
                }
            )
            at = source.randrange(len(words) - CHANGED)
            words[at : at + CHANGED] = [spare.pop() for _ in range(CHANGED)]
    return archive


def report_of(archive: list[dict[str, str]]) -> Report:
    """Report without the ranking."""
    return find_duplicates(archive, recipe=Recipe(rank=False))


def test_no_member_joins_by_way_of_another() -> None:
    """Every member is a copy of its representative by the joining rule, and of one story."""
    report = report_of(drifting())

    joined = {
        frozenset((cluster.representative, member.id)): member
        for cluster in report.clusters
        for member in cluster.members[1:]
    }
    measured = {frozenset((pair.left, pair.right)): pair for pair in report.pairs}
    assert len(report.clusters) > STORIES
    assert all(measured[names].verdict.joins for names in joined)
    assert all(measured[names].verdict == member.verdict for names, member in joined.items())
    assert all(len({name[:2] for name in names}) == 1 for names in joined)


def test_the_order_of_the_versions_leaves_no_trace() -> None:
    """Read backwards, or shuffled, they make the same clusters."""
    archive = drifting()
    shuffled = random.Random(3).sample(archive, len(archive))

    assert report_of(archive).clusters == report_of(archive[::-1]).clusters == report_of(shuffled).clusters
