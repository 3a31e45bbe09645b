"""Texts that are folded together."""

import numpy as np
import pytest

from dedup import core
from dedup.core.text_column import utf16_units
from dedup.text.fold_together import fold_together

TEXTS = [
    "Gold at 1",
    "250 Dollars",
    "",
    " \n",
    "Café\ud83d",
    "\udcf0 news 📰 Ça",
    "\u0301x y",
    "\n\nend ",
    "Оpera чудо дело",
    "They Cоpe",
]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], []])
@pytest.mark.parametrize("letters", [1, 12, 1 << 16])
def test_texts_are_folded_together_as_alone(
    letters: int, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty ones, spaces at a joint and halves of characters among them, however many are folded at once."""
    monkeypatch.setattr("dedup.text.fold_together.LETTERS", letters)

    together = list(fold_together(texts))

    assert len(together) == len(texts)
    for text, (units, folded, origins) in zip(texts, together, strict=True):
        alone, of_alone = core.fold_units(utf16_units(text))
        assert np.array_equal(units, utf16_units(text))
        assert [ord(letter) for letter in folded] == alone.tolist()
        solid = alone != ord(" ")
        assert origins[solid].tolist() == of_alone[solid].tolist()
        assert (origins[~solid] == origins[np.flatnonzero(~solid) - 1]).all()
