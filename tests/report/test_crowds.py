"""Many texts that are nearly the same: nothing quadratic, nothing lost."""

import random

import pytest

from dedup import Document, ReasonKind, Recipe, find_duplicates
from tests.report.test_made_up_archives import story


def crowd(size: int) -> list[Document]:
    """Make stories of one text in which one word of each is another; too long for a notice about somebody."""
    rng, words = random.Random(3), 100
    text = story(rng, words).split()
    made = []
    for number in range(size):
        varied = list(text)
        varied[rng.randrange(words)] = f"کلمه{chr(0x0627)}" + story(rng, 1)
        made.append(Document(f"{number:04}", " ".join(varied)))
    return made


def test_a_crowd_of_near_duplicates_is_one_cluster() -> None:
    """More of them than a bucket pairs whole: all meet the one that represents them."""
    report = find_duplicates(crowd(300), recipe=Recipe(rank=False))

    assert [len(cluster.members) for cluster in report.clusters] == [300]
    assert report.counts["cut_buckets"] > 0
    assert report.counts["candidates"] + report.counts["cut_pairs"] <= 300 * 299 // 2


def test_a_footer_that_all_share_is_no_flood() -> None:
    """Stories with a paragraph in common each meet the first for it, not each other."""
    rng = random.Random(4)
    footer = story(rng, 30)

    report = find_duplicates(
        [Document(f"{number:04}", f"{story(rng, 60)} {footer}") for number in range(400)],
        recipe=Recipe(rank=False),
    )

    assert report.clusters == ()
    assert report.counts["candidates"] < 4000


@pytest.mark.parametrize(("policy", "representative"), [("earliest", "b"), ("longest", "a")])
def test_the_policy_for_the_representative_is_a_setting(policy: str, representative: str) -> None:
    """The shorter text was published first."""
    text = story(random.Random(5), 100)
    shorter = " ".join(text.split()[:80])

    report = find_duplicates(
        [
            Document("a", text, published="2024-03-02"),
            Document("b", shorter, published="2024-03-01"),
        ],
        recipe=Recipe(rank=False, representative=policy),
    )

    (cluster,) = report.clusters
    assert cluster.representative == representative
    assert str(cluster.reason) == {"earliest": "earliest published", "longest": "longest"}[policy]


def test_members_carry_reasons_seen_from_the_representative() -> None:
    """Half of the representative is new to the member, nothing of the member to the representative."""
    text = story(random.Random(6), 100)

    (cluster,) = find_duplicates(
        [Document("z", text), Document("a", " ".join(text.split()[:50]))], recipe=Recipe(rank=False)
    ).clusters

    new = next(str(each) for each in cluster.members[1].reasons if each.kind is ReasonKind.NEW_WORDS)
    assert cluster.representative == "z"
    assert cluster.members[0].reasons == ()
    assert new.endswith(", member 0 %")
    assert not new.startswith("new words: representative 0 %")


def test_copies_that_are_not_paired_one_by_one_are_counted() -> None:
    """Six copies at a cap of four: of 15 pairs the 5 with the first are listed, the cluster has all."""
    text = story(random.Random(7), 60)

    report = find_duplicates(
        [Document(f"{number}", text) for number in range(6)],
        recipe=Recipe(rank=False, bucket_cap=4, neighbours=0),
    )

    assert [(pair.left, pair.right) for pair in report.pairs] == [("0", str(other)) for other in range(1, 6)]
    assert report.counts["unlisted_pairs"] == 10
    assert [len(cluster.members) for cluster in report.clusters] == [6]
