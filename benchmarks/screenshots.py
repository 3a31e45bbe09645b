"""The README's pictures of the page: the made-up stories of docs/screenshots, in a real browser.

python -m benchmarks.screenshots [--chromium PROGRAM]
"""

import argparse
import tempfile
from pathlib import Path

from dedup.input import read
from dedup.output.page.content import PageHead
from dedup.output.to_html import to_html
from dedup.report.find_duplicates import find_duplicates

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
DESK, PHONE = (1200, 780), (400, 780)
SHOTS = (
    ("overview-fa", "overview", "fa", "light", (1200, 1150)),
    ("evidence-fa", "evidence-1-0-1", "fa", "light", DESK),
    ("clusters-en-dark", "clusters", "en", "dark", DESK),
    ("cluster-fa-phone", "cluster-1", "fa", "light", PHONE),
)
"""File, view, language, colours, size."""


def main() -> None:
    """Take every picture again."""
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--chromium", default="/usr/bin/chromium", help="the browser (default: %(default)s)")
    chromium = options.parse_args().chromium
    page = to_html(find_duplicates(read([str(FOLDER / "stories.jsonl")])), head=PageHead("stories.jsonl"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, view, language, colours, (width, height) in SHOTS:
            profile = browser.new_context(viewport={"width": width, "height": height})
            tab = profile.new_page()
            tab.emulate_media(color_scheme="dark" if colours == "dark" else "light")
            tab.goto(path.as_uri())
            tab.wait_for_selector("html[data-ready]")
            tab.select_option("#language", language)
            tab.evaluate("view => { location.hash = view; }", view)
            tab.wait_for_timeout(500)
            tab.screenshot(path=FOLDER / f"{name}.png")
            profile.close()
        browser.close()
    for name, *_ in SHOTS:
        print(f"{name}.png: {(FOLDER / f'{name}.png').stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
