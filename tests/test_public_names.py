"""What `import dedup` gives, and that it costs nothing."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import dedup

NAMES = [
    "Answer",
    "ClockError",
    "Cluster",
    "Comparison",
    "Decisions",
    "DedupError",
    "Document",
    "EngineError",
    "IndexBusyError",
    "IndexFileError",
    "IndexServerError",
    "IndexWriteError",
    "Member",
    "MissingLibraryError",
    "Pair",
    "PreFilter",
    "Problem",
    "ReadingError",
    "Reason",
    "ReasonKind",
    "Recipe",
    "RecipeMismatchError",
    "Relation",
    "Report",
    "ReportWarning",
    "SettingError",
    "TicketError",
    "Verdict",
    "WorkFolderError",
    "WritingError",
    "annotate",
    "compare",
    "find_duplicates",
    "fold",
    "from_frame",
    "from_lean_minhash",
    "read",
    "shingle",
    "sketch",
    "to_frame",
    "to_lean_minhash",
    "to_minhash_lsh",
]
HEAVY = ("numpy", "scipy", "sklearn", "hazm", "datasketch", "nltk")


def run_python(code: str) -> str:
    """Run code in a fresh interpreter and give what it prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_the_public_names_are_pinned() -> None:
    """Adding or removing one is a decision, not an accident."""
    assert dedup.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_name_can_be_had(name: str) -> None:
    """It is the thing of that name; the second time it needs no looking up."""
    thing = getattr(dedup, name)

    assert thing.__name__ == name
    assert vars(dedup)[name] is thing


def test_a_star_import_gives_the_public_names() -> None:
    """All of them, in a fresh interpreter."""
    printed = run_python("from dedup import *; print(*sorted(name for name in dir() if name[0] != '_'))")

    assert printed.split() == sorted(NAMES)


def test_importing_loads_no_heavy_library() -> None:
    """Nor does asking for the names in it."""
    loaded = run_python("import dedup, sys; dir(dedup); print(*(name.split('.')[0] for name in sys.modules))")

    assert set(HEAVY).isdisjoint(loaded.split())


def test_a_run_without_ranking_loads_no_ranking() -> None:
    """Numpy is all that finding copies takes."""
    loaded = run_python(
        "import dedup, sys; dedup.find_duplicates(['ا' * 50] * 2, recipe=dedup.Recipe(rank=False));"
        "print(*(name.split('.')[0] for name in sys.modules))"
    )

    assert {"scipy", "sklearn", "hazm", "datasketch", "nltk"}.isdisjoint(loaded.split())


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The message names it."""
    with pytest.raises(AttributeError, match="module 'dedup' has no attribute 'find_all'"):
        _ = dedup.find_all


def test_the_names_are_listed_before_they_are_loaded() -> None:
    """For people and their editors."""
    listed = run_python("import dedup; print(*dir(dedup))").split()

    assert {*NAMES, "__version__"} <= set(listed)
    assert listed == sorted(set(listed))
    assert set(NAMES) <= set(dir(dedup))


def test_the_version_is_that_of_the_package() -> None:
    """One number, in two places."""
    assert dedup.__version__ == version("newsdedup")
