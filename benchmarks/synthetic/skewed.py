"""Archives of a single text: copies of it, or alerts that differ in their figures."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.synthetic.writing import write_archive

KINDS = ("alerts", "copies")
WORDS = 30
"""Words of an alert."""
EVERY = 8
"""One of so many words of an alert is a figure."""


def copies(text: str, stories: int) -> Iterator[str]:
    """Repeat a text."""
    return (text for _ in range(stories))


def filled(text: str, stories: int, *, every: int) -> Iterator[str]:
    """Fill in a template: one in `every` words is a figure that no other story has."""
    words = text.split()
    for number in range(stories):
        for place in range(5, len(words), every):
            words[place] = str(number * 7919 + place)
        yield " ".join(words)


def write_skewed(path: Path, stories: int, *, kind: str) -> None:
    """Write an archive of one text.

    Args:
        path: The file.
        stories: Number of documents.
        kind: `copies` of a made-up story, or `alerts` of `WORDS` words.
    """
    write_archive(path, 1)
    text = json.loads(path.read_text(encoding="utf-8"))["text"]
    alert = " ".join(text.split()[:WORDS])
    texts = copies(text, stories) if kind == "copies" else filled(alert, stories, every=EVERY)
    with path.open("w", encoding="utf-8") as file:
        for number, each in enumerate(texts):
            file.write(json.dumps({"id": f"{kind}-{number}", "text": each}) + "\n")
