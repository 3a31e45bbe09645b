"""The hot loops in numpy, each held to a slow obvious version."""

from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.core import numpy_kernel as kernel
from dedup.core.unspaced_scripts import unit_sizes

pytestmark = pytest.mark.filterwarnings("error")

M64, M32 = 2**64, 2**32
hash64 = st.integers(0, M64 - 1)
hash32 = st.integers(0, M32 - 1)


def array64(values: list[int]) -> np.ndarray:
    """Make an array of 64-bit hashes."""
    return np.array(values, dtype=np.uint64)


def slow_mix(value: int) -> int:
    """Finish a hash as MurmurHash3 does, in Python integers."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        value = (value ^ value >> 33) * factor % M64
    return value ^ value >> 33


def slow_factors(count: int) -> list[int]:
    """Draw the odd factors, in Python integers."""
    digests = [blake2b(f"dedup shingle {i}".encode(), digest_size=8).digest() for i in range(count)]
    return [int.from_bytes(digest, "little") | 1 for digest in digests]


def slow_hash(window: list[int], *, width: int) -> int:
    """Hash one window of UTF-16 units, in Python integers."""
    factors = slow_factors(width + 1)
    total = sum(unit * factor for unit, factor in zip(window, factors, strict=False))
    return slow_mix((total + len(window) * factors[width]) % M64)


def slow_window(letters: list[int], *, width: int) -> list[int]:
    """Take letters until they count for enough; nothing where they do not."""
    size = 0
    for taken, unit in enumerate(letters[:width], start=1):
        size += int(unit_sizes(np.array([unit], dtype=np.uint16))[0])
        if size >= width or taken == width:
            return letters[:taken]
    return []


@given(st.lists(st.integers(0, 0xFFFF), max_size=40), st.sets(st.integers(0, 39)), st.integers(1, 25))
@settings(max_examples=120, deadline=None)
def test_window_hashes_are_exact_modulo_two_to_the_64(
    letters: list[int], starts: set[int], width: int
) -> None:
    """Every window that fits, in the order of the starts; a shorter text whole."""
    places = sorted(at for at in starts if at < len(letters))
    if slow_window(letters, width=width):
        windows = [window for at in places if (window := slow_window(letters[at:], width=width))]
    else:
        windows = [letters] if letters else []

    hashes = kernel.window_hashes(
        np.array(letters, dtype=np.uint16), np.array(places, dtype=np.intp), width=width
    )

    assert hashes.dtype == np.uint64
    assert hashes.tolist() == [slow_hash(window, width=width) for window in windows]


def test_window_hashes_of_a_long_text_are_all_made() -> None:
    """140,000 windows are widened in steps; at the edges of the steps the hashes are the same."""
    letters = np.random.default_rng(5).integers(0x600, 0x700, 140_019, dtype=np.uint16)

    hashes = kernel.window_hashes(letters, np.arange(140_019), width=20)

    assert hashes.shape == (140_000,)
    for at in (0, 65_535, 65_536, 131_071, 131_072, 139_999):
        assert int(hashes[at]) == slow_hash(letters[at : at + 20].tolist(), width=20)


def test_factors_are_odd_and_the_same_for_every_length() -> None:
    """A longer window adds factors and keeps the first ones."""
    assert kernel.multipliers(3).tolist() == slow_factors(4)
    assert kernel.multipliers(5)[:4].tolist() == kernel.multipliers(3).tolist()
    assert (kernel.multipliers(30) % np.uint64(2) == 1).all()


def units(text: str) -> np.ndarray:
    """Return the UTF-16 units of a text."""
    return np.array(np.frombuffer(text.encode("utf-16-le"), dtype="<u2"), dtype=np.uint16)


@pytest.mark.parametrize(
    ("text", "letters", "where", "starts"),
    [
        ("", "", [], []),
        ("ab", "ab", [0, 1], [0]),
        ("ab c de", "abcde", [0, 1, 3, 5, 6], [0, 2, 3]),
        ("ab中文c d", "ab中文cd", [0, 1, 2, 3, 4, 6], [0, 2, 3, 5]),
        ("กข", "กข", [0, 1], [0, 1]),
        ("한국 어", "한국어", [0, 1, 3], [0, 2]),
    ],
)
def test_words_start_behind_a_space_and_at_every_letter_of_scripts_without(
    text: str, letters: str, where: list[int], starts: list[int]
) -> None:
    """Letters, their places in the text, and the starts among them."""
    found = kernel.window_starts(units(text))

    assert found[0].tolist() == units(letters).tolist()
    assert found[1].tolist() == where
    assert found[2].tolist() == starts


@pytest.mark.parametrize("letter", "กฮໜကហកៜᥐ々〇ぁんァヶㄅㇰ㐀一龥ꀀ\uf900")
def test_scripts_that_put_no_space_between_words(letter: str) -> None:
    """Thai, Lao, Myanmar, Khmer, Tai Le, Kana, Bopomofo, Han and Yi letters each start a window."""
    assert kernel.window_starts(units(letter * 3))[2].tolist() == [0, 1, 2]


@pytest.mark.parametrize("letter", "aяاअअ한ა☃")
def test_scripts_that_put_spaces_between_words(letter: str) -> None:
    """Other letters start one only at the beginning."""
    assert kernel.window_starts(units(letter * 3))[2].tolist() == [0]


def slow_minhash(hashes: list[int], a: list[int], b: list[int]) -> list[int]:
    """Take the smallest permuted hash, in Python integers."""
    mixed = []
    for value in hashes:
        once = (value ^ value >> 16) * 0x85EBCA6B % M32
        twice = (once ^ once >> 13) * 0xC2B2AE35 % M32
        mixed.append(twice ^ twice >> 16)
    factors = zip(a, b, strict=True)
    return [
        min(((first * value + second) % M32 for value in mixed), default=M32 - 1) for first, second in factors
    ]


@given(st.lists(hash32, max_size=20), st.lists(st.tuples(hash32, hash32), min_size=1, max_size=10))
@settings(max_examples=100, deadline=None)
def test_minhash_is_exact_modulo_two_to_the_32(hashes: list[int], factors: list[tuple[int, int]]) -> None:
    """Every permutation's smallest value, and the largest value for no hashes."""
    a, b = (list(column) for column in zip(*factors, strict=True))

    values = kernel.minhash(*(np.array(each, dtype=np.uint32) for each in (hashes, a, b)))

    assert values.dtype == np.uint32
    assert values.tolist() == slow_minhash(hashes, a, b)


