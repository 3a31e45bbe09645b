"""sketch: the signature that datasketch 2 gives for the same hashes."""

import datasketch
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.model.errors import SettingError
from dedup.text.fold import fold
from dedup.text.minhash import hashes32, permutation_parameters, rotated, similarity_order, sketch
from dedup.text.shingle import shingle

pytestmark = pytest.mark.filterwarnings("error")

shingle_sets = st.lists(st.integers(0, 2**64 - 1), max_size=30).map(
    lambda values: np.array(values, dtype=np.uint64)
)


def reference(shingles: np.ndarray, *, permutations: int, seed: int) -> np.ndarray:
    """Make the signature with datasketch, from the same 32-bit hashes."""
    minhash = datasketch.MinHash(num_perm=permutations, seed=seed, hashfunc=lambda value: value)
    for value in shingles.tolist():
        minhash.update(value >> 32)
    return minhash.hashvalues


@given(shingle_sets, st.integers(1, 200), st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_signature_is_that_of_datasketch(shingles: np.ndarray, permutations: int, seed: int) -> None:
    """Bit for bit, for any set, seed and length."""
    ours = sketch(shingles, permutations=permutations, seed=seed)

    assert ours.dtype == np.uint32
    assert ours.tolist() == reference(shingles, permutations=permutations, seed=seed).tolist()


@pytest.mark.parametrize("size", [1, 20, 3000])
@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
@pytest.mark.parametrize("permutations", [1, 128, 256])
def test_signature_is_that_of_datasketch_for_usual_sizes(size: int, seed: int, permutations: int) -> None:
    """From an alert to a long roundup."""
    shingles = np.random.default_rng(size).integers(0, 2**64, size, dtype=np.uint64)

    ours = sketch(shingles, permutations=permutations, seed=seed)

    assert ours.tolist() == reference(shingles, permutations=permutations, seed=seed).tolist()


def test_defaults_are_those_of_datasketch() -> None:
    """128 values, seed 1."""
    shingles = shingle(fold("خبر تازه از وین درباره مذاکرات هفته آینده"))
    minhash = datasketch.MinHash(hashfunc=lambda value: value)
    for value in shingles.tolist():
        minhash.update(value >> 32)

    assert sketch(shingles).tolist() == minhash.hashvalues.tolist()
    assert sketch(shingles).shape == (128,)


def test_hash_is_the_upper_half_of_a_shingle() -> None:
    """0x0123456789ABCDEF gives 0x01234567."""
    halves = hashes32(np.array([0x0123456789ABCDEF, 0xFFFFFFFF, 2**64 - 1], dtype=np.uint64))

    assert halves.dtype == np.uint32
    assert halves.tolist() == [0x01234567, 0, 0xFFFFFFFF]


def test_signature_of_no_shingles_is_the_largest_value_everywhere() -> None:
    """Nothing is smaller than nothing."""
    assert sketch(np.array([], dtype=np.uint64), permutations=5).tolist() == [4294967295] * 5


@given(shingle_sets, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_and_repeats_do_not_matter(shingles: np.ndarray, random: object) -> None:
    """A shuffled set with every shingle twice has the same signature."""
    again = [*shingles.tolist(), *shingles.tolist()]
    random.shuffle(again)  # type: ignore[attr-defined]

    assert np.array_equal(sketch(np.array(again, dtype=np.uint64)), sketch(shingles))


@given(shingle_sets, shingle_sets)
@settings(max_examples=50, deadline=None)
def test_signature_of_a_union_is_the_smaller_of_both(one: np.ndarray, other: np.ndarray) -> None:
    """What makes signatures mergeable, and Jaccard readable from them."""
    both = sketch(np.concatenate([one, other]))

    assert np.array_equal(both, np.minimum(sketch(one), sketch(other)))


def test_share_of_equal_values_is_near_the_jaccard() -> None:
    """Sets of 1,000 that share 500 have J = 1/3; 512 values estimate it within 0.1 (over four deviations)."""
    values = np.random.default_rng(7).integers(0, 2**64, 1500, dtype=np.uint64)

    equal = sketch(values[:1000], permutations=512) == sketch(values[500:], permutations=512)

    assert abs(equal.mean() - 1 / 3) < 0.1


def test_another_seed_gives_another_signature() -> None:
    """Signatures of two seeds do not compare."""
    shingles = np.arange(100, dtype=np.uint64) << np.uint64(32)

    assert not np.array_equal(sketch(shingles, seed=1), sketch(shingles, seed=2))


def test_factors_are_odd() -> None:
    """An odd factor maps 32-bit hashes one to one."""
    a, b = permutation_parameters(300, 9)

    assert (a % 2 == 1).all()
    assert a.dtype == b.dtype == np.uint32
    assert a.shape == b.shape == (300,)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"permutations": 0}, "permutations=0 .*at least 1"),
        ({"permutations": -3}, "permutations=-3 .*at least 1"),
        ({"seed": -1}, r"seed=-1 .*0 to 2\*\*32 - 1"),
        ({"seed": 2**32}, r"seed=4294967296 .*0 to 2\*\*32 - 1"),
    ],
)
def test_a_setting_out_of_range_is_refused(setting: dict[str, int], message: str) -> None:
    """The error names the setting, the value and what is allowed."""
    with pytest.raises(SettingError, match=message):
        sketch(np.array([1], dtype=np.uint64), **setting)


def test_the_order_of_similarity_is_the_lowest_byte_of_the_first_eight_values() -> None:
    """The first value decides first; what a short signature lacks counts as zero."""
    long = np.array([[0x101, 2, 3, 4, 5, 6, 7, 0xABFF, 9]], dtype=np.uint32)
    short = np.array([[1, 2], [1, 0x10003]], dtype=np.uint32)

    assert similarity_order(long).tolist() == [0x01020304050607FF]
    assert similarity_order(short).tolist() == [0x0102000000000000, 0x0103000000000000]


def test_an_order_of_similarity_can_start_from_any_value() -> None:
    """From the third; the ninth is the first again."""
    order = np.array([0x0102030405060708], dtype=np.uint64)

    assert rotated(order, 2).tolist() == [0x0304050607080102]
    assert rotated(order, 8).tolist() == [0x0102030405060708]
