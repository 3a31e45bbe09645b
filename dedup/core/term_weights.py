"""TF-IDF weights of words, and the terms that distinguish texts. The twin of native/terms.c."""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedup.core.align_windows import MUCH_LONGER
from dedup.core.numpy_kernel import fold_texts
from dedup.core.text_column import UTF16, Texts
from dedup.core.tokenizer import cut_terms
from dedup.core.word_sequence import LONG_TEXT

FRACTION = 24
"""Number of fractional bits of a rarity, a repeat factor and a weight."""

LONGEST_TERM = 40
"""Maximum number of letters of a term."""

REACH = 3
"""Maximum number of words with which a term is shown, before it and after it."""

HASH_SEED = int.from_bytes(os.urandom(8))
"""Random in each process, so that nobody can choose words with equal hashes; no result depends on it."""

_AT_ONCE = 8
_MIX = 0xD6E8FEB86659FD93
_M64 = 2**64 - 1


class Kind(IntFlag):
    """Flags of a word in a lexicon.

    HIDDEN: a stop word, not shown as a term. OPENS: the first part of a multi-word verb, shown with the next
    word. TELLS: a function word that identifies the language of a text.
    """

    HIDDEN = 1
    OPENS = 2
    TELLS = 4


class Lexicon(NamedTuple):
    """Rarity and kind of known words. Fixed-point numbers have `FRACTION` fractional bits.

    Attributes:
        hashes: uint64, ascending: hashes of the words, see `distinct_words`.
        rarity: uint32, shape (n,): inverse document frequency.
        kinds: uint8, shape (n,): `Kind` flags.
        repeats: uint32: factor for a word by its number of occurrences in a text; the last one also for more.
        unknown: Rarity of all other words.
        seed: Seed of the hashes, since a lexicon may be used in another process than the one that made it.
    """

    hashes: NDArray[np.uint64]
    rarity: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    repeats: NDArray[np.uint32]
    unknown: int
    seed: int = HASH_SEED


type Terms = tuple[tuple[str, ...], tuple[str, ...]]
type Weighed = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], list[Terms]]


