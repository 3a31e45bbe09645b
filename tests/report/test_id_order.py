"""The order of ids."""

import numpy as np
import pytest

from dedup.model.document_batch import StringColumn
from dedup.report import id_order
from dedup.report.id_order import order_ids


@pytest.mark.parametrize("at_once", [1, 2, 1 << 14])
def test_ids_are_sorted_by_code_points(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are looked at together; equal ids follow one another by row."""
    monkeypatch.setattr(id_order, "IDS_AT_ONCE", at_once)
    ids = StringColumn.of(["b", "", "خبر", "a/long-path/10", "b", "a/long-path/9", "B"])

    order, repeats = order_ids(ids)

    assert order.tolist() == [1, 6, 3, 5, 0, 4, 2]
    assert np.flatnonzero(repeats).tolist() == [5]