@given(st.lists(hash64, max_size=40), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_winnowing_keeps_the_smallest_of_every_window(hashes: list[int], window: int) -> None:
    """Each once, ascending; the smallest of all when there are fewer than one window."""
    windows = [hashes[at : at + window] for at in range(max(1, len(hashes) - window + 1))]
    expected = sorted({min(each) for each in windows if each})

    kept = kernel.winnow(array64(hashes), window=window)

    assert kept.dtype == np.uint64
    assert kept.tolist() == expected


few = st.integers(0, 9)  # so that hashes repeat


@given(
    st.integers(1, 6).flatmap(
        lambda window: st.tuples(
            st.just(window),
            st.lists(few, min_size=window, max_size=window),
            *[st.lists(few, max_size=12) for _ in range(4)],
        )
    )
)
@settings(max_examples=120, deadline=None)
def test_a_shared_run_of_one_window_leaves_a_shared_fingerprint(
    case: tuple[int, *tuple[list[int], ...]],
) -> None:
    """The promise of winnowing, whatever is around the run."""
    window, run, before, after, other_before, other_after = case

    one = kernel.winnow(array64([*before, *run, *after]), window=window)
    other = kernel.winnow(array64([*other_before, *run, *other_after]), window=window)

    assert np.intersect1d(one, other).size


@given(
    st.integers(1, 4),
    st.integers(1, 9).flatmap(lambda n: st.lists(st.tuples(*[few] * n), min_size=1, max_size=12)),
)
@settings(max_examples=100, deadline=None)
def test_band_keys_are_equal_where_the_rows_are_equal(rows: int, signatures: list[tuple[int, ...]]) -> None:
    """One key a band and document, equal if and only if the values of the band are."""
    bands = len(signatures[0]) // rows

    keys = kernel.band_keys(np.array(signatures, dtype=np.uint32), rows=rows)

    assert keys.dtype == np.uint64
    assert keys.shape == (bands, len(signatures))
    for band in range(bands):
        cut = [signature[band * rows : (band + 1) * rows] for signature in signatures]
        pairs = set(zip(keys[band].tolist(), cut, strict=True))
        assert len(pairs) == len(set(cut)) == len(set(keys[band].tolist()))


def test_band_keys_are_exact_modulo_two_to_the_64() -> None:
    """The largest values of a band of two, in Python integers."""
    first, second = slow_factors(2)
    expected = slow_mix(((M32 - 1) * first + (M32 - 2) * second) % M64)

    keys = kernel.band_keys(np.array([[M32 - 1, M32 - 2]], dtype=np.uint32), rows=2)

    assert keys.tolist() == [[expected]]


def test_leftover_values_are_in_no_band() -> None:
    """Five values in bands of two: the fifth does not count."""
    keys = kernel.band_keys(np.array([[1, 2, 3, 4, 5], [1, 2, 3, 4, 6]], dtype=np.uint32), rows=2)

    assert keys.shape == (2, 2)
    assert (keys[:, 0] == keys[:, 1]).all()


def test_order_inside_a_band_counts() -> None:
    """(1, 2) and (2, 1) are other rows."""
    keys = kernel.band_keys(np.array([[1, 2], [2, 1]], dtype=np.uint32), rows=2)

    assert keys[0, 0] != keys[0, 1]


small_sets = st.lists(st.sets(st.integers(0, 15) | st.just(M64 - 1), max_size=8), min_size=1, max_size=6)
cases = small_sets.flatmap(
    lambda sets: st.tuples(
        st.just(sets),
        st.lists(st.tuples(*[st.integers(0, len(sets) - 1)] * 2), max_size=15).map(sorted),
    )
)


@given(cases)
@settings(max_examples=200, deadline=None)
def test_shared_counts_are_those_of_sets(case: tuple[list[set[int]], list[tuple[int, int]]]) -> None:
    """Empty sets, a set against itself, one left with many rights, and no pairs at all."""
    sets, pairs = case
    values = array64([value for each in sets for value in sorted(each)])
    bounds = np.cumsum([0, *map(len, sets)]).astype(np.int64)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))

    counts = kernel.shared_counts(values, bounds, left, right)

    assert counts.dtype == np.int64
    assert counts.tolist() == [len(sets[one] & sets[other]) for one, other in pairs]


