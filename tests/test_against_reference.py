"""A report beside the slow, obvious way: what is listed is right, and what must be listed is.

What must be: a pair that is sure to share enough winnowed fingerprints, whatever the hash. Each run of
`winnow` shingles that stands in both texts leaves one in common; the index asks for ESTIMATE_SLACK *
partial of those of the text that has fewer, and a text has no more fingerprints than shingles. So one
passage of about half of the shorter text (0.06 of its shingles, times 8) is never missed; beyond that the
index is good, not certain. On 300 made-up archives it listed 99.2 % of the pairs with C of at least
2 * partial or J of at least 0.5, and all of them that share at least two runs (16 shingles).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup import Document, Pair, Recipe, Verdict, find_duplicates
from dedup.comparison.align import align, read_words
from dedup.comparison.contexts import contexts_of
from dedup.comparison.judge_pairs import ALIKE_AS_WHOLES
from dedup.comparison.pair_columns import Overlaps
from dedup.comparison.verdict_model import NONE, decide
from dedup.core.alignment import AlignmentCount as Count
from dedup.model.rows import VERDICTS
from dedup.report.pair.candidates import ESTIMATE_SLACK
from tests.aligned_samples import alignments
from tests.all_pairs import Shared, all_pairs, folded, sure_fingerprints, windows
from tests.report.test_made_up_archives import FURNITURE, archive, some_stories

UNRANKED = Recipe(rank=False, neighbours=0, boilerplate=0)
"""The reference knows two texts at a time: what is boilerplate in an archive it cannot know."""


words_of = cache(read_words)
"""A text is read once for all the pairs it is in."""


@cache
def aligned_texts(left: str, right: str, *, whole: bool) -> dict[Count, int]:
    """Align two texts, once for all the reports they are in."""
    aligned = align(words_of(left), words_of(right), whole=whole)
    return {count: getattr(aligned, count.name.lower()) for count in Count}


def bare(documents: Sequence[Document]) -> list[Document]:
    """Forget titles, sources and dates: documents with the same text are judged as the first of them."""
    return [Document(document.id, document.text) for document in documents]


def without_copies(documents: Sequence[Document]) -> list[Document]:
    """Keep one document of each text, with all that is known of it."""
    return [*{folded(document.text): document for document in documents}.values()]


def long_enough(documents: Sequence[Document], recipe: Recipe = UNRANKED) -> dict[str, Document]:
    """Documents by id, without those too short to compare."""
    return {
        document.id: document
        for document in documents
        if len(folded(document.text).replace(" ", "")) >= recipe.min_letters
    }


def listed(documents: Sequence[Document], recipe: Recipe = UNRANKED) -> dict[tuple[str, str], Pair]:
    """Pairs that a report lists, by ids."""
    return {(pair.left, pair.right): pair for pair in find_duplicates(documents, recipe=recipe).pairs}


type Compared = tuple[Document, Document, Shared]
"""Two documents, and what their texts share."""


def ruled(*compared: Compared, recipe: Recipe = UNRANKED) -> list[tuple[Verdict | None, float]]:
    """Return the verdicts that the model has for exact counts, and how sure each is."""
    lefts, rights, shares = ([each[side] for each in compared] for side in range(3))
    counts = [
        aligned_texts(left.text, right.text, whole=shared.jaccard >= ALIKE_AS_WHOLES)
        for left, right, shared in compared
    ]
    sizes = np.array([(shared.both, shared.left, shared.right) for shared in shares]).T
    contexts = contexts_of(lefts, rights, recipe)
    codes, confidences = decide(alignments(*counts), contexts, Overlaps(*sizes), recipe)
    return [
        (Verdict.IDENTICAL, 1.0)
        if folded(left.text) == folded(right.text)
        else (None if code == NONE else VERDICTS[code], float(confidence))
        for left, right, code, confidence in zip(lefts, rights, codes, confidences, strict=True)
    ]


def texts_of(documents: Mapping[str, Document]) -> dict[str, str]:
    """Return the texts by id."""
    return {name: document.text for name, document in documents.items()}


def assert_right(
    pairs: Mapping[tuple[str, str], Pair], documents: Mapping[str, Document], recipe: Recipe = UNRANKED
) -> None:
    """Hold every listed pair to the reference: its numbers, its verdict, and that it may be listed at all."""
    texts = texts_of(documents)
    exact = {(left, right): shared for left, right, shared in all_pairs(texts, letters=recipe.letters)}
    compared = [(documents[left], documents[right], exact[left, right]) for left, right in pairs]
    verdicts = ruled(*compared, recipe=recipe) if pairs else []
    for pair, (_, _, shared), (verdict, confidence) in zip(pairs.values(), compared, verdicts, strict=True):
        assert pair.jaccard == round(float(shared.jaccard), 6)
        assert pair.containment == round(float(shared.containment), 6)
        assert pair.verdict is verdict
        assert pair.confidence == pytest.approx(confidence, abs=1e-6)
        if verdict is not Verdict.PARTIAL:  # a lifted passage may be little of both
            assert shared.containment >= recipe.partial or verdict.joins


@pytest.mark.parametrize("known", [bare, without_copies])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_listed_is_right(seed: int, known: Callable[[Sequence[Document]], list[Document]]) -> None:
    """Numbers to six decimals and verdicts are the reference's; nothing below `partial` or too short."""
    documents = known(archive(seed))
    pairs = listed(documents)

    assert len(pairs) > 100
    assert_right(pairs, long_enough(documents))


