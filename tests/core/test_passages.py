"""Passages by their place: compiled and twin give the same, and the rule by small examples."""

import importlib
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.core import numpy_passages
from dedup.core.numpy_passages import PassageCrowds, PassageRule, PassagesFound
from tests.core.test_compiled import COMPILED, same

RULE = PassageRule(witnesses=3, common_percent=75, related_percent=15, least=4)


def kernels() -> list[ModuleType]:
    """Return the twin, and the compiled kernel where it is."""
    if COMPILED is None:
        return [numpy_passages]
    return [numpy_passages, importlib.import_module("dedup.core.compiled_passages")]


every_kernel = pytest.mark.parametrize("kernel", kernels(), ids=lambda module: module.__name__)


def asked(
    kernel: ModuleType,
    texts: list[list[int]],
    *crowds: list[int],
    place: int = 7,
    forward: bool = True,
    longest: int = 30,
) -> PassagesFound:
    """Ask crowds of texts about one place."""
    shingles = np.array([shingle for text in texts for shingle in text], dtype=np.uint64)
    bounds = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    count = len(crowds)
    questions = PassageCrowds(
        np.array([text for crowd in crowds for text in crowd], dtype=np.int64),
        np.cumsum([0, *map(len, crowds)], dtype=np.int64),
        np.full(count, place, dtype=np.uint64),
        np.full(count, forward),
        np.full(count, longest, dtype=np.int64),
    )
    found: PassagesFound = kernel.find_passages(shingles, bounds, questions, RULE)
    return found


def told(found: PassagesFound) -> list[tuple[int, list[int]]]:
    """Return witness and passage of each crowd."""
    ends = found.bounds.tolist()
    passages = [found.shingles[start:end].tolist() for start, end in pairwise(ends)]
    return list(zip(found.witnesses.tolist(), passages, strict=True))


def own(text: int, count: int = 10) -> list[int]:
    """Make shingles that no other text has."""
    return list(range(100 * text, 100 * text + count))


@every_kernel
def test_three_texts_that_share_nothing_else_tell(kernel: ModuleType) -> None:
    """Two of them do not, whatever is next to them."""
    texts = [[7, 8, *own(text)] for text in (1, 2, 3)]

    assert told(asked(kernel, texts, [0, 1, 2], [0, 1])) == [(0, [7, 8]), (-1, [])]


@every_kernel
def test_a_passage_ends_where_a_text_goes_another_way(kernel: ModuleType) -> None:
    """Shingle 9 follows in two of three; 6 comes before the place, 5 after another way."""
    texts = [[6, 7, 8, 9, *own(1), 5], [6, 7, 8, 9, *own(2), 5], [6, 7, 8, *own(3), 5]]

    assert told(asked(kernel, texts, [0, 1, 2])) == [(0, [7, 8])]


@every_kernel
def test_a_passage_that_closes_texts_grows_backward(kernel: ModuleType) -> None:
    """From the last place of the shingle on."""
    texts = [[7, *own(1), 6, 7], [*own(2), 6, 7], [*own(3), 6, 7]]

    assert told(asked(kernel, texts, [0, 1, 2], forward=False)) == [(0, [6, 7])]


@every_kernel
@pytest.mark.parametrize(("longest", "passage"), [(2, [7, 8]), (1, [])])
def test_a_passage_of_a_few_texts_is_short(kernel: ModuleType, longest: int, passage: list[int]) -> None:
    """One shingle more than it may have: none."""
    texts = [[7, 8, *own(text)] for text in (1, 2, 3)]

    assert told(asked(kernel, texts, [0, 1, 2], longest=longest))[0][1] == passage


