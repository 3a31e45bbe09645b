"""A service to ask."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup import PreFilter

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path: Path) -> "Iterator[TestClient]":
    """A service on an empty index, asked without a network."""
    from fastapi.testclient import TestClient

    from dedup.integrations.http import create_app

    app = create_app(PreFilter.open(tmp_path / "news.dedup"), max_bytes=100_000)
    with TestClient(app, base_url="http://localhost:8731") as opened:
        yield opened
