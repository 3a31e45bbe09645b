"""Every kernel that runs here, and every vector width of the compiled one, held to the same bits.

The twin is held to slow Python first, so both are tested even where no compiler is. CI has one and sets
DEDUP_EXPECT_COMPILED=1: there a missing extension is a failure.
"""

import importlib
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from types import ModuleType

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup import core
from dedup.core import numpy_kernel
from dedup.core.fold_table import folded
from dedup.core.text_column import UTF16, TextColumn
from dedup.text.minhash import permutation_parameters
from tests.core.test_numpy_kernel import M64, array64, hash32, hash64, slow_hash, slow_minhash

pytestmark = pytest.mark.filterwarnings("error")

NUMPY_ASKED = os.environ.get("DEDUP_KERNEL") in {"numpy", "plain"}
EXPECTED = os.environ.get("DEDUP_EXPECT_COMPILED") == "1"


def _compiled() -> ModuleType | None:
    try:
        return importlib.import_module("dedup.core.compiled_kernel")
    except ImportError:
        return None


COMPILED = _compiled()
PATHS = [] if COMPILED is None else COMPILED.simd_paths()
every_kernel = pytest.mark.parametrize("name", ["numpy", *PATHS])
each_path = pytest.mark.parametrize("name", PATHS)


def using(name: str) -> ModuleType:
    """Return the twin, or the compiled kernel with this vector width."""
    if COMPILED is None or name == "numpy":
        return numpy_kernel
    COMPILED.use_simd(name)
    return COMPILED


def same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two results are equal to the bit, shapes and types included."""
    return len(one) == len(other) and all(map(_same_part, one, other))


def _same_part(one: object, other: object) -> bool:
    if isinstance(one, TextColumn) and isinstance(other, TextColumn):
        return one.folded == other.folded and same([one.data, one.bounds], [other.data, other.bounds])
    if not isinstance(one, np.ndarray):
        return type(one) is type(other) and one == other
    return (
        isinstance(other, np.ndarray)
        and (one.dtype, one.shape) == (other.dtype, other.shape)
        and bool((one == other).all())
    )


def asked(*, letters: int = 20, window: int = 8, permutations: int = 128, seed: int = 1) -> dict[str, object]:
    """Name the settings of `prepare`."""
    a, b = permutation_parameters(permutations, seed)
    return {"letters": letters, "window": window, "a": a, "b": b}


surrogates = st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010, categories=["Cs", "Lo", "Co"])
telling = st.sampled_from("\u200c\u0640ﷺ﷽½ßﬁ中々กဢ한\U0001f600\U00020000\U000e0100\U000f0000\U0010ffff")
pieces = (
    st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=12)
    | st.text(st.characters(max_codepoint=0xFF), max_size=12)
    | st.text(st.characters(categories=["L", "N", "P", "Z", "S", "M", "C"]), max_size=8)
    | st.text(surrogates, max_size=4)
    | st.text(telling, max_size=6)
    | st.sampled_from([" ", "  ", "سلام ", "یک دو سه ", "\n", " .\r\n\n"])
)
texts = st.lists(pieces, max_size=24).map("".join)
recipes = st.builds(
    asked,
    letters=st.integers(1, 40),
    window=st.integers(1, 20),
    permutations=st.integers(1, 300),
    seed=st.integers(0, 3),
)


def test_the_compiled_kernel_runs() -> None:
    """Where there is a compiler, there is the extension; the slow kernel never runs without a warning."""
    runs = core.NAME

    there = EXPECTED or COMPILED is not None
    assert runs == ("compiled" if there and not NUMPY_ASKED else "numpy")


@pytest.mark.parametrize("asked_for", ["numpy", "plain", ""])
def test_the_twin_can_be_asked_for(asked_for: str) -> None:
    """DEDUP_KERNEL=numpy or plain gives it, any other value what is there; the table is not read yet."""
    code = (
        "from dedup import core; from dedup.core import numpy_fold;"
        "print(core.NAME, numpy_fold.loaded_table.cache_info().currsize)"
    )
    expected = "compiled" if COMPILED and not asked_for else "numpy"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DEDUP_KERNEL": asked_for},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.split() == [expected, "0"]


def test_a_large_run_without_the_compiled_kernel_is_warned_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 2,001 documents or more; not where the numpy kernel was asked for, nor with the compiled one."""
    monkeypatch.setattr(core, "NAME", "numpy")
    monkeypatch.setattr(core, "NUMPY_WANTED", False)
    core.warn_of_slow_kernel.cache_clear()

    core.warn_if_slow(core.LARGE_RUN)
    with pytest.warns(core.SlowKernelWarning, match="the compiled kernel is not installed"):
        core.warn_if_slow(core.LARGE_RUN + 1)
    core.warn_if_slow(core.LARGE_RUN + 1)

    core.warn_of_slow_kernel.cache_clear()
    monkeypatch.setattr(core, "NUMPY_WANTED", True)
    core.warn_if_slow(core.LARGE_RUN + 1)
    monkeypatch.setattr(core, "NUMPY_WANTED", False)
    monkeypatch.setattr(core, "NAME", "compiled")
    core.warn_if_slow(core.LARGE_RUN + 1)


