"""The help: every command has one, with examples, and every example does what it says."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from dedup.cli.examples import EXAMPLES, every_command
from dedup.cli.main import main, parser
from dedup.input import PRESETS
from dedup.model.known_boilerplate import to_lines
from tests.made_up_news import story
from tests.shell import bash, furnish

COMMANDS = dict(every_command(parser()))
LINES = [(command, line) for command, examples in EXAMPLES.items() for line, _ in examples]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with stories, an index of them, and its export."""
    folder = tmp_path_factory.mktemp("furnished")
    furnish(folder)
    index = str(folder / "news.dedup")
    old = folder / ".old.jsonl"
    old.write_text(json.dumps({"id": "old", "text": story(1)}), encoding="utf-8")
    seen = str(folder / ".seen.jsonl")
    assert main(["filter", str(old), "--index", index, "--output", seen, "--quiet"]) == 0
    assert main(["index", "export", index, str(folder / "stories.jsonl")]) == 0
    (folder / "kept.jsonl.boilerplate").write_bytes(b"".join(to_lines([], letters=20)))
    return folder


def test_every_command_has_examples() -> None:
    """Those that only hold others too."""
    assert set(EXAMPLES) == set(COMMANDS)


def test_the_help_names_every_preset() -> None:
    """In the order of the table."""
    (preset,) = (each for each in COMMANDS["dedup report"]._actions if each.dest == "preset")  # noqa: SLF001 - argparse names them nowhere else

    assert re.findall(r"[\w-]+", str(preset.help).partition(": ")[2].replace(" or ", ", ")) == [*PRESETS]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_shows_the_examples_line_by_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However narrow the terminal, so that they can be copied."""
    monkeypatch.setenv("COLUMNS", "40")
    with pytest.raises(SystemExit) as left:
        main([*command.split()[1:], "--help"])

    shown = capsys.readouterr().out.splitlines()
    assert left.value.code == 0
    assert "examples:" in shown
    for line, what in EXAMPLES[command]:
        assert shown[shown.index(f"  {line}") + 1] == f"      {what}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    """In words that begin small and end without a full stop."""
    helps = {action.dest: action.help for action in COMMANDS[command]._actions}  # noqa: SLF001 - as above

    for name, words in helps.items():
        if name not in {"help", "command", "action", "==SUPPRESS=="}:
            assert words, name
            assert not words.endswith("."), name


@pytest.mark.parametrize(("command", "line"), LINES, ids=[line for _, line in LINES])
def test_an_example_does_what_it_says(
    command: str, line: str, furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With exit code 0, in a folder that holds the files it names; what it writes is not empty."""
    folder = tmp_path / "folder"
    shutil.copytree(furnished, folder)
    if command == "dedup serve":
        _serve(line, folder, monkeypatch)
    elif re.search(r"[|>$<]", line):
        done = bash(line, folder)
        assert done.returncode == 0, done.stderr
    else:
        monkeypatch.chdir(folder)
        assert main(shlex.split(line)[1:]) == 0
    for name in re.findall(r"(?:> |--html |--json |--output )(\S+)", line):
        assert (folder / name).stat().st_size > 0


def _serve(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve, but come back before the first request."""
    began: list[str] = []
    server = pytest.importorskip("dedup.integrations.http.server")
    monkeypatch.setattr(server, "serve", lambda _, *, host, port: began.append(host))  # noqa: ARG005
    monkeypatch.chdir(folder)
    *settings, arguments = line.rpartition("dedup ")
    for setting in settings[0].split():
        monkeypatch.setenv(*setting.split("="))

    assert main(shlex.split(arguments)) == 0
    assert began == ["0.0.0.0" if "--host" in line else "127.0.0.1"]  # noqa: S104 - the example asks for it
