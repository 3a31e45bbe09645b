from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from dedup.core.alignment import AlignedPairs
from dedup.core.numpy_kernel import ManyPrepared, PreparedText
from dedup.core.term_weights import Lexicon, Weighed
from dedup.core.word_diff import WordDifferences

def prepare(
    text: str, *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> PreparedText: ...
def prepare_many(
    texts: Sequence[str], *, letters: int, window: int, a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> ManyPrepared: ...
def winnow(hashes: NDArray[np.uint64], *, window: int) -> NDArray[np.uint64]: ...
def minhash(
    hashes: NDArray[np.uint32], a: NDArray[np.uint32], b: NDArray[np.uint32]
) -> NDArray[np.uint32]: ...
def band_keys(signatures: NDArray[np.uint32], *, rows: int) -> NDArray[np.uint64]: ...
def shared_counts(
    values: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
) -> NDArray[np.int64]: ...
def word_differences(
    texts: Sequence[str], left: NDArray[np.int64], right: NDArray[np.int64], *, numerals: Collection[str]
) -> WordDifferences: ...
def distinct_words(texts: Sequence[str], /) -> tuple[NDArray[np.uint64], NDArray[np.int64]]: ...
def weigh_words(
    texts: Sequence[str],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    documents: NDArray[np.int64],
    bounds: NDArray[np.int64],
    lexicon: Lexicon,
    most: int,
) -> Weighed: ...
def align_pairs(
    texts: Sequence[str],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    numerals: Collection[str],
    dates: Collection[str],
    most: int,
) -> AlignedPairs: ...
def utf16(texts: Sequence[str], /) -> tuple[bytes, NDArray[np.int64]]: ...
def simd() -> str: ...
def compiler() -> str: ...
def _simd_paths() -> list[str]: ...
def _use_simd(name: str, /) -> None: ...