def test_the_kernel_describes_itself() -> None:
    """Name, vectors and compiler, each a word or two."""
    assert core.describe() == {
        "kernel": core.NAME,
        "simd": core.simd(),
        "compiler": core.compiler(),
    }
    assert (numpy_kernel.simd(), numpy_kernel.compiler()) == ("numpy", "none")


@each_path
def test_a_vector_width_can_be_chosen(name: str) -> None:
    """What this processor has; the last is C without vectors."""
    assert using(name).simd() == name
    assert PATHS[-1] == "scalar"


def test_a_vector_width_that_is_not_there_is_refused() -> None:
    """The message names it."""
    if COMPILED is not None:
        with pytest.raises(ValueError, match="this processor has no 'mmx'"):
            COMPILED.use_simd("mmx")


def slow_prepare(
    text: str, *, letters: int, window: int, a: np.ndarray, b: np.ndarray
) -> tuple[int, bytes, list[int], list[int], list[int], list[int]]:
    """Prepare a text without astral letters, in Python strings and integers."""
    words = "".join(map(folded, map(ord, text))).split(" ")
    whole = " ".join(filter(None, words))
    written = [ord(letter) for letter in whole if letter != " "]
    starts, at = [], 0
    for word in whole.split():
        starts.append(at)
        at += len(word)
    sequence = [slow_hash(written[start : start + letters], width=letters) for start in starts]
    sequence = [value for value, start in zip(sequence, starts, strict=True) if start + letters <= at]
    if at < letters:
        sequence = [slow_hash(written, width=letters)] if written else []
    if len(sequence) // 4 <= window:
        window = 1  # a short text keeps all its shingles
    last = max(1, len(sequence) - window + 1)
    smallest = {min(sequence[first : first + window]) for first in range(last) if sequence}
    hashes = [value >> 32 for value in sorted(set(sequence))]
    signature = slow_minhash(hashes, a.tolist(), b.tolist())
    sets = sorted(set(sequence)), sorted(smallest)
    return at, whole.encode(UTF16), *sets, signature, sequence


spaced = st.text("ابپي كة\u064b\u200c .12½ﷲaBß", max_size=60)


