"""Find copied news: near-duplicate stories, excerpts and roundups. Persian first, any language."""

from importlib import import_module

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.comparison.compare import compare
    from dedup.input import read
    from dedup.input.from_frame import from_frame
    from dedup.integrations.datasketch import from_lean_minhash, to_lean_minhash, to_minhash_lsh
    from dedup.integrations.frames import annotate, to_frame
    from dedup.model import (
        Cluster,
        Comparison,
        Document,
        Member,
        Pair,
        Problem,
        Reason,
        ReasonKind,
        Report,
        ReportWarning,
        Verdict,
    )
    from dedup.model.decisions import Decisions
    from dedup.model.errors import (
        ClockError,
        DedupError,
        EngineError,
        IndexBusyError,
        IndexFileError,
        IndexServerError,
        IndexWriteError,
        ReadingError,
        RecipeMismatchError,
        SettingError,
        TicketError,
        WorkFolderError,
        WritingError,
    )
    from dedup.model.extras import MissingLibraryError
    from dedup.model.recipe import Recipe
    from dedup.prefilter import Answer, PreFilter, Relation
    from dedup.report.find_duplicates import find_duplicates
    from dedup.text.fold import fold
    from dedup.text.minhash import sketch
    from dedup.text.shingle import shingle

__version__ = "0.1.0"

_HOMES = {
    "dedup.integrations.datasketch": ("from_lean_minhash", "to_lean_minhash", "to_minhash_lsh"),
    "dedup.integrations.frames": ("annotate", "to_frame"),
    "dedup.model.errors": (
        "ClockError",
        "DedupError",
        "EngineError",
        "IndexBusyError",
        "IndexFileError",
        "IndexServerError",
        "IndexWriteError",
        "ReadingError",
        "RecipeMismatchError",
        "SettingError",
        "TicketError",
        "WorkFolderError",
        "WritingError",
    ),
    "dedup.model.extras": ("MissingLibraryError",),
    "dedup.comparison.compare": ("compare",),
    "dedup.report.find_duplicates": ("find_duplicates",),
    "dedup.prefilter": ("Answer", "PreFilter", "Relation"),
    "dedup.input": ("read",),
    "dedup.input.from_frame": ("from_frame",),
    "dedup.model.decisions": ("Decisions",),
    "dedup.model.recipe": ("Recipe",),
    "dedup.model": (
        "Cluster",
        "Comparison",
        "Document",
        "Member",
        "Pair",
        "Problem",
        "Reason",
        "ReasonKind",
        "Report",
        "ReportWarning",
        "Verdict",
    ),
    "dedup.text.fold": ("fold",),
    "dedup.text.shingle": ("shingle",),
    "dedup.text.minhash": ("sketch",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
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


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `import dedup` alone loads no library."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'dedup' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__file__", "__name__", "__version__"]
