"""Writes blocks to files, in their order, with all processors."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import batched
from multiprocessing import get_context
from pathlib import Path

from benchmarks.synthetic.blocks import BLOCK, write_block

AHEAD = 4
"""Blocks that a process may be ahead of the file: what bounds the memory, about 8 MB each."""


def write_archive(
    out: Path, documents: int, *, seed: int = 1, gold: Path | None = None, workers: int | None = None
) -> None:
    """Write a made-up archive as JSON lines, and who copies whom.

    The same seed gives the same bytes, for any number of workers; an archive of whole thousands is the
    beginning of every longer one.

    Args:
        out: The archive: id, title, text, published, source and url; ids count from n00000000.
        documents: Number of documents, 1 or more.
        seed: 0 or more.
        gold: One line per document, in the same order: id, cluster (an id, the same for copies of one story),
            kind, parent (what it was made from, or None) and, for a roundup, the ids of its stories.
        workers: Number of processes; None for all processors.
    """
    with out.open("wb") as stories, (gold or Path(os.devnull)).open("wb") as golden:
        for lines, truth in _blocks(documents, seed, workers=workers or os.cpu_count() or 1):
            stories.write(lines)
            golden.write(truth)


def _blocks(documents: int, seed: int, *, workers: int) -> Iterator[tuple[bytes, bytes]]:
    sizes = [min(BLOCK, documents - start) for start in range(0, documents, BLOCK)]
    tasks: Iterable[tuple[int, int]] = enumerate(sizes)
    one = partial(_numbered, seed)
    if workers == 1 or len(sizes) == 1:
        yield from map(one, tasks)
        return
    with get_context("spawn").Pool(min(workers, len(sizes))) as pool:
        for batch in batched(tasks, AHEAD * workers):
            yield from pool.imap(one, batch)


def _numbered(seed: int, task: tuple[int, int]) -> tuple[bytes, bytes]:
    number, documents = task
    return write_block(seed, number, documents=documents)
