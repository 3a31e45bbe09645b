"""What is learnt from and what is judged, and the module that holds the weights."""

import runpy
from pathlib import Path

import pytest

from benchmarks.fit import archives_left_out, written
from benchmarks.labelled import Example
from dedup import Document
from dedup.comparison.weights import learnt_weights
from dedup.model.errors import SettingError
from dedup.model.score import NEAR


def test_an_archive_is_judged_by_the_others() -> None:
    """Each pair is judged once, and none of its archive is learnt from."""
    text = Document("id", "text")
    known = [Example(text, text, NEAR, None, archive, "en") for archive in ("b", "a", "b", "")]

    splits = [(seen.tolist(), held_out.tolist()) for seen, held_out in archives_left_out(known)]

    assert splits == [([0, 1, 2], [3]), ([0, 2, 3], [1]), ([1, 3], [0, 2])]


def test_the_module_that_is_written_holds_the_weights(tmp_path: Path) -> None:
    """Every score, to the last decimal."""
    module = tmp_path / "weights.py"
    module.write_text(written(learnt_weights()), encoding="utf-8")

    assert runpy.run_path(str(module))["learnt_weights"]() == learnt_weights()


def test_weights_of_other_measures_are_refused_when_they_are_used(tmp_path: Path) -> None:
    """Not when the module is loaded: new measures are learnt while it holds weights of the old ones."""
    module = tmp_path / "weights.py"
    module.write_text(written(learnt_weights()).replace("join=(", "join=(0.5, "), encoding="utf-8")

    learnt = runpy.run_path(str(module))["learnt_weights"]

    with pytest.raises(SettingError, match="weights of join"):
        learnt()
