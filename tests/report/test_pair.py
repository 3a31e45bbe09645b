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
from dedup.report.pair import Candidates, MemoryIndex, Sketches, sketch_store
from dedup.report.pair.candidates import ESTIMATE_SLACK
from dedup.text.prepare import HEAD, prepare
from tests.report.test_made_up_archives import story

type Sketched = tuple[Sequence[Sequence[int]], Sequence[Iterable[int]]]


def spread(values: Iterable[int]) -> NDArray[np.uint64]:
    """Make hashes of small numbers, ascending: the index tells keys apart by their upper bits."""
    hashes = ((value + 1) * 0x9E3779B97F4A7C15 % 2**64 for value in values)
    return np.array(sorted(hashes), dtype=np.uint64)


def add(index: MemoryIndex, documents: Sketched, *, rows: int = 2) -> None:
    """Add a batch of signatures and fingerprints."""
    signatures, fingerprints = documents
    table = np.array(signatures, dtype=np.uint32).reshape(len(signatures), -1)
    hashes = [spread(each) for each in fingerprints]
    prints = np.concatenate([np.empty(0, dtype=np.uint64), *hashes])
    ends = np.cumsum([0, *map(len, hashes)], dtype=np.int64)
    keys = core.band_keys(table, rows=rows)
    index.add(Sketches(keys, table[:, :HEAD], prints, np.diff(ends).astype(np.int32)))


def found(
    signatures: Sequence[Sequence[int]],
    fingerprints: Sequence[Iterable[int]] | None = None,
    *,
    cap: int = 128,
    containment: float = 0.5,
    batch: int = 1000,
    order: Sequence[int] | None = None,
    workers: int = 1,
) -> Candidates:
    """Find candidates in bands of two; without fingerprints, every document has one of its own."""
    prints = [[1000 + row] for row in range(len(signatures))] if fingerprints is None else fingerprints
    index = MemoryIndex()
    for start in range(0, len(signatures), batch):
        some = slice(start, start + batch)
        add(index, (signatures[some], prints[some]))
    rows = np.array(range(len(signatures)) if order is None else order, dtype=np.int64)
    return index.candidates(rows, cap=cap, containment=containment, workers=workers)


def pairs_of(candidates: Candidates) -> list[tuple[int, int]]:
    """Give the pairs in their order."""
    return list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))


def told(candidates: Candidates) -> tuple[list[tuple[int, int]], int, int]:
    """Give all that candidates say."""
    return pairs_of(candidates), candidates.cut_buckets, candidates.cut_pairs


def printed(*fingerprints: Iterable[int], cap: int = 128, containment: float = 0.5) -> Candidates:
    """Find candidates among documents whose signatures have nothing in common."""
    signatures = [[4 * row, 4 * row + 1, 4 * row + 2, 4 * row + 3] for row in range(len(fingerprints))]
    return found(signatures, fingerprints, cap=cap, containment=containment)


