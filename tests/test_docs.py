"""What the documentation says can be done, done; and the site it makes."""

import doctest
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

import dedup
from tests.page_in_browser import launched
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
    """A fenced block of a page: its language, the file it is, its lines, and where they stand."""

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
    """Do what a block says, installations aside: tests have no network; what a command printed."""
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


class Addresses(HTMLParser):
    """Collects what a page loads by itself when it is opened."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take links to sheets and icons, and sources of anything."""
        named = dict(attrs)
        self.loaded += [named["src"] or ""] if "src" in named else []
        self.loaded += [named["href"] or ""] if tag == "link" else []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    pytest.importorskip("sphinx")
    pytest.importorskip("furo")
    pytest.importorskip("myst_parser")
    pytest.importorskip("sphinx_copybutton")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", str(DOCS), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_holds_every_page(site: Path) -> None:
    """Under its name, each in the menu of the first."""
    menu = (site / "index.html").read_text(encoding="utf-8")

    for page in PAGES:
        name = page.relative_to(DOCS).with_suffix(".html").as_posix()
        assert (site / name).is_file()
        assert name == "index.html" or f'href="{name}"' in menu


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    """No fonts, no scripts, no counters: sheets and programs lie beside the pages."""
    for page in site.rglob("*.html"):
        loaded = Addresses(page).loaded
        assert loaded
        assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


def test_the_site_explains_every_command_and_public_name(site: Path) -> None:
    """Both are made of the program itself."""
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    names = (site / "reference" / "python.html").read_text(encoding="utf-8")

    for command in ("dedup-report", "dedup-index-prune", "dedup-completion"):
        assert f'<section id="{command}">' in commands
    for name in dedup.__all__:
        assert f'id="dedup.{name}"' in names, name


def test_the_search_of_the_site_works_from_a_folder(site: Path) -> None:
    """Without a server; in Persian too."""
    with launched() as browser:
        page = browser.new_page()
        for words, found in (("winnowed fingerprints", "How it works"), ("خوشه", "شروع سریع")):
            page.goto(f"{(site / 'search.html').as_uri()}?q={quote(words)}")
            page.wait_for_selector("#search-results ul.search li", timeout=20_000)
            assert found in page.inner_text("#search-results")


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
