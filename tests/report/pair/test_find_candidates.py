"""Candidates: who meets whom, each pair once, and what a full bucket leaves out."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup import core
from dedup.model import Document
from dedup.model.document_batch import pack
from dedup.model.recipe import Recipe
from dedup.report.boilerplate import SharedPassage
from dedup.report.pair import Candidates, Sketches, SketchStore, sketch_store
from dedup.report.pair.candidates import ESTIMATE_SLACK
from dedup.report.pair.find_candidates import find_candidates
from dedup.report.run_steps import Material, ThreadRunner
from dedup.text.minhash import similarity_order
from dedup.text.prepare import prepare
from tests.archives import archive_of
from tests.report.test_made_up_archives import story

type Pairs = set[tuple[int, int]]
type Sketched = tuple[Sequence[Sequence[int]], Sequence[Iterable[int]]]


def spread(values: Iterable[int]) -> NDArray[np.uint64]:
    """Make hashes of small numbers, ascending."""
    hashes = ((value + 1) * 0x9E3779B97F4A7C15 % 2**64 for value in values)
    return np.array(sorted(hashes), dtype=np.uint64)


def add(store: SketchStore, documents: Sketched, *, rows: int = 2) -> None:
    """Add a batch of signatures and fingerprints."""
    signatures, fingerprints = documents
    table = np.array(signatures, dtype=np.uint32).reshape(len(signatures), -1)
    hashes = [spread(each) for each in fingerprints]
    prints = np.concatenate([np.empty(0, dtype=np.uint64), *hashes])
    ends = np.cumsum([0, *map(len, hashes)], dtype=np.int64)
    keys = core.band_keys(table, rows=rows)
    store.add(Sketches(keys, similarity_order(table), prints, np.diff(ends).astype(np.int32)))


def found(
    signatures: Sequence[Sequence[int]],
    fingerprints: Sequence[Iterable[int]] | None = None,
    *,
    cap: int = 128,
    neighbours: int = 0,
    containment: float = 0.5,
    batch: int = 1000,
    order: Sequence[int] | None = None,
    workers: int = 1,
) -> Candidates:
    """Find candidates in bands of two; without fingerprints, every document has one of its own."""
    prints = [[1000 + row] for row in range(len(signatures))] if fingerprints is None else fingerprints
    store = SketchStore()
    for start in range(0, len(signatures), batch):
        some = slice(start, start + batch)
        add(store, (signatures[some], prints[some]))
    rows = np.array(range(len(signatures)) if order is None else order, dtype=np.int64)
    recipe = Recipe(bucket_cap=cap, neighbours=neighbours, partial=containment, boilerplate=0)
    return chosen(store, rows, recipe, workers=workers)


def chosen(store: SketchStore, rows: NDArray[np.int64], recipe: Recipe, *, workers: int = 1) -> Candidates:
    """Find candidates where nothing is taken for boilerplate."""
    nothing = np.empty(0, dtype=np.uint64), np.zeros(1, dtype=np.int64)
    candidates, boilerplate = find_candidates(
        viewed(store, rows),
        recipe,
        shingles_of=lambda _: nothing,
        sequences_of=lambda _: nothing,
        runner=ThreadRunner(workers),
        workers=workers,
    )
    assert boilerplate.passages == []
    return candidates


def viewed(store: SketchStore, rows: NDArray[np.int64]) -> Material:
    """Return material for tasks that read sketches alone."""
    return Material(store.view(rows), archive_of([])[0], rows)


def pairs_of(candidates: Candidates) -> list[tuple[int, int]]:
    """Return the pairs in their order."""
    return list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))


def told(candidates: Candidates) -> tuple[list[tuple[int, int]], int, int]:
    """Return the columns of candidates."""
    return pairs_of(candidates), candidates.cut_buckets, candidates.cut_pairs


def printed(*fingerprints: Iterable[int], cap: int = 128, containment: float = 0.5) -> Candidates:
    """Find candidates among documents whose signatures have nothing in common."""
    signatures = [[4 * row, 4 * row + 1, 4 * row + 2, 4 * row + 3] for row in range(len(fingerprints))]
    return found(signatures, fingerprints, cap=cap, containment=containment)


def among(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Prepare texts as a report does, and find their candidates."""
    recipe = Recipe()
    store = SketchStore()
    documents = [Document(str(row), text) for row, text in enumerate(texts)]
    sketched = prepare(pack(documents), recipe)
    sizes = np.diff(sketched.fingerprint_bounds).astype(np.int32)
    store.add(Sketches(sketched.band_keys, sketched.order, sketched.fingerprints, sizes))
    return pairs_of(chosen(store, np.arange(len(texts)), recipe))


