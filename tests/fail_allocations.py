"""Let each allocation of the kernel fail in turn: a call then says so, and the next one gives what it should.

    python tests/fail_allocations.py

For a kernel built with tests/failing_allocator.h, under the sanitizers (.ci/sanitize).
"""

import ctypes
import sys
from collections.abc import Callable

import numpy as np

from dedup.core import compiled_kernel, compiled_passages, native_library
from dedup.core.compiled_words import WordColumn, distinct_words, weigh_words
from dedup.core.native_arrays import load_fold_table
from dedup.core.term_weights import distinct_words as words_of
from tests.core.test_compiled import asked
from tests.core.test_passages import asked as asked_crowds
from tests.core.test_passages import own
from tests.core.test_term_weights import drawn

LIBRARY = ctypes.CDLL(native_library.__file__)
ALLOCATIONS, FAILING = (
    ctypes.c_long.in_dll(LIBRARY, f"kernel_{name}") for name in ("allocations", "failing")
)

TEXTS = [
    "خبر ۱۲ تازه از تهران و آتش‌بس دوم در شهر " * 8,
    "The council of Paris said on Monday that 12 lines open in May, and 40 people were hurt. " * 5,
    "The council of Rome said on Friday that 14 lines open in June, and 41 people were hurt. " * 5,
    "",
    "大火照明弹和催泪瓦斯漆黑的汽车残骸散落一地" * 4,
]
PAIRS = np.array([0, 1, 1]), np.array([4, 2, 0])
"""Rows of texts that are laid side by side."""
BOTH_WAYS = np.array([0, 1]), np.array([1, 0])
QUOTE_AND_TEXT = [TEXTS[1][:25], TEXTS[1]]
"""Five words, and more than sixteen times as many: windows of the longer text are aligned."""


def calls() -> dict[str, Callable[[], object]]:
    """List what allocates, by name."""
    weights = drawn(len(TEXTS), words_of(TEXTS)[0], 1)
    wanted = asked(letters=9, window=4, permutations=8)
    whole = np.array([False, True, False])
    boilerplate = np.unique(compiled_kernel.shingle_sequences(TEXTS[:1], letters=7)[0])
    return {
        "load_fold_table": lambda: load_fold_table() is None,
        "prepare_many": lambda: compiled_kernel.prepare_many(TEXTS, **wanted),
        "prepare": lambda: compiled_kernel.prepare(TEXTS[1], **wanted),
        "fold_texts": lambda: compiled_kernel.fold_texts(TEXTS).bounds,
        "fold_texts_placed": lambda: compiled_kernel.fold_texts_placed(TEXTS)[1],
        "shingle_sequences": lambda: compiled_kernel.shingle_sequences(TEXTS, letters=9),
        "distinct_words": lambda: distinct_words(TEXTS),
        "weigh_words": lambda: weigh_words(TEXTS, **weights),
        "align": lambda: WordColumn(TEXTS, most=70).align(*PAIRS, whole).counts,
        "align windows": lambda: WordColumn(QUOTE_AND_TEXT, long_text=20).align(*BOTH_WAYS, whole[:2]).counts,
        "read": lambda: WordColumn(TEXTS, boilerplate=boilerplate, window=7).read(0),
        "spans": lambda: WordColumn(TEXTS).spans(0).tolist(),
        "find_passages": lambda: asked_crowds(
            compiled_passages, [[7, 8, *own(text)] for text in (1, 2, 3)], [0, 1, 2], [0, 1]
        ),
    }


def failures(call: Callable[[], object], *, onwards: bool) -> int:
    """Fail the first allocation of a call, the second, and so on to the last; returns how many there are."""
    expected = repr(call())
    number = 0
    while True:
        number += 1
        ALLOCATIONS.value, FAILING.value = 0, -number if onwards else number
        try:
            result = repr(call())
        except MemoryError:
            result = ""
        finally:
            FAILING.value = 0
        if ALLOCATIONS.value < number:
            return number - 1
        if result not in {"", expected}:
            raise AssertionError(f"allocation {number} failed, and nobody noticed")
        if repr(call()) != expected:
            raise AssertionError(f"after allocation {number} failed the next call gives something else")


def main() -> int:
    """Print how many allocations each call has."""
    np.set_printoptions(threshold=sys.maxsize)  # results are compared as they are printed
    for name, call in calls().items():
        first, onwards = failures(call, onwards=False), failures(call, onwards=True)
        sys.stdout.write(f"{name}: {first:,} allocations, each failed alone; {onwards:,} with all after it\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