@every_kernel
@given(text=spaced, letters=st.integers(1, 12), window=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_a_text_is_prepared_as_slow_python_does_it(name: str, text: str, letters: int, window: int) -> None:
    """Letters, folded text, shingles, fingerprints, signature and sequence, each by its definition."""
    wanted = asked(letters=letters, window=window, permutations=19)

    count, units, *arrays = using(name).prepare(text, **wanted)

    assert (count, units, *(array.tolist() for array in arrays)) == slow_prepare(text, **wanted)


@each_path
@given(text=texts, wanted=recipes)
@example(text="\ud83d\ude00", wanted=asked(letters=1))
@example(text="\ud83d\ud83d\ude00\ude00\U0001f600\ude00\ud83d", wanted=asked(letters=1))
@example(text="\ud869\udea5\U0002a6a5 \ud869", wanted=asked(letters=2))
@example(text="a\ud800", wanted=asked(letters=1))
@example(text="﷽" * 3, wanted=asked(letters=3))
@settings(max_examples=250, deadline=None)
def test_compiled_gives_the_bits_of_the_twin(name: str, text: str, wanted: dict[str, object]) -> None:
    """Texts of all planes with lone and paired surrogates, any window, any number of permutations."""
    assert same(using(name).prepare(text, **wanted), numpy_kernel.prepare(text, **wanted))


@every_kernel
@given(some=st.lists(texts, max_size=5), wanted=recipes)
@settings(max_examples=60, deadline=None)
def test_many_texts_are_prepared_as_one_by_one(name: str, some: list[str], wanted: dict[str, object]) -> None:
    """A list or a tuple, in its order; the digests are those of hashlib."""
    many = using(name).prepare_many(some, **wanted)

    letters, digests, shingles, ends, prints, print_ends, *_, signatures = many

    assert ends[-1] == shingles.size
    assert print_ends[-1] == prints.size
    assert len(digests) == 16 * len(some)
    assert signatures.shape == (len(some), wanted["a"].size)
    for row, text in enumerate(some):
        one = numpy_kernel.prepare(text, **wanted)
        assert (int(letters[row]), digests[16 * row : 16 * row + 16]) == (one[0], numpy_kernel.digest(one[1]))
        assert same([shingles[ends[row] : ends[row + 1]], signatures[row]], one[2:5:2])
        assert same([prints[print_ends[row] : print_ends[row + 1]]], one[3:4])


@every_kernel
def test_openings_are_the_shingles_that_open_a_line(name: str) -> None:
    """Windows of two letters; blank lines and lines of signs alone open none of their own."""
    some = ["ab cd\r\n\n...\nef\ngh", "", "cd ab"]

    many = using(name).prepare_many(some, **asked(letters=2))

    ab, ef, gh, cd = (slow_hash([*pair.encode()], width=2) for pair in ("ab", "ef", "gh", "cd"))
    assert many.openings.tolist() == [*sorted([ab, ef, gh]), cd]
    assert many.opening_bounds.tolist() == [0, 3, 3, 4]
    assert many.closings.tolist() == [gh, 0, ab]


@every_kernel
def test_a_line_too_short_for_a_window_opens_with_none(name: str) -> None:
    """The last line has one letter and windows have three; a text shorter than a window is one shingle."""
    many = using(name).prepare_many(["abc\nd", "a\nb"], **asked(letters=3))

    abc, ab = (slow_hash([*letters.encode()], width=3) for letters in ("abc", "ab"))
    assert many.openings.tolist() == [abc, ab]
    assert many.closings.tolist() == [abc, ab]


@every_kernel
@given(some=st.lists(texts, max_size=4), letters=st.integers(1, 25))
@settings(max_examples=60, deadline=None)
def test_sequences_are_the_shingles_in_reading_order(name: str, some: list[str], letters: int) -> None:
    """Sorted and each once they are those that `prepare_many` gives; the twin gives the same order."""
    sequences, bounds = using(name).shingle_sequences(some, letters=letters)

    prepared = numpy_kernel.prepare_many(some, **asked(letters=letters, permutations=1))
    for row in range(len(some)):
        own = np.unique(sequences[bounds[row] : bounds[row + 1]])
        assert own.tolist() == prepared.shingles[slice(*prepared.shingle_bounds[row : row + 2])].tolist()
    assert same([sequences, bounds], numpy_kernel.shingle_sequences(some, letters=letters))


@each_path
def test_many_results_have_the_types_of_the_twin(name: str) -> None:
    """Three texts, one of them empty, and none at all."""
    for some in (["یک دو سه", "", "中文" * 9], ()):
        assert same(using(name).prepare_many(some, **asked()), numpy_kernel.prepare_many(some, **asked()))


@every_kernel
def test_a_digest_is_that_of_the_folded_text_around_its_block_size(name: str) -> None:
    """BLAKE2b works on 128 bytes at a time: 0 to 200 letters, and a long text."""
    some = ["a" * size for size in (*range(201), 5000)]

    digests = using(name).prepare_many(some, **asked(permutations=1))[1]

    expected = (blake2b(text.encode("utf-16-le"), digest_size=16).digest() for text in some)
    assert digests == b"".join(expected)


@each_path
@pytest.mark.parametrize("permutations", [1, 15, 16, 17, 63, 64, 65, 128, 300])
def test_minhash_around_the_vector_widths(name: str, permutations: int) -> None:
    """0 to 70 hashes, the largest and the smallest among them."""
    a, b = permutation_parameters(permutations, 3)
    source = np.random.default_rng(permutations)
    for size in range(71):
        hashes = source.integers(0, 2**32, size, dtype=np.uint32)
        hashes[:2] = (0, 2**32 - 1)[:size]
        assert same([using(name).minhash(hashes, a, b)], [numpy_kernel.minhash(hashes, a, b)])


@each_path
@given(st.lists(hash32, max_size=20), st.lists(st.tuples(hash32, hash32), max_size=40))
@settings(max_examples=60, deadline=None)
def test_minhash_takes_any_parameters(name: str, hashes: list[int], pairs: list[tuple[int, int]]) -> None:
    """Even factors and none at all; wrapped around as the twin does."""
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.uint32) for side in (0, 1))
    values = np.array(hashes, dtype=np.uint32)

    assert same([using(name).minhash(values, a, b)], [numpy_kernel.minhash(values, a, b)])


