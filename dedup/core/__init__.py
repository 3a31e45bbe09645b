"""The inner loops, in C or, where the C could not be compiled, in numpy. Both give the same bits.

`native/` is C without Python; compiled_kernel.py calls it with arrays; numpy_kernel.py and its companions do
the same in numpy. Texts are passed as strings or as a `TextColumn`, folded or not. The environment variable
DEDUP_KERNEL=numpy (or `plain`) selects the numpy kernel.
"""

import os
import warnings
from functools import cache

from dedup.core.numpy_kernel import fold_units, multipliers, window_ends, window_hashes, window_starts
from dedup.core.numpy_passages import PassageCrowds, PassageRule, PassagesFound
from dedup.core.text_column import TextColumn, Texts, as_column
from dedup.model.memory import is_out_of_memory

LARGE_RUN = 2000
"""Number of documents above which a run on the numpy kernel gives a warning: it takes seconds, not one."""

NUMPY_WANTED = os.environ.get("DEDUP_KERNEL") in {"numpy", "plain"}


class SlowKernelWarning(UserWarning):
    """The package was installed without the compiled kernel, so a large run takes far longer."""


def _refuse_if_numpy_wanted() -> None:
    if NUMPY_WANTED:
        raise ImportError("DEDUP_KERNEL asks for numpy")


try:
    _refuse_if_numpy_wanted()
    from dedup.core.compiled_json import gather_bytes, json_lines, json_unescape
    from dedup.core.compiled_kernel import (
        WordColumn,
        band_keys,
        compiler,
        distinct_words,
        fold_texts,
        fold_texts_placed,
        minhash,
        prepare,
        prepare_many,
        shared_counts,
        shared_rows,
        shingle_sequences,
        simd,
        weigh_words,
        winnow,
    )
    from dedup.core.compiled_passages import find_passages

    NAME = "compiled"
except ImportError as error:
    if is_out_of_memory(error):  # do not fall back to the slow kernel for that
        raise
    from dedup.core.json_spans import gather_bytes, json_lines, json_unescape
    from dedup.core.numpy_kernel import (
        band_keys,
        compiler,
        fold_texts,
        fold_texts_placed,
        minhash,
        prepare,
        prepare_many,
        shared_counts,
        shared_rows,
        shingle_sequences,
        simd,
        winnow,
    )
    from dedup.core.numpy_passages import find_passages
    from dedup.core.term_weights import distinct_words, weigh_words
    from dedup.core.word_column import WordColumn  # type: ignore[assignment]

    NAME = "numpy"

__all__ = [
    "LARGE_RUN",
    "NAME",
    "PassageCrowds",
    "PassageRule",
    "PassagesFound",
    "SlowKernelWarning",
    "TextColumn",
    "Texts",
    "WordColumn",
    "as_column",
    "band_keys",
    "compiler",
    "describe",
    "distinct_words",
    "find_passages",
    "fold_texts",
    "fold_texts_placed",
    "fold_units",
    "gather_bytes",
    "json_lines",
    "json_unescape",
    "minhash",
    "multipliers",
    "prepare",
    "prepare_many",
    "shared_counts",
    "shared_rows",
    "shingle_sequences",
    "simd",
    "warn_if_slow",
    "weigh_words",
    "window_ends",
    "window_hashes",
    "window_starts",
    "winnow",
]


def describe() -> dict[str, str]:
    """Describe the kernel in use: its name, its SIMD instructions and the compiler that built it."""
    return {"kernel": NAME, "simd": simd(), "compiler": compiler()}


def warn_if_slow(documents: int) -> None:
    """Warn, once per process, if a large run uses the numpy kernel without DEDUP_KERNEL asking for it."""
    if documents > LARGE_RUN and NAME == "numpy" and not NUMPY_WANTED:
        warn_of_slow_kernel()


@cache
def warn_of_slow_kernel() -> None:
    warnings.warn(
        "the compiled kernel is not installed, so this run is many times slower than it could be: install a "
        "C compiler and then the package again (`dedup doctor` names the kernel in use)",
        SlowKernelWarning,
        stacklevel=4,
    )