def distinct_words(texts: Texts) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash the distinct words of each text (see `tokenizer.cut_terms`), in the order of first occurrence.

    Returns:
        The hashes of all texts, concatenated, with the seed of this process; and int64, shape (n + 1,): their
        bounds.
    """
    hashes = [
        [_hashed(word, HASH_SEED) for word in dict.fromkeys(cut_terms(text))] for text in fold_texts(texts)
    ]
    ends = np.cumsum([0, *map(len, hashes)], dtype=np.int64)
    return np.array(list(chain.from_iterable(hashes)), dtype=np.uint64), ends


def weigh_words(
    texts: Texts,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    documents: NDArray[np.int64],
    bounds: NDArray[np.int64],
    lexicon: Lexicon,
    most: int,
) -> Weighed:
    """Weigh the words of texts, compute scalar products of pairs, and select the terms of clusters.

    A weight is the rarity of a word times its repeat factor, rounded down to `FRACTION` fractional bits.
    Products are exact sums, rounded once. A term is a word of 2 to `LONGEST_TERM` letters that is not hidden,
    or a number of at most that length. A word that lost or gained a space does not distinguish a text.

    Args:
        texts: Texts, folded or not.
        left: int64: row of the left text of each pair.
        right: int64: row of the right text.
        documents: int64: rows of the texts of each cluster, concatenated, the representative first.
        bounds: int64: start of each cluster in `documents`, and the end of the last.
        lexicon: Rarity and kind of known words.
        most: Maximum number of terms of each kind.

    Returns:
        float64, shape (n_pairs,): scalar products. float64, shape (n_texts,): the square of each text. int64,
        shape (n_texts, 2): the number of its words, and of those with the flag TELLS. And for each cluster:
        the terms that all share, the terms of the representative that every member lacks, and those of each
        member that the representative lacks (none of a much longer text); by descending weight, then
        alphabetically. Each comes with its phrase: the term at its first occurrence, with the words that open
        it and the words that it opens.
    """
    columns = (lexicon.hashes.tolist(), lexicon.rarity.tolist(), lexicon.kinds.tolist())
    known = {word: (rarity, kind) for word, rarity, kind in zip(*columns, strict=True)}
    read = [_weighed(cut_terms(text), known, lexicon) for text in fold_texts(texts)]
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    products = [_rounded(_product(read[one], read[other])) for one, other in pairs]
    squares = [_rounded(_product(text, text)) for text in read]
    lengths = [(len(text.sequence), text.telling) for text in read]
    terms: list[Terms] = []
    for start, end in pairwise(bounds.tolist()):
        terms += _cluster_terms([read[number] for number in documents[start:end].tolist()], most)
    return (
        np.array(products, dtype=np.float64),
        np.array(squares, dtype=np.float64),
        np.array(lengths, dtype=np.int64).reshape(-1, 2),
        terms,
    )


@cache
def _hashed(word: str, seed: int) -> int:
    """Hash a word, four UTF-16 units at a time, by folded products with the seed; never 0."""
    written = word.encode(UTF16)
    hashed = seed ^ len(written) // 2
    while len(written) > _AT_ONCE:
        hashed = _folded_product(hashed ^ int.from_bytes(written[:_AT_ONCE], sys.byteorder), seed | 1)
        written = written[_AT_ONCE:]
    rest = int.from_bytes(written.ljust(_AT_ONCE, b"\0"), sys.byteorder)
    return _folded_product(_folded_product(hashed ^ rest, seed | 1) ^ seed, _MIX) or 1


def _folded_product(one: int, other: int) -> int:
    product = one * other
    return (product ^ product >> 64) & _M64


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    sequence: list[str]
    weights: dict[str, int]
    shown: frozenset[str]
    opening: frozenset[str]
    telling: int
    neighbours: frozenset[tuple[str, str]]
    joined: frozenset[str]


def _weighed(sequence: list[str], known: dict[int, tuple[int, int]], lexicon: Lexicon) -> _Text:
    counts = Counter(sequence)
    last = lexicon.repeats.size - 1
    unknown = (lexicon.unknown, 0)
    looked_up = {word: known.get(_hashed(word, lexicon.seed), unknown) for word in counts}
    weights = {
        word: int(lexicon.repeats[min(counts[word], last)]) * rarity >> FRACTION & 0xFFFFFFFF
        for word, (rarity, _) in looked_up.items()
    }
    neighbours = frozenset(pairwise(sequence))
    return _Text(
        sequence,
        weights,
        shown=frozenset(word for word, (_, kind) in looked_up.items() if _is_term(word, kind)),
        opening=frozenset(word for word, (_, kind) in looked_up.items() if kind & Kind.OPENS),
        telling=sum(counts[word] for word, (_, kind) in looked_up.items() if kind & Kind.TELLS),
        neighbours=neighbours,
        joined=frozenset(map("".join, neighbours)),
    )


def _is_term(word: str, kind: int) -> bool:
    if word.isdecimal():
        return len(word) <= LONGEST_TERM
    return not kind & Kind.HIDDEN and 1 < len(word) <= LONGEST_TERM


def _product(one: _Text, other: _Text) -> int:
    return sum(weight * other.weights.get(word, 0) for word, weight in one.weights.items())


def _rounded(product: int) -> float:
    high, low = product >> 64, product & _M64
    return float(high) * 2.0**64 + float(low)


def _cluster_terms(texts: Sequence[_Text], most: int) -> list[Terms]:
    first, *members = texts
    everywhere: AbstractSet[str] = first.weights.keys()
    somewhere: frozenset[str] = frozenset()
    for member in members:
        everywhere &= member.weights.keys()
        somewhere |= _shared_words(first, member)
    sums = {word: sum(text.weights[word] for text in texts) for word in everywhere}
    own = [_without(first, somewhere), *(_own(member, first) for member in members)]
    return [_heaviest(first, sums, most), *(_heaviest(*each, most) for each in zip(texts, own, strict=True))]


def _own(member: _Text, first: _Text) -> dict[str, int]:
    words = len(member.sequence)
    # nearly all words of a text that contains thousands of others are its own; none is worth showing
    if words >= LONG_TEXT and words // MUCH_LONGER >= len(first.sequence):
        return {}
    return _without(member, _shared_words(member, first))


def _without(text: _Text, excluded: AbstractSet[str]) -> dict[str, int]:
    return {word: weight for word, weight in text.weights.items() if word not in excluded}


def _shared_words(text: _Text, other: _Text) -> frozenset[str]:
    """Return the words of a text that another has too, as they are, split, or joined to a neighbour."""
    parted = chain.from_iterable(pair for pair in text.neighbours if "".join(pair) in other.weights)
    words = text.weights.keys()
    return frozenset(words & other.weights.keys() | words & other.joined | set(parted))


def _heaviest(text: _Text, weights: Mapping[str, int], most: int) -> Terms:
    chosen = sorted(text.shown & weights.keys(), key=lambda word: (-weights[word], word))[:most]
    return tuple(chosen), tuple(_phrase(text, word) for word in chosen)


def _phrase(text: _Text, word: str) -> str:
    sequence = text.sequence
    at = start = end = sequence.index(word)
    while start and at - start < REACH and sequence[start - 1] in text.opening:
        start -= 1
    while end + 1 < len(sequence) and end - at < REACH and sequence[end] in text.opening:
        end += 1
    return " ".join(sequence[start : end + 1])
