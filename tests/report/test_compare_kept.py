"""What is kept of an archive is kept again: pairs left out of large families are compared."""

import random
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup import Document, Recipe, Verdict, find_duplicates
from dedup.comparison.judge_pairs import JudgedPairs
from dedup.report.clustering import cluster_all
from dedup.report.compare_kept import Clustered, PairSome, cluster_and_compare_kept
from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates
from dedup.report.scope import Scope
from tests.archives import archive_of
from tests.judged_samples import Sample, judged_pairs

PASSAGES, WORDINGS, WORDS = 6, 3, 12
OTHERWISE = 7
"""Words at the end of a passage that another wording has otherwise: too few for news of its own."""


def family(seed: int) -> list[Document]:
    """Make 30 texts of the same passages; each has the first wording of a passage, or one of two others."""
    made = random.Random(seed)
    passages = [_wordings(made) for _ in range(PASSAGES)]
    return [
        Document(f"{number:02}", " ".join(word for each in passages for word in _wording(each, made)))
        for number in range(30)
    ]


def _wordings(made: random.Random) -> list[list[str]]:
    first = [_word(made) for _ in range(WORDS)]
    others = ([_word(made) for _ in range(OTHERWISE)] for _ in range(WORDINGS - 1))
    return [first, *(first[:-OTHERWISE] + other for other in others)]


def _wording(passage: list[list[str]], made: random.Random) -> list[str]:
    return passage[0] if made.random() < 0.6 else passage[made.randint(1, 2)]


def _word(made: random.Random) -> str:
    return "".join(made.choice("abcdefghijklmnop") for _ in range(made.randint(3, 8)))


@pytest.mark.parametrize("seed", [3, 4, 8])
def test_what_is_kept_of_families_larger_than_a_bucket_is_kept_again(seed: int) -> None:
    """Without a second comparison up to five of these were dropped in a second run, at a cap of 4 or of 8."""
    for cap in (4, 8):
        recipe = Recipe(rank=False, bucket_cap=cap, neighbours=1, boilerplate=0)
        kept = list(find_duplicates(family(seed), recipe=recipe).kept)

        assert len(kept) < 30
        assert list(find_duplicates(kept, recipe=recipe).kept) == kept


def test_what_is_dropped_is_a_copy_of_a_document_that_is_kept() -> None:
    """Also where the copy was found by the second comparison."""
    report = find_duplicates(family(3), recipe=Recipe(rank=False, bucket_cap=4, neighbours=1, boilerplate=0))
    kept = {document.id for document in report.kept}
    beside = {name: set[str]() for name in {document.id for document in family(3)} - kept}
    for pair in report.pairs:
        for name, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if name in beside and pair.verdict.joins:
                beside[name].add(other)

    assert beside
    assert all(others & kept for others in beside.values())


def beginnings(count: int) -> list[Document]:
    """Make texts that each go on a word further than the one before."""
    made = random.Random(1)
    words = [_word(made) for _ in range(count + WORDS * 3)]
    return [Document(f"{number:03}", " ".join(words[: number + WORDS * 3])) for number in range(count)]


def test_of_texts_that_each_extend_the_one_before_the_longest_is_kept() -> None:
    """Each round left as many as the one before, as long as only some pairs of the family were compared."""
    recipe = Recipe(rank=False, bucket_cap=8, neighbours=2, boilerplate=0)

    assert [document.id for document in find_duplicates(beginnings(60), recipe=recipe).kept] == ["059"]


def test_pairs_that_are_compared_again_are_listed_whatever_their_verdict() -> None:
    """Two that share passages stand in the report as if they had been compared at first."""
    found = judged_pairs([Sample(2, 4, verdict=Verdict.PARTIAL)])

    result = clustered(
        [Sample(0, 1), Sample(0, 3)],
        texts=5,
        pair=lambda _some, *, whole: columns((2, 4)),  # noqa: ARG005 - the same for both
        judge=lambda pairs: found if pairs_of(pairs) else judged_pairs(),
    )

    assert list(zip(result.judged.left.tolist(), result.judged.right.tolist(), strict=True)) == [
        (0, 1),
        (0, 3),
        (2, 4),
    ]
    assert result.judged.verdict(2) is Verdict.PARTIAL


