"""What runs here."""

import sqlite3

import numpy as np
import pytest

from dedup import core
from dedup.output import doctor as module
from dedup.output.doctor import doctor


def test_it_names_kernel_libraries_and_sqlite() -> None:
    """A line each, names first."""
    facts = dict(line.split(maxsplit=1) for line in doctor().splitlines())

    assert facts["dedup"] == "0.1.0"
    assert (facts["kernel"], facts["simd"]) == (core.NAME, core.simd())
    assert facts["numpy"] == np.__version__
    assert facts["sqlite"] == sqlite3.sqlite_version
    assert facts["python"].startswith("CPython 3.")


def test_what_is_absent_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hazm is for Python before 3.14."""
    monkeypatch.setattr(module, "LIBRARIES", ("no-such-library",))

    assert "no-such-library  not installed\n" in doctor()