@every_kernel
@given(st.lists(hash64 | st.integers(0, 9), max_size=70), st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_winnowing_is_that_of_the_definition(name: str, hashes: list[int], window: int) -> None:
    """The smallest of every window, with and without repeats."""
    windows = [hashes[at : at + window] for at in range(max(1, len(hashes) - window + 1))]

    kept = using(name).winnow(array64(hashes), window=window)

    assert kept.dtype == np.uint64
    assert kept.tolist() == sorted({min(each) for each in windows if each})


@every_kernel
@pytest.mark.parametrize("spread", [1, 2**20, M64 - 1])
def test_hashes_are_sorted_however_they_crowd(name: str, spread: int) -> None:
    """Windows of one keep every hash: equal ones, some with equal upper bits, some that spread evenly."""
    for size in (15, 16, 17, 40, 1000, 4096, 4097, 70_000):
        hashes = np.random.default_rng(size).integers(0, spread, size, dtype=np.uint64, endpoint=True)
        hashes[::7] += np.uint64(M64 - 1 - spread)

        assert same([using(name).winnow(hashes, window=1)], [np.unique(hashes)]), size


@every_kernel
@given(st.lists(st.lists(hash32, min_size=7, max_size=7), max_size=9), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_band_keys_are_those_of_the_twin(name: str, rows_of: list[list[int]], rows: int) -> None:
    """Bands of every length, longer than the signature too; no documents give no keys."""
    signatures = np.array(rows_of, dtype=np.uint32).reshape(-1, 7)

    keys = using(name).band_keys(signatures, rows=rows)

    assert keys.shape == (7 // rows, len(rows_of))
    assert same([keys], [numpy_kernel.band_keys(signatures, rows=rows)])


sizes = st.sampled_from([0, 1, 2, 7, 8, 9, 40, 300])


@every_kernel
@given(st.lists(sizes, min_size=1, max_size=6), st.sampled_from([50, 400, 5000]), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_shared_counts_are_those_of_sets(name: str, wanted: list[int], reach: int, seed: int) -> None:
    """Sets of like and of very different size, all against all."""
    source = np.random.default_rng(seed)
    sets = [np.unique(source.integers(0, reach, size, dtype=np.uint64)) for size in wanted]
    bounds = np.cumsum([0, *(each.size for each in sets)], dtype=np.int64)
    left, right = (side.ravel() for side in np.indices((len(sets), len(sets))))

    counts = using(name).shared_counts(np.concatenate(sets), bounds, left, right)

    assert counts.dtype == np.int64
    assert counts.tolist() == [
        len(set(sets[one].tolist()) & set(sets[other].tolist()))
        for one, other in zip(left.tolist(), right.tolist(), strict=True)
    ]


@every_kernel
@given(st.sampled_from([0, 1, 2, 3, 40, 5000]), st.sampled_from([2, 60, 2**20, 2**64]), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_shared_rows_are_all_whose_key_is_there_twice(name: str, count: int, reach: int, seed: int) -> None:
    """And at most a quarter of the others; the same rows on every kernel."""
    keys = np.random.default_rng(seed).integers(0, reach - 1, count, dtype=np.uint64, endpoint=True)

    rows = using(name).shared_rows(keys)

    known, times = np.unique(keys, return_counts=True)
    several = np.isin(keys, known[times > 1])
    assert rows.dtype == np.int64
    assert (np.diff(rows) > 0).all()
    assert np.isin(np.flatnonzero(several), rows).all()
    assert np.count_nonzero(~several[rows]) <= max(count / 4, 4)
    assert same([rows], [numpy_kernel.shared_rows(keys)])


@every_kernel
def test_more_keys_than_slots_lose_no_row(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then more rows are listed than share a key."""
    monkeypatch.setattr(numpy_kernel, "MOST_SLOT_BITS", 4)
    keys = array64([*range(100), 7])

    rows = using(name).shared_rows(keys)

    assert {7, 100} <= {*rows.tolist()}
    assert same([rows], [numpy_kernel.shared_rows(keys)])


@each_path
@pytest.mark.parametrize(("left", "right"), [([2], [0]), ([0], [2]), ([-1], [0]), ([0], [-1])])
def test_rows_that_are_not_there_are_refused(name: str, left: list[int], right: list[int]) -> None:
    """Two sets: rows 0 and 1."""
    bounds = np.array([0, 1, 2])

    with pytest.raises(IndexError, match="2 rows, counted from 0"):
        using(name).shared_counts(array64([1, 2]), bounds, np.array(left), np.array(right))


@each_path
@pytest.mark.parametrize("bounds", [[0, 2, 1], [-1, 1, 2], [0, 1, 3]])
def test_bounds_that_leave_the_values_are_refused(name: str, bounds: list[int]) -> None:
    """Memory outside the array is never read."""
    with pytest.raises(ValueError, match="bounds that ascend"):
        using(name).shared_counts(array64([1, 2]), np.array(bounds), np.array([0]), np.array([1]))


def test_no_pairs_need_no_sets() -> None:
    """Empty arrays give an empty one."""
    nothing = np.empty(0, dtype=np.int64)

    for bounds in (np.zeros(1, dtype=np.int64), nothing):
        counts = [using(name).shared_counts(array64([]), bounds, nothing, nothing) for name in PATHS]
        assert all(each.size == 0 and each.dtype == np.int64 for each in counts)


a_and_b = np.ones(3, dtype=np.uint32)


@each_path
@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda k: k.prepare(b"a", **asked()), TypeError, "text is bytes, expected str"),
        (lambda k: k.prepare_many(["a", 1], **asked()), TypeError, "text 1 is int, expected str"),
        (lambda k: k.prepare_many(7, **asked()), TypeError, "iterable"),
        (lambda k: k.prepare("a", "b", **asked()), TypeError, "takes 1 positional arguments?"),
        (
            lambda k: k.prepare("a", letters=20, window=8, a=a_and_b),
            TypeError,
            "missing 1 required keyword-only argument: 'b'",
        ),
        (lambda k: k.prepare("a", **asked(), c=1), TypeError, "unexpected keyword argument 'c'"),
        (
            lambda k: k.prepare("a", **asked(), text="b"),
            TypeError,
            "multiple values for argument 'text'|multiple values for keyword argument 'text'",
        ),
        (
            lambda k: k.prepare("a", **{**asked(), "letters": 0}),
            ValueError,
            "letters=0 is not usable: expected 1 or",
        ),
        (
            lambda k: k.prepare("a", **{**asked(), "window": -3}),
            ValueError,
            "window=-3 is not usable: expected 1 or",
        ),
        (lambda k: k.prepare("a", **{**asked(), "window": 2**70}), OverflowError, "too big"),
        (lambda k: k.prepare("a", **{**asked(), "a": a_and_b}), ValueError, "a and b differ in length"),
        (
            lambda k: k.prepare("a", **{**asked(), "b": a_and_b * 0.5}),
            TypeError,
            "expected an array of uint32",
        ),
        (lambda k: k.winnow(np.arange(3), window=2), TypeError, "hashes: expected an array of uint64"),
        (lambda k: k.winnow(array64([1]), window=0), ValueError, "window=0"),
        (
            lambda k: k.minhash(array64([1]), a_and_b, a_and_b),
            TypeError,
            "hashes: expected an array of uint32",
        ),
        (lambda k: k.band_keys(a_and_b, rows=1), ValueError, "two dimensions"),
        (lambda k: k.band_keys(a_and_b[None, :], rows=0), ValueError, "rows=0"),
    ],
)
def test_what_cannot_be_used_is_refused(name: str, call, error: type[Exception], says: str) -> None:  # noqa: ANN001
    """The message names the argument and what is allowed."""
    with pytest.raises(error, match=says):
        call(using(name))


@each_path
def test_arrays_may_have_any_memory_layout(name: str) -> None:
    """Every other value, backwards, and at an odd address."""
    odd = np.frombuffer(b"\0" + np.arange(60, dtype=np.uint64).tobytes(), dtype=np.uint64, offset=1)
    for hashes in (np.arange(60, dtype=np.uint64)[::2], np.arange(60, dtype=np.uint64)[::-1], odd):
        assert same([using(name).winnow(hashes, window=3)], [numpy_kernel.winnow(hashes, window=3)])
    table = np.arange(80, dtype=np.uint32).reshape(8, 10)
    for signatures in (table[:, :5], table.T):
        assert same([using(name).band_keys(signatures, rows=2)], [numpy_kernel.band_keys(signatures, rows=2)])


@each_path
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ا" * 5_000_000, id="10 MB without a space"),
        pytest.param("a" * 3_000_000, id="one repeated letter"),
        pytest.param("中" * 300_000, id="one repeated letter of a script without spaces"),
        pytest.param("ب پ " * 500_000, id="a million words of one letter"),
        pytest.param(" \u200c" * 500_000, id="nothing but white space"),
        pytest.param("﷽ " * 100_000, id="a ligature of 22 units"),
        pytest.param("\U0001f600" * 200_000, id="astral"),
        pytest.param("\ud83d\ude00" * 200_000, id="astral in halves"),
        pytest.param("x" * 4095 + "﷽" * 3 + "y" * 4096 + "½" * 4096, id="at the edge of a step"),
    ],
)
def test_texts_of_bad_sizes(name: str, text: str) -> None:
    """They take a moment, no more, and return the bits of the twin."""
    if name == PATHS[-1] or len(text) < 20_000:
        wanted = asked(permutations=4)
        assert same(using(name).prepare(text, **wanted), numpy_kernel.prepare(text, **wanted))


@each_path
def test_a_window_longer_than_everything(name: str) -> None:
    """More letters than the text has, more shingles than there are."""
    wanted = asked(letters=1000, window=10**12)

    for text in ("", "a", "a b c", "ا ب " * 700):
        assert same(using(name).prepare(text, **wanted), numpy_kernel.prepare(text, **wanted))


@every_kernel
def test_threads_do_not_disturb_each_other(name: str) -> None:
    """Four threads with texts of their own find what one finds."""
    source = np.random.default_rng(11)
    some = ["".join(map(chr, source.integers(0x620, 0x650, 900))).replace("\u0628", " ") for _ in range(200)]
    wanted = [asked(letters=5 + row % 7, permutations=40) for row in range(200)]
    module = using(name)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text, each: module.prepare(text, **each), some, wanted))
        batches = list(pool.map(lambda at: module.prepare_many(some[at::4], **wanted[0]), range(4)))

    twins = [numpy_kernel.prepare(text, **each) for text, each in zip(some, wanted, strict=True)]
    assert all(map(same, found, twins))
    assert all(
        same(batch, numpy_kernel.prepare_many(some[at::4], **wanted[0])) for at, batch in enumerate(batches)
    )


@pytest.mark.skipif(COMPILED is None, reason="no compiler was at hand")
def test_threads_may_come_at_the_first_text_together() -> None:
    """The fold table is loaded once; eight threads of a fresh process fold as one does."""
    code = (
        "from concurrent.futures import ThreadPoolExecutor; from threading import Barrier;"
        "from dedup import core; gate = Barrier(8); text = ['½ﷺ 中\U0001f600 ' * 3000];"
        "fold = lambda _: (gate.wait(), core.fold_texts(text).data.tobytes())[1];"
        "print(len(set(ThreadPoolExecutor(8).map(fold, range(8)))))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout == "1\n"


@each_path
def test_no_references_remain_after_a_call(name: str) -> None:
    """References to the arguments are given back, after errors too."""
    module, text, wanted = using(name), "یک دو سه چهار " * 9, asked()
    values = array64([1, 2])
    held = [text, *wanted.values(), values]
    module.prepare(text, **wanted)  # the settings are kept, once
    before = [sys.getrefcount(each) for each in held]

    for _ in range(50):
        module.prepare(text, **wanted)
        module.prepare_many([text, text], **wanted)
        module.winnow(values, window=1)
        with pytest.raises(TypeError):
            module.prepare_many([text, None], **wanted)
        with pytest.raises(ValueError, match="letters=0"):
            module.prepare(text, **{**wanted, "letters": 0})

    assert [sys.getrefcount(each) for each in held] == before


@each_path
@given(some=st.lists(texts, max_size=5), wanted=recipes)
@settings(max_examples=40, deadline=None)
def test_a_column_is_prepared_as_its_strings(name: str, some: list[str], wanted: dict[str, object]) -> None:
    """In UTF-16 as they are; folded, where the same comes out; in UTF-8, where halves become separators."""
    module = using(name)
    expected = module.prepare_many(some, **wanted)
    whole = [text.encode("utf-8", "replace").decode("utf-8") for text in some]

    assert same(module.prepare_many(core.as_column(some), **wanted), expected)
    refolded = module.prepare_many(module.fold_texts(some), **wanted)
    lines = {name: getattr(refolded, name) for name in ("openings", "opening_bounds")}  # it is one line
    assert same(refolded, expected._replace(**lines))
    assert same(module.prepare_many(in_utf8(whole), **wanted), numpy_kernel.prepare_many(whole, **wanted))


def in_utf8(some: list[str]) -> TextColumn:
    """Put texts into a column of UTF-8."""
    written = [text.encode() for text in some]
    data = np.frombuffer(b"".join(written), dtype=np.uint8)
    return TextColumn(data, np.cumsum([0, *map(len, written)], dtype=np.int64))


@each_path
@given(
    st.lists(
        st.binary(max_size=12) | st.sampled_from([b"a\xe2\x82b", b"\xed\xa0\x80", b"\xf0\x9f"]), max_size=4
    )
)
@example([b"\xf0\x9f\x98\x80 \xf4\x90\x80\x80", b"\xc0\x80\xe0\x80\x80", b"\xc1a\xff\xf8\x88\x80\x80\x80"])
@settings(max_examples=200, deadline=None)
def test_invalid_utf_8_separates_words(name: str, some: list[bytes]) -> None:
    """Any bytes fold as Python decodes them, what it cannot decode replaced."""
    column = TextColumn(
        np.frombuffer(b"".join(some), dtype=np.uint8), np.cumsum([0, *map(len, some)], dtype=np.int64)
    )

    folded = using(name).fold_texts(column)

    assert list(folded) == list(numpy_kernel.fold_texts([each.decode("utf-8", "replace") for each in some]))
    assert same([folded], [numpy_kernel.fold_texts(column)])
    assert same(using(name).fold_texts_placed(column), numpy_kernel.fold_texts_placed(column))
