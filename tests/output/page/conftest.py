"""What the tests of the page share: one browser."""

from collections.abc import Iterator

import pytest

from tests.page_in_browser import Browser, launched


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all; of this package only, for its driver keeps an event loop running."""
    with launched() as running:
        yield Browser(running)