@every_kernel
@pytest.mark.parametrize(("in_both", "witness"), [(2, 0), (3, -1)])
def test_texts_that_share_more_do_not_show_boilerplate(
    kernel: ModuleType, in_both: int, witness: int
) -> None:
    """Besides the passage two of three have ten shingles each: two in both are 2 of 18, three 3 of 17."""
    texts = [[7, *own(1)], [7, *own(1)[:in_both], *own(2)[in_both:]], [7, *own(3)]]

    assert asked(kernel, texts, [0, 1, 2]).witnesses.tolist() == [witness]


@every_kernel
@pytest.mark.parametrize(("rest", "witness"), [(3, -1), (4, 0)])
def test_a_witness_has_something_of_its_own(kernel: ModuleType, rest: int, witness: int) -> None:
    """Four shingles are enough."""
    texts = [[7, *own(1, rest)], [7, *own(2)], [7, *own(3)]]

    assert asked(kernel, texts, [0, 1, 2]).witnesses.tolist() == [witness]


@every_kernel
@pytest.mark.parametrize(("notices", "witness"), [(9, 9), (10, -1)])
def test_texts_that_are_only_a_notice_do_not_count(kernel: ModuleType, notices: int, witness: int) -> None:
    """Three witnesses are a quarter of twelve; thirteen need four."""
    texts = [*([[7, 8]] * notices), *([7, 8, *own(text)] for text in (1, 2, 3))]

    assert asked(kernel, texts, list(range(notices + 3))).witnesses.tolist() == [witness]


@every_kernel
@pytest.mark.parametrize(("copies", "witness"), [(3, 0), (4, -1)])
def test_half_of_the_texts_are_witnesses(kernel: ModuleType, copies: int, witness: int) -> None:
    """A story in so many copies is one witness, two others make three: half of five or six, not of seven."""
    texts = [*([[7, *own(1), 50 + copy] for copy in range(copies)]), [7, *own(2)], [7, *own(3)]]
    texts.append([7, *own(1), 60])

    assert asked(kernel, texts, list(range(len(texts)))).witnesses.tolist() == [witness]


@every_kernel
def test_nothing_is_found_where_the_shingle_is_absent(kernel: ModuleType) -> None:
    """Nor in empty texts, nor in no texts."""
    texts = [[], own(1), own(2), own(3)]

    assert told(asked(kernel, texts, [1, 2, 3], [0, 0, 0], [])) == [(-1, [])] * 3


@pytest.mark.skipif(COMPILED is None, reason="there is no compiled kernel")
@given(
    st.lists(st.lists(st.integers(0, 12) | st.integers(0, 400), max_size=30), min_size=1, max_size=9),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_compiled_finds_what_the_twin_finds(texts: list[list[int]], data: st.DataObject) -> None:
    """Any texts, any crowds of them, from either end."""
    rows = st.lists(st.integers(0, len(texts) - 1), max_size=20)
    crowds = data.draw(st.lists(rows, max_size=4))
    forward, longest, place = data.draw(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 12)))

    twin, compiled = (
        asked(kernel, texts, *crowds, place=place, forward=forward, longest=longest) for kernel in kernels()
    )

    assert same(twin, compiled)


@pytest.mark.skipif(COMPILED is None, reason="there is no compiled kernel")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bounds": np.array([0, 9])}, "bounds that ascend"),
        ({"places": np.zeros(2, dtype=np.uint64)}, "each of 1 crowds"),
        ({"longest": np.array([-1])}, "each of 1 crowds"),
        ({"texts": np.array([0, 3])}, "1 rows"),
    ],
)
def test_compiled_refuses_what_would_leave_the_arrays(change: dict[str, Any], message: str) -> None:
    """Bounds, columns of other lengths, rows that are not there."""
    one = np.array([0], dtype=np.int64)
    crowds = PassageCrowds(one, np.array([0, 1]), np.zeros(1, np.uint64), np.ones(1, np.bool_), one)

    with pytest.raises((ValueError, IndexError), match=message):
        kernels()[1].find_passages(
            np.zeros(1, np.uint64),
            np.array([0, 1]),
            crowds._replace(**change),
            RULE,
        )