def test_shared_counts_take_equal_lefts_in_any_order_of_groups() -> None:
    """Groups need not ascend, only be together: {1, 2} with {2, 3} and {9}, {9} with {9}."""
    values, bounds = array64([1, 2, 2, 3, 9]), np.array([0, 2, 4, 5])

    counts = kernel.shared_counts(values, bounds, np.array([2, 0, 0]), np.array([2, 1, 2]))

    assert counts.tolist() == [1, 1, 0]


def test_folding_units_gives_their_origins() -> None:
    """« a», two spaces, a word ligature and a lone surrogate: what is kept and where from."""
    out, origin = kernel.fold_units(np.array([0x20, 0x41, 0x20, 0x20, 0xFDFC, 0xD800], dtype=np.uint16))

    assert out.tolist() == units("a ریال").tolist()
    assert origin.tolist() == [1, 2, 4, 4, 4, 4]
    assert all(one <= other for one, other in pairwise(origin.tolist()))


def test_a_repeated_hash_is_one_fingerprint() -> None:
    """A phrase repeated all through a text leaves one."""
    assert kernel.winnow(array64([7] * 30), window=4).tolist() == [7]


def test_about_two_in_window_plus_one_are_kept() -> None:
    """Of random hashes, window 8 keeps 2 in 9 (Schleimer et al., theorem 1)."""
    hashes = np.random.default_rng(3).integers(0, 2**64, 90_000, dtype=np.uint64)

    assert abs(kernel.winnow(hashes, window=8).size / 20_000 - 1) < 0.05
