"""The files that docs/how-to/service.md shows: the unit of systemd and the container."""

import configparser
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dedup.cli.main import parser
from tests.test_docs import ROOT, blocks

PAGE = (ROOT / "docs" / "how-to" / "service.md").read_text(encoding="utf-8")
ATTEMPTS = 60
"""Checks before a service counts as not starting; each takes a tenth of a second or more."""
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


def instructions(title: str) -> list[tuple[str, str]]:
    """Take a container file apart: each instruction and what follows it, lines that go on joined."""
    joined = FILES[title].replace("\\\n", " ")
    found = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, " ".join(rest.split())) for name, _, rest in found]


def test_the_container_file_is_well_formed() -> None:
    """Instructions that exist, in an order in which each can rely on those before it."""
    names = [name for name, _ in instructions("Containerfile")]

    build = ["FROM", "RUN", "COPY", "RUN"]
    assert names == [*build, "USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"]


def test_the_service_in_the_container_can_write_to_its_folder() -> None:
    """A volume takes its owner from the image: not root, as whom nothing runs."""
    lines = dict(instructions("Containerfile"))
    steps = [shlex.split(step) for step in lines["RUN"].split(" && ")]

    assert ["useradd", "--create-home", lines["USER"]] in steps
    assert ["install", "--directory", "--owner=dedup", "--group=dedup", lines["VOLUME"]] in steps
    assert lines["WORKDIR"] == lines["VOLUME"]


def test_the_container_starts_a_service_that_is_healthy(tmp_path: Path) -> None:
    """Its own commands are run, but for the port; it installs the extra that they need."""
    lines = dict(instructions("Containerfile"))
    start = json.loads(lines["ENTRYPOINT"]) + json.loads(lines["CMD"])
    options = parser().parse_args(start[1:])
    check = json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "dedup", *start[1:], "--port", port]
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"DEDUP_TOKEN": "t" * 32}) as service:
        asked = [sys.executable, *check[1:-1], check[-1].replace(f":{options.port}/", f":{port}/")]
        try:
            healthy = any(not subprocess.run(asked, check=False).returncode for _ in range(ATTEMPTS))
        finally:
            service.terminate()

    assert healthy
    assert f":{options.port}/health" in check[-1]
    assert lines["EXPOSE"] == str(options.port)
    assert "/src[http]" in lines["RUN"]
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "http" in pyproject["project"]["optional-dependencies"]
