"""Every command and example of the documentation, run."""

import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shell import ROOT, bash

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
RUN = [ROOT / "README.md", *PAGES]
"""What has commands that are run."""
BLOCK = re.compile(r'^```(\w+)(?: title="([\w.]+)")?\n(.*?)^```$', flags=re.DOTALL | re.MULTILINE)
BEHIND = "```\n\n```text\n"
"""Between a command and what it prints."""
INSTALLS = re.compile(r"\bpip install\b|^python3 -m venv|bin/activate\b", flags=re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page: its language, the file it is, its lines, and where they are."""

    language: str
    title: str
    body: str
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """Find the blocks of a page in their order."""
    for found in BLOCK.finditer(text):
        yield Block(found[1], found[2] or "", found[3], found.start(3), found.end(3))


def sessions(body: str) -> list[tuple[str, str]]:
    """Part what is typed from what is printed."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def prepare(folder: Path) -> None:
    """Make a folder that looks like a clone to who only reads."""
    (folder / "docs").symlink_to(DOCS)
    (folder / "seeds").symlink_to(ROOT / "seeds")


def run(block: Block, folder: Path) -> str | None:
    """Run a block, installations aside, since tests have no network; return what a command printed."""
    if block.title:
        (folder / block.title).write_text(block.body, encoding="utf-8")
    elif block.language == "sh" and not INSTALLS.search(block.body):
        return succeed(block.body, folder)
    elif block.language == "console":
        for command, shown in sessions(block.body):
            assert succeed(command, folder) == shown.rstrip("\n")
    return None


def succeed(command: str, folder: Path) -> str:
    """Run a command that must succeed; what it printed."""
    done = bash(command, folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


@pytest.mark.parametrize("page", RUN, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    """Its blocks in their order, in one folder: files are written, commands run.

    They print what is shown with them, or in the block of text right behind them.
    """
    prepare(tmp_path)
    text = page.read_text(encoding="utf-8")
    printed, end = None, 0

    for block in blocks(text):
        if printed is not None and text[end : block.start] == BEHIND:
            assert block.body.rstrip("\n") == printed
        printed, end = run(block, tmp_path), block.end


@pytest.mark.parametrize("page", RUN, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And gives what is written under it."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    example = doctest.DocTestParser().get_doctest(text, {}, page.name, page.name, 0)

    assert len(example.examples) == text.count("\n>>> ")
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells in their order, in its own folder, as Jupyter runs them; the last ones write files."""
    pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    (tmp_path / "screenshots").symlink_to(DOCS / "screenshots")
    monkeypatch.chdir(tmp_path)
    cells = json.loads((DOCS / "first_report.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}

    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - our own

    assert (tmp_path / "report.html").stat().st_size > (tmp_path / "members.csv").stat().st_size > 0
