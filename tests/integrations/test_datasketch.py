"""Signatures and archives to datasketch and back."""

from types import SimpleNamespace

import numpy as np
import pytest
from datasketch import MinHash

from dedup import (
    Document,
    Recipe,
    SettingError,
    fold,
    from_lean_minhash,
    shingle,
    sketch,
    to_lean_minhash,
    to_minhash_lsh,
)
from dedup.text.minhash import hashes32
from tests.report.test_made_up_archives import cut, some_stories

ONE, OTHER, THIRD = some_stories(3, words=200)


def test_a_signature_comes_back_as_it_went() -> None:
    """Same values, same type, an array of its own."""
    signature = sketch(shingle(fold(ONE)))

    minhash = to_lean_minhash(signature)
    back = from_lean_minhash(minhash)

    assert back.dtype == np.uint32
    assert np.array_equal(back, signature)
    assert not np.shares_memory(back, minhash.hashvalues)


def test_the_seed_goes_along() -> None:
    """Signatures of two seeds do not compare, and datasketch says so."""
    ours, theirs = (to_lean_minhash(sketch(shingle(fold(ONE)), seed=seed), seed=seed) for seed in (1, 7))

    assert (ours.seed, theirs.seed) == (1, 7)
    with pytest.raises(ValueError, match="seed"):
        ours.jaccard(theirs)


def test_their_minhash_of_our_shingles_is_our_signature() -> None:
    """Bit for bit, so both may feed one index."""
    shingles = shingle(fold(ONE))
    theirs = MinHash(num_perm=128, seed=1, hashfunc=int)
    theirs.update_batch(hashes32(shingles).tolist())

    assert np.array_equal(from_lean_minhash(theirs), sketch(shingles))


def test_their_jaccard_is_near_the_exact_one() -> None:
    """Six tenths of a story: J is 0.6, and 512 permutations err by 0.022 (one sigma); four are allowed."""
    whole, part = (shingle(fold(text)) for text in (ONE, cut(ONE, keep=0.6)))
    exact = np.intersect1d(whole, part).size / np.union1d(whole, part).size

    ours, theirs = (to_lean_minhash(sketch(each, permutations=512)) for each in (whole, part))

    assert 0.55 < exact < 0.65
    assert abs(ours.jaccard(theirs) - exact) < 4 * np.sqrt(exact * (1 - exact) / 512)


def test_another_scheme_is_refused() -> None:
    """Signatures of datasketch 1 mean something else; the message names what came."""
    old = SimpleNamespace(scheme="mersenne61", hashvalues=np.zeros(128))

    with pytest.raises(SettingError, match=r"scheme='mersenne61' is not usable: expected affine32"):
        from_lean_minhash(old)


def test_an_archive_is_ready_to_be_queried() -> None:
    """A copy finds its story and no other; recipe and ids are the caller's."""
    recipe = Recipe(permutations=64, seed=9, letters=15)
    index = to_minhash_lsh(
        [Document("one", ONE), {"id": "other", "text": OTHER}, THIRD], recipe=recipe, threshold=0.7
    )
    copy = sketch(shingle(fold(cut(ONE, keep=0.97)), letters=15), permutations=64, seed=9)

    assert sorted(index.keys) == ["2", "one", "other"]
    assert index.query(to_lean_minhash(copy, seed=9)) == ["one"]


def test_what_is_too_short_is_left_out() -> None:
    """39 letters are, 40 are not; what cannot be read is too."""
    index = to_minhash_lsh([Document("a", "ا" * 39), Document("b", "ب" * 40), Document("c", ""), None])  # type: ignore[list-item]

    assert list(index.keys) == ["b"]


def test_an_empty_archive_is_an_empty_index() -> None:
    """It can be queried."""
    assert to_minhash_lsh([]).query(to_lean_minhash(sketch(shingle(fold(ONE))))) == []
