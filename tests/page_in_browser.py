"""A page opened in a real browser, for the tests of the page; no tests in here.

Without a browser the tests that need it are skipped and say so; DEDUP_EXPECT_BROWSER, which CI sets, makes
that a failure.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dedup import Report, find_duplicates
from dedup.input import read
from dedup.output.to_html import to_html

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "docs" / "screenshots" / "stories.jsonl"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
READY = "html[data-ready]"
BLANK = "about:blank"
GO = """view => {
  if (location.hash === "#" + view) return;
  document.querySelector("main h1").dataset.left = "";
  location.hash = view;
}"""
"""Leaves a view for another; the headline of the one that is left is marked, and goes with it."""


def chromium() -> str:
    """Find the browser, or skip the test that asks."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    try:
        import playwright  # noqa: F401 - the test extra may be without it
    except ImportError:
        found = None
    if found is None:
        reason = "the page is driven by playwright and Debian's chromium: apt-get install chromium"
        if os.environ.get("DEDUP_EXPECT_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def launched() -> Iterator[Any]:
    """Start a browser without a window."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A tab with a page in it, and all that went wrong or left the page.

    Attributes:
        tab: What playwright drives.
        address: The page's own.
        complaints: Errors and warnings of the console, and what was thrown.
        requests: Addresses that were asked for, the page's own left out.
        dialogs: Words of dialogs: something ran that should not.
    """

    tab: Any
    address: str = BLANK
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to the tab."""
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._see)
        self.tab.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def _hear(self, message: Any) -> None:  # noqa: ANN401 - playwright's own
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _see(self, request: Any) -> None:  # noqa: ANN401 - as above
        if not request.url.startswith(("data:", BLANK, self.address)):
            self.requests.append(request.url)

    def open(self, page: Path) -> None:
        """Load a page and wait until it is ready."""
        self.address = page.as_uri()
        self.complaints, self.requests, self.dialogs = [], [], []
        self.tab.goto(self.address)
        self.tab.wait_for_selector(READY)

    def go(self, view: str) -> None:
        """Go to a view and wait until it is there."""
        self.tab.evaluate(GO, view)
        self.tab.wait_for_selector("main h1:not([data-left])", state="attached")

    def text(self, selector: str = "main") -> str:
        """Read the text of an element."""
        return str(self.tab.inner_text(selector))


class Browser:
    """A running browser whose tabs are used again: a new one costs as much as two pages."""

    def __init__(self, running: Any) -> None:  # noqa: ANN401 - playwright's own
        self._running = running
        self._tabs: dict[str, Opened] = {}

    def new_page(self) -> Any:  # noqa: ANN401 - as above
        """Open an empty tab in a profile of its own."""
        return self._running.new_page()

    @contextmanager
    def opened(self, page: Path, **settings: Any) -> Iterator[Opened]:  # noqa: ANN401 - as above
        """Open a written page in a tab that nobody else has, with nothing stored.

        A tab whose test failed is not used again.
        """
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "en"} | settings
        name = repr(sorted(settings.items()))
        found = self._tabs.pop(name, None) or Opened(self._running.new_context(**settings).new_page())
        found.open(page)
        yield found
        profile = found.tab.context
        if name in self._tabs:
            profile.close()
            return
        found.tab.goto(BLANK)
        found.tab.emulate_media(media="null", color_scheme=settings.get("color_scheme", "light"))
        stored = {"origin": "file://", "storageTypes": "all"}
        profile.new_cdp_session(found.tab).send("Storage.clearDataForOrigin", stored)
        self._tabs[name] = found


def written(report: Report, folder: Path) -> Path:
    """Write the page of a report."""
    path = folder / "report.html"
    path.write_bytes(to_html(report))
    return path


def the_stories() -> Report:
    """Report on the made-up stories that the README's pictures show."""
    return find_duplicates(read([str(STORIES)]))
