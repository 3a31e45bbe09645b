"""What all test modules share: a PostgreSQL server of this run, an order, and no deadlines for examples."""

import gc
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import dedup.core
from benchmarks.postgres_server import PostgresServer, postgres_server

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of a hundred processes compiles the package anew

gc.set_threshold(100_000, 20, 50)  # thousands of tests are alive all along: looking for garbage took 7 %

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # workers share the processors: the time of one example says nothing

EXPECTED = os.environ.get("DEDUP_EXPECT_POSTGRES") == "1"
"""Whether a test fails where there is no server, rather than being left out."""
_NUMBERS = itertools.count(1)
FIRST = (
    "tests/integrations/spark/",
    "tests/output/page/",
    "tests/test_site.py",
    "tests/prefilter/test_on_postgres.py",
    "tests/story_index/postgres/",
)
"""Tests that share a Java machine, a browser, a site or a server, each dear to start."""


def pytest_sessionstart() -> None:
    """Refuse a kernel that was built from other C: results would be wrong, without an error."""
    sources = Path(dedup.core.__file__).parent / "native"
    if dedup.core.NAME == "numpy" or not sources.is_dir():
        return
    newest = max((*sources.glob("*.c"), *sources.glob("*.h")), key=lambda path: path.stat().st_mtime)
    if newest.stat().st_mtime > Path(sys.modules["dedup.core.native_library"].__file__ or "").stat().st_mtime:
        pytest.exit(f"{newest.name} is newer than the compiled kernel: pip install -e . builds it again", 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run FIRST first: a worker out of tests takes another's last ones, so nothing is started twice."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Return a server; the tests that need one are left out where none is installed."""
    if not EXPECTED:
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with postgres_server("max_connections=50", "fsync=off") as server:
        if server is None:
            assert not EXPECTED, "there is no PostgreSQL server: apt-get install postgresql"
            pytest.skip("there is no PostgreSQL server")
        yield server


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    """Name a schema that is not there yet."""
    return postgres.address(more=f"&schema=test_{next(_NUMBERS)}")
