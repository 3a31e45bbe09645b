"""Results of steps as named arrays, and back: what travels between processes, and rests in a work folder."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedup.comparison.contexts import Contexts
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.comparison.packed_words import PackedFacts, PackedWords
from dedup.comparison.pair_columns import Alignments, Overlaps
from dedup.model.document_batch import StringColumn
from dedup.report.boilerplate import LearntBoilerplate, SharedPassage
from dedup.report.pair.buckets import BucketPairs
from dedup.report.pair.candidates import Candidates
from dedup.report.pair.counted_pairs import CountedPairs
from dedup.report.pair.crowds import Crowds
from dedup.report.run_steps import Arrays, Codec


def _bucket_arrays(result: BucketPairs) -> dict[str, NDArray[Any]]:
    return {
        "sure": result.sure.pairs,
        "sure_times": result.sure.times,
        "near": result.near.pairs,
        "near_times": result.near.times,
        "cut": np.array([result.cut_buckets, result.cut_pairs], dtype=np.int64),
        "crowd_fingerprints": result.crowds.fingerprints,
        "crowd_bounds": result.crowds.bounds,
        "crowd_texts": result.crowds.texts,
    }


def _bucket_pairs(arrays: Arrays) -> BucketPairs:
    cut_buckets, cut_pairs = arrays["cut"].tolist()
    return BucketPairs(
        CountedPairs(arrays["sure"], arrays["sure_times"]),
        CountedPairs(arrays["near"], arrays["near_times"]),
        cut_buckets,
        cut_pairs,
        Crowds(arrays["crowd_fingerprints"], arrays["crowd_bounds"], arrays["crowd_texts"]),
    )


def _both_arrays(both: tuple[BucketPairs, BucketPairs]) -> Arrays:
    sides = zip(("own", "placed"), both, strict=True)
    return {
        f"{side}_{name}": array for side, result in sides for name, array in _bucket_arrays(result).items()
    }


def _both(arrays: Arrays) -> tuple[BucketPairs, BucketPairs]:
    own, placed = (
        _bucket_pairs({name.removeprefix(side): array for name, array in arrays.items()})
        for side in ("own_", "placed_")
    )
    return own, placed


def _candidate_arrays(result: tuple[Candidates, LearntBoilerplate]) -> Arrays:
    candidates, learnt = result
    passages = learnt.passages
    nothing = np.empty(0, dtype=np.uint64)
    return {
        "left": candidates.left,
        "right": candidates.right,
        "cut": np.array([candidates.cut_buckets, candidates.cut_pairs], dtype=np.int64),
        "passages": np.array([(each.documents, each.text) for each in passages], np.int64).reshape(-1, 2),
        "shingles": np.concatenate([nothing, *(each.shingles for each in passages)]),
        "bounds": np.cumsum([0, *(each.shingles.size for each in passages)]),
    }


def _candidates(arrays: Arrays) -> tuple[Candidates, LearntBoilerplate]:
    shingles = arrays["shingles"]
    spans = pairwise(arrays["bounds"].tolist())
    passages = [
        SharedPassage(documents, text, shingles[start:end])
        for (documents, text), (start, end) in zip(arrays["passages"].tolist(), spans, strict=True)
    ]
    return (
        Candidates(arrays["left"], arrays["right"], *arrays["cut"].tolist()),
        LearntBoilerplate(passages),
    )


def lists_arrays(name: str, lists: Sequence[Sequence[str]] | PackedWords) -> Arrays:
    """Pack lists of strings under a name: how many each has, and all of them."""
    packed = PackedWords.of(lists)
    counts, words = np.diff(packed.bounds), packed.words
    return {f"{name}_counts": counts, f"{name}_data": words.data, f"{name}_bounds": words.bounds}


def lists(name: str, arrays: Arrays) -> PackedWords:
    """Unpack lists of strings that were packed under a name."""
    bounds = np.append(0, np.cumsum(arrays[f"{name}_counts"]))
    return PackedWords(StringColumn(arrays[f"{name}_data"], arrays[f"{name}_bounds"]), bounds)


_OF_OVERLAPS = ("shared", "left", "right")
_OF_CONTEXTS = ("hours", "other_source", "title")
_OF_PAIRS = ("left", "right", "verdicts", "confidence", "drops")


def _judged_arrays(judged: JudgedPairs) -> Arrays:
    examples = PackedFacts.of(judged.alignments.examples)
    return {
        **{name: getattr(judged, name) for name in _OF_PAIRS},
        **{f"overlap_{name}": getattr(judged.overlaps, name) for name in _OF_OVERLAPS},
        **{f"context_{name}": getattr(judged.contexts, name) for name in _OF_CONTEXTS},
        "counts": judged.alignments.counts,
        "places": examples.places,
        **lists_arrays("examples", examples.words),
        **lists_arrays("left_words", judged.alignments.left_words),
        **lists_arrays("right_words", judged.alignments.right_words),
    }


def _judged(arrays: Arrays) -> JudgedPairs:
    examples = PackedFacts(lists("examples", arrays), arrays["places"])
    words = (lists(name, arrays) for name in ("left_words", "right_words"))
    columns: dict[str, Any] = {name: arrays[name] for name in _OF_PAIRS}
    return JudgedPairs(
        **columns,
        overlaps=Overlaps(*(arrays[f"overlap_{name}"] for name in _OF_OVERLAPS)),
        alignments=Alignments(arrays["counts"], examples, *words),
        contexts=Contexts(*(arrays[f"context_{name}"] for name in _OF_CONTEXTS)),
    )


BUCKET_PAIRS = Codec(_bucket_arrays, _bucket_pairs)
BOTH_KINDS = Codec(_both_arrays, _both)
CANDIDATES = Codec(_candidate_arrays, _candidates)
JUDGED = Codec(_judged_arrays, _judged)
