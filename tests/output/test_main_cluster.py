"""Which of several clusters a document is shown in."""

from dataclasses import replace

import pytest

import dedup
from dedup.model import Cluster, Member, Report, Verdict
from dedup.output.main_cluster import main_clusters


def cluster(number: int, *members: tuple[str, float]) -> Cluster:
    """Make a cluster of ids with their Jaccard; the first represents."""
    listed = tuple(
        Member(name, "", "", "", "", "", Verdict.CONTAINED if rank else None, jaccard, 1.0, None, rank)
        for rank, (name, jaccard) in enumerate(members)
    )
    return Cluster(number, members[0][0], "", 0.5, listed)


def homes_of(*clusters: Cluster) -> dict[str, int]:
    """Return the number of the cluster each document of a report is shown in."""
    report: Report = replace(dedup.find_duplicates([]), clusters=clusters)
    return {name: main.cluster.id for name, main in main_clusters(report).items()}


def test_most_documents_have_one_cluster() -> None:
    """Documents outside every cluster have none."""
    assert homes_of(cluster(1, ("a", 1), ("b", 0.5)), cluster(2, ("c", 1), ("d", 0.9))) == {
        "a": 1,
        "b": 1,
        "c": 2,
        "d": 2,
    }
    assert homes_of() == {}


@pytest.mark.parametrize(
    ("first", "second", "main"),
    [(0.4, 0.6, 2), (0.6, 0.4, 1), (0.5, 0.5, 1)],
    ids=["second", "first", "equal"],
)
def test_a_roundup_is_shown_with_the_story_it_resembles_most(first: float, second: float, main: int) -> None:
    """With the first of those it resembles equally."""
    found = homes_of(cluster(1, ("a", 1), ("r", first)), cluster(2, ("b", 1), ("r", second)))

    assert found == {"a": 1, "b": 2, "r": main}


def test_who_represents_is_shown_there() -> None:
    """Even where another representative holds the same words in another order."""
    found = homes_of(cluster(1, ("a", 1), ("r", 1.0), ("s", 0.5)), cluster(2, ("r", 1.0), ("s", 0.9)))

    assert found == {"a": 1, "r": 2, "s": 2}
