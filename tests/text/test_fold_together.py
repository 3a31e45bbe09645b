"""Texts that are folded together."""

import numpy as np
import pytest

from dedup import core
from dedup.text.fold_together import fold_together, units_of

TEXTS = ["Gold at 1", "250 Dollars", "", " \n", "Café\ud83d", "\udcf0 news 📰 Ça", "\u0301x y", "\n\nend "]


@pytest.mark.parametrize("letters", [1, 12, 1 << 16])
def test_texts_are_folded_together_as_alone(letters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty ones, spaces at a joint and halves of characters among them, however many are folded at once."""
    monkeypatch.setattr("dedup.text.fold_together.LETTERS", letters)

    together = list(fold_together(TEXTS))

    assert len(together) == len(TEXTS)
    for text, (units, folded, origins) in zip(TEXTS, together, strict=True):
        alone, of_alone = core.fold_units(units_of(text))
        assert np.array_equal(units, units_of(text))
        assert [ord(letter) for letter in folded] == alone.tolist()
        assert origins.tolist() == of_alone.tolist()


def test_no_text_is_none() -> None:
    """Nothing is folded."""
    assert list(fold_together([])) == []
