"""What the README says can be done, done."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (dedup [^\n]+)\n(.*?)```", README, flags=re.DOTALL)
WIRE = "".join(re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL))


def test_the_readme_shows_console_sessions() -> None:
    """The report, the comparison and the filter are shown."""
    assert [command.split()[1] for command, _ in CONSOLE] == ["report", "compare", "filter"]


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_a_console_session_prints_what_is_shown(command: str, shown: str, tmp_path: Path) -> None:
    """Standard output is the README's."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "wire.jsonl").write_text(WIRE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"COLUMNS": "100", "PYTHONUTF8": "1"},
    )

    assert done.stdout == shown


def test_python_examples_run() -> None:
    """Every example of the README gives what is written under it."""
    example = doctest.DocTestParser().get_doctest(README, {}, "README.md", "README.md", 0)

    assert len(example.examples) >= 5
    assert doctest.DocTestRunner().run(example).failed == 0


def test_ci_runs_the_readme_s_test_command() -> None:
    """What a reader pastes is what CI pastes."""
    command = re.search(r"```sh\n(.*pytest.*)\n```", README)

    assert command
    assert command[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
