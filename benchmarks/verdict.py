"""What a verdict costs: how many listed pairs counts leave open, and the time of aligning one.

The pairs are those that a report lists, every so many of them. A time is the best of several runs, averaged
over the pairs: of the kernel that runs, which takes all pairs in one call as the report does, from the texts;
of the alignment in Python, a pair a call, its words cut before; of rapidfuzz alone, a ruler of the machine.

    python -m benchmarks.verdict [ARCHIVE ...]
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from rapidfuzz.distance import Indel

from benchmarks.archives import leave_without_data, load, present
from dedup import Recipe, Verdict, core, find_duplicates
from dedup.comparison.align import WordSequence, align
from dedup.comparison.compare import Measured, measure
from dedup.comparison.pair_columns import alignments

ARCHIVES = ("isna_2019.jsonl.gz", "saudinews_2015.jsonl.gz")
SAMPLE, TIMED, RUNS = 2000, 200, 7
RECIPE = Recipe(rank=False, neighbours=0)


def listed(archive: str) -> list[Measured]:
    """Measure a sample of the pairs that a report lists, identical ones aside."""
    texts = {document["id"]: document["text"] for document in load(archive)}
    report = find_duplicates(({"id": name, "text": text} for name, text in texts.items()), recipe=RECIPE)
    pairs = [pair for pair in report.pairs if pair.verdict is not Verdict.IDENTICAL]
    step = max(len(pairs) // SAMPLE, 1)
    return [measure(texts[pair.left], texts[pair.right], RECIPE) for pair in pairs[::step]]


def microseconds(
    call: Callable[[WordSequence, WordSequence], object], pairs: list[tuple[WordSequence, WordSequence]]
) -> float:
    """Best time of a call on each pair, averaged."""
    total = sum(_best(partial(call, left, right)) for left, right in pairs)
    return 1e6 * total / max(len(pairs), 1)


def microseconds_in_one(pairs: list[Measured]) -> float:
    """Best time of one call of the kernel on all pairs, averaged; one thread."""
    texts = [str(text) for pair in pairs for text in pair.texts]
    places = np.arange(len(texts), dtype=np.int64)
    left, right = places[0::2], places[1::2]
    return (
        1e6 * _best(lambda: alignments(core.WordColumn(texts), left=left, right=right)) / max(len(pairs), 1)
    )


def _best(call: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    """Print a line for each archive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", default=ARCHIVES, metavar="ARCHIVE")
    options = parser.parse_args()
    if not present(*options.archives):
        leave_without_data()
    for archive in options.archives:
        pairs = listed(archive)
        opened = [pair for pair in pairs if pair.judged(RECIPE).alignment is not None]
        words = [pair.words for pair in opened[:TIMED]]
        mean = sum(len(one.words) + len(other.words) for one, other in words) / max(2 * len(words), 1)
        ruler = microseconds(lambda one, other: Indel.opcodes(one.words, other.words), words)
        native, plain = microseconds_in_one(opened[:TIMED]), microseconds(align, words)
        print(
            f"{archive}: {len(opened) / max(len(pairs), 1):.2f} of {len(pairs)} listed pairs are aligned; "
            f"a pair of {mean:.0f} words takes {native:.0f} us ({core.NAME} kernel), {plain:.0f} us "
            f"in Python (rapidfuzz alone {ruler:.0f})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