@pytest.mark.parametrize("seed", range(5))
def test_what_must_be_listed_is(seed: int) -> None:
    """Where all neighbours are asked for, every pair that shares much, in two runs of shingles or more.

    Unless the verdict is that they have nothing to do with each other.
    """
    documents = bare(archive(seed))
    compared, pairs = long_enough(documents), listed(documents)
    texts = texts_of(compared)
    sharing = [
        (compared[left], compared[right], shared)
        for left, right, shared in all_pairs(texts)
        if shared.containment >= 2 * UNRANKED.partial or shared.jaccard >= 0.5
        if shared.both >= 2 * UNRANKED.winnow or folded(texts[left]) == folded(texts[right])
    ]
    wanted = {
        (left.id, right.id)
        for (left, right, _), (verdict, _) in zip(sharing, ruled(*sharing), strict=True)
        if verdict is not None
    }

    assert len(wanted) > 100
    assert wanted - pairs.keys() == set()


@pytest.mark.parametrize("cap", [2, 4, 8, 16])
@pytest.mark.parametrize("neighbours", [0, 1, 4])
def test_crowded_buckets_list_what_is_right(cap: int, neighbours: int) -> None:
    """Few pairs are taken of each bucket: they are right, and who shares half of a text has one of them."""
    recipe = Recipe(rank=False, bucket_cap=cap, neighbours=neighbours, boilerplate=0)
    documents = bare(archive(0))
    compared, pairs = long_enough(documents), listed(documents, recipe)

    assert_right(pairs, compared, recipe)
    alike = {
        name
        for left, right, shared in all_pairs(texts_of(compared))
        if shared.jaccard >= 0.5 and shared.both >= 2 * recipe.winnow
        for name in (left, right)
    }
    assert len(alike) > 50
    assert alike <= {name for pair in pairs for name in pair}


SENTENCES = [
    *(text for story in some_stories(3, words=60) for text in story.split(".")),
    FURNITURE,
    "خبر ۱۲ کوتاه",
]
small_text = st.lists(st.sampled_from(SENTENCES), max_size=7).map(" ".join)
small_archive = st.lists(small_text, min_size=2, max_size=6)


SHORT_WINDOWS = Recipe(rank=False, letters=12, winnow=4, partial=0.1, boilerplate=0)


@given(small_archive, st.sampled_from([UNRANKED, SHORT_WINDOWS]))
@settings(max_examples=60, deadline=None)
@example([SENTENCES[0], f"{SENTENCES[0]} {SENTENCES[1]}"], UNRANKED)
def test_small_archives_hold_what_is_sure(texts: list[str], recipe: Recipe) -> None:
    """Listed pairs are right, and a pair sure to share enough fingerprints is among them."""
    documents = [Document(f"{place}", text) for place, text in enumerate(texts)]
    pairs, compared = listed(documents, recipe), long_enough(documents, recipe)

    assert_right(pairs, compared, recipe)
    texts = texts_of(compared)
    for left, right, shared in all_pairs(texts, letters=recipe.letters):
        sure = sure_fingerprints(texts[left], texts[right], winnow=recipe.winnow, letters=recipe.letters)
        enough = sure >= max(1, ESTIMATE_SLACK * recipe.partial * min(shared.left, shared.right))
        if enough:
            ((verdict, _),) = ruled((compared[left], compared[right], shared), recipe=recipe)
            assert verdict is None or (left, right) in pairs


def test_the_reference_cuts_windows() -> None:
    """From each word start the next five letters, blanks ignored; none over the end."""
    assert windows("ab cd efg h", letters=5) == ["abcde", "cdefg"]
    assert windows("ab cd", letters=5) == ["abcd"]
    assert windows("") == []


def test_the_reference_counts() -> None:
    """Two of three windows, and of four."""
    ((left, right, shared),) = all_pairs({"b": "ab cd ef gh ij", "a": "cd ef gh ij"}, letters=4)

    assert (left, right, shared) == ("a", "b", Shared(3, 3, 4))
    assert (shared.jaccard, shared.containment) == (0.75, 1)


def test_the_reference_folds() -> None:
    """Keyboards, marks, half-spaces, digits, punctuation."""
    assert folded(" «كتابِ علي\u200cها»، ۱۲.") == "کتاب علیها 12"


def test_runs_in_common_are_counted() -> None:
    """Seven words of one letter, windows of one: two runs of three are in both, the seventh is no run."""
    assert sure_fingerprints("a b c d e f g", "d e f x a b c", winnow=3, letters=1) == 2
    assert sure_fingerprints("a a a a a a", "a a a a a a", winnow=3, letters=1) == 1


def test_the_archives_hold_every_verdict() -> None:
    """What the reference is asked about has each kind of pair."""
    assert {pair.verdict for pair in listed(archive(0)).values()} == set(Verdict)
