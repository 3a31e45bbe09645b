"""Find copied news: near-duplicate stories, excerpts and roundups. Persian first, any language."""

from importlib import import_module

TYPE_CHECKING = False  # as in typing, whose import would be half of what `dedup --help` takes
if TYPE_CHECKING:
    from dedup.adapters.datasketch import from_lean_minhash, to_lean_minhash, to_minhash_lsh
    from dedup.adapters.frames import annotate, to_frame
    from dedup.errors import DedupError, ReadingError, SettingError
    from dedup.pipeline.comparing import compare
    from dedup.pipeline.road import find_duplicates
    from dedup.prefilter import Answer, PreFilter
    from dedup.reading import read
    from dedup.reading.frames import from_frame
    from dedup.recipe import Recipe
    from dedup.records import Caution, Cluster, Comparison, Document, Member, Pair, Problem, Report, Verdict
    from dedup.stages.fold import fold
    from dedup.stages.shingle import shingle
    from dedup.stages.sketch import sketch

__version__ = "0.1.0"

_HOMES = {
    "dedup.adapters.datasketch": ("from_lean_minhash", "to_lean_minhash", "to_minhash_lsh"),
    "dedup.adapters.frames": ("annotate", "to_frame"),
    "dedup.errors": ("DedupError", "ReadingError", "SettingError"),
    "dedup.pipeline.comparing": ("compare",),
    "dedup.pipeline.road": ("find_duplicates",),
    "dedup.prefilter": ("Answer", "PreFilter"),
    "dedup.reading": ("read",),
    "dedup.reading.frames": ("from_frame",),
    "dedup.recipe": ("Recipe",),
    "dedup.records": (
        "Caution",
        "Cluster",
        "Comparison",
        "Document",
        "Member",
        "Pair",
        "Problem",
        "Report",
        "Verdict",
    ),
    "dedup.stages.fold": ("fold",),
    "dedup.stages.shingle": ("shingle",),
    "dedup.stages.sketch": ("sketch",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "Caution",
    "Cluster",
    "Comparison",
    "DedupError",
    "Document",
    "Member",
    "Pair",
    "PreFilter",
    "Problem",
    "ReadingError",
    "Recipe",
    "Report",
    "SettingError",
    "Verdict",
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
    return sorted({*globals(), *__all__})
