"""The files that docs/how-to/service.md shows: the unit of systemd and the container."""

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from dedup.cli.main import parser
from tests.test_docs import ROOT, blocks

PAGE = (ROOT / "docs" / "how-to" / "service.md").read_text(encoding="utf-8")
FILES = {block.title: block.body for block in blocks(PAGE) if block.title}


def test_the_unit_starts_a_command_that_exists() -> None:
    """With options that the command has."""
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(FILES["dedup.service"])
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])

    assert program.endswith("/dedup")
    assert parser().parse_args(arguments).window == 90 * 86400


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    """The program aside, which is not installed where tests run."""
    unit = FILES["dedup.service"].replace("/opt/dedup/bin/dedup", "/bin/true").replace("User=dedup\n", "")
    (tmp_path / "dedup.service").write_text(unit, encoding="utf-8")
    done = subprocess.run(
        [str(shutil.which("systemd-analyze")), "verify", str(tmp_path / "dedup.service")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    assert "dedup.service" not in done.stderr


def test_the_container_starts_a_command_that_exists() -> None:
    """It installs the extra that the command needs, opens its port, and asks a route that is there."""
    lines = dict(re.findall(r"^([A-Z]+) (.+)$", FILES["Containerfile"], re.MULTILINE))
    options = parser().parse_args((json.loads(lines["ENTRYPOINT"]) + json.loads(lines["CMD"]))[1:])
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert options.run == "dedup.cli.serve_command:run"
    assert lines["EXPOSE"] == str(options.port)
    assert f"127.0.0.1:{options.port}/health" in json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))[2]
    assert 'name = "newsdedup"' in pyproject
    assert re.search(r"^http = \[", pyproject, re.MULTILINE)
    assert "newsdedup[http]" in lines["RUN"]
