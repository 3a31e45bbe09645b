"""Which texts are in one batch."""

from hypothesis import given
from hypothesis import strategies as st

from dedup.report.rank.batches import AT_ONCE, PAIRED_AT_ONCE, batches

KEYS = st.integers(0, 400)


def test_a_pair_inside_a_cluster_is_asked_with_it() -> None:
    """Pair 0 lies in the second cluster, pair 1 goes out of it."""
    first, rest = batches([("c", "d"), ("d", "x")], [("a", "b"), ("c", "d", "e")], letters=len)

    assert (first.pairs, rest.pairs) == ([0], [1])
    assert [[list(first.places)[place] for place in places] for _, places in first.clusters] == [
        ["a", "b"],
        ["c", "d", "e"],
    ]
    assert list(rest.places) == ["d", "x"]


def test_a_large_cluster_is_parted_with_its_representative_in_each() -> None:
    """Of twice the texts of a batch, and one, there are three parts; together they have all."""
    cluster = tuple(range(2 * AT_ONCE + 1))

    parts = list(batches([], [cluster], letters=lambda _: 300))

    assert [batch.whole for batch in parts] == [False] * 3
    assert all(next(iter(batch.places)) == 0 for batch in parts)
    assert [key for batch in parts for key in list(batch.places)[1:]] == list(cluster[1:])


def test_a_representative_that_holds_its_cluster_is_read_as_often_as_its_cluster_is_longer() -> None:
    """It is as long as the 1,000 others: one part instead of eight."""
    cluster = tuple(range(1001))

    (part,) = batches([], [cluster], letters=lambda key: 300 if key else 300 * 1000)

    assert list(part.places) == list(cluster)


def test_pairs_of_a_long_text_are_in_one_batch() -> None:
    """It is as long as the 2,000 others: one batch instead of three."""
    pairs = [(number, 0) for number in range(1, 2001)]

    (batch,) = batches(pairs, [], letters=lambda key: 300 if key else 300 * 2000)

    assert batch.pairs == list(range(2000))


def test_nothing_is_no_batch() -> None:
    """Neither pairs nor clusters."""
    assert list(batches([], [], letters=len)) == []


@given(
    st.lists(st.tuples(KEYS, KEYS), max_size=600),
    st.lists(st.lists(KEYS, min_size=1, max_size=300, unique=True), max_size=6),
)
def test_everything_is_asked_once_and_little_is_held(
    pairs: list[tuple[int, int]], clusters: list[list[int]]
) -> None:
    """Each pair is in one batch that has its texts, each member in one of its cluster's parts."""
    done = list(batches(pairs, clusters, letters=lambda _: 300))

    assert sorted(number for batch in done for number in batch.pairs) == list(range(len(pairs)))
    assert all(set(pairs[number]) <= batch.places.keys() for batch in done for number in batch.pairs)
    assert all(len(batch.places) <= (AT_ONCE if batch.clusters else PAIRED_AT_ONCE + 1) for batch in done)
    for number, cluster in enumerate(clusters):
        parts = [
            [list(batch.places)[place] for place in places]
            for batch in done
            for named, places in batch.clusters
            if named == number
        ]
        assert [cluster[0], *(key for part in parts for key in part[1:])] == cluster
