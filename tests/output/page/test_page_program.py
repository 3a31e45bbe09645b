"""The program of the page is tested outside the browser: node runs page/tests."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[3] / "page" / "tests"


def test_the_modules_of_the_page() -> None:
    """All tests in page/tests pass; they need node and nothing else."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("DEDUP_EXPECT_NODE"):
            pytest.fail("the page's modules are tested by node: apt-get install nodejs")
        pytest.skip("the page's modules are tested by node: apt-get install nodejs")

    done = subprocess.run(
        [node, "--test", *sorted(map(str, TESTS.glob("*.test.js")))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout
