"""Versions of the program, its kernel and its libraries, for bug reports."""

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

from dedup import __version__, core

LIBRARIES = (
    "numpy",
    "scikit-learn",
    "hazm",
    "datasketch",
    "orjson",
    "rapidfuzz",
    "rich",
    "shtab",
)


def doctor() -> str:
    """List the versions of the program, its kernel and its libraries, one per line."""
    facts = {
        "dedup": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()} on {platform.machine()}",
        **core.describe(),
        **{name: _version(name) for name in LIBRARIES},
        "sqlite": sqlite3.sqlite_version,
    }
    width = max(map(len, facts))
    return "".join(f"{name:<{width}}  {fact}\n" for name, fact in facts.items())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