def columns(*pairs: tuple[int, int], cut: int = 0) -> Candidates:
    """Make candidates."""
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Candidates(left, right, 1, cut)


def pairs_of(candidates: Candidates) -> list[tuple[int, int]]:
    """Return the pairs in their order."""
    return list(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True))


def clustered(
    samples: Sequence[Sample],
    *,
    texts: int,
    pair: PairSome,
    judge: Callable[[Candidates], JudgedPairs],
) -> Clustered:
    """Cluster so many texts, and compare again what is kept of them."""
    archive, _ = archive_of([Document(f"{number:02}", "") for number in range(texts)])
    return cluster_and_compare_kept(
        columns(*((sample.left, sample.right) for sample in samples), cut=2),
        judged_pairs(samples),
        cluster=partial(
            cluster_all,
            archive,
            DistinctTexts(np.arange(texts), np.arange(texts + 1)),
            not_compared=columns(),
            recipe=Recipe(),
            scope=Scope(archive.source_numbers),
        ),
        pair=pair,
        judge=judge,
    )


def compared_again(*samples: Sample, found: Candidates) -> tuple[list[tuple[int, int]], Candidates]:
    """Cluster five texts, and give these pairs when texts are paired again; none of them joins.

    Returns:
        The pairs that are judged then, and all candidates.
    """
    judged: list[tuple[int, int]] = []

    def judge(pairs: Candidates) -> JudgedPairs:
        judged.extend(pairs_of(pairs))
        return judged_pairs()

    def pair(_some: NDArray[np.int64], *, whole: bool) -> Candidates:  # noqa: ARG001 - the same for both
        return found

    return judged, clustered(samples, texts=5, pair=pair, judge=judge).candidates


def test_a_family_that_goes_on_is_compared_a_few_times() -> None:
    """Each time one more of twenty texts joins the first: not a round for every text."""
    rounds: list[int] = []

    def pair(_some: NDArray[np.int64], *, whole: bool) -> Candidates:
        if not whole:
            rounds.append(len(rounds) + 2)
        return columns(*((0, other) for other in range(1, rounds[-1] + 1)))

    def judge(pairs: Candidates) -> JudgedPairs:
        return judged_pairs([Sample(*both) for both in pairs_of(pairs)])

    result = clustered([Sample(0, 1)], texts=20, pair=pair, judge=judge)

    assert len(rounds) == 5
    assert pairs_of(result.candidates) == [(0, other) for other in range(1, 7)]


def test_one_family_is_compared_as_a_whole_once() -> None:
    """Of four texts that are all paired with the first, another pair is found in each of two rounds."""
    new = [(1, 2), (1, 3)]
    wholes: list[list[int]] = []

    def pair(some: NDArray[np.int64], *, whole: bool) -> Candidates:
        if whole:
            wholes.append(some.tolist())
        return columns(*(new[:0] if whole else new[: len(wholes) + 1]))

    def judge(pairs: Candidates) -> JudgedPairs:
        return judged_pairs([Sample(*both) for both in pairs_of(pairs)])

    result = clustered([Sample(0, other) for other in (1, 2, 3)], texts=5, pair=pair, judge=judge)

    assert wholes == [[0, 1, 2, 3]]
    assert pairs_of(result.candidates)[-2:] == new


def test_a_pair_is_compared_once() -> None:
    """Of the pairs found again only the new one is judged; it is no longer among those that were left out."""
    judged, candidates = compared_again(
        Sample(0, 1), Sample(0, 3, drops=False), found=columns((0, 3), (2, 4))
    )

    assert judged == [(2, 4)]
    assert pairs_of(candidates) == [(0, 1), (0, 3), (2, 4)]
    assert (candidates.cut_buckets, candidates.cut_pairs) == (1, 1)


def test_where_nothing_is_dropped_nothing_is_compared_again() -> None:
    """A second run would have the same texts."""
    judged, candidates = compared_again(Sample(0, 1, drops=False), found=columns((2, 4)))

    assert judged == []
    assert pairs_of(candidates) == [(0, 1)]
