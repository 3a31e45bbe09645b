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
        complaints: Errors and warnings of the console, and what was thrown.
        requests: Addresses that were asked for, the page's own left out.
        dialogs: Words of dialogs: something ran that should not.
    """

    tab: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def go(self, view: str) -> None:
        """Go to a view and wait until it is there."""
        self.tab.evaluate("view => { location.hash = view; }", view)
        self.tab.wait_for_timeout(50)
        self.tab.wait_for_selector("main h1", state="attached")

    def text(self, selector: str = "main") -> str:
        """Read the text of an element."""
        return str(self.tab.inner_text(selector))


@contextmanager
def opened(browser: Any, page: Path, **context: Any) -> Iterator[Opened]:  # noqa: ANN401 - playwright's own
    """Open a written page in a profile of its own."""
    profile = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en"} | context)
    found = Opened(profile.new_page())
    found.tab.on(
        "console",
        lambda said: found.complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    found.tab.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.tab.on(
        "request",
        lambda request: (
            found.requests.append(request.url)
            if not request.url.startswith(("data:", page.as_uri()))
            else None
        ),
    )
    found.tab.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
    found.tab.goto(page.as_uri())
    found.tab.wait_for_selector(READY)
    yield found
    profile.close()


def written(report: Report, folder: Path) -> Path:
    """Write the page of a report."""
    path = folder / "report.html"
    path.write_bytes(to_html(report))
    return path


def the_stories() -> Report:
    """Report on the made-up stories that the README's pictures show."""
    return find_duplicates(read([str(STORIES)]))
