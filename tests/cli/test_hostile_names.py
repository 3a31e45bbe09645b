"""Names that try to write to the terminal, or that no file can have: what each command says of them."""

from pathlib import Path

import pytest

from dedup.cli.main import main
from tests.inputs import line, put

NAME = "n\x1b[31m\u202e\n\x9b.jsonl"
ESCAPED = r"n\x1b[31m\u202e"

COMMANDS = [
    ("report", "PATH"),
    ("report", "a.jsonl", "--recipe", "PATH"),
    ("report", "a.jsonl", "--PATH"),
    ("compare", "PATH", "a.jsonl"),
    ("filter", "PATH"),
    ("filter", "a.jsonl", "--index", "PATH/x"),
    ("index", "info", "PATH"),
    ("index", "check", "PATH"),
    ("index", "import", "own.dedup", "PATH"),
    ("index", "rebuild", "own.dedup", "--recipe", "PATH"),
    ("index", "show", "own.dedup", "PATH"),
    ("tune", "PATH"),
    ("doctor", "PATH"),
]


def said(arguments: tuple[str, ...], name: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command; give its exit code and what it printed."""
    try:
        code = main([each.replace("PATH", name) for each in arguments])
    except SystemExit as left:
        code = int(left.code or 0)
    return code, "".join(capfd.readouterr())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Path:
    """Run in a folder with an archive of one story and its index."""
    monkeypatch.chdir(tmp_path)
    put(
        tmp_path / "a.jsonl",
        line(id="one", text="The council of the city opened a bridge over the river. " * 4),
    )
    assert main(["filter", "a.jsonl", "--index", "own.dedup", "--quiet"]) == 0
    capfd.readouterr()
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_name_in_a_message_is_escaped(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither a colour, nor an order of letters, nor a line of its own comes through."""
    code, printed = said(arguments, NAME, capfd)

    assert code in {1, 2}
    assert ESCAPED in printed
    assert not {"\x1b", "\u202e", "\x9b"} & {*printed}
    assert all(line.count(ESCAPED) for line in printed.splitlines() if "31m" in line)


@pytest.mark.parametrize("action", ["info", "check", "delete"])
def test_the_name_of_an_index_is_escaped(
    folder: Path, action: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is on standard output as well, in JSON too."""
    (folder / "own.dedup").rename(folder / NAME)

    code, printed = said(("index", action, "PATH", *(["one"] if action == "delete" else [])), NAME, capfd)

    assert not {"\x1b", "\u202e", "\x9b"} & {*printed}
    assert (code, "x1b[31m" in printed) == (0, True)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "PATH"),
        ("report", "a.jsonl", "--keep", "PATH"),
        ("compare", "a.jsonl", "a.jsonl", "--html", "PATH"),
        ("filter", "a.jsonl", "--index", "PATH"),
        ("index", "info", "PATH"),
        ("index", "export", "own.dedup", "PATH"),
    ],
    ids=" ".join,
)
def test_a_name_that_is_too_long_is_one_line(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """The system refuses it, at whatever step it is first met."""
    code, printed = said(arguments, "x" * 5000, capfd)

    assert code == 2
    assert "File name too long" in printed
    assert "Traceback" not in printed
