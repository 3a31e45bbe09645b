"""Inputs for the tests of reading, and what became of them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dedup.input import read
from dedup.model import Document, Problem
from dedup.model.document_batch import load


def put(path: Path, content: str | bytes) -> Path:
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def line(**fields: Any) -> str:  # noqa: ANN401 - any JSON value
    """Spell a JSON object in one line."""
    return json.dumps(fields, ensure_ascii=False)


def read_both_ways(
    inputs: Sequence[Path | str],
    **settings: Any,  # noqa: ANN401 - as read takes them
) -> Iterator[Document | Problem]:
    """Read inputs one by one, and in batches with the same result; standard input only one by one."""
    found = list(read(inputs, **settings))
    if "stdin" not in settings:
        batches = [load(task) for task in read(inputs, **settings).document_batches()]
        in_batches = [document for batch in batches for document in batch.documents.documents()]
        assert in_batches == documents(found)
        assert [problem for batch in batches for problem in batch.problems] == problems(found)
    return iter(found)


def only(*inputs: Path, **settings: Any) -> Document | Problem:  # noqa: ANN401 - as read takes them
    """Read what must give exactly one entry."""
    found = list(read_both_ways(inputs, **settings))
    assert len(found) == 1, found
    return found[0]


def documents(found: list[Document | Problem]) -> list[Document]:
    """Leave the problems out."""
    return [entry for entry in found if isinstance(entry, Document)]


def problems(found: list[Document | Problem]) -> list[Problem]:
    """Leave the documents out."""
    return [entry for entry in found if isinstance(entry, Problem)]
