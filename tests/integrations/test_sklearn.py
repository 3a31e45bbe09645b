"""Copies as a clustering: scikit-learn's own checks, and what the labels say."""

import pickle
from collections.abc import Callable, Iterable
from inspect import signature
from typing import Any, Self

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import Tags, estimator_checks, get_tags
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import validate_data

from dedup import Recipe, SettingError
from dedup.integrations.sklearn import DuplicateClusterer
from tests.made_up_news import reworded, story

ONE, OTHER, THIRD = story(1), story(2), story(3)
FIRST, LAST = story(8, words=90), story(9, words=90)
NEED_NO_NUMBERS = (
    "check_estimator_cloneable",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_estimator_repr",
    "check_no_attributes_set_in_init",
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_mixin_order",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
)


class OnNumbers(DuplicateClusterer):
    """Rows of numbers instead of texts, a made-up story for each: most checks fit numbers alone."""

    def fit(self, X: object, y: object = None) -> Self:  # noqa: N803 - its name in scikit-learn
        """Write a story for each row, the same for equal ones."""
        rows = validate_data(self, X)
        return super().fit([story(int.from_bytes(row.tobytes(), "big")) for row in rows], y)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = tags.input_tags.one_d_array = False
        tags.input_tags.two_d_array = True
        return tags


@parametrize_with_checks(
    [OnNumbers()],
    expected_failed_checks=lambda _estimator: {
        "check_clustering": "wants neighbours in space in one cluster; stories of other numbers are no copies"
    },
)
def test_scikit_learn_s_checks_pass(estimator: OnNumbers, check: Callable[[OnNumbers], None]) -> None:
    """All of those for clusterers but one, on stories in the place of numbers."""
    check(estimator)


@pytest.mark.parametrize("name", NEED_NO_NUMBERS)
def test_the_checks_that_need_no_numbers_pass(name: str) -> None:
    """On the estimator as it is, whose tags take it out of the list above."""
    getattr(estimator_checks, name)("DuplicateClusterer", DuplicateClusterer())


def test_copies_share_a_label() -> None:
    """The largest cluster is 0, what is alone or too short is -1."""
    texts = [ONE, OTHER, THIRD, OTHER, reworded(OTHER, every=40), ONE, "short", "short"]

    labels = DuplicateClusterer().fit_predict(texts)

    assert labels.dtype == np.int64
    assert labels.tolist() == [1, 0, -1, 0, 0, 1, -1, -1]


def test_the_longest_represents_then_the_first() -> None:
    """By position; what is alone represents itself."""
    fitted = DuplicateClusterer().fit([ONE, OTHER, f"{OTHER} {story(4, words=3)}", ONE, THIRD])

    assert fitted.representatives_.tolist() == [0, 2, 2, 0, 4]


def test_a_roundup_has_the_label_of_one_story_only() -> None:
    """It is clustered with its copy, and the stories that it contains are not fused."""
    roundup = f"{FIRST} {LAST}"

    labels = DuplicateClusterer().fit_predict([FIRST, LAST, FIRST, LAST, roundup, roundup])

    assert labels.tolist() == [labels[0], labels[1], labels[0], labels[1], labels[4], labels[4]]
    assert sorted(set(labels.tolist())) == [0, 1, 2]


def test_a_story_whose_roundup_went_to_another_is_alone() -> None:
    """Labels count up without a gap, and none is that of one text."""
    roundup = f"{FIRST} {story(9, words=60)}"

    labels = DuplicateClusterer().fit_predict([roundup, FIRST, story(9, words=60), ONE, ONE])

    assert labels.tolist().count(-1) == 1
    assert sorted(np.unique_counts(labels[labels >= 0]).counts.tolist()) == [2, 2]
    assert sorted(set(labels.tolist())) == [-1, 0, 1]
    assert labels[0] == labels[1]


@pytest.mark.parametrize(
    "make",
    [
        list,
        iter,
        np.array,
        lambda texts: np.array(texts, dtype=object),
        pd.Series,
        lambda texts: pd.Series(texts, index=[9, 9, 1]),
        pl.Series,
        pa.array,
        lambda texts: pa.table({"text": texts})["text"],
    ],
    ids=[
        "list",
        "iterator",
        "array",
        "objects",
        "pandas",
        "pandas index",
        "polars",
        "arrow",
        "arrow table",
    ],
)
def test_any_column_of_texts_will_do(make: Callable[[list[str]], Any]) -> None:
    """Labels are in its order."""
    assert DuplicateClusterer().fit_predict(make([ONE, OTHER, ONE])).tolist() == [0, -1, 0]


