"""What is loaded when: a run pays only for what it uses."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "scipy", "sklearn", "hazm", "datasketch", "nltk", "narwhals", "pandas", "polars", "rich"}


def _loaded_by(code: str) -> set[str]:
    """Heavy libraries that an interpreter has loaded after running `code`."""
    script = f"import sys\n{code}\nprint(*[name for name in {sorted(HEAVY)!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_no_library() -> None:
    """`import dedup` is free."""
    assert _loaded_by("import dedup") == set()


def test_help_loads_no_library_and_no_records() -> None:
    """`dedup --help` starts about as fast as the interpreter."""
    code = (
        "from dedup.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert 'dedup.model' not in sys.modules and 'dataclasses' not in sys.modules\n"
        "assert 'typing' not in sys.modules and 'shutil' not in sys.modules"
    )

    assert _loaded_by(code) == set()


def test_a_report_without_ranking_loads_numpy_alone() -> None:
    """scikit-learn and hazm are for the ranking; datasketch is for exchange."""
    assert _loaded_by("from dedup.cli.main import main; main(['report', 'seeds', '--no-rank'])") == {"numpy"}


def test_a_comparison_loads_numpy_alone() -> None:
    """Two stories need no document frequencies."""
    code = (
        "from dedup.cli.main import main\n"
        "main(['compare', 'seeds/000_dadc580f8462299b.txt', 'seeds/001_fa5d6c0f982a0054.txt'])"
    )

    assert _loaded_by(code) == {"numpy"}


def test_where_nothing_overlaps_the_ranking_loads_nothing() -> None:
    """One story has nothing to be ranked with."""
    code = "from dedup.cli.main import main; main(['report', 'seeds/002_2e114b39da09fc91.txt'])"

    assert _loaded_by(code) == {"numpy"}
