"""Words weighed and compared: what the twin gives by hand, and the compiled kernel to the same bit."""

import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.core import term_weights
from dedup.core.term_weights import FRACTION, Kind, Lexicon, Weighed
from dedup.core.word_sequence import LONG_TEXT
from tests.core.test_compiled import COMPILED, same, texts

KERNELS = [term_weights] if COMPILED is None else [term_weights, COMPILED]
every_kernel = pytest.mark.parametrize("module", KERNELS, ids=lambda module: module.__name__)
ONE = 1 << FRACTION
NONE = np.empty(0, dtype=np.int64)


def lexicon(**kinds: Kind) -> Lexicon:
    """Return these words a kind; every word weighs 1 an appearance."""
    words = {word.replace("_", " "): kind for word, kind in kinds.items()}
    hashes, _ = term_weights.distinct_words(list(words))
    order = np.argsort(hashes)
    return Lexicon(
        hashes[order],
        rarity=np.full(hashes.size, ONE, dtype=np.uint32),
        kinds=np.array(list(words.values()), dtype=np.uint8)[order],
        repeats=(np.arange(9) * ONE).astype(np.uint32),
        unknown=ONE,
    )


def weighed(module: object, some: list[str], known: Lexicon, *, most: int = 9) -> Weighed:
    """Compare each text with the first, all being one cluster."""
    numbers = np.arange(len(some))
    result: Weighed = module.weigh_words(  # type: ignore[attr-defined]
        some,
        np.zeros(len(some), dtype=np.int64),
        numbers,
        documents=numbers,
        bounds=np.array([0, len(some)]),
        lexicon=known,
        most=most,
    )
    return result


def words_of(module: object, *some: str, most: int = 9, **kinds: Kind) -> list[tuple[str, ...]]:
    """Return the terms: shared, then those of each text alone."""
    return [words for words, _ in weighed(module, list(some), lexicon(**kinds), most=most)[3]]


@every_kernel
def test_products_and_squares(module: object) -> None:
    """Red occurs twice and once, fox once and three times: 2 + 3; squares 4 + 1 and 1 + 9."""
    products, squares, _, _ = weighed(module, ["red red fox", "red fox fox fox"], lexicon())

    assert (products / ONE**2).tolist() == [5.0, 5.0]
    assert (squares / ONE**2).tolist() == [5.0, 10.0]


@every_kernel
def test_repeats_beyond_the_table_count_as_the_last(module: object) -> None:
    """The table ends at 8."""
    _, squares, _, _ = weighed(module, ["red " * 8, "red " * 100], lexicon())

    assert squares[0] == squares[1] == 64 * ONE**2


@every_kernel
def test_a_long_sum_is_exact(module: object) -> None:
    """5,000 products of nearly 2**64 pass 64 bits, and are rounded once."""
    heavy = Lexicon(
        np.empty(0, dtype=np.uint64),
        np.empty(0, dtype=np.uint32),
        np.empty(0, dtype=np.uint8),
        np.array([0, ONE], dtype=np.uint32),
        2**32 - 1,
    )
    text = " ".join(f"a{at:x}b".replace("0", "o") for at in range(5000))
    words = term_weights.distinct_words([text])[0].size

    _, squares, _, _ = weighed(module, [text], heavy)

    exact = words * (2**32 - 1) ** 2
    assert squares.tolist() == [float(exact >> 64) * 2.0**64 + float(exact & (2**64 - 1))]


@every_kernel
def test_words_are_counted_and_those_that_tell(module: object) -> None:
    """Five words, of which red tells twice."""
    _, _, lengths, _ = weighed(module, ["red fox 12 red owl", ""], lexicon(red=Kind.TELLS))

    assert lengths.tolist() == [[5, 2], [0, 0]]


@every_kernel
def test_terms_of_a_cluster(module: object) -> None:
    """Red occurs in all, fox in the first alone, dog in the second, owl in two of three."""
    assert words_of(module, "red fox owl", "red dog owl", "red cat") == [
        ("red",),
        ("fox",),
        ("dog",),
        ("cat",),
    ]


