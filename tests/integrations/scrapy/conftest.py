"""Pages to crawl."""

from collections.abc import Iterator

import pytest

from tests.integrations.scrapy.crawl import served


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """Serve the pages on a free port of this machine."""
    with served() as address:
        yield address
