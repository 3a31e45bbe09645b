"""A scikit-learn estimator that clusters copies of texts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin

from dedup.model import Document, Report
from dedup.model.document_like import is_frame, listed
from dedup.model.errors import SettingError
from dedup.model.recipe import Recipe
from dedup.output.main_cluster import main_clusters
from dedup.report.find_duplicates import find_duplicates

if TYPE_CHECKING:
    from sklearn.utils import Tags  # of 1.6 and newer

_RECIPE = Recipe()


class DuplicateClusterer(ClusterMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Cluster texts that are copies of one another.

    The number of clusters need not be chosen, and nothing is random. New texts cannot be assigned to the
    clusters of an earlier fit; use `dedup.PreFilter` for that.

    Args:
        threshold: Minimum Jaccard of near-duplicates, 0 to 1.
        containment: Minimum containment of a text that counts as contained in another, 0 to 1.
        letters: Window of a shingle, 1 to 1,000.
        min_letters: Number of letters below which a text is too short to compare, at least 1.
        permutations: Length of a MinHash signature.
        boilerplate: Number of otherwise unrelated texts from which a shared passage is ignored, 8 or more;
            three suffice where it opens lines or closes texts of one source; 0 to ignore none.
        n_jobs: Number of threads, 1 or more; None for one, -1 for one per processor. It does not affect the
            result.

    Attributes:
        labels_: int64, shape (n_samples,): the cluster of each text, from 0, the largest first; -1 for a
            text that is in no cluster.
        representatives_: int64, shape (n_samples,): the position of the text that represents the cluster:
            the longest one, or the first of several; the text's own position if it is in no cluster.
    """

    labels_: NDArray[np.int64]
    representatives_: NDArray[np.int64]

    def __init__(
        self,
        *,
        threshold: float = _RECIPE.threshold,
        containment: float = _RECIPE.containment,
        letters: int = _RECIPE.letters,
        min_letters: int = _RECIPE.min_letters,
        permutations: int = _RECIPE.permutations,
        boilerplate: int = _RECIPE.boilerplate,
        n_jobs: int | None = None,
    ) -> None:
        self.threshold = threshold
        self.containment = containment
        self.letters = letters
        self.min_letters = min_letters
        self.permutations = permutations
        self.boilerplate = boilerplate
        self.n_jobs = n_jobs

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: ARG002, N803 - scikit-learn's names
        """Find the copies among texts.

        Args:
            X: Strings: a list, an array or a column of a data frame.
            y: Ignored.

        Raises:
            SettingError: A parameter is out of range, or an item of `X` is not a string; a ValueError.
        """
        texts = _texts(X)
        recipe = Recipe(
            threshold=self.threshold,
            containment=self.containment,
            letters=self.letters,
            min_letters=self.min_letters,
            permutations=self.permutations,
            boilerplate=self.boilerplate,
            representative="longest",
            rank=False,
        )
        # Ids sort like positions, so the first of equal texts is the representative.
        documents = (Document(f"{position:012}", text) for position, text in enumerate(texts))
        report = find_duplicates(documents, recipe=recipe, workers=_workers(self.n_jobs))
        self.labels_, self.representatives_ = _labels(report, len(texts))
        return self

    def __sklearn_tags__(self) -> "Tags":
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags


def _texts(X: Iterable[str]) -> list[str]:  # noqa: N803
    if isinstance(X, str) or is_frame(X):
        raise SettingError("X", type(X), "give a list of texts, or a column of a data frame")
    try:
        texts = iter(listed(X))
    except TypeError:
        raise SettingError("X", type(X), "give a list of texts, or a column of a data frame") from None
    checked = list(texts)
    for position, text in enumerate(checked):
        if not isinstance(text, str):
            raise SettingError(f"X[{position}]", type(text), "a text is a string")
    return checked


def _workers(n_jobs: int | None) -> int | None:
    """Return the number of workers; for `find_duplicates`, None is one per processor."""
    if n_jobs is None or n_jobs >= 1:
        return n_jobs or 1
    if n_jobs != -1:
        raise SettingError("n_jobs", n_jobs, "expected 1 or more, or -1 for all processors")
    return None


def _labels(report: Report, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the label and the representative of each text; a cluster with only one text gets no label."""
    clusters = np.full(size, -1, dtype=np.int64)
    representatives = np.arange(size, dtype=np.int64)
    for name, main in main_clusters(report).items():
        clusters[int(name)] = main.cluster.id
        representatives[int(name)] = int(main.cluster.representative)
    numbers, labels, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    kept = (numbers > 0) & (sizes > 1)
    return np.where(kept, np.cumsum(kept) - 1, -1)[labels], representatives