@every_kernel
def test_the_heaviest_come_first_then_the_alphabet(module: object) -> None:
    """Owl occurs twice; of the others the first two of the alphabet are left."""
    own = words_of(module, "red", "red yak owl ape owl bee", most=3)[2]

    assert own == ("owl", "ape", "bee")


@every_kernel
def test_the_alphabet_is_that_of_code_points(module: object) -> None:
    """A letter beyond the first plane comes after the last of it, though its UTF-16 units come before."""
    deseret, compatible = "\U00010428a", "\ufa0e\ufa0f"

    assert words_of(module, "", f"{deseret} {compatible} za")[2] == ("za", compatible, deseret)


@every_kernel
def test_what_is_not_shown(module: object) -> None:
    """Hidden words, single letters and the endless; a number always, if it can be read."""
    text = f"the a 7 12 {'b' * 40} {'c' * 41} {'1' * 41} \U0001f600"

    assert words_of(module, "", text, the=Kind.HIDDEN, **{"12": Kind.HIDDEN})[2] == ("12", "7", "b" * 40)


@every_kernel
def test_a_word_that_begins_with_a_zero_is_not_a_number(module: object) -> None:
    """It is hidden when it is known to be, as any other word is."""
    assert words_of(module, "", "0ver 12", **{"0ver": Kind.HIDDEN, "12": Kind.HIDDEN})[2] == ("12",)


@every_kernel
def test_a_word_that_lost_or_gained_a_blank_is_not_own(module: object) -> None:
    """Ceasefire beside cease fire, either way round; north is glued to its neighbour."""
    assert words_of(module, "cease fire now", "ceasefire now")[1:] == [(), ()]
    assert words_of(module, "the northwind", "the north wind")[1:] == [(), ()]


@every_kernel
@pytest.mark.parametrize(("words", "own"), [(LONG_TEXT - 1, ("bear",)), (LONG_TEXT, ())])
def test_a_text_that_holds_many_others_has_no_terms_of_its_own(
    module: object, words: int, own: tuple[str, ...]
) -> None:
    """Its representative shares red with it, and has fox alone; ceasefire is in it in two words."""
    holder = "red cease fire bear" + " red" * (words - 4)

    assert words_of(module, "red ceasefire fox", holder) == [("red",), ("fox",), own]
    assert words_of(module, "red ceasefire fox", holder, "red yak") == [("red",), ("fox",), own, ("yak",)]


@every_kernel
def test_many_texts_beside_one_that_holds_them(module: object) -> None:
    """Each shares a word with it in turn; what none of them has is its own."""
    holder = "red owl ceasefire bear" + " yak" * LONG_TEXT

    assert words_of(module, holder, "red owl", "cease fire owl dog", most=1) == [
        ("owl",),
        ("yak",),
        (),
        ("dog",),
    ]


@every_kernel
def test_unspaced_letters_are_words_by_pairs(module: object) -> None:
    """北京市 gives two words, a lone letter one; digits and Latin letters part them."""
    hashes, bounds = module.distinct_words(
        ["北京市", "北京 京市", "ab北京5c", "ab 北京 5 c", "中", "\U00020000\U00020001"]
    )  # type: ignore[attr-defined]

    pairs = [hashes[start:end].tolist() for start, end in pairwise(bounds)]
    assert pairs[0] == pairs[1]
    assert pairs[2] == pairs[3]
    assert list(map(len, pairs)) == [2, 2, 4, 4, 1, 1]


@every_kernel
def test_a_term_comes_with_what_it_is_read_with(module: object) -> None:
    """`will` opens a verb, so it is shown with what follows; `gone` is shown at its first occurrence."""
    known = lexicon(will=Kind.OPENS, has=Kind.OPENS)
    words, phrases = weighed(module, ["", "he will has gone home gone"], known)[3][2]

    assert dict(zip(words, phrases, strict=True)) == {
        "gone": "will has gone",
        "has": "will has gone",
        "he": "he",
        "home": "home",
        "will": "will has gone",
    }


@every_kernel
def test_a_phrase_is_bounded(module: object) -> None:
    """Of a run of words that open, three before and three after are read."""
    text = " ".join(f"w{letter}" for letter in "abcdefghi")
    known = lexicon(**dict.fromkeys(text.split(), Kind.OPENS))

    words, phrases = weighed(module, ["", text], known)[3][2]

    assert phrases[words.index("we")] == "wb wc wd we wf wg wh"


