"""What the README promises a stranger; tests/test_docs.py runs its commands."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_screen_has_a_picture_and_two_commands() -> None:
    """One installs and reports on the seeds, the other writes the page; what comes out follows."""
    screen = "\n".join(README.splitlines()[:24])

    assert re.search(r"!\[.+\]\((docs/screenshots/[\w-]+\.png)\)", screen)
    assert re.findall(r"```sh\n(.+)\n```", screen) == [
        "python3 -m venv .venv && .venv/bin/python -m pip install -q . && .venv/bin/dedup report seeds",
        ". .venv/bin/activate && dedup report seeds --html report.html",
    ]


def test_every_file_that_the_readme_names_exists() -> None:
    """Pictures and pages, in a clone."""
    named = re.findall(r"\]\(([\w/.-]+)\)", README)

    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_readme_is_short() -> None:
    """What a stranger does not need at once is in docs/."""
    assert len(README.splitlines()) <= 160


def test_ci_runs_the_readme_s_test_command() -> None:
    """What a reader pastes is what CI pastes."""
    command = re.search(r"```sh\n(.*pytest.*)\n```", README)

    assert command
    assert command[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
