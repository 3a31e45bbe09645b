"""Judged texts to clusters, and what is kept of them."""

import numpy as np
import pytest

from dedup import Document, Recipe
from dedup.report.clustering import cluster_all
from dedup.report.identical_texts import DistinctTexts
from dedup.report.pair import Candidates
from dedup.report.report_counts import kept_documents
from dedup.report.scope import Scope
from tests.archives import archive_of
from tests.judged_samples import Sample, judged_pairs


def kept_of(*samples: Sample, recipe: Recipe, references: int = 0) -> list[int]:
    """Return the rows that are kept of document 0 with text 0, 1 and 2 with text 1, 3 with text 2."""
    archive, _ = archive_of([Document(name, "") for name in "abcd"], references=references)
    texts = DistinctTexts(np.arange(4), np.array([0, 1, 3, 4]))
    scope = Scope(archive.source_numbers, references=archive.references)
    nothing = np.empty(0, dtype=np.int64)
    groups, stars = cluster_all(
        archive,
        texts,
        judged_pairs(samples),
        not_compared=Candidates(nothing, nothing, 0, 0),
        recipe=recipe,
        scope=scope,
    )
    return kept_documents(archive, groups.documents, dropped=stars.dropped, scope=scope).tolist()


@pytest.mark.parametrize(("keep_changed", "kept"), [(True, [0, 1]), (False, [0])])
def test_a_copy_with_a_fact_of_its_own_is_kept_unless_told_otherwise(
    kept: list[int], *, keep_changed: bool
) -> None:
    """Text 1 differs from text 0, text 2 does not."""
    samples = Sample(0, 1, drops=False), Sample(0, 2)

    assert kept_of(*samples, recipe=Recipe(keep_changed=keep_changed)) == kept


def test_no_document_is_kept_of_a_text_that_is_dropped() -> None:
    """Rows 1 and 2 have the text."""
    assert kept_of(Sample(0, 1), recipe=Recipe()) == [0, 3]


def test_documents_of_the_reference_are_not_among_the_kept() -> None:
    """Row 0 is old, and text 2 is a copy of it; of text 1 the first document is kept."""
    assert kept_of(Sample(0, 2), recipe=Recipe(), references=1) == [1]
