"""The site that the documentation makes: built where the extra `docs` is installed."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

import dedup
from tests.page_in_browser import launched
from tests.shell import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
EXPECTED = os.environ.get("DEDUP_EXPECT_SITE") == "1"
"""Whether the tests fail without the extra, rather than being left out."""


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
    if not EXPECTED:
        for name in ("sphinx", "furo", "myst_parser", "sphinx_copybutton"):
            pytest.importorskip(name, reason="the extra `docs` is not installed")
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
