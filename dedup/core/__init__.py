"""The hot loops: compiled where a compiler was at hand, else in numpy. Both give the same bits.

`native/` holds the C, which knows no Python; compiled_kernel.py calls it with arrays; numpy_kernel.py and the
modules beside it are its twin. Texts come as strings or as a `TextColumn`, raw or folded.
The environment variable DEDUP_KERNEL=plain asks for numpy.
"""

import os

from dedup.core.numpy_kernel import fold_units, multipliers, window_hashes, window_starts
from dedup.core.text_column import TextColumn, Texts, as_column


def _heed_the_environment() -> None:
    if os.environ.get("DEDUP_KERNEL") == "plain":
        raise ImportError("DEDUP_KERNEL asks for numpy")


try:
    _heed_the_environment()
    from dedup.core.compiled_json import json_lines, json_unescape
    from dedup.core.compiled_kernel import (
        WordColumn,
        band_keys,
        compiler,
        distinct_words,
        fold_texts,
        minhash,
        prepare,
        prepare_many,
        shared_counts,
        simd,
        weigh_words,
        winnow,
    )

    NAME = "compiled"
except ImportError:
    from dedup.core.json_spans import json_lines, json_unescape
    from dedup.core.numpy_kernel import (
        band_keys,
        compiler,
        fold_texts,
        minhash,
        prepare,
        prepare_many,
        shared_counts,
        simd,
        winnow,
    )
    from dedup.core.term_weights import distinct_words, weigh_words
    from dedup.core.word_column import WordColumn  # type: ignore[assignment]

    NAME = "plain"

__all__ = [
    "NAME",
    "TextColumn",
    "Texts",
    "WordColumn",
    "as_column",
    "band_keys",
    "compiler",
    "describe",
    "distinct_words",
    "fold_texts",
    "fold_units",
    "json_lines",
    "json_unescape",
    "minhash",
    "multipliers",
    "prepare",
    "prepare_many",
    "shared_counts",
    "simd",
    "weigh_words",
    "window_hashes",
    "window_starts",
    "winnow",
]


def describe() -> dict[str, str]:
    """Tell which kernel runs: its name, the width of its vectors and the compiler that made it."""
    return {"kernel": NAME, "simd": simd(), "compiler": compiler()}
