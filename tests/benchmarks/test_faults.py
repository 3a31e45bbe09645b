"""What the fuzzer begins with, and what a fault may leave."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.faults import commands, fuzz


def test_the_corpus_has_every_format_and_breaks_nothing(tmp_path: Path) -> None:
    """The first byte is the number of the format."""
    seeds, work = tmp_path / "seeds", tmp_path / "work"
    seeds.mkdir()
    work.mkdir()

    fuzz.corpus(seeds)

    contents = [path.read_bytes() for path in sorted(seeds.iterdir())]
    assert Counter(content[0] for content in contents).keys() == set(range(len(fuzz.ENDINGS)))
    for content in (b"", *contents):
        fuzz.attack(work)(content)


@pytest.mark.parametrize(
    ("left", "fault"),
    [
        ({"a": b"new a", "b": b"new b"}, ""),
        ({"a": commands.EARLIER, "b": commands.EARLIER}, ""),
        ({"a": b"new a", "b": commands.EARLIER}, "earlier and new files"),
        ({"a": b"new a", "b": b"new"}, "b is neither the earlier file nor the new one"),
    ],
)
def test_files_are_all_earlier_or_all_new(tmp_path: Path, left: dict[str, bytes], fault: str) -> None:
    """Half a file is a fault, and so is one file of a run without the other."""
    for name, content in left.items():
        (tmp_path / name).write_bytes(content)

    assert commands._together({"a": b"new a", "b": b"new b"}, tmp_path) == fault