def among(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Prepare texts as the road does, and find their candidates."""
    recipe = Recipe()
    index = MemoryIndex()
    documents = [Document(str(row), text) for row, text in enumerate(texts)]
    sketched = prepare(pack(documents), recipe)
    sizes = np.diff(sketched.fingerprint_bounds).astype(np.int32)
    index.add(Sketches(sketched.band_keys, sketched.heads, sketched.fingerprints, sizes))
    rows = np.arange(len(texts))
    return pairs_of(index.candidates(rows, cap=recipe.bucket_cap, containment=recipe.partial))


def swept(bucket: list[int], heads: Sequence[Sequence[int]], *, reach: int) -> set[tuple[int, int]]:
    """Pair everybody with the first, and with the next `reach` in the order of the heads."""
    line = sorted(bucket, key=lambda row: (*heads[row], row))
    pairs = {(min(bucket), row) for row in bucket if row != min(bucket)}
    for place, one in enumerate(line):
        pairs |= {(min(one, other), max(one, other)) for other in line[place + 1 : place + 1 + reach]}
    return pairs


def slowly(documents: Sketched, *, cap: int, containment: float) -> tuple[list[tuple[int, int]], int, int]:
    """Find candidates with a dictionary of buckets for each band and one for the fingerprints."""
    signatures, prints = documents
    banded: dict[tuple[int, ...], list[int]] = {}
    shared: dict[int, list[int]] = {}
    for row, (signature, values) in enumerate(zip(signatures, prints, strict=True)):
        for band in range(len(signature) // 2):
            banded.setdefault((band, *signature[2 * band : 2 * band + 2]), []).append(row)
        for value in values:
            shared.setdefault(value, []).append(row)
    times: Counter[tuple[int, int]] = Counter()
    pairs: set[tuple[int, int]] = set()
    cut_buckets = cut_pairs = 0
    for buckets, reach in ((banded, cap // 2), (shared, 0)):
        for bucket in buckets.values():
            every = set(combinations(bucket, 2))
            met = every if len(bucket) <= cap else swept(bucket, signatures, reach=reach)
            cut_buckets += len(bucket) > cap
            cut_pairs += len(every) - len(met)
            if reach:
                pairs |= met
            else:
                times.update(met)
    sizes = [len(list(values)) for values in prints]
    for (one, other), count in times.items():
        if count >= ESTIMATE_SLACK * containment * min(sizes[one], sizes[other]):
            pairs.add((one, other))
    everything = len(signatures) * (len(signatures) - 1) // 2
    return sorted(pairs), cut_buckets, min(cut_pairs, everything - len(pairs))


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


def test_a_larger_bucket_is_swept() -> None:
    """Five at a cap of four: each meets the next two, 4 + 3 pairs, and all meet row 0; 1 of 10 is cut."""
    candidates = found([[1, 2, 3, 4]] * 5, cap=4)

    assert pairs_of(candidates) == [
        *((0, row) for row in (1, 2, 3, 4)),
        *((1, 2), (1, 3)),
        *((2, 3), (2, 4)),
        (3, 4),
    ]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (2, 1)


def test_the_sweep_goes_in_the_order_of_signatures() -> None:
    """By the first band, where the five differ: row 3 has the smallest value, then 0, 4, 2, 1.

    Besides these neighbours everybody meets row 0: 4 + 2 of 10 pairs.
    """
    firsts = [20, 50, 40, 10, 30]
    candidates = found([[first, 0, 7, 7] for first in firsts], cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (2, 4)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 4)


def test_a_crowded_fingerprint_names_the_first_alone() -> None:
    """Six documents over one fingerprint at a cap of two: furniture, or copies of row 0: 5 of 15 pairs."""
    candidates = printed(*[[9]] * 6, cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 10)


def test_what_one_bucket_cuts_another_may_hold() -> None:
    """Rows 1 and 3 are cut from the band of all four and meet in a band of their own.

    In the band of four everybody meets row 0, and its neighbours in the order 0, 2, 1, 3: of 6 pairs
    (1, 3) and (1, 2) are neighbours too, (2, 3) is cut.
    """
    candidates = found([[1, 1, 5, 5], [3, 3, 5, 5], [2, 2, 5, 5], [3, 3, 5, 5]], cap=2)

    assert pairs_of(candidates) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 1)


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


@given(archives, st.integers(2, 8), st.sampled_from([0.1, 0.5, 1.0]))
@settings(deadline=None, max_examples=200)
def test_candidates_are_those_of_a_dictionary_of_buckets(
    documents: list[tuple[tuple[int, ...], frozenset[int]]], cap: int, containment: float
) -> None:
    """Pairs, and what full buckets leave out."""
    signatures, prints = [signature for signature, _ in documents], [values for _, values in documents]

    candidates = found(signatures, prints, cap=cap, containment=containment)

    assert told(candidates) == slowly((signatures, prints), cap=cap, containment=containment)


@given(archives, st.data())
@settings(deadline=None, max_examples=100)
def test_neither_batches_nor_runs_nor_parts_nor_workers_leave_a_trace(
    documents: list[tuple[tuple[int, ...], frozenset[int]]], data: st.DataObject
) -> None:
    """Nor who stands in the index unasked, nor the order of arrival: only the order that is asked for."""
    unasked = data.draw(archives)
    arrived = data.draw(st.permutations(range(len(documents) + len(unasked))))
    every = [*documents, *unasked]
    order = [arrived.index(number) for number in range(len(documents))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketch_store, "AT_ONCE", data.draw(st.sampled_from([1, 2, 5, 10**6])))
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


@pytest.mark.parametrize(
    ("at_once", "firsts"),
    [(3000, [0, 64, 128, 192]), (500, [0, 42, 84, 126, 168, 210, 252]), (1, list(range(256)))],
)
def test_fingerprints_are_sorted_in_parts(
    at_once: int, firsts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 3,000 at 500 at once 42 of 256 go together; each key is in one part, by its first byte."""
    monkeypatch.setattr(sketch_store, "AT_ONCE", at_once)
    index = MemoryIndex()
    add(index, ([[1, 2], [3, 4]], [range(1500), range(500)]))
    add(index, ([[5, 6]], [range(1000)]))

    texts = index._runs.texts(np.arange(3))

    assert list(texts.parts) == firsts
    parts = [texts.part(first) for first in texts.parts]
    for part, first, last in zip(parts, firsts, [*firsts[1:], 256], strict=True):
        assert set((part >> np.uint64(56)).tolist()) <= set(range(first, last))
    every = np.concatenate([spread(range(1500)), spread(range(500)), spread(range(1000))])
    assert np.array_equal(np.sort(np.concatenate(parts) >> np.uint64(2)), np.sort(every >> np.uint64(2)))


def test_a_run_holds_fingerprints_by_their_first_byte() -> None:
    """Of two batches: the first byte is 1, 2 and 255 in one document, 1 in the next; the last has none."""
    keys = np.array([[7], [8]], dtype=np.uint64), np.array([[9, 10], [11, 12]], dtype=np.uint64)
    prints = [np.array(values, dtype=np.uint64) << np.uint64(56) for values in ([1, 2, 255], [1])]
    heads = np.arange(24, dtype=np.uint32).reshape(3, 8)
    index = sketch_store.Runs()
    index.add(Sketches(keys[0], heads[:1], prints[0], np.array([3], dtype=np.int32)))
    index.add(Sketches(keys[1], heads[1:], prints[1], np.array([1, 0], dtype=np.int32)))

    texts = index.texts(np.array([1, 0, 2]))

    assert [(texts.part(first) >> np.uint64(56)).tolist() for first in (0, 64, 128, 192)] == [
        [1, 1, 2],
        [],
        [],
        [255],
    ]
    assert (texts.part(0) & texts.number_bits).tolist() == [1, 0, 1]
    assert [(texts.band(band) | np.uint64(3)).tolist() for band in texts.bands] == [[11, 7, 11], [11, 11, 15]]
    assert texts.sizes().tolist() == [1, 3, 0]
    assert np.array_equal(texts.heads(np.array([0, 2])), heads[[1, 2]])


def test_a_document_never_meets_itself() -> None:
    """Two of its fingerprints that differ in the lowest bits alone are one, whoever else has one of them."""
    for documents in ([[8, 9]], [[8, 9], [8]], [[8], [8, 9], [9]]):
        index = MemoryIndex()
        values = [np.array(each, dtype=np.uint64) + np.uint64(2**40) for each in documents]
        keys = np.arange(len(documents), dtype=np.uint64)[None, :] << np.uint64(32)
        heads = np.zeros((len(documents), 1), dtype=np.uint32)
        ends = np.cumsum([0, *map(len, values)])
        index.add(Sketches(keys, heads, np.concatenate(values), np.diff(ends).astype(np.int32)))

        candidates = index.candidates(np.arange(len(documents)), cap=3, containment=1.0)

        assert told(candidates) == (list(combinations(range(len(documents)), 2)), 0, 0)


def test_a_crowd_costs_no_more_than_its_sweep() -> None:
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
