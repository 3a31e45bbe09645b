"""What every runner shares: an archive in, word 3-grams, pairs to clusters, clusters out.

Runs inside the environment of a peer: needs orjson, and no library of this project.
"""

import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dedup.bench.resident_peak import peak_mb, reset_peak

WORDS, PERMUTATIONS, THRESHOLD = 3, 128, 0.7
BANDS, ROWS = 16, 8
"""For tools that leave the bands to the user: (1/16) ** (1/8) is 0.71, and all 128 values are used."""

type Finding = Callable[[Path], tuple[list[list[str]], dict[str, Any]]]


def read(path: Path) -> tuple[list[str], list[str]]:
    """Read ids and texts of a JSON lines file."""
    import orjson

    ids, texts = [], []
    with path.open("rb") as lines:
        for line in lines:
            record = orjson.loads(line)
            ids.append(record["id"])
            texts.append(record["text"])
    return ids, texts


def grams(text: str) -> list[str]:
    """Cut the word 3-grams of a text; a shorter text is one."""
    words = text.split()
    if len(words) < WORDS:
        return [text]
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def components(groups: Iterable[Iterable[int]], count: int) -> list[list[int]]:
    """Join groups of rows that have a row in common; rows alone are left out."""
    parent = list(range(count))
    for group in groups:
        rows = iter(group)
        first = _root(parent, next(rows))
        for row in rows:
            other = _root(parent, row)
            if other != first:
                low, high = sorted((first, other))
                parent[high] = low
                first = low
    members: dict[int, list[int]] = {}
    for row in range(count):
        members.setdefault(_root(parent, row), []).append(row)
    return [rows for rows in members.values() if len(rows) > 1]


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def run(tool: str, find: Finding) -> None:
    """Run a peer as the command `MODULE FILE OUT`; write its clusters, version, settings and what it took."""
    import orjson

    reset_peak()
    began = time.perf_counter()
    source, out = (Path(argument) for argument in sys.argv[1:3])
    clusters, settings = find(source)
    result = {
        "tool": tool,
        "version": version(tool),
        "settings": settings,
        "clusters": clusters,
        "seconds": time.perf_counter() - began,
        "peak_mb": peak_mb(),
    }
    out.write_bytes(orjson.dumps(result))


def named(groups: Iterable[Iterable[int]], ids: list[str]) -> list[list[str]]:
    """Join groups of rows to clusters of ids."""
    return [[ids[row] for row in rows] for rows in components(groups, len(ids))]