def test_it_ends_a_pipeline() -> None:
    """What comes before it may clean the texts; parameters are reached through it."""
    tagged = [f"<p>{ONE}</p>", OTHER, ONE]
    without = FunctionTransformer(
        lambda texts: [text.removeprefix("<p>").removesuffix("</p>") for text in texts]
    )
    pipeline = make_pipeline(without, DuplicateClusterer())

    assert pipeline.fit_predict(tagged).tolist() == [0, -1, 0]
    pipeline.set_params(duplicateclusterer__min_letters=10_000)
    assert pipeline.fit_predict(tagged).tolist() == [-1, -1, -1]


def test_parameters_are_those_of_the_recipe() -> None:
    """Names and defaults."""
    given = {name: each.default for name, each in signature(DuplicateClusterer).parameters.items()}

    assert given.pop("n_jobs") is None
    assert given == {name: getattr(Recipe(), name) for name in given}
    assert len(given) == 6


@pytest.mark.parametrize(
    ("parameters", "labels"),
    [
        ({}, [0, 0]),
        ({"threshold": 0.999, "containment": 0.999}, [-1, -1]),
        ({"min_letters": 100_000}, [-1, -1]),
    ],
    ids=str,
)
def test_parameters_matter(parameters: dict[str, Any], labels: list[int]) -> None:
    """Two of eighty words differ."""
    texts = [ONE, reworded(ONE, every=40)]

    assert DuplicateClusterer(**parameters).fit_predict(texts).tolist() == labels


def test_a_clone_asks_for_the_same() -> None:
    """With nothing that was fitted."""
    fitted = DuplicateClusterer(threshold=0.4, n_jobs=-1).fit([ONE, ONE])

    copy = clone(fitted)

    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "labels_")


def test_a_fitted_one_can_be_kept() -> None:
    """It holds no texts and no files."""
    fitted = DuplicateClusterer().fit([ONE, ONE])

    kept = pickle.dumps(fitted)

    assert pickle.loads(kept).labels_.tolist() == [0, 0]  # noqa: S301 - our own
    assert ONE.encode() not in kept


def test_no_texts_give_no_labels() -> None:
    """An empty list is one."""
    assert DuplicateClusterer().fit_predict([]).shape == (0,)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (ONE, r"X=<class 'str'> is not usable: give a list of texts"),
        (
            pl.DataFrame({"text": [ONE]}),
            r"X=<class '.*DataFrame'> is not usable: .* a column of a data frame",
        ),
        ([ONE, None], r"X\[1\]=<class 'NoneType'> is not usable: a text is a string"),
        (pd.Series([float("nan"), ONE]), r"X\[0\]=<class 'float'>"),
        ([[1.0, 2.0]], r"X\[0\]=<class 'list'>"),
        (np.array(ONE), r"X=<class 'numpy.ndarray'> is not usable: give a list of texts"),
        (None, r"X=<class 'NoneType'> is not usable: give a list of texts"),
    ],
    ids=["text", "frame", "none in it", "nan", "numbers", "no dimension", "none"],
)
def test_what_is_no_text_is_a_value_error(texts: Iterable[str], said: str) -> None:
    """As scikit-learn's own estimators of texts have it; the message says where."""
    with pytest.raises(ValueError, match=said):
        DuplicateClusterer().fit(texts)


@pytest.mark.parametrize(
    "parameters", [{"threshold": 2}, {"letters": 0}, {"n_jobs": 0}, {"n_jobs": -2}], ids=str
)
def test_a_parameter_out_of_range_is_refused_by_fit(parameters: dict[str, Any]) -> None:
    """Not before: `set_params` may bring it in order."""
    (name,) = parameters
    clusterer = DuplicateClusterer(**parameters)

    with pytest.raises(SettingError, match=name):
        clusterer.fit([ONE])


def test_the_tags_say_that_it_takes_texts() -> None:
    """Other tools ask them."""
    tags = get_tags(DuplicateClusterer())

    assert tags.estimator_type == "clusterer"
    assert (tags.input_tags.string, tags.input_tags.one_d_array, tags.input_tags.two_d_array) == (
        True,
        True,
        False,
    )