compiled_only = pytest.mark.skipif(COMPILED is None, reason="no compiled kernel")


@compiled_only
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"left": np.array([2])}, IndexError),
        ({"right": np.array([-1])}, IndexError),
        ({"documents": np.array([7])}, IndexError),
        ({"left": np.array([0, 1])}, ValueError),
        ({"bounds": np.array([0, 2])}, ValueError),
        ({"bounds": np.array([0, 0, 1])}, ValueError),
        ({"bounds": NONE}, ValueError),
        ({"lexicon": lexicon()._replace(repeats=np.empty(0, dtype=np.uint32))}, ValueError),
        ({"lexicon": lexicon()._replace(kinds=np.zeros(3, dtype=np.uint8))}, ValueError),
        ({"lexicon": lexicon()._replace(unknown=2**40)}, OverflowError),
        ({"lexicon": (1, 2)}, AttributeError),
        ({"lexicon": lexicon()._replace(rarity=np.empty(0))}, TypeError),
        ({"most": 0}, ValueError),
        ({"texts": ["a", None]}, TypeError),
    ],
)
def test_what_cannot_be_read_is_refused(changed: dict[str, object], error: type[Exception]) -> None:
    """Two texts have rows 0 and 1; the compiled kernel trusts no number, and holds nothing afterwards."""
    assert COMPILED is not None
    asked = {
        "texts": ["a", "b"],
        "left": np.array([0]),
        "right": np.array([1]),
        "documents": np.array([0]),
        "bounds": np.array([0, 1]),
        "lexicon": lexicon(),
        "most": 3,
    } | changed
    first, left, right = (asked.pop(name) for name in ("texts", "left", "right"))
    before = sys.getrefcount(first), sys.getrefcount(asked["lexicon"])

    for _ in range(20):
        with pytest.raises(error):
            COMPILED.weigh_words(first, left, right, **asked)

    assert (sys.getrefcount(first), sys.getrefcount(asked["lexicon"])) == before


drawn_pieces = texts | st.sampled_from(["red fox", "redfox", "red", "12 fox", "fox 12", "北京市", "کشته شد"])


@compiled_only
@settings(max_examples=150, deadline=None)
@given(st.lists(drawn_pieces, min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_the_compiled_kernel_gives_the_same_bits(some: list[str], seed: int) -> None:
    """Hashes, products, counts and terms, whatever the lexicon."""
    assert COMPILED is not None
    counted = term_weights.distinct_words(some)
    asked = drawn(len(some), counted[0], seed)

    assert same(COMPILED.distinct_words(some), counted)
    assert same(COMPILED.weigh_words(some, **asked), term_weights.weigh_words(some, **asked))


def drawn(count: int, hashes: np.ndarray, seed: int) -> dict[str, object]:
    """Draw pairs, clusters and a lexicon of some of the words."""
    source = np.random.default_rng(seed)
    known = np.unique(hashes[source.random(hashes.size) < 0.7])
    return {
        "left": source.integers(0, count, 6),
        "right": source.integers(0, count, 6),
        "documents": source.integers(0, count, 7),
        "bounds": np.array([0, 1, 3, 7]),
        "lexicon": Lexicon(
            known,
            source.integers(0, 2**29, known.size, dtype=np.uint32),
            source.integers(0, 8, known.size, dtype=np.uint8),
            source.integers(0, 2**27, source.integers(1, 5), dtype=np.uint32),
            int(source.integers(0, 2**29)),
        ),
        "most": int(source.integers(1, 12)),
    }


@compiled_only
@pytest.mark.parametrize(
    "text",
    [
        "ا" * 1_000_000,
        "中" * 300_000,
        "ب پ " * 200_000,
        " ".join(f"w{at}" for at in range(100_000)),
        "1" * 1_000_000,
    ],
)
def test_texts_of_bad_sizes(text: str) -> None:
    """They take a moment, no more."""
    assert COMPILED is not None

    products, squares, _, _ = weighed(COMPILED, [text, text + " fox"], lexicon(), most=40)

    assert products.tolist() == [squares[0]] * 2
