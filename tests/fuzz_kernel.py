"""Throw seeded random input at the compiled kernel and compare it with its twin.

    python tests/fuzz_kernel.py SECONDS [SEED]

Meant to run under the sanitizers (.ci/sanitize). A failure names the seed of its round, which repeats it.
"""

import random
import sys
import time
from collections.abc import Callable

import numpy as np

from dedup.core import numpy_kernel, term_weights, word_column
from dedup.core.numerals import DATES, NUMERALS
from dedup.core.text_column import TextColumn
from tests.core.test_compiled import PATHS, asked, same, using
from tests.core.test_read_text import BLANKS, PIECES, boilerplate_of
from tests.core.test_term_weights import drawn as drawn_terms

LENGTHS = (0, 1, 2, 19, 20, 21, 60, 300, 2000, 4095, 4096, 4097, 9000)


def letter_pools(source: random.Random) -> list[Callable[[], int]]:
    """List ways to draw a code point: scripts, planes, separators, surrogates, everything."""
    telling = (0x200C, 0xFDFA, 0xFDFD, 0xBD, 0x4E2D, 0x1F600, 0x20000, 0xE0100, 0xF0000, 0xD83D, 0xDE00)
    return [
        lambda: source.randrange(0x600, 0x700),
        lambda: source.randrange(0x80),
        lambda: source.randrange(0x3000, 0xA000),
        lambda: source.randrange(0xD7F0, 0xE010),
        lambda: source.randrange(0xD840, 0xD890),
        lambda: source.randrange(0xDC00, 0xE000),
        lambda: source.randrange(0x10000),
        lambda: source.randrange(0x110000),
        lambda: 0x20,
        lambda: ord(source.choice("abeo0 аеовйαβω1\u0301")),
        lambda: ord(source.choice("กุ่ข국각がﾞ 中")),
        lambda: source.choice(telling),
    ]


def copies_of(source: random.Random, text: str) -> list[str]:
    """Write a text with other blanks, with digits and numerals in it, and with a word exchanged."""
    parts = text.split(" ") + source.sample(sorted(NUMERALS), 3)
    source.shuffle(parts)
    blanks = ("", " ", " ", "\u200c", "  ", str(source.randrange(100)))
    return ["".join(part + source.choice(blanks) for part in parts), " ".join(parts), "".join(parts[1:])]


def one_round(seed: int) -> bool:
    """Run every loop on some texts and numbers, all from one seed; False where the bits differ."""
    source = random.Random(seed)
    some = []
    for _ in range(source.randint(0, 3)):
        drawn = source.sample(letter_pools(source), source.randint(1, 4))
        some.append("".join(chr(source.choice(drawn)()) for _ in range(source.choice(LENGTHS))))
    wanted = asked(
        letters=source.randint(1, 40), window=source.randint(1, 20), permutations=source.randint(1, 300)
    )
    module = using(source.choice(PATHS))
    values = np.random.default_rng(seed)
    top = source.choice([3, 2**16, 2**32, 2**64 - 1])
    hashes = values.integers(0, top, source.choice(LENGTHS), dtype=np.uint64, endpoint=True)
    sets = [np.unique(hashes[: source.randint(0, hashes.size)]) for _ in range(3)]
    pairs = values.integers(0, 3, (2, 8))
    counted = np.concatenate(sets), np.cumsum([0, *map(len, sets)]), np.sort(pairs[0]), pairs[1]
    spelt = [*some, *(copy for text in some for copy in copies_of(source, text)), "۱۲ دوم"]
    sides = values.integers(0, len(spelt), (2, 9))
    whole = values.integers(0, 2, 9) > 0
    columns = word_column.WordColumn, getattr(module, "WordColumn", None)
    numerals = source.choice([NUMERALS, (), spelt[:2]])
    kinds = {"numerals": numerals, "dates": DATES, "most": source.choice([1, 70, 300, 2000])}
    kinds["long_text"] = source.choice([1, 200, 20_000])
    spelt.append("".join(source.choices([*PIECES.split(), *BLANKS], k=source.choice([5, 50, 500]))))
    known = {"boilerplate": boilerplate_of(spelt[-1], source.randint(1, 5)), "window": 7}
    written = "".join(spelt).encode("utf-8", "surrogatepass")[: source.choice(LENGTHS)]
    octets = TextColumn(
        np.frombuffer(written, dtype=np.uint8),
        np.sort([0, *values.integers(0, len(written) + 1, 3), len(written)]),
    )
    table = values.integers(0, 2**32, (source.randint(0, 9), source.randint(1, 40)), dtype=np.uint32)
    weighed = drawn_terms(len(spelt), term_weights.distinct_words(spelt)[0], seed)
    return all(
        [
            same(module.prepare_many(some, **wanted), numpy_kernel.prepare_many(some, **wanted)),
            all(same(module.prepare(text, **wanted), numpy_kernel.prepare(text, **wanted)) for text in some),
            same([module.winnow(hashes, window=7)], [numpy_kernel.winnow(hashes, window=7)]),
            same([module.winnow(hashes, window=1)], [np.unique(hashes)]),
            same([module.shared_counts(*counted)], [numpy_kernel.shared_counts(*counted)]),
            same([module.shared_rows(hashes)], [numpy_kernel.shared_rows(hashes)]),
            same([module.band_keys(table, rows=3)], [numpy_kernel.band_keys(table, rows=3)]),
            same(module.shingle_sequences(some, letters=9), numpy_kernel.shingle_sequences(some, letters=9)),
            same([module.fold_texts(spelt)], [numpy_kernel.fold_texts(spelt)]),
            same([module.fold_texts(octets)], [numpy_kernel.fold_texts(octets)]),
            same(module.fold_texts_placed(spelt), numpy_kernel.fold_texts_placed(spelt)),
            same(module.fold_texts_placed(octets), numpy_kernel.fold_texts_placed(octets)),
            module is numpy_kernel or same(module.distinct_words(spelt), term_weights.distinct_words(spelt)),
            module is numpy_kernel
            or same(module.weigh_words(spelt, **weighed), term_weights.weigh_words(spelt, **weighed)),
            module is numpy_kernel
            or same(*([*map(kind(spelt, **known).read, range(len(spelt)))] for kind in columns)),
            module is numpy_kernel
            or same(*([*map(kind(spelt, **known).spans, range(len(spelt)))] for kind in columns)),
            module is numpy_kernel or same(*(kind(spelt, **kinds).align(*sides, whole) for kind in columns)),
        ]
    )


def main() -> int:
    """Go on until the time is up."""
    until = time.monotonic() + float(sys.argv[1])
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    seed = first
    while time.monotonic() < until:
        if not one_round(seed):
            sys.stderr.write(f"the kernels differ: python tests/fuzz_kernel.py 0.001 {seed}\n")
            return 1
        seed += 1
    sys.stdout.write(f"{seed - first} rounds from seed {first}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
