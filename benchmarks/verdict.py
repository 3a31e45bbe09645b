"""What a verdict costs: the time of aligning and judging the pairs that a report lists.

The pairs are those that a report lists, every so many of them. A time is the best of several runs, averaged
over the pairs: reading the words of their texts, aligning them in one call as the report does, judging them;
and rapidfuzz alone on the same words, for comparison with other machines. Then the processor time of a
report with one worker and without ranking, the share of it that goes into reading, aligning and judging
(median of three runs), and how much longer the report takes with that step than without it.

    python -m benchmarks.verdict [ARCHIVE ...]
"""

import argparse
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any
from unittest.mock import patch

import numpy as np
from rapidfuzz.distance import Indel

from benchmarks.archives import leave_without_data, load, present
from dedup import Recipe, Verdict, core, find_duplicates
from dedup.comparison.contexts import Contexts
from dedup.comparison.judge_pairs import align_pairs, judge_pairs
from dedup.comparison.overlap import match
from dedup.comparison.pair_columns import Overlaps
from dedup.comparison.verdict_model import decide
from dedup.core.tokenizer import cut_words
from dedup.report import judge_candidates
from dedup.text.fold import fold
from dedup.text.prepare import prepare_text

ARCHIVES = ("isna_2019.jsonl.gz", "saudinews_2015.jsonl.gz")
SAMPLE, RUNS, REPORTS = 500, 7, 3
RECIPE = Recipe(rank=False, neighbours=0)


def sampled_pairs(archive: str) -> tuple[list[str], Overlaps]:
    """Return the texts of a sample of a report's pairs, left and right alternating, and their overlaps."""
    texts = {document["id"]: document["text"] for document in load(archive)}
    report = find_duplicates(({"id": name, "text": text} for name, text in texts.items()), recipe=RECIPE)
    pairs = [pair for pair in report.pairs if pair.verdict is not Verdict.IDENTICAL]
    chosen = pairs[:: max(len(pairs) // SAMPLE, 1)]
    sets = [
        (prepare_text(texts[pair.left], RECIPE).shingles, prepare_text(texts[pair.right], RECIPE).shingles)
        for pair in chosen
    ]
    found = [match(left, right) for left, right in sets]
    sizes = np.array([(each.shared, each.left, each.right) for each in found], dtype=np.int64)
    return [texts[name] for pair in chosen for name in (pair.left, pair.right)], Overlaps(*sizes.T)


def microseconds(call: Callable[[], object], pairs: int) -> float:
    """Return the best time of a call, divided by the number of pairs."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return 1e6 * min(times) / max(pairs, 1)


def cost_in_report(archive: str) -> tuple[float, float]:
    """Return the processor seconds of a report, and the share of them that verdicts take."""
    documents = load(archive)
    runs: list[tuple[float, float]] = []
    for _ in range(REPORTS):
        spent: list[float] = []
        steps: dict[str, Any] = {
            "judge_pairs": _timed(judge_pairs, spent),
            "WordColumn": _timed(core.WordColumn, spent),
        }
        with patch.multiple(judge_candidates, **steps):
            start = process_time()
            find_duplicates(documents, recipe=Recipe(rank=False), workers=1)
            seconds = process_time() - start
        runs.append((seconds, sum(spent) / seconds))
    return median(seconds for seconds, _ in runs), median(share for _, share in runs)


def _timed[**P, T](call: Callable[P, T], spent: list[float]) -> Callable[P, T]:
    """Note the processor time of each call."""

    def timed(*args: P.args, **settings: P.kwargs) -> T:
        start = thread_time()
        result = call(*args, **settings)
        spent.append(thread_time() - start)
        return result

    return timed


def main() -> int:
    """Print two lines for each archive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", default=ARCHIVES, metavar="ARCHIVE")
    options = parser.parse_args()
    if not present(*options.archives):
        leave_without_data()
    for archive in options.archives:
        texts, overlaps = sampled_pairs(archive)
        places = np.arange(len(texts), dtype=np.int64)
        left, right = places[0::2], places[1::2]
        read = core.WordColumn(texts)
        aligned = align_pairs(read, left, right, overlaps=overlaps)  # the words are read once
        words = [cut_words(str(fold(text))) for text in texts]
        whole = microseconds(
            lambda: align_pairs(core.WordColumn(texts), left, right, overlaps=overlaps),  # noqa: B023
            left.size,
        )
        again = microseconds(lambda: align_pairs(read, left, right, overlaps=overlaps), left.size)  # noqa: B023
        judged = microseconds(
            lambda: decide(aligned, Contexts.unknown(left.size), overlaps, RECIPE),  # noqa: B023
            left.size,
        )
        ruler = microseconds(
            lambda: [Indel.opcodes(*words[row : row + 2]) for row in range(0, len(words), 2)],  # noqa: B023
            left.size,
        )
        print(
            f"{archive}: {left.size} pairs of {np.mean([len(each) for each in words]):.0f} words: reading "
            f"{whole - again:.0f} us a pair, aligning {again:.0f}, judging {judged:.1f} ({core.NAME} kernel; "
            f"rapidfuzz alone {ruler:.0f})"
        )
        seconds, share = cost_in_report(archive)
        print(
            f"  a report takes {seconds:.2f} s of processor, verdicts {share:.0%} of them: "
            f"{share / (1 - share):.0%} more than without"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