def neighbours_in(bucket: list[int], signatures: Sequence[Sequence[int]], *, band: int, reach: int) -> Pairs:
    """Pair each with the next `reach` in the order of the lowest bytes, from that of the band on."""

    def similarity(row: int) -> tuple[int, ...]:
        values = [value % 256 for value in signatures[row][:8]]
        values += [0] * (8 - len(values))
        return *values[band % 8 :], *values[: band % 8], row

    line = sorted(bucket, key=similarity)
    return {
        (min(one, other), max(one, other))
        for place, one in enumerate(line)
        for other in line[place + 1 : place + 1 + reach]
    }


def most_frequent(near: Counter[tuple[int, int]], *, neighbours: int) -> Pairs:
    """Keep of each document the pairs that were neighbours most often."""
    kept = set()
    for row in {row for pair in near for row in pair}:
        own = sorted((pair for pair in near if row in pair), key=lambda pair: (-near[pair], pair))
        kept.update(own[:neighbours])
    return kept


def slowly(
    documents: Sketched, *, cap: int, containment: float, neighbours: int = 0
) -> tuple[list[tuple[int, int]], int, int]:
    """Find candidates with a dictionary of buckets for each band and one for the fingerprints."""
    signatures, prints = documents
    banded: dict[tuple[int, ...], list[int]] = {}
    shared: dict[int, list[int]] = {}
    for row, (signature, values) in enumerate(zip(signatures, prints, strict=True)):
        for band in range(len(signature) // 2):
            banded.setdefault((band, *signature[2 * band : 2 * band + 2]), []).append(row)
        for value in values:
            shared.setdefault(value, []).append(row)
    reach = min(neighbours, cap // 2) if neighbours else cap // 2
    near: Counter[tuple[int, int]] = Counter()
    times: Counter[tuple[int, int]] = Counter()
    sure: Counter[tuple[int, int]] = Counter()
    for (band, *_), bucket in banded.items():
        sure.update(whole_or_first(bucket, cap=cap))
        if len(bucket) > cap:
            near.update(neighbours_in(bucket, signatures, band=band, reach=reach))
    for bucket in shared.values():
        times.update(whole_or_first(bucket, cap=cap))
    sizes = [len(list(values)) for values in prints]
    for (one, other), count in times.items():
        if count >= ESTIMATE_SLACK * containment * min(sizes[one], sizes[other]):
            sure[one, other] += count
    kept = thinned(sure, cap=cap // 2, neighbours=4 * neighbours) if neighbours else {*sure}
    pairs = kept | (most_frequent(near, neighbours=reach) if neighbours else near.keys())
    forty_words = Counter({pair: count for pair, count in times.items() if count >= 4 and pair not in sure})
    pairs |= most_frequent(forty_words, neighbours=16)
    large = [len(bucket) for bucket in (*banded.values(), *shared.values()) if len(bucket) > cap]
    cut_pairs = sum((size - 1) * (size - 2) // 2 for size in large) + len(sure) - len(kept)
    everything = len(signatures) * (len(signatures) - 1) // 2
    return sorted(pairs), len(large), min(cut_pairs, everything - len(pairs))


def thinned(sure: Counter[tuple[int, int]], *, cap: int, neighbours: int) -> Pairs:
    """Of pairs between texts with more than `cap` partners keep the most frequent, and the first alike."""
    partners = Counter(text for pair in sure for text in pair)
    dense = Counter(
        {pair: count for pair, count in sure.items() if min(partners[text] for text in pair) > cap}
    )
    kept = {*sure} - {*dense} | most_frequent(dense, neighbours=neighbours)
    for text in sorted(partners):
        most = max((count for pair, count in dense.items() if text in pair), default=0)
        before = [pair for pair, count in dense.items() if pair[1] == text and 2 * count >= most]
        kept |= {*sorted(before)[:1]}
    return kept


def whole_or_first(bucket: list[int], *, cap: int) -> Pairs:
    """Pair all of a bucket, or each with the first."""
    return set(combinations(bucket, 2)) if len(bucket) <= cap else {(bucket[0], row) for row in bucket[1:]}


def test_no_documents_have_no_candidates() -> None:
    """Two empty columns of row numbers."""
    candidates = found([])

    assert pairs_of(candidates) == []
    assert (candidates.left.dtype, candidates.right.dtype) == (np.int64, np.int64)
    assert (candidates.cut_buckets, candidates.cut_pairs) == (0, 0)


def test_one_document_meets_nobody() -> None:
    """Not even itself."""
    assert pairs_of(found([[1, 2, 3, 4]])) == []


def test_one_band_in_common_is_enough() -> None:
    """Rows 0 and 2 share the second band of two, rows 1 and 2 one value of each."""
    assert pairs_of(found([[1, 2, 3, 4], [5, 6, 7, 8], [5, 9, 3, 4]])) == [(0, 2)]


def test_a_band_stands_in_one_place() -> None:
    """The same values in another band are no meeting."""
    assert pairs_of(found([[1, 2, 3, 4], [3, 4, 1, 2]])) == []


def test_values_beyond_the_last_whole_band_are_unused() -> None:
    """Of five values in bands of two the fifth decides nothing."""
    assert pairs_of(found([[1, 2, 3, 4, 9], [5, 6, 7, 8, 9]])) == []


def test_a_pair_that_meets_often_is_one_candidate() -> None:
    """Two bands and two fingerprints in common; left is below right, left ascends."""
    same = [1, 2, 3, 4]

    assert pairs_of(found([same, same, same], [[7, 8]] * 3)) == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize(("shared", "pairs"), [(2, [(0, 1)]), (1, [])])
def test_fingerprints_must_promise_the_containment(shared: int, pairs: list[tuple[int, int]]) -> None:
    """At containment 0.5, two fifths of it in ten fingerprints are two, however many the other text has."""
    few, many = range(10), range(10 - shared, 200)

    assert ESTIMATE_SLACK == 0.4
    assert pairs_of(printed(few, many)) == pairs
    assert pairs_of(printed(many, few)) == pairs


def test_a_document_without_fingerprints_meets_nobody_by_them() -> None:
    """Empty sets share nothing."""
    assert pairs_of(printed([], [1], [], [1])) == [(1, 3)]


def test_a_bucket_of_the_cap_is_paired_whole() -> None:
    """Four documents at a cap of four are six pairs; nothing is cut."""
    candidates = found([[1, 2, 3, 4]] * 4, cap=4)

    assert pairs_of(candidates) == list(combinations(range(4), 2))
    assert (candidates.cut_buckets, candidates.cut_pairs) == (0, 0)


def test_in_a_larger_bucket_everybody_meets_the_first_and_its_neighbours() -> None:
    """Five at a cap of four: each meets the next two, 4 + 3 pairs, and all meet row 0; 1 of 10 is left."""
    candidates = found([[1, 2, 3, 4]] * 5, cap=4)

    assert pairs_of(candidates) == [
        *((0, row) for row in (1, 2, 3, 4)),
        *((1, 2), (1, 3)),
        *((2, 3), (2, 4)),
        (3, 4),
    ]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (2, 1)


def test_neighbours_are_bounded() -> None:
    """Six in one bucket, one neighbour each: in the line 0 to 5 the pairs that come first, and row 0 for all.

    Of the five pairs of neighbours in the line each text keeps the first it is in; 4-5 is that of 5.
    """
    candidates = found([[1, 2]] * 6, cap=4, neighbours=1)

    assert pairs_of(candidates) == [*((0, row) for row in range(1, 6)), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 6)


def test_texts_of_two_shared_halves_are_thinned_out() -> None:
    """A hundred rows, each in two whole buckets of ten: of 18 partners a row keeps four and the first."""
    halves = [[one, one, 50 + other, 50 + other] for one in range(10) for other in range(10)]

    candidates = found(halves, cap=20, neighbours=1)

    assert 100 < candidates.left.size <= (4 + 1) * 100
    assert candidates.left.size + candidates.cut_pairs == 100 * 18 // 2


def test_neighbours_are_found_in_the_order_of_signatures() -> None:
    """By the third value, where the five differ: row 3 has the smallest, then 0, 4, 2, 1.

    Besides these neighbours everybody meets row 0: 4 + 2 of 10 pairs.
    """
    thirds = [20, 50, 40, 10, 30]
    candidates = found([[7, 7, third, row] for row, third in enumerate(thirds)], cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (2, 4)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 4)


def test_each_band_starts_from_another_value() -> None:
    """All share the second band, whose line goes by the second value: 0 2 3 1 4, by 1 4 7 9 9.

    By the first value it would be 0 1 2 3 4, and rows 1 and 4 would not meet.
    """
    rows = [[1, 1, 3, 4], [2, 9, 3, 4], [3, 4, 3, 4], [4, 7, 3, 4], [5, 9, 3, 4]]
    candidates = found(rows, cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (2, 3)]


def test_a_crowded_fingerprint_names_the_first_alone() -> None:
    """Six documents over one fingerprint at a cap of two: boilerplate, or copies of row 0: 5 of 15 pairs."""
    candidates = printed(*[[9]] * 6, cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 10)


def test_buckets_of_several_sizes_are_paired_at_once() -> None:
    """Two of two, one of three, one of four at a cap of three: 1 + 1 + 3 pairs, and 3 of 6 with row 7."""
    groups = [[0, 1], [2, 3], [4, 5, 6], [7, 8, 9, 10]]
    candidates = printed(*[[number] for number, group in enumerate(groups) for _ in group], cap=3)

    assert pairs_of(candidates) == [(0, 1), (2, 3), (4, 5), (4, 6), (5, 6), (7, 8), (7, 9), (7, 10)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 3)


archives = st.lists(
    st.tuples(
        st.tuples(*[st.integers(0, 2)] * 4),
        st.frozensets(st.integers(0, 9), max_size=6),
    ),
    max_size=14,
)


@given(archives, st.integers(2, 16), st.integers(0, 4), st.sampled_from([0.1, 0.5, 1.0]))
@settings(deadline=None, max_examples=100)
def test_candidates_are_those_of_a_dictionary_of_buckets(
    documents: list[tuple[tuple[int, ...], frozenset[int]]], cap: int, neighbours: int, containment: float
) -> None:
    """Pairs, and what full buckets leave out."""
    signatures, prints = [signature for signature, _ in documents], [values for _, values in documents]

    candidates = found(signatures, prints, cap=cap, neighbours=neighbours, containment=containment)

    assert told(candidates) == slowly(
        (signatures, prints), cap=cap, neighbours=neighbours, containment=containment
    )


@given(archives, st.data())
@settings(deadline=None, max_examples=100)
def test_neither_batches_nor_runs_nor_parts_nor_workers_leave_a_trace(
    documents: list[tuple[tuple[int, ...], frozenset[int]]], data: st.DataObject
) -> None:
    """Neither other texts nor the order of arrival matter: only the order that is asked for."""
    unasked = data.draw(archives)
    arrived = data.draw(st.permutations(range(len(documents) + len(unasked))))
    every = [*documents, *unasked]
    order = [arrived.index(number) for number in range(len(documents))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketch_store, "FINGERPRINTS_AT_ONCE", data.draw(st.sampled_from([1, 2, 5, 10**6])))
        patch.setattr(sketch_store, "RUN", data.draw(st.sampled_from([1, 5, 10**4])))
        candidates = found(
            [every[number][0] for number in arrived],
            [every[number][1] for number in arrived],
            cap=3,
            batch=data.draw(st.integers(1, 9)),
            order=order,
            workers=data.draw(st.integers(1, 3)),
        )

    expected = [signature for signature, _ in documents], [values for _, values in documents]
    assert told(candidates) == slowly(expected, cap=3, containment=0.5)


def test_a_crowd_costs_no_more_than_its_neighbours() -> None:
    """20,000 documents with one signature and one fingerprint: each meets the first and 2 neighbours."""
    candidates = found([[1, 2]] * 20_000, [[7]] * 20_000, cap=4, workers=2)

    left, right = candidates.left, candidates.right
    assert left.size == 19_999 + 19_998 + 19_997  # two pairs of neighbours are pairs with the first
    assert (right[left == 0] == np.arange(1, 20_000)).all()
    assert set((right - left)[left > 0].tolist()) == {1, 2}
    assert candidates.cut_buckets == 2
    assert candidates.cut_pairs == 20_000 * 19_999 // 2 - left.size


@settings(deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=1, max_size=24),
    st.integers(2, 30),
)
def test_everyone_in_a_full_bucket_meets_a_neighbour(rows: list[tuple[int, ...]], cap: int) -> None:
    """Whoever shares a band with anybody has a candidate; pairs are unique and in order."""
    pairs = pairs_of(found(rows, cap=cap))

    assert pairs == sorted(set(pairs))
    assert all(left < right for left, right in pairs)
    met = {row for pair in pairs for row in pair}
    for (one, first), (other, second) in combinations(enumerate(rows), 2):
        if first[:2] == second[:2] or first[2:] == second[2:]:
            assert {one, other} <= met


@given(st.lists(st.frozensets(st.integers(0, 9)), min_size=1, max_size=12), st.sampled_from([0.1, 0.5, 1.0]))
@settings(deadline=None, max_examples=50)
def test_without_cuts_fingerprints_pair_as_sets_do(prints: list[frozenset[int]], containment: float) -> None:
    """A pair is a candidate when it shares one, and enough of the smaller set."""
    expected = [
        (one, other)
        for (one, ours), (other, theirs) in combinations(enumerate(prints), 2)
        if ours & theirs and len(ours & theirs) >= ESTIMATE_SLACK * containment * min(len(ours), len(theirs))
    ]

    assert pairs_of(printed(*map(sorted, prints), containment=containment)) == expected


def test_a_brief_inside_a_long_roundup_is_a_candidate() -> None:
    """60 words in 3,000: a Jaccard of 0.02, that no band sees."""
    rng = random.Random(6)
    brief = story(rng, 60)
    roundup = f"{story(rng, 1500)} {brief} {story(rng, 1440)}"

    assert among([story(rng, 60), roundup, brief]) == [(1, 2)]


def test_unrelated_texts_are_no_candidates() -> None:
    """Forty stories, each in words of its own."""
    texts = [" ".join(f"واژه{number}الف{place}" for place in range(80)) for number in range(40)]

    assert among(texts) == []


def test_a_lifted_passage_makes_a_candidate_however_long_the_rest() -> None:
    """Forty words of one story in another of a thousand: 99 of 100 such pairs are found, and no others."""
    rng = random.Random(4)
    lifted = []
    for _ in range(300):
        source, target = story(rng, 1000).split(), story(rng, 1000).split()
        target[480:480] = source[700:740]
        lifted += [" ".join(source), " ".join(target)]

    found_pairs = {*among(lifted)}

    planted = {(2 * number, 2 * number + 1) for number in range(300)}
    assert len(planted & found_pairs) >= 297
    assert found_pairs <= planted


def test_lifted_boilerplate_makes_no_candidate() -> None:
    """The same run, known as boilerplate by its place, leaves no fingerprint of a text's own."""
    rng = random.Random(5)
    one, other, passage = story(rng, 1000), story(rng, 1000), story(rng, 60)
    texts = [f"{one} {passage}", f"{other} {passage}"]
    recipe = Recipe()
    store = SketchStore()
    sketched = prepare(pack([Document(str(row), text) for row, text in enumerate(texts)]), recipe)
    sizes = np.diff(sketched.fingerprint_bounds).astype(np.int32)
    store.add(Sketches(sketched.band_keys, sketched.order, sketched.fingerprints, sizes))
    known = SharedPassage(3, 0, prepare(pack([Document("", passage)]), recipe).shingles)

    nothing = np.empty(0, dtype=np.uint64), np.zeros(1, dtype=np.int64)

    for by_place, expected in (((), [(0, 1)]), ((known,), [])):
        candidates, _ = find_candidates(
            viewed(store, np.arange(2)),
            recipe,
            shingles_of=lambda _: nothing,
            sequences_of=lambda _: nothing,
            by_place=by_place,
            runner=ThreadRunner(1),
        )
        assert pairs_of(candidates) == expected
